"""The hall 会场: a sitting's own pages, for those who keep it, those who sit in it and the screen on the wall."""
