"""A01 代表直通车 (4): deputies of other levels take part in stations, activities and what residents say, and in nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from openrenda import docket
from openrenda.activities import bodies
from openrenda.activities.quorum import quorum
from openrenda.activities.record import Participant
from openrenda.ballots.models import RollEntry
from openrenda.docket import registry
from openrenda.docket.models import Matter
from openrenda.docket.offices import of_seat
from openrenda.docket.reading import openings
from openrenda.docket.refusals import Incomplete
from openrenda.docket.refusals import Refused as Barred
from openrenda.figures import in_year, split_all
from openrenda.figures.registry import figure
from openrenda.people import codes, coverage, reception, rosters, stations
from openrenda.people.guests import end_guest
from openrenda.people.imports import SHEETS, export, run, run_file
from openrenda.people.mandates import hand_over_to
from openrenda.people.models import (
    Congress,
    Group,
    GroupMembership,
    Mandate,
    Person,
    Seat,
    StationMember,
    Term,
)
from openrenda.people.offices import GUEST_DEPUTY
from openrenda.people.refusals import Refused
from openrenda.people.seats import Place, open_seat
from openrenda.tenancy import congress_scope
from openrenda.web.portal.codes import code_of
from openrenda.web.tests.stage import seat, text
from tests import sittings
from tests.cast import BEGAN, DEPUTIES, Cast, _sit, draft

from .conftest import Wall
from .gatherings import bare, count, recorded
from .networking import a_grid, a_station, hours, street_of
from .opining import ANSWER, entered, now, said
from .stage import take

ROW = {
    "姓名": "王岚",
    "所在人大": "江城市人民代表大会",
    "层级": "市人大代表",
    "起始日期": "2026-01-05",
    "手机号码": "13800000000",
}


@pytest.fixture(autouse=True)
def _day(wall: Wall) -> None:
    """A Monday of 2026."""


class Line:
    """A row as a file gives it."""

    number = 1

    def __init__(self, **cells: Any) -> None:
        self.cells = cells


def brought_in(**changes: Any) -> Any:
    """A row of the register of guests, written."""
    sheet = SHEETS["guests"]
    return run(sheet, sheet.headers, [Line(**ROW | changes)], keep=True)


def registered() -> Any:
    """The guests whom the tests registered, beside the one of the cast."""
    return Mandate.guests.select_related("person").exclude(person__name="冯越")


def a_guest(cast: Cast, who: str = "wang", name: str = "王岚", level: str = "市人大代表", **changes: Any) -> Mandate:
    """A deputy of another level, with a seat, known to the tests by name."""
    outcome = brought_in(姓名=name, 层级=level, **changes)
    assert outcome.kept, outcome.bad_rows
    guest = registered().get(person__name=name)
    cast.mandates[who] = guest
    _sit(cast, who, GUEST_DEPUTY, "mandate", guest.pk, name)
    return guest


def another_congress(name: str = "江城市人民代表大会", *, deputy: str = "王岚") -> Congress:
    """A city's congress on the same installation, with one deputy."""
    city = Congress.objects.create(division_code="990100", name=name, short_name=name[:3], level="city", fictional=True)
    with congress_scope(city):
        term = Term.objects.create(number=9, since=BEGAN)
        person = Person.objects.create(
            name=deputy, birth_year=1970, sex="female", ethnicity="汉族", post="医生", phone="13900000000"
        )
        Mandate.objects.create(person=person, term=term, since=BEGAN)
    return city


# The register


def test_a01_4_the_office_registers_a_deputy_of_another_level(cast: Cast) -> None:
    """Must (4): name, level, which congress, since and until, contact as for own deputies; again changes nothing."""
    assert brought_in().counts["added"] == 1
    assert brought_in(手机号码="").counts["same"] == 1
    guest = registered().get()
    assert (guest.level, guest.of_congress, guest.elsewhere, guest.term) == ("city", "江城市人民代表大会", None, None)
    assert (guest.person.phone, guest.named, str(guest)) == ("13800000000", "王岚（市人大代表）", "王岚（市人大代表）")
    assert brought_in(截止日期="2026-12-31").counts["changed"] == 1
    assert registered().get().until.isoformat() == "2026-12-31"
    page = text(seat(cast, "office").get("/administration/registers/guests/"))
    for words in ("王岚", "江城市人民代表大会", "市人大代表", "其他层级代表"):
        assert words in page
    assert "13800000000" not in page


