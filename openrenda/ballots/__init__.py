"""Ballots 表决: who may vote on what, how the papers are kept and counted. The room knows no procedure.

``counting`` turns marks into a verdict and touches no database; ``models`` are the roll, the box and the published papers; ``taking``, ``casting``,
``opening`` and ``closing`` write them. What is promised of secrecy stands in docs/ballots.md.
"""
