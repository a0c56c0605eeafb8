"""A small part of the story in the database: whole ledger, every state, nothing ahead of time, everybody can sign in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import time, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client, override_settings
from django.utils import timezone

from openrenda.activities.hall import Sitting
from openrenda.channels.models import Notice
from openrenda.demo.load import load
from openrenda.demo.signins import PASSWORD, SIGN_INS_LINE, USEFUL
from openrenda.docket.models import Act, DailySeal, File, Matter, OutboxEntry, RunningClock
from openrenda.docket.registry import procedure
from openrenda.docket.time import run_clocks
from openrenda.docket.verify import verify_congress
from openrenda.people.models import Account, Congress, Mandate, Person, Seat
from openrenda.people.offices import SEAT_KINDS
from openrenda.people.refusals import Refused
from openrenda.search import find
from openrenda.search.models import SearchDocument
from openrenda.tenancy import congress_scope

# Each test's own transaction lies within the one in which the story was loaded.
pytestmark = [pytest.mark.slow, pytest.mark.django_db]
DISTRICT, CITY, TOWNSHIP = "990111", "990100", "990111113"
FEW = 120
GUIDE = Path(__file__).resolve().parents[3] / "docs" / "demo.md"


@pytest.fixture(scope="module", autouse=True)
def told(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[str]]:
    """The demo, loaded once for all tests here and taken away again."""
    said: list[str] = []
    faster = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    folder = tmp_path_factory.mktemp("files")
    with (
        django_db_blocker.unblock(),
        override_settings(FILES_ROOT=folder, PASSWORD_HASHERS=faster, SECOND_FACTOR_REQUIRED=False),
        transaction.atomic(),
    ):
        load(said.append, suggestions=FEW)
        yield said
        transaction.set_rollback(True)


@pytest.fixture
def district() -> Iterator[Congress]:
    """The district's congress, in context."""
    congress = Congress.objects.get(division_code=DISTRICT)
    with congress_scope(congress):
        yield congress


def test_the_ledger_verifies_in_every_congress() -> None:
    for congress in Congress.objects.all():
        assert verify_congress(congress) == []


def test_every_past_day_is_sealed(district: Congress) -> None:
    days = {timezone.localdate(moment) for moment in Act.objects.values_list("recorded_at", flat=True)}
    sealed = set(DailySeal.objects.values_list("day", flat=True))
    assert {day for day in days if day < timezone.localdate()} - sealed <= {max(days)}


def test_suggestions_stand_in_every_state(district: Congress) -> None:
    found = set(Matter.objects.filter(procedure="suggestion").values_list("state", flat=True))
    assert {state.key for state in procedure("suggestion").states} <= found


def test_a_problem_found_in_an_opinion_is_followed_or_was_solved(district: Congress) -> None:
    """A17: one still stands followed; the other was answered by its problem being solved."""
    found = Matter.objects.filter(procedure="opinion", acts__step="find_problem")
    assert found.filter(state="followed").exists()
    answered = found.get(acts__step="learn_solved")
    assert answered.state in ("answered", "closed", "rated")
    assert answered.outcomes.get(matter__procedure="problem").matter.state == "solved"


def test_party_group_meetings_are_told_for_its_members(district: Congress) -> None:
    """One with approved minutes that leads to what it dealt with, one called with a paper."""
    meetings = Matter.objects.filter(procedure="party-group-meeting")
    assert {row.state for row in meetings} == {"called", "closed"}
    assert meetings.get(state="called").party_group_papers.exists()
    assert meetings.get(state="closed").origins.filter(kind="discusses").exists()


def test_nothing_lies_ahead_and_people_keep_office_hours(district: Congress) -> None:
    now = timezone.now()
    assert not Act.objects.filter(took_effect__gt=now).exists()
    assert not OutboxEntry.objects.filter(created_at__gt=now).exists()
    assert not File.objects.filter(uploaded_at__gt=now).exists()
    today = timezone.localdate()
    by_people = Act.objects.exclude(account=None).values_list("took_effect", flat=True)
    moments = [timezone.localtime(moment) for moment in by_people if timezone.localdate(moment) < today]
    assert all(time(8) <= moment.time() <= time(18) for moment in moments)


def test_acts_follow_one_another_in_time(district: Congress) -> None:
    last: dict[Any, Any] = {}
    for matter, moment in Act.objects.order_by("matter", "seq").values_list("matter", "took_effect"):
        assert moment >= last.get(matter, moment)
        last[matter] = moment


def test_people_act_from_seats_they_hold(district: Congress) -> None:
    seats = {(seat.account_id, seat.key) for seat in Seat.objects.all()}
    for act in Act.objects.exclude(account=None).filter(agent_for=""):
        assert (act.account, act.seat) in seats


def test_what_an_agent_entered_is_proved(district: Congress) -> None:
    entered = Act.objects.exclude(agent_for="")
    assert all(File.objects.filter(pk=act.proof).exists() for act in entered)


