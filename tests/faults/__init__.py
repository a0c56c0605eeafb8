"""What happens when things break: processes killed, the database gone, the disk full. Nothing acknowledged may be lost."""
