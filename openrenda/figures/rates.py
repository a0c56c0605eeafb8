"""How far a rate may be trusted: its interval, and when its whole is too small to be set beside another."""

from __future__ import annotations

from math import sqrt

from .reading import SMALLEST_COMPARED, Reading

Z_95 = 1.959964
"""Standard deviations that hold 95 % of a normal distribution."""


def wilson(part: int, whole: int) -> tuple[float, float] | None:
    """The Wilson interval of a share at 95 %, in per cent from 0 to 100; None where there is no whole.

    Unlike the simple interval it stays within bounds for small numbers, and 3 of 3 is not taken for certain.

    :raises ValueError: when the part is not within the whole.
    """
    if not 0 <= part <= whole:
        raise ValueError(f"{part} of {whole}")
    if whole == 0:
        return None
    share, square = part / whole, Z_95**2
    middle = (share + square / (2 * whole)) / (1 + square / whole)
    half = Z_95 / (1 + square / whole) * sqrt(share * (1 - share) / whole + square / (4 * whole**2))
    return 100 * max(0.0, middle - half), 100 * min(1.0, middle + half)


def interval(reading: Reading) -> str:
    """The interval as printed; nothing for a count or where there is no whole."""
    found = wilson(reading.part, reading.whole) if reading.whole else None
    return f"{found[0]:.1f}%–{found[1]:.1f}%" if found else ""


def comparable(*readings: Reading) -> bool:
    """Whether these may be compared: each whole is large enough, and no period was still running on its day."""
    return all(
        not reading.period.unfinished and (reading.whole is None or reading.whole >= SMALLEST_COMPARED)
        for reading in readings
    )
