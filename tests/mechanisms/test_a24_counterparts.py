"""A24 对口联系代表工作机制."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openrenda import docket
from openrenda.activities.duty_file import presence_of
from openrenda.docket.engine import begin
from openrenda.docket.models import Matter
from openrenda.docket.situation import Situation
from openrenda.people.models import Category, Group, GroupMembership, Organ
from openrenda.people.testing import sit_down
from openrenda.procedures.counterparts import counterparts, fields_of_counterparts
from openrenda.web.duties import checks
from tests.cast import BEGAN, Cast, _sit

from .conftest import Wall
from .gatherings import count, recorded
from .stage import take


@pytest.fixture(autouse=True)
def _day(wall: Wall) -> None:
    """A Monday."""


def committee(cast: Cast, code: str = "urban", name: str = "城建环保委") -> Organ:
    """A committee with somebody who sits for it."""
    organ = Organ.objects.create(code=code, name=name, kind="congress_committee", since=BEGAN)
    _sit(cast, code, "leader", "organ", organ.pk, f"{name}主任委员")
    return organ


def followed(cast: Cast, organ: Organ, field: str, code: str, *who: str) -> Matter:
    """The committee follows a field, with counterpart deputies."""
    category = Category.objects.create(code=code, name=field)
    data = {"category": category.pk, "committee": organ.pk}
    matter = docket.open_matter("counterpart", "settle", by=cast["office"], data=data).matter
    take(cast, matter, "office", "name_deputies", {"deputies": [cast.mandates[name].pk for name in who]})
    return Matter.objects.get(pk=matter.pk)


def offered(cast: Cast, who: str, step: str = "plan") -> list[str]:
    """How the deputies are offered to somebody who opens an activity."""
    situation = begin("gathering", cast[who])
    form = situation.table.step(step).records(situation=situation)  # type: ignore[misc]
    return [str(label) for _key, label in form.fields["expected"].choices]  # type: ignore[attr-defined]


def test_a24_1_each_committee_has_deputies_by_field_and_a_deputy_may_be_in_several(cast: Cast) -> None:
    """Must (1): named by the office or by the committee itself; what was named before and is not now, ends."""
    urban, social = committee(cast), committee(cast, "social", "社会建设委")
    made = followed(cast, urban, "城市建设", "91", "chen", "lin")
    followed(cast, urban, "生态环保", "92", "lin")
    followed(cast, social, "养老服务", "93", "lin")
    assert fields_of_counterparts(urban.pk) == {
        cast.mandates["chen"].pk: "城市建设", cast.mandates["lin"].pk: "城市建设、生态环保",
    }  # fmt: skip
    assert counterparts(social.pk).get().holder == cast.mandates["lin"].pk
    take(cast, made, "urban", "name_deputies", {"deputies": [cast.mandates["zhou"].pk]})
    assert {row.name for row in counterparts(urban.pk)} == {"周䶮", "林翀"}
    with pytest.raises(docket.refusals.Refusal):
        take(cast, made, "social", "name_deputies", {"deputies": [cast.mandates["chen"].pk]})


def test_a24_1_deputies_of_a_fitting_professional_group_are_proposed_first(cast: Cast) -> None:
    """Must (1): by field, from the register of groups."""
    group = Group.objects.create(kind="professional", name="城市建设专业小组", since=BEGAN)
    GroupMembership.objects.create(group=group, mandate=cast.mandates["zhou"], since=BEGAN)
    made = followed(cast, committee(cast), "城市建设", "91", "chen")
    situation = Situation(made, cast["office"])
    form = made.table.step("name_deputies").records(situation=situation)  # type: ignore[misc]
    first = next(iter(form.fields["deputies"].choices))  # type: ignore[attr-defined]
    assert first == (cast.mandates["zhou"].pk, "周䶮（专业小组相符）")
    assert form.initial["deputies"] == [cast.mandates["chen"].pk]


def test_a24_2_when_a_committee_opens_an_activity_its_counterparts_are_proposed_first(cast: Cast) -> None:
    """Must (2): the committee's own seat needs to say nothing; others see whose counterpart each is."""
    urban, social = committee(cast), committee(cast, "social", "社会建设委")
    followed(cast, urban, "城市建设", "91", "zhou")
    followed(cast, social, "养老服务", "93", "ouyang")
    assert offered(cast, "urban")[0] == "周䶮（对口：城市建设）"
    assert "欧阳玥" in offered(cast, "urban")
    assert set(offered(cast, "office")[:2]) == {
        "周䶮（对口：城建环保委·城市建设）",
        "欧阳玥（对口：社会建设委·养老服务）",
    }
    assert offered(cast, "chen")[2] == "陈一鸣"


def planned(cast: Cast, who: str = "urban") -> Matter:
    """Research that a committee opens with two deputies."""
    data: dict[str, Any] = {
        "kind": "research", "held_on": timezone.localdate().isoformat(), "place": "青石街道", "carried_by": "committee",
        "committee": UUID(str(Organ.objects.get(code="urban").pk)), "expected": [cast.mandates["zhou"].pk, cast.mandates["chen"].pk],
    }  # fmt: skip
    return docket.open_matter("gathering", "plan", by=cast[who], data=data).matter


def test_a24_3_participation_is_written_to_the_deputys_file(cast: Cast) -> None:
    """Must (3): by presence alone; the figure counts counterparts only."""
    followed(cast, committee(cast), "城市建设", "91", "zhou")
    made = planned(cast)
    assert made.parties.filter(role="organiser").count() == 1
    take(cast, made, "urban", "hold", {"deputies": [cast.mandates["zhou"].pk, cast.mandates["chen"].pk]})
    assert [row.matter.pk for row in presence_of(cast.mandates["zhou"], 2026)] == [made.pk]
    assert count("counterpart_person_times") == 1


def test_a24_4_a_committee_that_involved_none_in_the_year_is_shown(cast: Cast, client: Client, wall: Wall) -> None:
    """Must (4): a deputy who is no counterpart of its, or one who only signed up, is no involvement."""
    urban, social = committee(cast), committee(cast, "social", "社会建设委")
    followed(cast, urban, "城市建设", "91", "zhou")
    followed(cast, social, "养老服务", "93", "ouyang")
    recorded(cast, "office", "research", ("zhou",), carried_by="committee", committee=social.pk, note="调研")
    made = planned(cast)
    assert [row.name for row in checks.involved().lacking] == ["社会建设委", "城建环保委"]
    take(cast, made, "urban", "hold", {"deputies": [cast.mandates["zhou"].pk]})
    assert [row.name for row in checks.involved().lacking] == ["社会建设委"]
    sit_down(client, cast.seats["office"])
    assert "社会建设委" in client.get(reverse("duties:lacking", args=["committees"])).content.decode()
    recorded(cast, "office", "contact_group", ("ouyang",), organs=[social.pk], note="座谈")
    assert checks.involved().percent == 100
    wall.pass_days(320)
    assert len(checks.involved().lacking) == 2
