"""The musts of the mechanisms that the procedures claim, by code: each test names the line it keeps."""
