"""The pages' views: thin, one file a page."""
