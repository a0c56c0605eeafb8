"""Pages: the one look of all faces, and the generic pages that show what the rooms below declare."""