def test_a01_4_one_guest_is_entered_on_a_page_and_by_a_file(cast: Cast) -> None:
    """Must (4): the form and the Excel import are one way; what is exported can be brought in again."""
    client = seat(cast, "office")
    typed = {"name": "秦川", "of_congress": "青石镇人民代表大会", "level": "乡镇人大代表", "since": "2026-03-01"}
    assert client.post("/administration/registers/guests/row/", typed).status_code == 302
    assert registered().get().level == "township"
    again = run_file(SHEETS["guests"], export(SHEETS["guests"]), "其他层级代表.xlsx", keep=True)
    assert (again.kept, again.counts["same"]) == (True, 2)
    assert seat(cast, "street").get("/administration/registers/guests/").status_code == 404


@pytest.mark.parametrize("level", ["全国人大代表", "省人大代表", "市人大代表", "区县人大代表", "乡镇人大代表"])
def test_a01_4_of_any_of_the_levels(cast: Cast, level: str) -> None:
    assert brought_in(层级=level).kept
    assert registered().get().named == f"王岚（{level}）"


def test_a01_4_whose_congress_is_here_is_linked_and_not_retyped(cast: Cast) -> None:
    """Must (4): what her congress makes public is taken from there; nothing else crosses, and no row refers to a row there."""
    city = another_congress()
    assert brought_in(层级="", 手机号码="").kept
    guest = registered().get()
    assert (guest.elsewhere, guest.level, guest.of_congress) == (city, "city", city.name)
    person = guest.person
    assert (person.sex, person.ethnicity, person.post) == ("female", "汉族", "医生")
    assert (person.phone, person.birth_year) == ("", None)
    assert {person.congress_id, guest.congress_id} == {cast.congress.pk}
    with congress_scope(city):
        assert Mandate.everyone.count() == 1
        assert not Mandate.guests.exists()


def test_a01_4_a_name_that_her_congress_does_not_know_is_refused(cast: Cast) -> None:
    another_congress(deputy="别人")
    (row,) = brought_in().bad_rows
    assert "江城市人民代表大会的代表名册里没有“王岚”" in row.reasons[0]
    assert "不登记为其他层级代表" in brought_in(所在人大=cast.congress.name).bad_rows[0].reasons[0]
    assert "请填写“层级”" in brought_in(所在人大="远方市人民代表大会", 层级="").bad_rows[0].reasons[0]
    assert not registered().exists()


def test_a01_4_her_last_day_ends_her_places_and_her_seat(cast: Cast) -> None:
    guest = a_guest(cast)
    station = a_station(street_of(cast))
    stations.seat_deputy(station, guest, since=guest.since)
    end_guest(guest, until=timezone.localdate())
    assert StationMember.objects.get().until == Seat.objects.get(holder=guest.pk).until == timezone.localdate()
    with pytest.raises(Refused):
        end_guest(guest, until=BEGAN)


# What she does


def test_a01_4_guests_sit_in_stations_and_are_shown_with_their_level(cast: Cast, client: Client) -> None:
    """Must (4): in the station by the sheet of its members, on its public page, in its hours and grids, with a code of her own."""
    guest = a_guest(cast)
    station = a_station(street_of(cast), "Z01", name="青石代表之家")
    sheet = SHEETS["station-members"]
    seated = run(sheet, sheet.headers, [Line(站点编号="Z01", 代表姓名="王岚", 起始日期="2026-02-01")], keep=True)
    assert seated.kept, seated.bad_rows
    assert [row.mandate for row in stations.members(station)] == [guest]
    reception.put_on_duty(hours(station), guest)
    code = codes.issue(guest)
    page = client.get(f"/c/{cast.congress.division_code}/stations/{code_of(station.pk)}/").content.decode()
    for words in ("王岚", "市人大代表", "江城市人民代表大会"):
        assert words in page
    hers = client.get(f"/c/{cast.congress.division_code}/deputies/{code_of(guest.pk)}/").content.decode()
    assert "市人大代表 · 江城市人民代表大会" in hers
    assert f"code={code.token}" in hers
    assert "王岚" not in client.get(f"/c/{cast.congress.division_code}/deputies/").content.decode()
    assert "王岚（市人大代表）" in text(seat(cast, "office").get(f"/stations/{station.pk}/"))


