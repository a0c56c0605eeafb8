"""A11 代表半月谈."""

from __future__ import annotations

import io

import pytest
from django.utils import timezone
from docx import Document

from openrenda import docket
from openrenda.activities.gathering.records import Invitation
from openrenda.activities.record import Activity
from openrenda.docket.models import Matter
from openrenda.docket.refusals import Incomplete, Refused
from openrenda.figures import in_year
from openrenda.figures.language import PART
from openrenda.figures.reading import evidence
from openrenda.figures.registry import figure
from openrenda.web.tests.stage import address, seat, text
from openrenda.web.views.gatherings import halves_of
from tests.cast import Cast

from . import gatherings
from .conftest import Wall
from .gatherings import bare, count, held_talk, opinion, talk, talked
from .networking import a_station, street_of
from .stage import take


@pytest.fixture(autouse=True)
def _day(wall: Wall) -> None:
    """A Monday."""


def test_a11_1_no_talk_without_invitations_three_parties_and_one_more(cast: Cast) -> None:
    """Must (1)."""
    plain = a_station(street_of(cast), "Z09")
    with pytest.raises(Refused, match="不是中心站"):
        docket.open_matter("gathering", "plan", by=cast["office"], data=bare(cast, "talk", station=plain.pk))
    matter = talk(cast)
    with pytest.raises(Refused, match="还没有发出邀请函"):
        take(cast, matter, "office", "hold", talked(cast))
    take(cast, matter, "office", "invite", {"kind": "government", "name": "区交通运输局"})
    for missing, change in (
        ("代表", {"deputies": []}),
        ("政府部门", {"organs": []}),
        ("社区", {"company": "居民 昙华巷居民 12"}),
    ):
        with pytest.raises(Refused, match=f"还缺：{missing}"):
            take(cast, matter, "office", "hold", talked(cast, **change))
    with pytest.raises(Refused, match="至少还要有一方"):
        take(cast, matter, "office", "hold", talked(cast, company="社区 青石社区 2"))
    take(cast, matter, "office", "hold", talked(cast))
    assert Matter.objects.get(pk=matter.pk).state == "held"
    with pytest.raises(Refused, match="要先安排、发出邀请函"):
        gatherings.recorded(
            cast,
            kind="talk",
            station=gatherings.hub(cast).pk,
            organs=[cast.organs["roads"].pk],
            company=gatherings.TALKED,
        )


def test_a11_2_the_letter_is_numbered_and_replies_are_kept(cast: Cast) -> None:
    """Must (2): one number a talk, printed from the record; each reply is kept with its day."""
    matter = talk(cast, note="议昙华巷噪声。")
    for kind, name in (("government", "区交通运输局"), ("community", "青石社区")):
        take(cast, matter, "office", "invite", {"kind": kind, "name": name})
    other = talk(cast)
    take(cast, other, "office", "invite", {"kind": "government", "name": "区园林局"})
    numbers = [Matter.objects.get(pk=one.pk).number for one in (matter, other)]
    assert numbers == ["代邀〔2026〕1号", "代邀〔2026〕2号"]
    row = Invitation.objects.get(matter=matter, name="青石社区")
    take(
        cast,
        matter,
        "office",
        "answer_invitation",
        {"invitation": str(row.pk), "reply": "coming", "reply_text": "书记参加"},
    )
    row.refresh_from_db()
    assert (row.reply, row.reply_text, str(row.replied_on)) == ("coming", "书记参加", "2026-03-02")
    answer = seat(cast, "office").get(f"{address(matter)}invitation.docx")
    words = "".join(part.text for part in Document(io.BytesIO(b"".join(answer))).element.iter() if part.text)
    for said in ("代邀〔2026〕1号", "区交通运输局", "青石社区", "青石中心联络站", "2026年3月2日", "昙华巷噪声"):
        assert said in words
    assert "书记参加" in text(seat(cast, "office").get(address(matter)))


def test_a11_3_each_problem_leaves_with_an_owner_and_a_day_or_a_reason(cast: Cast) -> None:
    """Must (3)."""
    matter = held_talk(cast)
    with pytest.raises(Refused, match="还没有登记问题"):
        take(cast, matter, "office", "close")
    with pytest.raises(Refused, match="只能是"):
        opinion(cast, matter, "answered")
    with pytest.raises(Incomplete):
        opinion(cast, matter, "handed", due_on="")
    with pytest.raises(Incomplete):
        opinion(cast, matter, "unsolvable", answer="")
    owned = opinion(cast, matter, "handed", answer="加装隔音屏。")
    assert (owned.owner_name, owned.due_on is not None) == ("区交通运输局", True)
    assert Matter.objects.get(procedure="task", parent=matter).task.get().item_id == owned.pk
    opinion(cast, matter, "unsolvable", answer="属文保范围。")
    take(cast, matter, "office", "close")


def test_a11_4_the_cadence_shows_each_half_month_and_marks_the_missed(cast: Cast, wall: Wall) -> None:
    """Must (4): a half that is over without a talk is missed, from the first talk on; the running one is not missed yet."""
    page = text(seat(cast, "office").get("/gatherings/?year=2026"))
    assert "这一年没有安排过半月谈" in page
    assert "漏开" not in page.replace("漏开的半月", "")
    held_talk(cast)
    wall.pass_days(35)
    rows = list(Activity.objects.filter(kind="talk").select_related("matter"))
    halves = {half["since"].isoformat(): half for half in halves_of(rows, 2026, timezone.localdate(), rows[0].held_on)}
    assert len(halves) == 24
    assert [len(halves[day]["held"]) for day in ("2026-03-01", "2026-02-16", "2026-03-16")] == [1, 0, 0]
    missed = [day for day, half in halves.items() if half["missed"]]
    assert missed == ["2026-03-16"]
    page = text(seat(cast, "office").get("/gatherings/?year=2026"))
    assert "3月上半月" in page
    assert page.replace("漏开的半月", "").count("漏开") == len(missed)


def test_a11_5_the_count_equals_the_list(cast: Cast) -> None:
    """Must (5): other gatherings are no talks."""
    held_talk(cast)
    held_talk(cast)
    gatherings.recorded(cast)
    rows = evidence(figure("talks"), in_year(2026, timezone.localdate()), PART)
    assert count("talks") == rows.count() == 2
