"""Open matters of an organ that ends and of a deputy who leaves: each handed over by one act."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from openrenda import docket
from openrenda.docket.models import Act, Matter, Party
from openrenda.docket.refusals import Refusal
from openrenda.people import mandates, organs
from openrenda.people.hand_over import open_matters
from openrenda.people.models import Organ, OrganSuccession
from openrenda.people.refusals import Refused
from openrenda.tenancy import congress_scope
from tests.cast import Cast, assemble, draft

BASIS = "机构改革方案"


@pytest.fixture
def stage(db: None) -> Any:
    cast = assemble()
    with congress_scope(cast.congress):
        yield cast


def a_matter(cast: Cast, organ: str | None = None) -> Matter:
    matter = docket.open_matter("suggestion", "propose", by=cast["chen"], data=draft()).matter
    if organ:
        Party.objects.create(
            matter=matter, role="handler", holder=cast.organs[organ].pk, name=organ, since=timezone.now()
        )
    return matter


def holders(matter: Matter) -> set[Any]:
    return set(Party.objects.filter(matter=matter, until__isnull=True).values_list("holder", flat=True))


def merge(cast: Cast, by: str = "office") -> int:
    today = timezone.localdate()
    roads, parks = cast.organs["roads"], cast.organs["parks"]
    return organs.merge_organs([roads], parks, on=today, basis=BASIS, by=cast[by])


def test_a_merger_hands_each_open_matter_over_by_one_act(stage: Cast) -> None:
    first, second = a_matter(stage, "roads"), a_matter(stage, "roads")
    before = Act.objects.count()
    assert merge(stage) == 2
    assert Act.objects.filter(step="hand_over").count() == Act.objects.count() - before == 2
    for matter in (first, second):
        assert stage.organs["parks"].pk in holders(matter)
        assert stage.organs["roads"].pk not in holders(matter)
    assert open_matters(stage.organs["roads"].pk) == []
    assert Party.objects.filter(holder=stage.organs["roads"].pk).count() == 2


def test_a_merger_by_somebody_who_may_not_changes_nothing(stage: Cast) -> None:
    matter = a_matter(stage, "roads")
    with pytest.raises(Refusal), transaction.atomic():
        merge(stage, by="roads_clerk")
    assert not OrganSuccession.objects.exists()
    assert Organ.objects.get(code="roads").until is None
    assert stage.organs["roads"].pk in holders(matter)


def test_the_matters_of_a_deputy_who_left_go_to_a_named_deputy(stage: Cast) -> None:
    """I03 (5)."""
    matter = a_matter(stage)
    leaver, successor = stage.mandates["chen"], stage.mandates["lin"]
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    mandates.end_mandate(leaver, until=yesterday, reason="moved_away", basis="公告")
    with pytest.raises(Refused, match="另一位现任"):
        mandates.hand_over_to(leaver, leaver, basis="公告", by=stage["office"])
    assert mandates.hand_over_to(leaver, successor, basis="公告", by=stage["office"]) == 1
    assert successor.pk in holders(matter)
    assert leaver.pk not in holders(matter)
