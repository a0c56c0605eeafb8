"""Where people vote and where it is seen: the ballot paper on a phone, the screen of the hall, the published box, and the booth without a name."""
