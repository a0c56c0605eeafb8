"""Who holds which post by which decision, on any day (I01), and who was appraised in the term (I02)."""
