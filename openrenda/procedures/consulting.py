"""The words of consultations, which the call and the opinions on it share: what it is for, by which way one came, from whom, and how it ended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

CALL, OPINION = "consultation", "consultation-opinion"

PUBLIC_COMMENT, TOPICS = "comment", "topics"
PURPOSES = {PUBLIC_COMMENT: _("公开征求意见"), TOPICS: _("征集监督议题")}

PORTAL, SEATED, WALK_IN, PHONE, CALLED, LETTER, ONLINE, MEETING = (
    "portal", "seated", "walk_in", "phone", "called", "letter", "online", "meeting",
)  # fmt: skip
CHANNELS = {
    PORTAL: _("网上代表之家"),
    SEATED: _("登录平台提交"),
    WALK_IN: _("代表之家（站）"),
    PHONE: _("来电"),
    CALLED: _("来访"),
    LETTER: _("来信"),
    ONLINE: _("网络谏言"),
    MEETING: _("座谈会"),
}
BY_THEMSELVES = (PORTAL, SEATED)

DEPUTIES, PUBLIC, DEPARTMENTS, ORGANISATIONS, SOCIETY = (
    "deputies", "public", "departments", "organisations", "society",
)  # fmt: skip
SOURCES = {
    DEPUTIES: _("代表"),
    PUBLIC: _("群众"),
    DEPARTMENTS: _("部门"),
    ORGANISATIONS: _("人民团体"),
    SOCIETY: _("社会有关方面"),
}

ADOPTED, PARTLY, NOT_ADOPTED, PASSED_ON = "adopted", "partly", "not_adopted", "passed_on"
OUTCOMES = {
    ADOPTED: _("采纳"),
    PARTLY: _("部分采纳"),
    NOT_ADOPTED: _("不采纳，说明理由"),
    PASSED_ON: _("转有关单位研究办理"),
}
WITHDRAWN, SCREENED = "withdrawn", "screened"


@dataclass
class Numbers:
    """How many opinions a call has, by how they ended, by which way they came and from whom. What was withdrawn, or was not looked at
    by a person yet, is no opinion."""

    outcomes: Counter[str] = field(default_factory=Counter)
    channels: Counter[str] = field(default_factory=Counter)
    sources: Counter[str] = field(default_factory=Counter)
    themes: Counter[str] = field(default_factory=Counter)
    late: int = 0

    @property
    def all(self) -> int:
        """Every opinion once."""
        return self.outcomes.total()

    @property
    def waiting(self) -> int:
        """Those without an outcome."""
        return self.outcomes[""]

    def rows(self, known: dict[str, Any], of: str) -> list[tuple[str, int]]:
        """The numbers of one division in the order of its words, those that are none too."""
        found: Counter[str] = getattr(self, of)
        return [(str(label), found[key]) for key, label in known.items()]

    @property
    def by_outcome(self) -> list[tuple[str, int]]:
        """How they ended."""
        return self.rows(OUTCOMES, "outcomes")

    @property
    def by_channel(self) -> list[tuple[str, int]]:
        """By which way they came, only the ways that brought some."""
        return [row for row in self.rows(CHANNELS, "channels") if row[1]]

    @property
    def by_theme(self) -> list[tuple[str, int]]:
        """Into which groups they were put, the largest first."""
        return [row for row in self.themes.most_common() if row[0]]

    @property
    def by_source(self) -> list[tuple[str, int]]:
        """From whom: all five classes."""
        return self.rows(SOURCES, "sources")


def counted(rows: Iterable[tuple[str, str, str, str, str, bool, int]]) -> Numbers:
    """Numbers from grouped rows: state, outcome, channel, source, theme, late, how many."""
    found = Numbers()
    for state, outcome, channel, source, theme, late, count in rows:
        if state in (WITHDRAWN, SCREENED):
            continue
        found.outcomes[outcome] += count
        found.channels[channel] += count
        found.sources[source] += count
        found.themes[theme] += count
        found.late += count if late else 0
    return found
