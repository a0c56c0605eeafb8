"""How common words are in a congress, read off a sample of its newest documents and kept for some minutes."""

from __future__ import annotations

import time
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from math import log
from operator import and_

from openrenda.search.models import SearchDocument

SIZE = 500
KEPT_SECONDS = 600
# A congress that has only begun changes quickly.
KEPT_SECONDS_WHEN_SMALL = 30
KEPT_CONGRESSES = 32


@dataclass(frozen=True)
class Sample:
    """For each term a number whose set bits are the sampled documents that carry it."""

    size: int
    bits: dict[str, int]
    total: int

    def carrying(self, terms: Iterable[str]) -> int:
        """How many of the sampled documents carry all the terms."""
        return reduce(and_, (self.bits.get(term, 0) for term in terms)).bit_count()

    def share(self, terms: Iterable[str]) -> float:
        """The share of documents that carry all the terms; what the sample never saw is taken for rare, not absent."""
        return (self.carrying(terms) + 0.1) / (self.size + 1)

    def weight(self, terms: Iterable[str]) -> float:
        """How telling it is to carry all the terms (inverse document frequency, above 0)."""
        return log(1 + (self.size + 1) / (self.carrying(terms) + 0.5))

    @property
    def is_everything(self) -> bool:
        """Whether the congress has no more documents than were read."""
        return self.size < SIZE


_kept: dict[uuid.UUID, tuple[float, Sample]] = {}


def sample_of(congress: uuid.UUID) -> Sample:
    """The sample of the congress in context; one query when none is kept."""
    until, sample = _kept.get(congress, (0.0, None))
    if sample is None or time.monotonic() >= until:
        sample = _drawn()
        while len(_kept) >= KEPT_CONGRESSES:
            _kept.pop(next(iter(_kept)), None)
        seconds = KEPT_SECONDS_WHEN_SMALL if sample.is_everything else KEPT_SECONDS
        _kept[congress] = (time.monotonic() + seconds, sample)
    return sample


def _drawn() -> Sample:
    newest = SearchDocument.objects.order_by("-id").values_list("terms", flat=True)[:SIZE]
    bits: defaultdict[str, int] = defaultdict(int)
    size = 0
    for terms in newest:
        for term in terms.split():
            bits[term] |= 1 << size
        size += 1
    return Sample(size, dict(bits), size if size < SIZE else SearchDocument.objects.count())
