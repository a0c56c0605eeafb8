"""One way to count. A figure is a named query: its value is that query counted, its evidence is that query listed.

Every figure says its formula in words, its part, its whole and what is left out, and can be asked as of any day.
"""

from __future__ import annotations

from .language import Figure, Period, Unit
from .reading import Reading, read
from .rounding import more_than, percent

__all__ = ["Figure", "Period", "Reading", "Unit", "more_than", "percent", "read"]
