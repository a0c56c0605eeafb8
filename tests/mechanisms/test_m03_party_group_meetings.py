"""M03, J01, J02: meetings of the party group are called and kept by its secretary, begin with study, lead to what they decided, and are seen by nobody outside."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from openrenda import docket
from openrenda.activities.party_group_meeting.holding import Minutes
from openrenda.activities.party_group_meeting.records import PartyGroupItem, PartyGroupPlace
from openrenda.api import tokens
from openrenda.api.models import SCOPES
from openrenda.channels import webhooks
from openrenda.channels.delivery import deliver
from openrenda.channels.models import Notice
from openrenda.docket.models import Matter
from openrenda.docket.refusals import Incomplete, NotVisible, Refused
from openrenda.docket.situation import Situation
from openrenda.figures.counters import kinds, roles
from openrenda.people.models import GroupMembership
from openrenda.people.refusals import Refused as NoSeat
from openrenda.people.seats import Place
from openrenda.web.tests.stage import address, seat, text
from tests import sittings
from tests.cast import BEGAN, Cast
from tests.matrix.addresses import ADDRESSES
from tests.matrix.examples import party_group_meeting
from tests.matrix.examples.papers import attached

from .stage import chain, take
from .supervising import after, today

KEY, WORD, TOPIC = "party-group-meeting", "常委会党组会议", "讨论提请任命的有关事项"
OUTSIDE = (
    "zhou",
    "ouyang",
    "office",
    "leader",
    "government",
    "street",
    "roads_office",
    "roads_chief",
    "auditor",
    "registrar",
)
LOOKED_INTO = (
    "/", "/lists/", "/late/", "/hall/", "/hall/calendar.ics", f"/lists/{KEY}/", f"/lists/{KEY}/export/", "/committees/",
    "/committees/calendar.ics", "/figures/", "/search/?q=党组会议", "/reports/",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _people(cast: Cast) -> None:
    party_group_meeting.people(cast)


def planned(cast: Cast, day: str = "") -> Matter:
    """A meeting in preparation, presided over by Chen."""
    data = {"held_on": day or today(), "place": "三楼会议室", "starts_at": "9:00", "chair": cast.mandates["chen"].pk}
    return docket.open_matter(KEY, "plan", by=cast["secretary"], data=data).matter


def item(
    cast: Cast, matter: Matter, kind: str = "study", title: str = "学习有关会议精神", **more: Any
) -> PartyGroupItem:
    """One more item."""
    take(cast, matter, "secretary", "add_item", {"kind": kind, "title": title, **more})
    return PartyGroupItem.objects.filter(matter=matter).latest("position")


def held(cast: Cast, **more: Any) -> Matter:
    """A meeting that was held today, with a paper; nothing is decided yet."""
    matter = planned(cast)
    about = item(
        cast, matter, "appointment", TOPIC, reporter="人事部门负责人甲", sitting_in="人事部门 甲\n办公室 乙", **more
    )
    item(cast, matter)
    file = attached(matter, "讨论材料.pdf")
    take(cast, matter, "secretary", "add_paper", {"item": str(about.pk), "file": str(file.pk)})
    take(cast, matter, "secretary", "notify")
    take(cast, matter, "secretary", "attend", {
        "present": [cast.mandates["chen"].pk], "on_leave": [cast.mandates["lin"].pk], "leave_reason": "出差",
    })  # fmt: skip
    return Matter.objects.get(pk=matter.pk)


def decided(cast: Cast, **more: Any) -> Matter:
    """A meeting with a decision on each item."""
    matter = held(cast, **more)
    for row in PartyGroupItem.objects.filter(matter=matter):
        outcome = "studied" if row.kind == "study" else "agreed"
        take(
            cast, matter, "secretary", "decide", {"item": str(row.pk), "outcome": outcome, "text": f"同意{row.title}。"}
        )
    return matter


def finished(cast: Cast, **more: Any) -> Matter:
    """A meeting whose minutes were approved."""
    matter = decided(cast, **more)
    minutes = Minutes(situation=Situation(Matter.objects.get(pk=matter.pk), cast["secretary"])).initial["minutes"]
    take(cast, matter, "secretary", "draft_minutes", {"minutes": minutes})
    take(cast, matter, "chen", "approve")
    return Matter.objects.get(pk=matter.pk)


def test_m03_1_study_is_the_first_item_or_a_reason_is_given(cast: Cast) -> None:
    """Must (1): the agenda is not sent without it; entered last, it still stands first."""
    matter = planned(cast)
    item(cast, matter, "other", "研究工作计划")
    with pytest.raises(Incomplete) as refused:
        take(cast, matter, "secretary", "notify")
    assert "第一议题" in str(refused.value.form.errors["no_study"])
    item(cast, matter)
    take(cast, matter, "secretary", "notify")
    page = text(seat(cast, "chen").get(address(matter)))
    assert page.index("学习有关会议精神") < page.index("研究工作计划")
    other = planned(cast)
    item(cast, other, "other", "紧急事项")
    take(cast, other, "secretary", "notify", {"no_study": "临时召集，下次一并学习。"})
    assert "临时召集，下次一并学习" in text(seat(cast, "lin").get(address(other)))
    year = timezone.localdate().year
    numbers = [Matter.objects.get(pk=row.pk).number for row in (matter, other)]
    assert numbers == [f"〔{year}〕第{number}次党组会议" for number in (1, 2)]


def test_m03_2_who_was_there_and_what_came_of_each_item(cast: Cast) -> None:
    """Must (2): attendance, material, per item who reported, who sat in and what was decided; the minutes say the same."""
    matter = finished(cast)
    places = {row.name: (row.attendance, row.reason) for row in PartyGroupPlace.objects.filter(matter=matter)}
    assert places == {"陈一鸣": ("present", ""), "林翀": ("leave", "出差")}
    page = text(seat(cast, "lin").get(address(matter)))
    for words in (
        "人事部门负责人甲",
        "人事部门 甲、办公室 乙",
        "讨论材料.pdf",
        f"同意{TOPIC}",
        "应到2人，实到1人",
        "请假：林翀（出差）",
    ):
        assert words in page, words
    assert page.index("1．学习有关会议精神") < page.index(f"2．{TOPIC}")


def test_members_are_those_of_the_day_of_the_meeting(cast: Cast) -> None:
    """By dated memberships: who joins before the day sees it once the day is fixed anew, who left before it no longer."""
    matter = planned(cast, after(10))
    item(cast, matter)
    take(cast, matter, "secretary", "notify")
    group = matter.party_group_meeting.get().group
    GroupMembership.objects.filter(mandate=cast.mandates["lin"]).update(until=today())
    GroupMembership.objects.create(group=group, mandate=cast.mandates["zhou"], since=today())
    data = {"held_on": after(12), "place": "三楼会议室", "chair": cast.mandates["chen"].pk}
    take(cast, matter, "secretary", "change", data)
    assert [docket.visible(cast[who], KEY).exists() for who in ("chen", "lin", "zhou")] == [True, False, True]


def test_a_member_who_leads_the_committee_sees_it_in_that_seat_too(cast: Cast) -> None:
    row = cast.seats["leader"]
    row.person = cast.mandates["lin"].person
    row.save()
    finished(cast)
    assert docket.visible(cast["leader"], KEY).exists()


def test_the_minutes_are_approved_by_who_presided(cast: Cast) -> None:
    """Sent back they are written again; where he cannot, they are passed on to another member."""
    matter = decided(cast)
    take(cast, matter, "secretary", "draft_minutes", {"minutes": "初稿"})
    with pytest.raises((NotVisible, Refused)):
        take(cast, matter, "lin", "approve")
    take(cast, matter, "chen", "send_back", {"reason": "补充第二项"})
    take(cast, matter, "secretary", "draft_minutes", {"minutes": "二稿"})
    take(cast, matter, "secretary", "pass_on", {"chair": cast.mandates["lin"].pk, "reason": "出差"})
    take(cast, matter, "lin", "approve")
    assert matter.party_group_meeting.get().minutes == "二稿"
    with pytest.raises(Refused):
        take(cast, matter, "secretary", "send_back", {"reason": "再改"})


def test_an_item_without_a_decision_keeps_the_minutes_waiting(cast: Cast) -> None:
    matter = held(cast)
    with pytest.raises(Refused, match="还没有登记结果"):
        take(cast, matter, "secretary", "draft_minutes", {"minutes": "初稿"})


def test_the_chain_leads_there_for_those_alone_who_may_see_both(cast: Cast) -> None:
    """An item about a sitting: its members find one from the other; everybody else who sees the sitting finds nothing, not even on the line."""
    sitting = sittings.planned(cast, 20)
    matter = finished(cast, subject=str(sitting.pk))
    assert ("党组会议讨论", address(matter)) in chain(cast, sitting, "chen")
    assert ("讨论的事项", address(sitting)) in chain(cast, matter, "chen")
    for who in ("office", "zhou", "leader", "auditor"):
        assert not any("党组" in words for words, _url in chain(cast, sitting, who)), who
    line = text(seat(cast, "office").get(f"/matters/{sitting.pk}/trace/"))
    assert "党组" not in line


def test_two_matters_that_met_in_it_are_not_on_one_line(cast: Cast) -> None:
    """What was discussed at one meeting has nothing to do with each other for anybody outside."""
    first, second = sittings.planned(cast, 20), sittings.planned(cast, 30)
    matter = planned(cast)
    for sitting in (first, second):
        item(cast, matter, "propose", f"研究会议{sitting.pk}", subject=str(sitting.pk))
    take(cast, matter, "secretary", "notify", {"no_study": "临时会议"})
    take(cast, matter, "secretary", "attend", {"present": [cast.mandates["chen"].pk]})
    for row in PartyGroupItem.objects.filter(matter=matter):
        take(cast, matter, "secretary", "decide", {"item": str(row.pk), "outcome": "agreed"})
    assert address(second) not in text(seat(cast, "office").get(f"/matters/{first.pk}/trace/"))


def said(answer: Any) -> str:
    """The words of a page, or of every part of a workbook."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if not content.startswith(b"PK"):
        return str(content.decode())
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return "".join(book.read(name).decode("utf8", "ignore") for name in book.namelist())


