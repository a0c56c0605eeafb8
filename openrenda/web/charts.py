"""Small charts as SVG: drawn on the server, printable, the same without JavaScript, and told apart without colour.

The numbers of a chart always stand in a table beside it; the drawing is hidden from screen readers.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH, HEIGHT = 640, 180
MANY_POINTS = 8
LEFT, RIGHT, TOP, BOTTOM = 16, 16, 28, 26


class Point(NamedTuple):
    """One point of a line: label, height, the words beside it, and whether its time was not yet over."""

    label: str
    height: float
    words: str
    unfinished: bool = False


def line(points: Sequence[Point]) -> SafeString:
    """A line over time. What was not over is drawn hollow, because it must not be compared."""
    if not points:
        return SafeString("")
    top = max((point.height for point in points), default=0) or 1
    step = (WIDTH - LEFT - RIGHT) / max(1, len(points) - 1)
    places = [
        (
            LEFT + (step * n if len(points) > 1 else (WIDTH - LEFT - RIGHT) / 2),
            TOP + (HEIGHT - TOP - BOTTOM) * (1 - point.height / top),
        )
        for n, point in enumerate(points)
    ]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    marks = format_html_join("", '<g><circle class="chart-point{}" cx="{}" cy="{}" r="4"></circle><text class="chart-value" x="{}" y="{}" text-anchor="{}">{}</text><text class="chart-label" x="{}" y="{}" text-anchor="{}">{}</text></g>', _marks(points, places))  # fmt: skip
    return format_html(
        '<svg class="chart" viewBox="0 0 {} {}" aria-hidden="true" focusable="false"><polyline class="chart-line" points="{}"></polyline>{}</svg>',
        WIDTH, HEIGHT, path, marks,
    )  # fmt: skip


def _marks(points: Sequence[Point], places: Sequence[tuple[float, float]]) -> list[tuple[Any, ...]]:
    found = []
    for n, (point, (x, y)) in enumerate(zip(points, places, strict=True)):
        anchor = (
            "start" if n == 0 and len(points) > 1 else "end" if n == len(points) - 1 and len(points) > 1 else "middle"
        )
        at = f"{x:.1f}"
        found.append(
            (
                " chart-open" if point.unfinished else "",
                at,
                f"{y:.1f}",
                at,
                f"{y - 9:.1f}",
                anchor,
                point.words,
                at,
                HEIGHT - 6,
                anchor,
                _short(point.label, len(points)),
            )
        )
    return found


def _short(label: str, count: int) -> str:
    """Among many points the year is not said with every month."""
    return label.rpartition("年")[2] or label if count > MANY_POINTS else label
