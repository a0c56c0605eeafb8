"""B13(1): whatever a handling organ may open says the same, byte for byte, whichever deputy gave which rating.

Every address is walked from every seat of the organ, in two worlds that differ only in who rated how. The wall clock stands still and
chance is drawn from the same seed, so that keys and digests are equal too unless they come from a rating.
"""

from __future__ import annotations

import io
import itertools
import logging
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from random import Random
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from openrenda import tenancy
from openrenda.api import tokens
from openrenda.api.models import SCOPES
from openrenda.channels.delivery import deliver
from openrenda.channels.models import Notice
from openrenda.docket.models import Matter
from openrenda.figures.registry import figures, sets
from openrenda.tenancy import congress_scope
from openrenda.web.tests.stage import address, hidden, seat
from tests.cast import Cast
from tests.matrix.addresses import ADDRESSES, NOT_THERE, OK
from tests.matrix.census import patterns

from .conftest import Wall
from .evaluating import CONTENT, NOT_CONTENT, answered, ballot, close, day, more_deputies, poll, rate

ORGAN_SEATS = ("roads_office", "roads_clerk", "roads_head", "roads_chief")
PASSING = re.compile(
    rb'name="(?:key|challenge)" value="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"|nonce-[^\' "]+|nonce="[^"]*"'
)
# A form's mark is drawn for each showing.
# A new secret for a second factor, and a new challenge, are drawn each time.
DRAWN_ANEW = {"people:second-factor", "portal:say-challenge"}
# A paper takes seconds to make and holds a suggestion's letter alone; one seat takes it.
COSTLY = {
    name for name, address_ in ADDRESSES.items() if address_.costly or name.startswith(("letter", "bundle", "volume"))
}
# The overview says every figure's numbers; opened one by one are those of what a poll writes, and of suggestions.
FIGURES = ["received", "satisfaction", "judged", *(
    one.key for one in figures() if one.population.key in ("satisfaction_polls", "rectifications")
)]  # fmt: skip
# Where every figure is opened takes long; in the quick run it is one of suggestions and one of polls.
FEW = ["satisfaction", next(one.key for one in figures() if one.population.key == "satisfaction_polls")]
Pages = dict[tuple[str, str], tuple[int, bytes]]


@pytest.fixture
def raters(cast: Cast, wall: Wall) -> list[str]:
    """Eight deputies."""
    return ["chen", "lin", "ouyang", "zhou", *more_deputies(cast, 4)]


class Walk:
    """The organ's four people, with a session and a token each, before every address of the installation."""

    def __init__(self, cast: Cast, seats: tuple[str, ...] = ORGAN_SEATS, figures: Sequence[str] = FIGURES) -> None:
        self.cast, self.figures = cast, figures
        self.reader = "roads_head" if "roads_head" in seats else seats[0]
        self.clients = {who: seat(cast, who) for who in seats}
        self.tokens = {who: tokens.make(cast.seats[who], "查看", list(SCOPES))[0] for who in seats}
        self.patterns = {
            name: pattern for name, pattern in patterns() if ADDRESSES[name].get is not None and name not in DRAWN_ANEW
        }

    def pages(self) -> Pages:
        """What each of them gets."""
        found: Pages = {}
        for who, (name, url) in itertools.product(self.clients, list(self.urls())):
            # A figure counts for everybody alike: one seat opens it.
            if (name in COSTLY and who != "roads_head") or (name.startswith("figures:") and who != self.reader):
                continue
            found[who, url] = self.ask(who, name, url)
        return found

    def ask(self, who: str, name: str, url: str) -> tuple[int, bytes]:
        """One request, of which the database keeps nothing."""
        client: Client = self.clients[who]
        options = {"HTTP_AUTHORIZATION": f"Bearer {self.tokens[who]}"} if ADDRESSES[name].by_token else {}
        before = transaction.savepoint()
        answer = client.get(url, **options)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        transaction.savepoint_rollback(before)
        return answer.status_code, plain(body)

    def urls(self) -> Iterator[tuple[str, str]]:
        """Every address with everything that may stand in it."""
        for name, pattern in self.patterns.items():
            wanted = list(pattern.pattern.converters)
            for given in self.given(name, wanted):
                yield name, reverse(name, kwargs=given)
        year = f"?year={day()[:4]}"
        yield "api:figures", reverse("api:figures") + year
        for key in self.figures:
            for by in ("month", "year", "organ"):
                yield "figures:figure", f"{reverse('figures:figure', args=[key])}?by={by}"
        for procedure in self.procedures():
            for view in ("own", "mine", "closed"):
                yield "web:list", f"{reverse('web:list', args=[procedure])}?view={view}"
        yield "web:list", f"{reverse('web:list', args=['suggestion'])}?q=学府路"

    @staticmethod
    def procedures() -> list[str]:
        """Those of which there is a matter: a list of nothing says nothing."""
        return sorted(set(Matter.objects.values_list("procedure", flat=True)))

    def given(self, name: str, wanted: list[str]) -> Iterator[dict[str, Any]]:
        """Values for the names in an address: all matters, all steps, all procedures, all figures."""
        if not wanted:
            yield {}
        elif "matter_id" in wanted:
            for matter in Matter.objects.order_by("id"):
                steps = [step.key for step in matter.table.steps if matter.procedure != "suggestion"] or ["contact"]
                others = {
                    "round_": [1],
                    "position": [1],
                    "field": ["grade", "contact_phone"],
                    "step_key": steps,
                    "step": steps,
                }
                yield from self.product({"matter_id": [matter.pk]}, wanted, others)
        else:
            keys = self.procedures()
            known = {
                "procedure": keys, "side": ["part", "whole", "excluded"], "step_key": ["open"], "step": ["open"],
                "organ_id": [organ.pk for organ in self.cast.organs.values()], "division": ["990701"], "code": ["x"],
                "mandate_id": [row.pk for row in self.cast.mandates.values()], "kind": ["suggestions"], "number": ["1"], "position": [1], "spelling": ["json"],
                "notice_id": list(Notice.objects.order_by("id").values_list("pk", flat=True)) or [self.cast.congress.pk],
                "key": keys if "procedure" in name else [one.key for one in sets()] if name.endswith("set") else self.figures,
            }  # fmt: skip
            yield from self.product({}, wanted, known)

    def product(
        self, given: dict[str, list[Any]], wanted: list[str], known: Mapping[str, list[Any]]
    ) -> Iterator[dict[str, Any]]:
        """Every combination; an object of which there is none here is somebody else's key."""
        lists = {name: given.get(name) or known.get(name) or [self.cast.congress.pk] for name in wanted}
        for values in itertools.product(*lists.values()):
            yield dict(zip(lists, values, strict=True))


