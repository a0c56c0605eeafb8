"""The procedures laid down by law, one file each. A procedure that outgrows a file is a package whose ``__init__`` holds the table."""