def test_a01_4_guests_receive_opinions_and_answer_them(cast: Cast) -> None:
    """Must (4): a resident turns to her, she enters what she heard, asks, answers, records a problem."""
    guest = a_guest(cast)
    given = said(cast, deputy=guest.pk)
    assert given in docket.visible(cast["wang"])
    take(cast, given, "street", "sort", {"nature": "trouble", "level": "station"})
    take(cast, given, "wang", "find_problem", {"title": "路灯不亮"})
    take(cast, given, "wang", "answer", ANSWER | {"off_rule": "当场解决"})
    assert now(given).state == "answered"
    heard = entered(cast, "wang", channel="visit")
    assert now(heard).opinion.get().deputy == guest
    assert Matter.objects.filter(procedure="problem").get() in docket.visible(cast["wang"])
    page = seat(cast, "wang").get("/")
    assert page.status_code == 200
    assert "提出建议" not in text(page)


def test_a01_4_what_was_done_about_a_guest_names_her(cast: Cast) -> None:
    """No bare identifier stands in the record of acts."""
    guest = a_guest(cast)
    opinion = said(cast)
    take(cast, opinion, "street", "ask_deputy", {"deputy": guest.pk})
    page = text(seat(cast, "street").get(f"/matters/{opinion.pk}/"))
    assert "王岚" in page
    assert str(guest.pk) not in page


def test_a01_4_guests_take_part_in_activities_and_count_by_level(cast: Cast) -> None:
    """Must (4): they sign up, come, raise what they heard, and the person-times open by level."""
    guest = a_guest(cast)
    plan = docket.open_matter("gathering", "plan", by=cast["office"], data=bare(cast)).matter
    take(cast, plan, "wang", "sign_up")
    assert Participant.objects.get(matter=plan).holder == guest.pk
    held = recorded(cast, deputies=("chen", "wang"))
    recorded(cast, deputies=("lin",))
    assert count("gathering_person_times") == 3
    today = timezone.localdate()
    found = split_all([figure("gathering_person_times")], in_year(2026, today), "level")["gathering_person_times"]
    assert [(part.label, part.reading.part) for part in found] == [("市代表", 1), ("区县代表", 2)]
    page = text(seat(cast, "office").get(f"/matters/{held.pk}/"))
    assert "王岚（市人大代表）" in page


def test_a01_4_four_levels_joined_are_counted_from_the_register(cast: Cast) -> None:
    """A04 (2): two levels from the register are enough; a guest alone is one level."""
    a_guest(cast)
    recorded(cast, deputies=("chen", "wang"), linkages=["four_levels"])
    with pytest.raises(Barred, match="两级以上代表"):
        recorded(cast, deputies=("wang",), linkages=["four_levels"])


def test_a01_4_lists_are_narrowed_by_the_level_of_guests(cast: Cast) -> None:
    """Must (4): any list, by the register."""
    guest = a_guest(cast)
    own, hers = said(cast, deputy=cast.mandates["chen"].pk), said(cast, deputy=guest.pk)
    first, second = recorded(cast), recorded(cast, deputies=("wang",))
    client = seat(cast, "office")
    for kind, name, levels in (
        ("opinion", "deputy_level", {"county": {own}, "city": {hers}, "province": set()}),
        ("gathering", "level", {"county": {first}, "city": {second}, "province": set()}),
    ):
        for level, there in levels.items():
            page = text(client.get(f"/lists/{kind}/", {name: level}))
            assert {matter for matter in (own, hers, first, second) if str(matter.pk) in page} == there, (kind, level)


def test_a01_4_guests_serve_in_grids_and_in_groups_of_their_level_only(cast: Cast, client: Client) -> None:
    guest = a_guest(cast)
    grid = a_grid(street_of(cast))
    sheet = SHEETS["grid-members"]
    assert run(
        sheet,
        sheet.headers,
        [Line(网格编号="31", 代表姓名="王岚", 五员角色="社情民意收集员", 起始日期="2026-02-01")],
        keep=True,
    ).kept
    assert (
        "设区的市、自治州人大代表"
        in client.get(f"/c/{cast.congress.division_code}/grids/{code_of(grid.pk)}/").content.decode()
    )
    for kind, words, kept in (("upper", "上级人大代表小组", True), ("standing_committee", "常务委员会组成人员", False)):
        Group.objects.create(kind=kind, name="小组", since=BEGAN)
        sheet = SHEETS["members"]
        row = Line(小组类别=words, 小组名称="小组", 代表姓名="王岚", 起始日期="2026-02-01")
        assert run(sheet, sheet.headers, [row], keep=True).kept is kept, kind
    assert GroupMembership.objects.get().mandate == guest


# What she does not do


