"""Pages of signing in, of one's own account and seats, and of administration."""
