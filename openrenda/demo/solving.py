"""A small solver: how many records of each kind there must be so that published figures come out.

Unknowns are whole numbers from nought. A figure fixes a sum of them, or bounds it, or fixes the share of one sum in another as it
was printed, under its rounding. Bounds are narrowed until nothing changes, then one unknown is tried from its least value on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from openrenda.figures.rounding import percent

Weights = Mapping[str, int]
Bounds = dict[str, tuple[int, int]]
LARGEST = 20_000


class NoSolution(ValueError):
    """The published figures contradict one another, or the kinds of record cannot make them."""


@dataclass(frozen=True, slots=True)
class Sum:
    """The weighted sum lies between two numbers, both included."""

    name: str
    weights: Weights
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Share:
    """The share of one sum in another, printed as a percentage under a rule."""

    name: str
    part: Weights
    whole: Weights
    printed: str
    rule: str
    digits: int

    def holds(self, numbers: Mapping[str, int]) -> bool:
        """Whether these numbers print so."""
        return (
            percent(_total(self.part, numbers), _total(self.whole, numbers), rule=self.rule, digits=self.digits)
            == self.printed
        )


Condition = Sum | Share


def solve(unknowns: Sequence[str], conditions: Sequence[Condition]) -> dict[str, int]:
    """The smallest numbers that meet all conditions, the first unknown being the one left to make up the rest.

    :raises NoSolution: naming the conditions.
    """
    sums = [one for one in conditions if isinstance(one, Sum)]
    shares = [one for one in conditions if isinstance(one, Share)]
    start = _narrow(dict.fromkeys(unknowns, (0, LARGEST)), sums)
    found = next(_search(start, list(unknowns)[::-1], sums, shares), None) if start is not None else None
    if found is None:
        names = "、".join(one.name for one in conditions)
        raise NoSolution(names)
    return found


def _search(bounds: Bounds, order: list[str], sums: list[Sum], shares: list[Share]) -> Iterator[dict[str, int]]:
    open_ones = [name for name in order if bounds[name][0] != bounds[name][1]]
    if not open_ones:
        numbers = {name: least for name, (least, _most) in bounds.items()}
        if all(share.holds(numbers) for share in shares):
            yield numbers
        return
    name = open_ones[0]
    least, most = bounds[name]
    for value in range(least, most + 1):
        narrowed = _narrow({**bounds, name: (value, value)}, sums)
        if narrowed is not None and all(_possible(share, narrowed) for share in shares):
            yield from _search(narrowed, order, sums, shares)


def _narrow(bounds: Bounds, sums: list[Sum]) -> Bounds | None:
    """The bounds as the sums leave them; None when nothing is left."""
    changed = True
    while changed:
        changed = False
        for one in sums:
            least = sum(weight * bounds[name][0] for name, weight in one.weights.items())
            most = sum(weight * bounds[name][1] for name, weight in one.weights.items())
            if least > one.most or most < one.least:
                return None
            for name, weight in one.weights.items():
                low, high = bounds[name]
                new_high = min(high, (one.most - least + weight * low) // weight)
                new_low = max(low, -((most - weight * high - one.least) // weight))
                if new_low > new_high:
                    return None
                if (new_low, new_high) != (low, high):
                    bounds[name], changed = (new_low, new_high), True
                    least += weight * (new_low - low)
                    most += weight * (new_high - high)
    return bounds


def _possible(share: Share, bounds: Bounds) -> bool:
    """Whether some numbers within the bounds could print so: the share is least with the fewest in it and the most outside."""
    target = float(share.printed.rstrip("%"))
    slack = 10.0**-share.digits
    inside = [sum(w * bounds[n][end] for n, w in share.part.items()) for end in (0, 1)]
    outside_weights = {n: w - share.part.get(n, 0) for n, w in share.whole.items() if w != share.part.get(n, 0)}
    outside = [sum(w * bounds[n][end] for n, w in outside_weights.items()) for end in (0, 1)]
    least = 100 * inside[0] / (inside[0] + outside[1]) if inside[0] + outside[1] else 0.0
    most = 100 * inside[1] / (inside[1] + outside[0]) if inside[1] + outside[0] else 100.0
    return least - slack <= target <= most + slack


def _total(weights: Weights, numbers: Mapping[str, int]) -> int:
    return sum(weight * numbers[name] for name, weight in weights.items())
