"""Whole ways through the pages in a real browser, one person after another, with every page looked at by axe."""
