"""Who may: the question asked of one matter and the condition asked of all of them are the same."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openrenda import docket
from openrenda.docket.actor import Actor, Recipient, directory, use_directory
from openrenda.docket.language import Office
from openrenda.docket.models import Matter, Party
from openrenda.docket.offices import EVERYTHING, NOTHING, holds, matters_of, people
from openrenda.docket.situation import Situation
from openrenda.tenancy import uuid7
from tests.properties import few_examples

from .stage import LETTER, Stage, noon

HOLDERS = [UUID(int=number) for number in range(1, 4)]
ROLES = ["author", "organ", "lead"]
SEATS = ["deputy", "deputy_office", "organ_clerk", "organ_head", "leader"]
one_of_each = st.lists(st.tuples(st.sampled_from(ROLES), st.sampled_from(HOLDERS), st.booleans()), max_size=4)
quick = few_examples()


def a_matter(stage: Stage, state: str, secret: bool, relations: list[tuple[str, UUID, bool]]) -> Matter:
    """A letter put into a state, with parties of whom some have left."""
    today, now = date(2026, 3, 2), noon(date(2026, 3, 2))
    matter = Matter.objects.create(
        congress_id=stage.congress.pk, procedure="letter", state=state, title="信", opened_on=today, state_since=today,
        confidential=secret,
    )  # fmt: skip
    rows = {(role, holder): left for role, holder, left in relations}
    Party.objects.bulk_create(
        Party(matter=matter, role=role, holder=holder, name="某", since=now, until=now if left else None)
        for (role, holder), left in rows.items()
    )
    return matter


offices = st.builds(
    Office, key=st.just("o"), label=st.just("职责"),
    seats=st.lists(st.sampled_from(SEATS), max_size=2).map(tuple),
    relation=st.lists(st.sampled_from(ROLES), max_size=2).map(tuple),
)  # fmt: skip


@quick
@given(
    office=offices, seat=st.sampled_from(SEATS), holders=st.frozensets(st.sampled_from(HOLDERS), max_size=2),
    letters=st.lists(one_of_each, min_size=1, max_size=3),
)  # fmt: skip
def test_holds_and_matters_of_agree(
    stage: Stage, office: Office, seat: str, holders: frozenset[UUID], letters: list[list[tuple[str, UUID, bool]]]
) -> None:
    matters = [a_matter(stage, "opened", False, relations) for relations in letters]
    actor = Actor(uuid7(), stage.congress.pk, seat, holders)
    found = set(Matter.objects.filter(matters_of([office], actor), pk__in=[m.pk for m in matters]))
    assert found == {m for m in matters if holds(office, actor, Party.objects.filter(matter=m, until=None))}


@quick
@given(
    seat=st.sampled_from(SEATS), holders=st.frozensets(st.sampled_from(HOLDERS), max_size=2),
    state=st.sampled_from([s.key for s in LETTER.states]), secret=st.booleans(), relations=one_of_each,
)  # fmt: skip
def test_what_is_listed_is_what_may_be_opened(
    stage: Stage, seat: str, holders: frozenset[UUID], state: str, secret: bool, relations: list[tuple[str, UUID, bool]]
) -> None:
    matter = a_matter(stage, state, secret, relations)
    actor = Actor(uuid7(), stage.congress.pk, seat, holders)
    listed = docket.visible(actor).filter(pk=matter.pk).exists()
    assert listed == docket.reading.visible_to(Situation(matter, actor))


def test_an_empty_condition_stays_empty_when_joined(stage: Stage) -> None:
    """An empty Q vanishes when or-ed; nothing and everything must not."""
    matter = a_matter(stage, "opened", False, [])
    mine = Matter.objects.filter(pk=matter.pk)
    assert not mine.filter(NOTHING | NOTHING).exists()
    assert mine.filter(NOTHING | EVERYTHING).exists()
    assert not mine.filter(NOTHING & EVERYTHING).exists()


def test_a_confidential_letter_is_seen_by_the_trusted_alone(stage: Stage) -> None:
    """SUG-15: what the writer asked to keep secret stays with those who must handle it."""
    open_one, secret = stage.open(), stage.open(secret="on")
    assert set(docket.visible(stage.reader)) == {open_one}
    assert set(docket.visible(stage.clerk)) == {open_one, secret}
    assert set(docket.visible(stage.writer)) == {open_one, secret}


def test_a_seat_counts_only_with_its_relation_and_a_relation_only_with_its_seat(stage: Stage) -> None:
    matter = stage.held()
    assert docket.visible(stage.organ).filter(pk=matter.pk).exists()
    assert not docket.visible(stage.other_organ).filter(pk=matter.pk).exists()
    same_holder_other_seat = Actor(uuid7(), stage.congress.pk, "deputy", stage.organ.holders)
    assert not docket.visible(same_holder_other_seat).filter(pk=matter.pk).exists()


class Telephone:
    """A directory that remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[tuple[str, ...], object]] = []

    def recipients(self, seats: object, holders: object) -> list[Recipient]:
        """Nobody answers."""
        self.asked.append((tuple(seats), holders))  # type: ignore[arg-type]
        return []


@pytest.fixture
def telephone() -> object:
    """A directory of the test, instead of the house's."""
    before, made = directory(), Telephone()
    use_directory(made)
    yield made
    use_directory(before)


def test_people_are_asked_by_seat_or_by_those_who_are_parties_now(stage: Stage, telephone: Telephone) -> None:
    matter = a_matter(stage, "held", False, [("organ", HOLDERS[0], True), ("organ", HOLDERS[1], False)])
    parties = list(Party.objects.filter(matter=matter))
    for office in (Office("a", "甲", seats=("leader",)), Office("b", "乙", seats=("deputy",), relation=("organ",))):
        people(office, parties)
    assert people(Office("c", "公众"), parties) == []
    assert people(Office("d", "丁", seats=("deputy",), relation=("lead",)), parties) == []
    assert telephone.asked == [(("leader",), None), (("deputy",), [HOLDERS[1]])]