def test_the_silent_were_reminded_before(district: Congress) -> None:
    """SUG-12."""
    silent = Act.objects.filter(step__in=("fall_silent", "stay_silent"))
    assert silent
    for act in silent:
        reminders = OutboxEntry.objects.filter(matter=act.matter_id, kind="reminder", created_at__lt=act.took_effect)
        assert any(entry.detail["clock"] in ("feedback", "second_feedback") for entry in reminders)


def test_clocks_have_nothing_left_to_do(district: Congress) -> None:
    assert run_clocks(district.pk) == 0
    overrun = RunningClock.objects.filter(stopped_on=None, due_on__lt=timezone.localdate()).exclude(takes="")
    assert not overrun.exists()


def test_everything_is_told_and_only_the_last_days_are_unread(district: Congress) -> None:
    assert not OutboxEntry.objects.filter(sent_at=None).exists()
    assert Notice.objects.filter(read_at__isnull=False).exists()
    oldest = Notice.objects.order_by("created_at").first()
    assert (timezone.now() - oldest.created_at).days <= 61


def test_numbers_run_without_gaps(district: Congress) -> None:
    """SUG-20: in the order of receipt; sittings, whose numbers are in characters, one after the other (J01)."""
    by_series: dict[str, list[int]] = {}
    sittings = Sitting.objects.exclude(matter__number="").order_by("ordinal").values_list("ordinal", flat=True)
    assert [number - sittings[0] for number in sittings] == list(range(len(sittings)))
    for series, number in (
        Matter.objects.exclude(number="").exclude(procedure="sitting").values_list("series", "number")
    ):
        by_series.setdefault(series, []).append(int(re.findall(r"\d+", number)[-1]))
    assert all(sorted(found) == list(range(1, len(found) + 1)) for found in by_series.values())


def test_what_was_submitted_is_found(district: Congress) -> None:
    matter = (
        Matter.objects.filter(procedure="suggestion", closed_on__isnull=False, confidential=False)
        .exclude(number="")
        .first()
    )
    indexed = SearchDocument.objects.filter(subject=matter.pk)
    assert indexed.exists()
    assert SearchDocument.objects.count() > FEW / 2
    assert callable(find)


def test_registers_are_those_of_the_cast(district: Congress) -> None:
    assert district.fictional
    assert Mandate.objects.on(timezone.localdate() - timedelta(days=1)).count() == 190, "two resigned yesterday"
    assert Mandate.objects.exclude(end_reason="").count() == 3 + 2
    person = Person.objects.first()
    assert person.phone.startswith("1540000")
    assert person.stroke_key
    assert not Seat.objects.able_on().filter(holder__in=Mandate.objects.exclude(until=None).values("pk")).exists()


def test_the_other_congresses_have_their_own_dozen() -> None:
    for code in (CITY, TOWNSHIP):
        with congress_scope(Congress.objects.get(division_code=code)):
            assert Matter.objects.filter(procedure="suggestion", parent=None).count() == 12


def test_files_are_really_there(district: Congress, settings: Any) -> None:
    attached = File.objects.filter(role="attachment")
    assert attached.count() >= 4
    assert all((Path(settings.FILES_ROOT) / row.path).stat().st_size == row.size for row in attached)


@pytest.mark.parametrize("key", sorted(SEAT_KINDS))
def test_somebody_signs_in_to_every_kind_of_seat(district: Congress, key: str) -> None:
    seat = Seat.objects.able_on().filter(key=key).select_related("account").first()
    client = Client()
    answer = client.post("/sign-in/", {"login": seat.account.login, "password": PASSWORD})
    assert answer.status_code == 302
    assert client.get("/", follow=True).status_code == 200


def test_the_printed_sign_ins_exist() -> None:
    logins = {login for logins, _who in USEFUL for login in logins.split("、")}
    assert logins <= set(Account.objects.values_list("login", flat=True))
    assert PASSWORD in SIGN_INS_LINE
    assert "\n" not in SIGN_INS_LINE


def test_the_guide_names_real_sign_ins() -> None:
    """Every login in the guide's table exists; ``-clerk`` and the like follow the login named before."""
    known = set(Account.objects.values_list("login", flat=True))
    rows = [line for line in GUIDE.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    assert len(rows) > 8
    for row in rows:
        before = ""
        for name in re.findall(r"`([^`]+)`", row.split("|")[1]):
            login = name.rstrip("…-")
            full = before.rsplit("-", 1)[0] + login if login.startswith("-") else login
            assert full in known or any(other.startswith(f"{full}-") for other in known), name
            before = full


def test_a_second_load_is_refused() -> None:
    matters = Account.objects.count()
    with pytest.raises(Refused, match="没有改动"):
        load(lambda text: None)
    assert Account.objects.count() == matters


def test_progress_was_told(told: list[str]) -> None:
    assert "登记簿" in told[0]
    assert any("步" in line for line in told)
