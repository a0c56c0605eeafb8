"""The pages of reports and pooled counters, and their papers."""