@pytest.mark.parametrize("who", OUTSIDE)
def test_nobody_outside_sees_it(cast: Cast, who: str) -> None:
    """No list, page, file, calendar, search, export or figure tells of it."""
    matter, client = finished(cast), seat(cast, who)
    file = matter.files.get()
    for url in (address(matter), address(matter, "change"), f"/matters/{matter.pk}/trace/", f"/files/{file.pk}/"):
        assert client.get(url).status_code in (403, 404), url
    for url in LOOKED_INTO:
        answer = client.get(url)
        words = said(answer)
        assert answer.status_code in (200, 302, 403, 404), url
        for secret in (
            str(matter.pk),
            matter.number,
            WORD,
            TOPIC,
            "讨论材料",
            *(["党组"] if url in ("/", "/lists/") else []),
        ):
            assert secret not in words, (url, secret)
    assert not docket.visible(cast[who]).filter(pk=matter.pk).exists()


@pytest.mark.parametrize("who", ["zhou", "office", "leader", "auditor", "roads_office"])
def test_no_machine_is_told_of_it(cast: Cast, who: str) -> None:
    """By the interface: no row, no matter, no act, no table among the procedures."""
    matter = finished(cast)
    client = Client(headers={"Authorization": f"Bearer {tokens.make(cast.seats[who], '查看', list(SCOPES))[0]}"})
    table = f"/api/v1/procedures/{KEY}"
    for url in (f"/api/v1/matters/{matter.pk}", f"/api/v1/matters/{matter.pk}/acts", table, f"{table}/opening/plan"):
        assert client.get(url).status_code == 404, url
    for url in ("/api/v1/matters", f"/api/v1/matters?procedure={KEY}", "/api/v1/procedures"):
        answer = client.get(url)
        assert str(matter.pk) not in answer.content.decode(), url
        assert KEY not in answer.content.decode(), url


