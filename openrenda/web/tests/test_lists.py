"""Lists: filters that take no nonsense, pages by key, batches, exports, and the hand-over of many."""

from __future__ import annotations

import io
import re
import uuid
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from openrenda.docket import asking
from openrenda.docket.models import Act, Matter, Party
from openrenda.tenancy import congress_scope
from openrenda.web.models import Hint, SavedFilter
from openrenda.web.tests.stage import Way, seat, text
from openrenda.web.tests.test_pages import counted
from tests.cast import Cast, assemble

LIST_QUERIES = 6
TITLE_CELL = re.compile(r'class="row-link clamp" href="/matters/([0-9a-f-]{36})/"')


def many(cast: Cast, count: int) -> list[Matter]:
    """Received suggestions on different days, written without their history: only the list reads them."""
    way = Way(cast).received()
    first, record = way.matter, way.matter.suggestion.get()
    matters, records = [first], []
    for number in range(1, count):
        matter = Matter.objects.get(pk=first.pk)
        matter.pk, matter._state.adding = None, True
        matter.id = type(first)._meta.pk.get_default()
        matter.number, matter.title = f"闭〔2026〕{1000 + number}号", f"关于第{number}件事的建议"
        matter.opened_on = first.opened_on - timedelta(days=number // 3)
        matter.due_on = None if number % 5 == 0 else first.opened_on + timedelta(days=number % 7)
        matters.append(matter)
        copy = type(record).objects.get(pk=record.pk)
        copy.id, copy.matter = type(record)._meta.pk.get_default(), matter
        records.append(copy)
    Matter.objects.bulk_create(matters[1:])
    type(record).objects.bulk_create(records)
    return matters


@pytest.mark.parametrize("rows", [50, 200])
def test_a_list_costs_the_same_whatever_the_page_size(cast: Cast, rows: int) -> None:
    many(cast, rows + 10)
    client = seat(cast, "office")
    url = f"/lists/suggestion/?rows={rows}&state=received&sort=due"
    page = text(client.get(url))
    assert page.count('name="row"') == rows
    counted(lambda: client.get(url), LIST_QUERIES)


@pytest.mark.parametrize("sort", ["newest", "oldest", "due"])
def test_pages_follow_one_another_by_key_both_ways(cast: Cast, sort: str) -> None:
    """Every row once, in order, also rows without a due day; and the way back shows the same pages."""
    every = {str(matter.pk) for matter in many(cast, 130)}
    client = seat(cast, "office")
    url, pages = f"/lists/suggestion/?sort={sort}", []
    while url:
        page = text(client.get(url))
        pages.append(TITLE_CELL.findall(page))
        following = re.search(r'rel="next" href="([^"]+)"', page)
        url = "/lists/suggestion/" + following[1].replace("&amp;", "&") if following else ""
        back = re.search(r'rel="prev" href="([^"]+)"', page)
    assert [len(rows) for rows in pages] == [50, 50, 30]
    assert {row for rows in pages for row in rows} == every
    assert back
    previous = TITLE_CELL.findall(text(client.get("/lists/suggestion/" + back[1].replace("&amp;", "&"))))
    assert previous == pages[1]


@pytest.mark.parametrize(
    "query",
    [
        "state=' OR 1=1 --", "state=nothing", "category=1;DROP TABLE", "organ=00000000-0000-7000-8000-000000000000", "year=99999999999",
        "year=一", "class='", "in_session=maybe", "sort=id;--", "rows=100000", "after=nonsense", "before=2026-01-01_zz",
        "after=" + "9" * 5000, "view=../../etc", "q=%27%22%3Cscript%3E", "q=%F0%9F%9A%B8%F0%A0%AE%B7", "stage=0", "q=" + "a" * 3000,
    ],
)  # fmt: skip
def test_nonsense_in_the_address_is_ignored(cast: Cast, query: str) -> None:
    Way(cast).received()
    answer = seat(cast, "office").get(f"/lists/suggestion/?{query}")
    assert answer.status_code == 200
    assert "<script>" not in text(answer)


def test_filters_choose_and_say_what_they_chose(cast: Cast) -> None:
    roads, other = Way(cast, title="关于路的建议").handling(), Way(cast, title="关于树的建议").received()
    client = seat(cast, "office")
    page = text(client.get(f"/lists/suggestion/?organ={cast.organs['roads'].pk}"))
    assert roads.matter.title in page
    assert other.matter.title not in page
    assert "主办单位：区交通运输局" in page
    assert other.matter.title in text(client.get("/lists/suggestion/?state=received"))
    assert roads.matter.title not in text(client.get("/lists/suggestion/?stage=assign"))
    assert "没有符合条件的事项" in text(client.get("/lists/suggestion/?year=1999"))


def test_words_are_found_in_titles_texts_and_numbers(cast: Cast) -> None:
    Way(cast, title="关于路灯的建议").received()
    Way(cast, title="关于行道树的建议").received()
    client = seat(cast, "office")
    assert TITLE_CELL.findall(text(client.get("/lists/suggestion/?q=路灯"))) != []
    assert "关于行道树的建议" not in text(client.get("/lists/suggestion/?q=路灯"))
    number = Matter.objects.get(title="关于行道树的建议").number
    assert "关于行道树的建议" in text(client.get("/lists/suggestion/", {"q": number}))


def test_late_and_mine(cast: Cast) -> None:
    late, early = Way(cast, title="晚了的建议").received(), Way(cast, title="不急的建议").handling()
    Matter.objects.filter(pk=late.pk).update(due_on=timezone.localdate() - timedelta(days=3))
    office = seat(cast, "office")
    page = text(office.get("/lists/suggestion/?view=late"))
    assert "超期 3 天" in page
    assert early.matter.title not in page
    assert early.matter.title in text(seat(cast, "roads_clerk").get("/lists/suggestion/?view=mine"))
    assert late.matter.title not in text(seat(cast, "roads_clerk").get("/lists/suggestion/?view=mine"))


def test_a_street_reviewer_sees_her_own_street(cast: Cast) -> None:
    Way(cast).submitted()
    client = seat(cast, "street")
    assert TITLE_CELL.findall(text(client.get("/lists/suggestion/?street=yes")))
    assert "本街道" not in text(seat(cast, "office").get("/lists/suggestion/"))


def test_a_procedure_one_may_not_look_into_has_no_list(cast: Cast) -> None:
    assert seat(cast, "registrar").get("/lists/suggestion/").status_code == 404
    assert seat(cast, "office").get("/lists/nothing/").status_code == 404
    assert seat(cast, "chen").get("/lists/internal-task/").status_code == 404


def test_hidden_columns_stay_hidden_in_the_export_too(cast: Cast) -> None:
    way = Way(cast).received()
    client = seat(cast, "office")
    client.cookies["columns_suggestion"] = "sponsor.category"
    answer = client.get("/lists/suggestion/export/?state=received")
    sheet = load_workbook(io.BytesIO(answer.content)).active
    rows = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    head = next(row for row in rows if "编号" in row)
    assert "标题" in head
    assert "领衔代表" not in head
    assert "会次" in head
    assert any(way.matter.title in row for row in rows)
    assert any("条件：状态：已接收" in str(row[0]) for row in rows if row)
    assert "attachment" in answer["Content-Disposition"]


def test_an_export_shows_formulas_as_text(cast: Cast) -> None:
    Way(cast, title="=HYPERLINK(1)的建议").received()
    answer = seat(cast, "office").get("/lists/suggestion/export/")
    sheet = load_workbook(io.BytesIO(answer.content)).active
    cells = [cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("=HYPER")]
    assert [cell.data_type for cell in cells] == ["s"]


def test_the_printed_list_says_its_conditions(cast: Cast) -> None:
    way = Way(cast).received()
    page = text(seat(cast, "office").get("/lists/suggestion/print/?state=received"))
    assert way.matter.title in page
    assert "状态：已接收" in page


def test_a_saved_filter_is_an_address_and_one_s_own(cast: Cast) -> None:
    client = seat(cast, "office")
    answer = client.post("/lists/suggestion/filters/", {"name": "待交办", "address": "state=received&after=x&q="})
    assert answer["Location"] == "/lists/suggestion/?state=received"
    assert SavedFilter.objects.get().address == "state=received"
    assert "待交办" in text(client.get("/lists/suggestion/"))
    assert "待交办" not in text(seat(cast, "leader").get("/lists/suggestion/"))
    seat(cast, "leader").post(f"/lists/suggestion/filters/{SavedFilter.objects.get().pk}/")
    assert SavedFilter.objects.count() == 1


# Batches


def test_a_batch_reports_each_row_and_repeats_nothing(cast: Cast) -> None:
    good, gone = Way(cast, title="可以交办的建议").received(), Way(cast, title="已经交办的建议").received()
    rows = {"row": [good.pk, gone.pk]}
    client = seat(cast, "office")
    page = text(client.post("/lists/suggestion/batch/assign/", rows))
    assert "交办：2 件" in page
    gone.take("office", "assign", {"organ": cast.organs["parks"].pk})
    mark = re.search(r'name="key" value="([0-9a-f]{32})"', page)
    assert mark
    data = {**rows, "take": "yes", "key": mark[1], "organ": cast.organs["roads"].pk}
    for _time in range(2):
        report = text(client.post("/lists/suggestion/batch/assign/", data))
        assert "办成 1 件，没办成 1 件" in report
        assert "不能交办" in report
    assert Act.objects.filter(matter_id=good.pk, step="assign").count() == 1


def test_a_batch_of_another_congress_s_rows_does_nothing(cast: Cast) -> None:
    way = Way(cast).received()
    other = assemble("990102", name="邻区")
    with congress_scope(other.congress):
        data = {"row": [way.pk, "不是编号"], "take": "yes", "organ": other.organs["roads"].pk}
        assert seat(other, "office").post("/lists/suggestion/batch/assign/", data).status_code == 302
    assert way.matter.state == "received"


def test_a_batch_form_with_errors_is_shown_again(cast: Cast) -> None:
    way = Way(cast).received()
    answer = seat(cast, "office").post("/lists/suggestion/batch/assign/", {"row": [way.pk], "take": "yes"})
    assert answer.status_code == 422
    assert way.matter.state == "received"


@pytest.mark.parametrize(("who", "step"), [("leader", "assign"), ("office", "judge"), ("office", "nothing")])
def test_a_step_that_is_no_batch_of_this_seat_does_not_exist(cast: Cast, who: str, step: str) -> None:
    assert seat(cast, who).post(f"/lists/suggestion/batch/{step}/", {"row": []}).status_code == 404


# Hand-over


def test_organs_are_suggested_from_the_past_and_the_hit_rate_is_told(cast: Cast) -> None:
    """B04: same category and similar texts; the person decides."""
    for number in range(3):
        Way(cast, title=f"关于学府路第{number}个路口拥堵的建议", category=cast.category.pk).handling()
    waiting = Way(cast, title="关于学府路早高峰拥堵的建议", category=cast.category.pk).received()
    client = seat(cast, "office")
    page = text(client.get("/lists/suggestion/hand-over/"))
    assert "件相似建议由其承办" in page
    assert "同类 3 件中有 3 件" in page
    data = {
        f"organ_{waiting.pk}": cast.organs["roads"].pk, f"suggested_{waiting.pk}": str(cast.organs["roads"].pk),
        "key": uuid.uuid4().hex,
    }  # fmt: skip
    report = text(client.post("/lists/suggestion/hand-over/", data))
    assert "办成 1 件" in report
    assert waiting.matter.state == "assigned"
    assert Hint.objects.get().chosen == cast.organs["roads"].pk
    assert "首选被采用 1 件（100%）" in text(client.get("/lists/suggestion/hand-over/"))


def test_another_organ_can_always_be_chosen_and_rows_can_wait(cast: Cast) -> None:
    one, other = Way(cast).received(), Way(cast, title="再等等的建议").received()
    data = {
        f"organ_{one.pk}": "other", f"other_{one.pk}": cast.organs["parks"].pk, f"organ_{other.pk}": "",
        "key": uuid.uuid4().hex,
    }  # fmt: skip
    seat(cast, "office").post("/lists/suggestion/hand-over/", data)
    assert (one.matter.state, other.matter.state) == ("assigned", "received")
    assert one.matter.suggestion.get().organ_name == "区园林局"


def hand_over(cast: Cast, data: dict[str, object]) -> str:
    """What the page of many hand-overs reports."""
    return text(seat(cast, "office").post("/lists/suggestion/hand-over/", {**data, "key": uuid.uuid4().hex}))


def test_an_organ_chosen_from_the_list_is_meant_whatever_is_ticked(cast: Cast) -> None:
    way = Way(cast).received()
    report = hand_over(cast, {f"organ_{way.pk}": "", f"other_{way.pk}": cast.organs["parks"].pk})
    assert "办成 1 件，没办成 0 件" in report
    assert way.matter.suggestion.get().organ_name == "区园林局"


def test_a_choice_that_is_not_clear_is_told_and_not_dropped(cast: Cast) -> None:
    unnamed, twofold = Way(cast, title="没选单位的建议").received(), Way(cast, title="选了两个单位的建议").received()
    report = hand_over(
        cast,
        {
            f"organ_{unnamed.pk}": "other", f"other_{unnamed.pk}": "",
            f"organ_{twofold.pk}": cast.organs["roads"].pk, f"other_{twofold.pk}": cast.organs["parks"].pk,
            f"organ_{uuid.uuid4()}": cast.organs["roads"].pk,
        },
    )  # fmt: skip
    assert "办成 0 件，没办成 2 件" in report
    assert "选了“其他单位”，但没有选是哪个单位。" in report
    assert "请只选一个主办单位。" in report
    assert "另有1件已不归您的席位查看，没有交办。" in report
    assert (unnamed.matter.state, twofold.matter.state) == ("received", "received")


def test_a_day_s_hand_over_is_one_list_and_one_letter(cast: Cast) -> None:
    way = Way(cast).handling()
    client = seat(cast, "office")
    day = timezone.localdate().isoformat()
    assert way.matter.title in text(client.get(f"/lists/suggestion/hand-over/list/?day={day}"))
    letter = client.get(f"/lists/suggestion/hand-over/letter/?day={day}")
    assert letter.content.startswith(b"PK")
    assert client.get("/lists/suggestion/hand-over/letter/?day=1999-01-01").status_code == 404
    assert client.get("/lists/suggestion/hand-over/letter/?day=x").status_code == 404
    assert seat(cast, "chen").get("/lists/suggestion/hand-over/").status_code == 404


@pytest.mark.parametrize("sort", ["newest", "oldest", "due"])
def test_whoever_is_a_party_to_few_matters_reads_the_same_rows_as_whoever_is_one_to_many(
    cast: Cast, sort: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hers are looked up and sorted, or read in the order of all: one list, forth and back, with any view."""
    for matter in many(cast, 120)[::2]:
        Party.objects.create(
            matter=matter, role="handler", holder=cast.organs["roads"].pk, name="道路局", since=timezone.now()
        )
    client = seat(cast, "roads_office")
    found = {}
    for few in (5000, 0):
        monkeypatch.setattr(asking, "FEW", few)
        asking.BEYOND_FEW._kept.clear()
        for view in ("", "own", "open", "mine"):
            found[few, view] = walked(client, f"view={view}&sort={sort}")
    assert found[5000, ""] == found[0, ""]
    assert len(found[0, ""]) == 60
    for view in ("own", "open", "mine"):
        assert found[5000, view] == found[0, view]
    assert asking.through_parties("organ_office", "suggestion")
    assert not asking.through_parties("deputy_office", "suggestion")


def walked(client: Client, query: str) -> list[str]:
    """The matters of every page of the list, in order."""
    rows, address = [], f"/lists/suggestion/?{query}"
    while address:
        page = client.get(address).content.decode()
        rows += re.findall(r'<tr tabindex="-1" data-url="([^"]+)"', page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        address = f"/lists/suggestion/{unescape(following[1])}" if following else ""
    return rows
