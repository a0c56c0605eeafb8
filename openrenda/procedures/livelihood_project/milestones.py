"""Milestones as they are typed: a line each, a day and what is done by it."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ..fields import LongText
from .records import Milestone

MOST_MILESTONES = 40
# 2026-03-31 完成招标, also 2026年3月31日 or 2026/3/31, the day in front.
LINE = re.compile(r"(\d{4})\s*[-/年.]\s*(\d{1,2})\s*[-/月.]\s*(\d{1,2})(?!\d)\s*日?[\s:：,，]*(.+)")
HELP = _("每行一个节点：日期、空格、内容。例如：2026-06-30 完成招标")


class Milestones(LongText):
    """Milestones as lines, each a day and what is done by it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(rows=5, max_length=8000, help_text=HELP, **kwargs)

    def clean(self, value: Any) -> str:
        """Every line has a day that there is, and words.

        :raises ValidationError: names the line that has not.
        """
        text = super().clean(value)
        lines(text)
        return text


def lines(text: str) -> list[tuple[date, str]]:
    """The day and the words of each line.

    :raises ValidationError: names the line that cannot be read.
    """
    rows = [line.strip() for line in text.splitlines() if line.strip()]
    if len(rows) > MOST_MILESTONES:
        raise ValidationError(_("节点最多%(most)d个。"), params={"most": MOST_MILESTONES})
    return [_line(number, row) for number, row in enumerate(rows, 1)]


def _line(number: int, row: str) -> tuple[date, str]:
    found = LINE.fullmatch(row)
    try:
        if found is None:
            raise ValueError(row)
        return date(*(int(part) for part in found.groups()[:3])), found[4].strip()[:200]  # type: ignore[arg-type]
    except ValueError:
        words = {"number": number, "line": row[:40]}
        raise ValidationError(
            _("第%(number)d行“%(line)s”没有读懂，请写成“2026-06-30 完成招标”这样。"), params=words
        ) from None


def as_lines(rows: list[Milestone]) -> str:
    """Milestones as the form shows them."""
    return "\n".join(f"{row.planned_on:%Y-%m-%d} {row.name}" for row in rows)
