"""Which figure a report means: by its full name (``suggestion.received``), its key, or its label; and what was probably meant."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache

from django.utils.translation import gettext as _

from ..counters import KEY_PREFIX, PREFIX, counters
from ..language import Figure
from ..registry import declared

NEAREST = 3
CLOSE_ENOUGH = 0.4


@cache
def built_in() -> dict[str, Figure]:
    """The figures of the installation by full name."""
    return {f"{procedure}.{one.key}": one for procedure, listed in declared() for one in listed}


def catalogue() -> dict[str, Figure]:
    """Every figure of the congress in context by full name, its pooled counters included. At most two queries."""
    return {**built_in(), **{full_name(one): one for _counter, _version, one in counters()}}


def full_name(figure: Figure) -> str:
    """The name under which a report writes the figure."""
    if figure.key.startswith(KEY_PREFIX):
        return PREFIX + figure.key.removeprefix(KEY_PREFIX)
    return next((name for name, one in built_in().items() if one.key == figure.key), figure.key)


class Names:
    """The figures by every name that means exactly one of them."""

    def __init__(self, figures: dict[str, Figure]) -> None:
        self.figures = figures
        self.aliases: dict[str, set[str]] = {}
        for name, one in figures.items():
            for alias in (name, one.key, one.label, one.label_en.lower()):
                if alias:
                    self.aliases.setdefault(alias, set()).add(name)

    def find(self, said: str) -> tuple[str, Figure]:
        """The full name and the figure.

        :raises LookupError: with a sentence that names the nearest ones.
        """
        meant = {said} if said in self.figures else self.aliases.get(said) or self.aliases.get(said.lower(), set())
        if len(meant) == 1:
            name = next(iter(meant))
            return name, self.figures[name]
        near = sorted(meant) or [self._named(alias) for alias in self._close(said)]
        words = {"said": said, "near": _("、").join(dict.fromkeys(near)) or _("没有相近的")}
        if meant:
            raise LookupError(_("“%(said)s”不止一项，请写全名：%(near)s。") % words)
        raise LookupError(_("没有统计项“%(said)s”。最接近的是：%(near)s。") % words)

    def _close(self, said: str) -> list[str]:
        return get_close_matches(said, list(self.aliases), n=NEAREST, cutoff=CLOSE_ENOUGH)

    def _named(self, alias: str) -> str:
        name = min(self.aliases[alias])
        return f"{name}（{self.figures[name].label}）"
