"""The law's numbers as data: packs of rules, a congress's own values, and the working-day calendar.

``book_for(congress)`` is the book that holds now; ``book_at(version)`` is the book a running clock started under.
"""

from __future__ import annotations

from .book import Book
from .calendar import Calendar
from .errors import RulebookError
from .library import known_options, known_rules
from .resolution import book_at, book_for, forget, own_values_of, set_local_value, value_on
from .rule import Option, Rule

__all__ = [
    "Book",
    "Calendar",
    "Option",
    "Rule",
    "RulebookError",
    "book_at",
    "book_for",
    "forget",
    "known_options",
    "known_rules",
    "own_values_of",
    "set_local_value",
    "value_on",
]
