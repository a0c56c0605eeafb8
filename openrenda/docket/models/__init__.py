"""The docket's tables. All of them belong to a congress."""

from .act import Act, DailySeal, SealedValue
from .clock import RunningClock
from .matter import Link, Matter, Party, Series
from .outbox import OutboxEntry
from .paper import Autosave, File

__all__ = [
    "Act",
    "Autosave",
    "DailySeal",
    "File",
    "Link",
    "Matter",
    "OutboxEntry",
    "Party",
    "RunningClock",
    "SealedValue",
    "Series",
]
