"""The pages of figures: all of them for a period, one with its formula and its divisions, and the list behind each number."""
