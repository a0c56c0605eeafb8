"""Thirty orders of enterprises for deputies' service, and what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from .cast import Cast
from .phrases import Words, dice, library
from .places import neighbourhood, streets

# Orders that are done lie weeks apart; those still under way are of the last month.
DONE, DAYS_BETWEEN_DONE, DAYS_BETWEEN_OPEN = 20, 18, 3
CONFIRMED, SERVED, SERVING, ACCEPTED, PLACED, DECLINED, NOT_DONE = (
    "confirmed", "served", "serving", "accepted", "placed", "declined", "not_done",
)  # fmt: skip
# The fates of thirty orders; the newest ones are the last.
FATES = (
    (CONFIRMED,) * 18
    + (DECLINED,) * 2
    + (NOT_DONE, SERVED, NOT_DONE, SERVED)
    + (SERVING,) * 3
    + (ACCEPTED, PLACED, PLACED)
)


@dataclass(frozen=True)
class Order:
    """What an enterprise asked, who serves, what was done, and how far it came."""

    key: str
    enterprise: str
    title: str
    category: str
    site: str
    need: str
    placed_on: date
    wished_on: date
    deputies: tuple[str, ...]
    service: str
    served_on: date
    fate: str
    raises_suggestion: bool
    word: str


def make_orders(cast: Cast) -> tuple[Order, ...]:
    """Thirty orders over the last year or so, oldest first; the last ones are still open."""
    rows = library("enterprises")["order"]
    return tuple(_order(cast, number, rows[number % len(rows)], fate) for number, fate in enumerate(FATES))


def _order(cast: Cast, number: int, row: dict, fate: str) -> Order:
    chance = dice(cast.seed, "order", number)
    enterprise = cast.enterprises[(number * 5 + number // len(cast.enterprises)) % len(cast.enterprises)]
    street = next(s for s in streets() if s.key == enterprise.street)
    words = Words(chance, neighbourhood(chance, street, "community", chance.randrange(6)).words)
    age = (len(FATES) - max(number, DONE)) * DAYS_BETWEEN_OPEN + max(0, DONE - number) * DAYS_BETWEEN_DONE
    placed = cast.today - timedelta(days=age - chance.randrange(DAYS_BETWEEN_OPEN))
    deputies = tuple(m.key for m in chance.sample(cast.sitting(cast.today), 3))
    return Order(
        key=f"order{number + 1:02d}", enterprise=enterprise.key, title=words(row["title"]), category=row["category"],
        site=enterprise.site, need=words(row["need"]), placed_on=placed, wished_on=placed + timedelta(days=14),
        deputies=deputies, service=words(row["service"]), served_on=placed + timedelta(days=chance.randint(8, 12)), fate=fate,
        raises_suggestion=row.get("raise_suggestion", False), word=words(library("enterprises")["words"][fate]),
    )  # fmt: skip
