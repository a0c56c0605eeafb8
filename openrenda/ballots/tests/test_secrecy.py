"""Whoever holds a full dump of the database learns nothing of who cast which ballot: not from keys, order, time, nor where rows lie."""

from __future__ import annotations

import random
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from openrenda.ballots.box import Entry, closed_part, part_bytes
from openrenda.ballots.casting import cast_secret
from openrenda.ballots.closing import close
from openrenda.ballots.counting import Paper
from openrenda.ballots.models import Ballot, BoxPart, CastBallot, RollEntry

from .conftest import NO, YES, Hall, device
from .stage import terms

VOTERS, VOTES = 16, 6
pytestmark = pytest.mark.django_db


def place_of_row() -> str:
    """Where the database put a row, and when as far as it tells."""
    return "ctid::text || ' ' || xmin::text" if connection.vendor == "postgresql" else "rowid"


def dump(model: Any) -> list[dict[str, Any]]:
    """Every column of every row, in the order in which the database keeps them, with what it knows beside the columns."""
    with connection.cursor() as cursor:
        order = "ctid" if connection.vendor == "postgresql" else "rowid"
        cursor.execute(f"SELECT *, {place_of_row()} AS place FROM {model._meta.db_table} ORDER BY {order}")
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def vote_in_order(hall: Hall, seed: int) -> tuple[Ballot, dict[str, str]]:
    """Everybody takes and casts, one after the other, in one order that nobody else knows; half of them approve."""
    ballot = hall.open(VOTERS)
    order = random.Random(seed).sample(hall.voters, VOTERS)
    truth = {}
    for number, (voter, _name) in enumerate(order):
        entry = device(ballot, voter).mark(str(ballot.pk), YES if number % 2 else NO)
        cast_secret(ballot, entry)
        truth[voter.hex] = entry.key
    return ballot, truth


def _hex(value: Any) -> str:
    return value.hex if hasattr(value, "hex") and not isinstance(value, bytes) else str(value).replace("-", "")


ORDERS = {
    "as they lie": lambda row: 0,
    "by place": lambda row: str(row["place"]),
    "by id": lambda row: str(row["id"]),
    "by answer": lambda row: str(row.get("answer") or row.get("signature")),
    "by request": lambda row: str(row.get("request") or row.get("seal")),
}


def test_a_full_dump_links_no_voter_to_a_ballot(hall: Hall) -> None:
    """Each way to lay the roll beside the box is tried; together they guess no better than chance."""
    hits = dict.fromkeys([(mine, theirs) for mine in ORDERS for theirs in ORDERS], 0)
    for seed in range(VOTES):
        ballot, truth = vote_in_order(hall, seed)
        close(ballot)
        roll = [row for row in dump(RollEntry) if _hex(row["ballot_id"]) == ballot.pk.hex]
        papers = [row for row in dump(CastBallot) if _hex(row["ballot_id"]) == ballot.pk.hex]
        assert len(roll) == len(papers) == VOTERS
        for mine, theirs in hits:
            guess = zip(sorted(roll, key=ORDERS[mine]), sorted(papers, key=ORDERS[theirs]), strict=True)
            hits[mine, theirs] += sum(truth[_hex(one["voter"])] == other["key"] for one, other in guess)
    # By chance one pair a vote is right, six in all, whatever the order; more than twenty happens once in a hundred thousand.
    assert max(hits.values()) <= 20
    assert sum(hits.values()) / len(hits) <= 12


def test_the_papers_lie_in_the_order_of_their_keys_and_were_written_at_once(hall: Hall) -> None:
    ballot, _truth = vote_in_order(hall, 1)
    close(ballot)
    rows = dump(CastBallot)
    assert [row["key"] for row in rows] == sorted(row["key"] for row in rows)
    if connection.vendor == "postgresql":
        assert len({row["place"].split(")")[1] for row in rows}) == 1


def test_no_value_of_the_roll_stands_in_the_box(hall: Hall) -> None:
    """No key, answer or request in common; and no column of either holds a time."""
    ballot, _truth = vote_in_order(hall, 2)
    close(ballot)
    roll = {str(value) for row in dump(RollEntry) for value in row.values()}
    papers = {
        str(value)
        for row in dump(CastBallot)
        for name, value in row.items()
        if name not in ("ballot_id", "congress_id", "place")
    }
    assert not roll & papers
    times = ("DateTimeField", "DateField", "TimeField")
    for model in (RollEntry, CastBallot, BoxPart):
        assert not [column.name for column in model._meta.fields if column.get_internal_type() in times]


def test_a_vote_leaves_the_rest_of_the_database_as_it_was(hall: Hall) -> None:
    """Casting writes the box and nothing else: no act, no notice, no session, no count."""
    ballot = hall.open(2)
    entry = device(ballot, hall.voters[0][0]).mark(str(ballot.pk), YES)
    before = {model: dump(model) for model in apps.get_models()}
    cast_secret(ballot, entry)
    changed = [model for model, rows in before.items() if dump(model) != rows]
    assert changed == [BoxPart]


def test_while_it_is_open_the_box_is_one_size_and_cannot_be_read(hall: Hall) -> None:
    ballot = hall.open(3)
    sizes = set()
    for voter, _name in hall.voters:
        sizes.add(len(BoxPart.objects.get(ballot=ballot).content))
        entry = device(ballot, voter).mark(str(ballot.pk), YES)
        cast_secret(ballot, entry)
        content = bytes(BoxPart.objects.get(ballot=ballot).content)
        assert b"approve" not in content
        assert entry.key.encode() not in content
    sizes.add(len(BoxPart.objects.get(ballot=ballot).content))
    assert len(sizes) == 1


@pytest.mark.parametrize(
    ("kind", "options", "places"), [("question", 1, 1), ("choice", 12, 10), ("election", 40, 35), ("grades", 3, 1)]
)
def test_a_full_part_is_as_long_as_an_empty_one(kind: str, options: int, places: int) -> None:
    """Whatever can be written on a paper has room."""
    asked = terms(kind, options, places=places)
    longest = max(asked.allowed, key=len)
    names = tuple(chr(0x20000 + number) * 30 for number in range(places)) if kind == "election" else ()
    paper = Paper((longest,) * options, names).text
    entries = {f"{number:088}": Entry(f"{number:088}", "s" * 344, "z" * 88, paper) for number in range(64)}
    size = part_bytes(asked, 1)
    assert len(closed_part(entries, size)) == len(closed_part({}, size))


def test_the_roll_is_laid_out_before_anybody_votes(hall: Hall) -> None:
    """Taking a ballot makes no row: the keys of the roll are those of the opening."""
    ballot = hall.open(4)
    before = set(RollEntry.objects.filter(ballot=ballot).values_list("pk", "voter"))
    device(ballot, hall.voters[2][0])
    assert set(RollEntry.objects.filter(ballot=ballot).values_list("pk", "voter")) == before
