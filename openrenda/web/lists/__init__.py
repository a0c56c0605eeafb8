"""Lists of matters, the same for every procedure: filters, pages by key, batches, saved filters, export and print."""