def plain(body: bytes) -> bytes:
    """The answer without what is drawn anew for every request; a workbook as the sheets within it."""
    if body.startswith(b"PK"):
        archive = zipfile.ZipFile(io.BytesIO(body))
        body = b"".join(archive.read(name) for name in sorted(archive.namelist()) if not name.startswith("docProps"))
    return PASSING.sub(b"", body)


@pytest.fixture
def same_chance(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Keys of rows are drawn from one seed; calling it begins the draw anew."""
    state = {"chance": Random(7)}

    def restart() -> None:
        state["chance"] = Random(11)

    class Drawn:
        """What tenancy asks of the operating system."""

        @staticmethod
        def urandom(size: int) -> bytes:
            return state["chance"].randbytes(size)

    monkeypatch.setattr(tenancy, "os", Drawn)
    return restart


def worlds(
    cast: Cast, opened: Matter, walk: Walk, restart: Callable[[], None], grades: list[dict[str, dict[str, str]]]
) -> list[list[Pages]]:
    """For each way of rating what the organ sees while the poll is open, and when it has closed."""
    seen = []
    for way in grades:
        before = transaction.savepoint()
        restart()
        rate(cast, opened, way)
        deliver(cast.congress)
        pages = [walk.pages()]
        close(cast, opened)
        with congress_scope(cast.congress):
            deliver(cast.congress)
        pages.append(walk.pages())
        seen.append(pages)
        transaction.savepoint_rollback(before)
    return seen


def differences(one: Pages, other: Pages) -> list[tuple[str, str]]:
    """Where two walks differ, or came to different addresses."""
    return [where for where in one.keys() | other.keys() if one.get(where) != other.get(where)]


@pytest.mark.slow
@pytest.mark.large
def test_1_two_ratings_swapped_change_nothing_that_a_clerk_of_the_organ_sees(
    cast: Cast, raters: list[str], same_chance: Callable[[], None]
) -> None:
    """Must (1): every address, from one seat, with a few of the figures; on both databases, where the walk below is on one."""
    opened = poll(cast, answered(cast), raters)
    walk = Walk(cast, ("roads_clerk",), FEW)
    grades = {who: NOT_CONTENT if who in ("lin", "zhou", "d0") else CONTENT for who in raters}
    first, second = worlds(cast, opened, walk, same_chance, [grades, {**grades, "lin": CONTENT, "chen": NOT_CONTENT}])
    assert differences(first[0], second[0]) == []
    assert differences(first[1], second[1]) == []
    assert "共 8 人评价" in first[1]["roads_clerk", address(opened)][1].decode()


@pytest.mark.slow
def test_1_what_a_poll_reopens_says_no_more_than_its_verdict(
    cast: Cast, raters: list[str], same_chance: Callable[[], None]
) -> None:
    """Must (1), (5): the closed suggestion goes back to its organ, whose pages are the same whoever was not satisfied."""
    way = answered(cast)
    way.take("chen", "judge", {"attitude": "satisfied", "result": "satisfied"})
    opened = poll(cast, way, raters)
    walk = Walk(cast, ("roads_clerk",))
    grades = {who: CONTENT if who in ("lin", "zhou", "d0") else NOT_CONTENT for who in raters}
    first, second = worlds(cast, opened, walk, same_chance, [grades, {**grades, "lin": NOT_CONTENT, "chen": CONTENT}])
    assert differences(first[0], second[0]) == []
    assert differences(first[1], second[1]) == []
    assert "重新办理" in first[1]["roads_clerk", address(way.matter)][1].decode()


@pytest.mark.slow
def test_1_who_gave_which_rating_changes_nothing_the_organ_can_see(
    cast: Cast, raters: list[str], same_chance: Callable[[], None]
) -> None:
    """Must (1): two deputies' ratings swapped; and another deputy silent; and, while the poll is open, nobody rated at all."""
    opened = poll(cast, answered(cast), raters)
    walk = Walk(cast)
    grades = {who: NOT_CONTENT if who in ("lin", "zhou", "d0") else CONTENT for who in raters[:-1]}
    swapped = {**grades, "lin": CONTENT, "chen": NOT_CONTENT}
    others = {**{who: grades[who] for who in raters[1:-1]}, raters[-1]: grades[raters[0]]}
    deliver(cast.congress)
    untouched = walk.pages()
    first, second, third = worlds(cast, opened, walk, same_chance, [grades, swapped, others])
    assert differences(untouched, first[0]) == []
    assert differences(first[0], second[0]) == []
    assert differences(first[1], second[1]) == []
    assert differences(first[0], third[0]) == []
    assert not [where for where in differences(first[1], third[1]) if not _is_a_key_only(first[1], third[1], where)]
    # The walk does see things: the published result on the poll's page, and its number in the figures.
    page = first[1]["roads_head", address(opened)]
    assert page[0] == OK
    assert "共 7 人评价" in page[1].decode()
    assert untouched["roads_head", address(opened)][0] == NOT_THERE
    ballots = [url for matter in Matter.objects.filter(procedure="satisfaction-ballot") for url in (address(matter),)]
    assert {pages["roads_head", url][0] for pages in (untouched, *first) for url in ballots} == {NOT_THERE}
    assert first[0] != first[1]


KEYS = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}|\b[0-9a-f]{64}\b")


