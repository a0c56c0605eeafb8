"""What the evaluations need: answered suggestions, more deputies, and ballots in the hands of each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from openrenda import docket
from openrenda.docket.models import Matter
from openrenda.people.models import District, Mandate, Person, Term
from openrenda.rulebook import resolution
from openrenda.web.tests.stage import Way
from tests.cast import BEGAN, Cast, _sit

from .stage import replied, take

CONTENT, NOT_CONTENT = {"grade": "satisfied"}, {"grade": "dissatisfied"}


def day(distance: int = 0) -> str:
    """A day, counted from today."""
    return (timezone.localdate() + timedelta(days=distance)).isoformat()


def answered(cast: Cast, **changes: Any) -> Way:
    """A suggestion of Chen's that the department of roads has answered."""
    return replied(Way(cast, **changes).handling(), day())


def more_deputies(cast: Cast, number: int) -> list[str]:
    """So many deputies more, by the names tests call them."""
    term, district = Term.objects.get(), District.objects.first()
    names = [f"d{place}" for place in range(number)]
    for who in names:
        person = Person.objects.create(name=f"代表{who}", birth_year=1980)
        cast.mandates[who] = Mandate.objects.create(
            person=person, term=term, district=district, since=BEGAN, card_number=f"more-{who}"
        )
        _sit(cast, who, "deputy", "mandate", cast.mandates[who].pk, person.name)
    return names


def poll(cast: Cast, way: Way, raters: list[str], until: int = 7) -> Matter:
    """A poll on an answered suggestion."""
    data = {"subject": way.pk, "deputies": [cast.mandates[who].pk for who in raters], "closes_on": day(until)}
    return docket.open_matter("satisfaction-poll", "open", by=cast["office"], data=data).matter


def ballot(cast: Cast, poll_: Matter, who: str) -> Matter:
    """A deputy's ballot."""
    found: Matter = Matter.objects.get(
        parent=poll_, procedure="satisfaction-ballot", parties__holder=cast.mandates[who].pk
    )
    return found


def rate(cast: Cast, poll_: Matter, grades: Mapping[str, Mapping[str, str]]) -> None:
    """Each deputy rates, or changes what she said."""
    for who, grade in grades.items():
        mine = ballot(cast, poll_, who)
        take(cast, mine, who, "rate" if mine.state == "asked" else "change", grade)


def close(cast: Cast, poll_: Matter) -> Matter:
    """The night after the last day."""
    docket.run_clocks(cast.congress.pk, poll_.satisfaction_poll.get().closes_on + timedelta(days=1))
    return Matter.objects.get(pk=poll_.pk)


def children(matter: Matter, procedure: str = "rectification") -> list[Matter]:
    """What a matter led to, oldest first."""
    return list(Matter.objects.filter(parent=matter, procedure=procedure).order_by("id"))


def rectified(cast: Cast, task: Matter) -> None:
    """Put right by the department of roads, and checked by the deputies' office."""
    take(cast, task, "roads_clerk", "report", {"done": "已经整改。", "proof": "现场照片。"})
    take(cast, task, "office", "accept", {"checked": "属实。"})


def set_option(cast: Cast, key: str, value: Any) -> None:
    """The congress decides otherwise."""
    resolution.set_local_value(cast.congress, key, value, basis="主任会议决定", set_by="office")
    resolution.forget()
