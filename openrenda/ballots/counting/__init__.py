"""From marks to a verdict: pure functions, with a named base and every threshold taken from a rule of the rulebook.

A vote is a :class:`Terms` (what is voted on, by whom, under which rules), its papers are added up to a :class:`Tally`, and
:func:`verdict` says what follows. Half is not more than half, an abstention is no approval, and nothing passes by 0 against 0.
"""

from __future__ import annotations

from .papers import BadPaper, Paper, is_void, overmarked, read_paper
from .sentences import sentence
from .tally import Tally, contradictions, of_papers
from .terms import Grade, Terms
from .verdict import Outcome, Verdict, verdict

__all__ = [
    "BadPaper",
    "Grade",
    "Outcome",
    "Paper",
    "Tally",
    "Terms",
    "Verdict",
    "contradictions",
    "is_void",
    "of_papers",
    "overmarked",
    "read_paper",
    "sentence",
    "verdict",
]
