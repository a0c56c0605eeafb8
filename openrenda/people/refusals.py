"""Refusals of this room: one Chinese sentence that says what happened, what is kept and what to do."""

from __future__ import annotations


class Refused(ValueError):
    """The change was not made; the message is for the person who asked for it."""