def _is_a_key_only(one: Pages, other: Pages, where: tuple[str, str]) -> bool:
    """With another deputy silent the rows are made in another order, so that keys drawn by chance differ and nothing else."""
    if where not in one or where not in other:
        return KEYS.search(where[1].encode()) is not None
    return KEYS.sub(b"", one[where][1]) == KEYS.sub(b"", other[where][1]) and one[where][0] == other[where][0]


def test_1_a_rating_is_in_no_log_and_no_notice(cast: Cast, raters: list[str], caplog: pytest.LogCaptureFixture) -> None:
    """Must (1): a deputy rates on her page; the log says that a request came, and not what it said; nobody is told."""
    opened = poll(cast, answered(cast), raters)
    while deliver(cast.congress):
        pass
    mine, client = ballot(cast, opened, "lin"), seat(cast, "lin")
    told = Notice.objects.count()
    with caplog.at_level(logging.DEBUG):
        form = client.get(address(mine, "rate"))
        client.post(f"{address(mine, 'rate')}autosave/", {**NOT_CONTENT})
        answer = client.post(address(mine, "rate"), {**hidden(form), **NOT_CONTENT}, follow=True)
    assert "已评价" in answer.content.decode()
    assert "dissatisfied" not in caplog.text
    while deliver(cast.congress):
        pass
    assert Notice.objects.count() == told


def test_1_the_duty_file_others_read_does_not_say_who_rated(cast: Cast, raters: list[str]) -> None:
    """Must (1): her own copy says that she rated; the copy of the office and of leaders does not, before and after the count."""
    opened = poll(cast, answered(cast), raters)
    rate(cast, opened, dict.fromkeys(raters, CONTENT))
    close(cast, opened)
    theirs = reverse("duty-of", args=[cast.mandates["lin"].pk])
    assert str(ballot(cast, opened, "lin").pk) in seat(cast, "lin").get(reverse("duty")).content.decode()
    for who in ("office", "leader"):
        assert str(ballot(cast, opened, "lin").pk) not in seat(cast, who).get(theirs).content.decode()
    with pytest.raises(AssertionError):
        take_receipt(cast, opened)


def take_receipt(cast: Cast, opened: Matter) -> None:
    """There is no receipt: not even her own page gives her rating back."""
    page = seat(cast, "lin").get(address(ballot(cast, opened, "lin"))).content.decode()
    assert re.search(r"对办理结果的评价</dt><dd>(满意|不满意)", page)
