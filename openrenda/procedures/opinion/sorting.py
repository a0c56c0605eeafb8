"""Grading and sorting 分级分类 (C04): nature and level decide where an opinion goes, by a table of the rulebook that anybody can read."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openrenda.rulebook import Book

from . import words

OPTION = "option.opinion_routes"
ANY = "any"
HERE, ORGAN, HOTLINE, UPPER, REFUSED = "here", "organ", "hotline", "upper", "refused"
ROUTES = {
    HERE: _("站点、街道答复"),
    ORGAN: _("交承办单位办理"),
    HOTLINE: _("转12345热线"),
    UPPER: _("报上级人大"),
    REFUSED: _("不受理，告知去处"),
}


@dataclass(frozen=True, slots=True)
class Route:
    """One row of the table: of that nature and level, it goes there; and where somebody is sent who is not taken up here."""

    nature: str
    level: str
    route: str
    where: str = ""

    def fits(self, nature: str, level: str) -> bool:
        """Whether the row speaks of such an opinion."""
        return self.nature in (ANY, nature) and self.level in (ANY, level)

    @property
    def nature_words(self) -> str:
        """The nature in words."""
        return gettext("不论性质") if self.nature == ANY else words.said(words.NATURES, self.nature)

    @property
    def level_words(self) -> str:
        """The level in words."""
        return gettext("不论级别") if self.level == ANY else words.said(words.LEVELS, self.level)

    @property
    def route_words(self) -> str:
        """Where it goes, in words."""
        return words.said(ROUTES, self.route)


def table(book: Book) -> list[Route]:
    """The rows in the order in which they are tried."""
    rows = book.option(OPTION)
    assert isinstance(rows, list)
    return [Route(**row) for row in rows]


def route_of(book: Book, nature: str, level: str) -> Route:
    """The first row that fits; what no row speaks of is answered here."""
    return next((row for row in table(book) if row.fits(nature, level)), Route(ANY, ANY, HERE))


def next_level(level: str) -> str:
    """The level above; the highest stays what it is. What was answered before it was graded stands at the lowest."""
    order = list(words.LEVELS)
    return order[min(order.index(level or order[0]) + 1, len(order) - 1)]
