"""What is counted by kinds of rows is what the database finds row by row, whatever the condition."""

from __future__ import annotations

import pytest
from django.db.models import Q
from hypothesis import given
from hypothesis import strategies as some

from openrenda.figures.counting import ROWS, Fact, counts_of, holds, kinds_of, nothing
from openrenda.figures.language import CASES, EVERY, PART, WHOLE, Figure, Population
from openrenda.people.models import Congress
from tests.properties import few_examples

pytestmark = pytest.mark.django_db
FACTS = {"invented": Q(fictional=True), "of_a_county": Q(level="county")}
CONGRESSES = Population("congresses", "人大", CASES, lambda period: Congress.objects.all())
asked = some.builds(lambda name, said: Q(**{name: said}), some.sampled_from(sorted(FACTS)), some.booleans())
conditions = some.recursive(
    asked, lambda inner: some.one_of(
        some.builds(lambda a, b: a & b, inner, inner), some.builds(lambda a, b: a | b, inner, inner), some.builds(lambda a: ~a, inner)
    )
)  # fmt: skip


@pytest.fixture
def congresses(db: None) -> None:
    """Three of one kind, two of another, one of a third; none of the fourth."""
    kinds = [(True, "county")] * 3 + [(True, "city")] * 2 + [(False, "county")]
    for number, (fictional, level) in enumerate(kinds):
        Congress.objects.create(
            division_code=f"99040{number}",
            name=f"某{number}区",
            short_name=str(number),
            level=level,
            fictional=fictional,
        )


@few_examples()
@given(part=conditions, whole=conditions)
def test_kinds_add_up_to_what_the_database_finds(congresses: None, part: Q, whole: Q) -> None:
    rows = Congress.objects.alias(**{name: Fact(condition) for name, condition in FACTS.items()})
    rate = Figure("rate", "率", "部分 ÷ 全部。", CONGRESSES, part, whole)
    found = counts_of(rate, kinds_of(rows, [rate]))
    assert found == {PART: rows.filter(whole & part).count(), WHOLE: rows.filter(whole).count()}


def test_each_kind_is_one_row_and_every_row_is_of_one_kind(congresses: None) -> None:
    rows = Congress.objects.alias(**{name: Fact(condition) for name, condition in FACTS.items()})
    both = Figure("both", "都是", "都是。", CONGRESSES, Q(invented=True) & Q(of_a_county=True))
    assert sorted(kind[ROWS] for kind in kinds_of(rows, [both])) == [1, 2, 3]
    assert counts_of(both, []) == nothing(both) == {PART: 0}


def test_no_condition_holds_for_everything() -> None:
    assert holds(EVERY, {})
    assert holds(EVERY & Q(invented=True), {"invented": True})