MAY = {"gathering", "opinion", "problem", "palm-express", "broadcast-question", "broadcast", "council-hall", "task"}


def test_a01_4_a_guests_seat_is_in_no_office_but_of_activities_and_opinions(cast: Cast) -> None:
    """No suggestion, bill, vote, sitting, contact or appraisal: what no table says she may, she may not."""
    a_guest(cast)
    for table in registry.procedures():
        offices = {office for step in table.steps for office in step.offices} | set(table.seen_by)
        offices |= {office for state in table.states for office in table.seen_in(state)}
        assert any(of_seat(office, GUEST_DEPUTY) for office in offices) == (table.key in MAY), table.key
    assert {(table, step.key) for table, step in openings(cast["wang"])} == {("opinion", "enter"), ("problem", "find")}


def test_a01_4_a_guest_submits_no_suggestion_and_no_bill(cast: Cast) -> None:
    guest = a_guest(cast)
    for kind, step, data in (("suggestion", "propose", draft()), ("bill", "draft", {"title": "议案"})):
        with pytest.raises(Barred):
            docket.open_matter(kind, step, by=cast["wang"], data=data)
    hers = said(cast, deputy=guest.pk)
    for step, data in (("raise_suggestion", {}), ("to_livelihood", {})):
        with pytest.raises((Barred, Incomplete)):
            take(cast, hers, "wang", step, data)
    mine = docket.open_matter("suggestion", "propose", by=cast["chen"], data=draft()).matter
    with pytest.raises(Incomplete):
        take(cast, mine, "chen", "invite", {"deputies": [guest.pk]})


@pytest.mark.parametrize("body", sorted(bodies.BODIES))
def test_a01_4_a_guest_is_no_member_of_any_body(cast: Cast, body: str) -> None:
    """Even where a row of the register of groups were to say so."""
    guest, today = a_guest(cast), timezone.localdate()
    group = None
    if kind := bodies.BODIES[body].group:
        group = Group.objects.create(kind=kind, name="组", since=BEGAN)
        for who in ("chen", "wang"):
            GroupMembership.objects.create(group=group, mandate=cast.mandates[who], since=BEGAN)
    for rows in (bodies.in_office(body, group, today), bodies.able(body, group, today)):
        assert guest.pk not in {row.pk for row in rows}
        assert cast.mandates["chen"].pk in {row.pk for row in rows}
    assert guest not in Mandate.objects.able_on(today)
    assert guest in Mandate.everyone.able_on(today)


def test_a01_4_a_guest_is_on_no_roll_and_in_no_quorum(cast: Cast) -> None:
    """Neither opened with her among those present, nor counted in the base of a vote of the whole congress or of a sitting."""
    guest = a_guest(cast)
    data = {"title": "关于设立专门委员会的决定", "kind": "question", "way": "named", "body": "congress"}
    vote = docket.open_matter("vote", "prepare", by=cast["office"], data=data).matter
    own = [cast.mandates[who].pk for who in DEPUTIES]
    with pytest.raises(Incomplete):
        take(cast, vote, "office", "open", {"present": [*own, guest.pk]})
    take(cast, vote, "office", "open", {"present": own})
    assert set(RollEntry.objects.values_list("voter", flat=True)) == set(own)
    sitting = sittings.opened(cast)
    group = Group.objects.get(kind="standing_committee")
    base = quorum(sitting).base
    GroupMembership.objects.create(group=group, mandate=guest, since=BEGAN)
    assert quorum(sitting).base == base


def test_a01_4_guests_change_no_number_of_deputies(cast: Cast) -> None:
    """The number of deputies, seats of districts, coverage and hand-over are this congress's own."""
    numbers = _numbers(cast)
    guest = a_guest(cast)
    assert _numbers(cast) == numbers
    with pytest.raises(Refused):
        hand_over_to(cast.mandates["chen"], guest, basis="文件", by=cast["office"])
    account = Seat.objects.get(holder=guest.pk).account
    with pytest.raises(Refused):
        open_seat(Place(account=account, key="deputy", holder=guest.pk))
    with pytest.raises(Refused):
        open_seat(Place(account=account, key=GUEST_DEPUTY, holder=cast.mandates["chen"].pk))


def _numbers(cast: Cast) -> Any:
    term = rosters.term_on()
    assert term is not None
    return (
        rosters.deputies().count(),
        rosters.deputies(able=True).count(),
        [(row.held, row.vacant) for row in rosters.district_seats(term)],
        coverage.deputies_in_stations().whole,
    )