def test_no_count_and_no_other_system_knows_of_it(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is no kind of a pooled counter, its roles neither; a webhook that asks for it is not told."""
    assert not any(KEY in kind for kind, _words in kinds())
    assert not {"party_group", "group_member", "chairing"} & {role for role, _words in roles()}
    monkeypatch.setattr("openrenda.channels.posting.checked", lambda address: address)
    _secret, hook = webhooks.make("其他系统", "https://example.org/hook", ["suggestion", KEY], by=None)
    assert hook.procedures == ["suggestion"]


def test_notices_go_to_the_group_alone(cast: Cast) -> None:
    """Whoever is told of it is a member or the secretary."""
    matter = finished(cast)
    deliver(cast.congress)
    told = set(Notice.objects.filter(matter=matter).values_list("account", flat=True))
    assert told
    assert told <= {cast[who].account for who in ("chen", "lin", "secretary")}


def test_the_public_finds_nothing(cast: Cast) -> None:
    """Neither a meeting nor the table of its steps."""
    matter, code = finished(cast), cast.congress.division_code
    client = Client()
    for name, row in ADDRESSES.items():
        assert not (row.public and KEY in name)
    for url in (f"/c/{code}/", f"/c/{code}/procedures/", f"/c/{code}/sittings.ics", f"/c/{code}/principles/"):
        words = text(client.get(url, follow=True))
        assert KEY not in words, url
        assert str(matter.pk) not in words, url
        assert "党组" not in words, url
    assert client.get(f"/c/{code}/procedures/{KEY}/").status_code == 404


def test_the_years_calendar_and_its_file_show_it_to_the_group(cast: Cast, django_assert_max_num_queries: Any) -> None:
    """For members beside the sittings, for the secretary alone; one query for any number."""
    sitting = sittings.planned(cast, 0)
    matter = finished(cast)
    member, secretary = seat(cast, "lin"), seat(cast, "secretary")
    with django_assert_max_num_queries(14):
        page = text(member.get("/hall/"))
    assert address(matter) in page
    assert str(sitting.pk) in page
    kept = text(secretary.get("/hall/"))
    assert address(matter) in kept
    assert str(sitting.pk) not in kept
    file = member.get("/hall/calendar.ics")
    assert file["Content-Type"].startswith("text/calendar")
    assert matter.number in file.content.decode().replace("\r\n ", "")
    assert matter.number not in seat(cast, "office").get("/hall/calendar.ics").content.decode().replace("\r\n ", "")


def test_the_secretary_opens_nothing_else(cast: Cast) -> None:
    """She is offered by name what stands before the committee, and sees none of it; her own list, page and file she has."""
    sitting = sittings.planned(cast, 20)
    matter, client = finished(cast, subject=str(sitting.pk)), seat(cast, "secretary")
    assert client.get(address(sitting)).status_code == 404
    assert set(docket.visible(cast["secretary"]).values_list("pk", flat=True)) == {matter.pk}
    assert matter.number in text(client.get(f"/lists/{KEY}/"))
    assert client.get("/").status_code == 200
    page = text(client.get(address(matter)))
    assert sitting.title in page
    assert address(sitting) not in page


def test_the_seat_stands_for_a_party_group_only(cast: Cast) -> None:
    """The committee itself has no such secretary."""
    group = sittings.committee(cast)
    with pytest.raises(NoSeat):
        Place(account=cast.seats["office"].account, key="party_group_office", holder=group.pk, since=BEGAN).columns()
