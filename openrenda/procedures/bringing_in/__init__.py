"""What procedures share that take in tables of past years: columns and cells, the registers' names, and the run that keeps all or nothing.

A procedure brings its columns and what a row becomes (a :class:`units.Unit`); everything goes through ``docket.history``.
"""
