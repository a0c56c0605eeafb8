"""J03 决议决定: kinds, numbers, tally, publication, and what follows."""

from __future__ import annotations

from datetime import date

import pytest

from openrenda import docket
from openrenda.activities.hall import RESOLUTION, Resolution
from openrenda.activities.record import Item
from openrenda.docket import registry
from openrenda.docket.models import Matter
from openrenda.docket.refusals import Incomplete, Refused
from openrenda.figures import in_year, read
from openrenda.figures.registry import figure
from tests import sittings
from tests.cast import Cast
from tests.sittings import take

from .conftest import Wall

FOLLOWED = {"published_on": "2026-03-02", "published_in": "常委会公报2026年第1号"}


@pytest.fixture(autouse=True)
def _day(wall: Wall) -> None:
    """A Monday in March 2026."""


def adopted(cast: Cast, item: Item, approve: int = 2, **data: str) -> Matter:
    """A decision that was passed and has its number."""
    draft = sittings.resolution(cast, item, **data)
    take(cast, draft, "office", "tally", {"approve": approve, "against": 0, "abstain": 0})
    take(cast, draft, "office", "adopt")
    return Matter.objects.get(pk=draft.pk)


def published(cast: Cast, matter: Matter, **data: str) -> None:
    """Published, with a department that sees to it."""
    given = {**FOLLOWED, "follow_up": "yes", "owner": cast.organs["roads"].pk, "due_on": sittings.today(90)}
    take(cast, matter, "office", "publish", {**given, **data})


def counted(*keys: str) -> list[int]:
    """The figures of the year."""
    year = in_year(2026, date(2026, 12, 31))
    return [read(figure(key), year).part for key in keys]


def test_1_the_kind_is_stored_and_the_pooled_counter_and_its_split_both_print(cast: Cast) -> None:
    """Must (1), hongshan-2023-006 and wuhai-2024-006: resolutions and decisions together, and each; a public notice is neither."""
    item = Item.objects.get(matter=sittings.opened(cast))
    for kind in ("resolution", "decision", "decision", "notice"):
        adopted(cast, item, kind=kind, title=f"一件{kind}")
    assert counted("resolutions", "resolutions_only", "decisions_only") == [3, 1, 2]


def test_2_text_number_date_vote_and_publication_are_kept(cast: Cast) -> None:
    """Must (2): numbered by itself when passed; the tally leads to the verdict on the base of all members."""
    item = Item.objects.get(matter=sittings.opened(cast))
    first, second = adopted(cast, item), adopted(cast, item, title="第二件")
    assert [first.number, second.number] == ["人常〔2026〕1号", "人常〔2026〕2号"]
    published(cast, first)
    row = Resolution.objects.get(matter=first)
    assert (row.base, row.present, row.approve, row.passed) == (3, 2, 2, True)
    assert row.verdict == "应到 3，实到 2，赞成 2，反对 0，弃权 0：全体过半数，通过（《地方组织法》第五十一条第三款）"
    assert (row.published_in, str(row.published_on), row.text) == (
        "常委会公报2026年第1号",
        "2026-03-02",
        "一、加强登记。",
    )


def test_2_a_majority_of_those_present_is_no_majority_of_all(cast: Cast) -> None:
    """Trap 4 (地方组织法第五十一条): of four members three came and two approved: not passed; 0 against 0 neither."""
    sittings.committee(cast, ("chen", "lin", "ouyang", "zhou"))
    item = Item.objects.get(matter=sittings.opened(cast, there=("chen", "lin", "ouyang")))
    for approve in (2, 0):
        draft = sittings.resolution(cast, item)
        take(cast, draft, "office", "tally", {"approve": approve, "against": 0, "abstain": 0})
        with pytest.raises(Refused, match="没有通过"):
            take(cast, draft, "office", "adopt")
        take(cast, draft, "office", "reject")
    with pytest.raises(Incomplete, match="多于在场的3人"):
        take(cast, sittings.resolution(cast, item), "office", "tally", {"approve": 4, "against": 0, "abstain": 0})


def test_2_after_publication_only_a_new_one_changes_it(cast: Cast) -> None:
    """Must (2): no step of the table touches the text any more; a new one replaces it and leads to it."""
    item = Item.objects.get(matter=sittings.opened(cast))
    old, new = adopted(cast, item), adopted(cast, item, title="关于修改养犬管理决定的决定")
    published(cast, old)
    with pytest.raises(Refused, match="不能修改草案"):
        take(cast, old, "office", "amend", {"kind": "decision", "title": "改", "text": "改", "item": str(item.pk)})
    steps = {step.key for step in registry.procedure(RESOLUTION).steps_from("published")}
    assert steps == {"replaced"}
    published(cast, new, replaces=str(old.pk))
    assert Matter.objects.get(pk=old.pk).state == "replaced"
    assert new.origins.filter(origin=old.pk, kind="replaces").exists()
    assert Resolution.objects.get(matter=old).text == "一、加强登记。"


def test_2_what_was_voted_on_is_not_amended(cast: Cast) -> None:
    """Must (2): amendments come before the vote (ORG-30)."""
    item = Item.objects.get(matter=sittings.opened(cast))
    draft = sittings.resolution(cast, item)
    data = {"kind": "decision", "title": "改后的决定", "text": "改后的全文", "item": str(item.pk)}
    take(cast, draft, "office", "amend", data)
    take(cast, draft, "office", "tally", {"approve": 2, "against": 0, "abstain": 0})
    with pytest.raises(Refused, match="不再修改"):
        take(cast, draft, "office", "amend", data)


def test_3_each_has_a_follow_up_owner_or_is_marked_as_needing_none(cast: Cast) -> None:
    """Must (3): with an owner a task is given to it; with none there is a reason."""
    item = Item.objects.get(matter=sittings.opened(cast))
    first, second = adopted(cast, item), adopted(cast, item, title="第二件")
    for wrong in ({"follow_up": "yes"}, {"follow_up": "no"}, {}):
        with pytest.raises(Incomplete):
            take(cast, first, "office", "publish", {**FOLLOWED, **wrong})
    published(cast, first)
    task = Matter.objects.get(procedure="task", parent=first)
    assert docket.inbox(cast["roads_clerk"]).filter(pk=task.pk).exists()
    take(cast, second, "office", "publish", {**FOLLOWED, "follow_up": "no", "reason": "一次性决定，已经执行。"})
    assert not Matter.objects.filter(procedure="task", parent=second).exists()


def test_4_the_definition_says_that_appointments_are_not_counted(cast: Cast) -> None:
    """Must (4)."""
    assert "人事任免和公告不计" in figure("resolutions").formula_words
