"""C04: nature, category and organ are proposed from the congress's own history, explained by the similar cases, and never filled in."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openrenda.command import learning as command
from openrenda.docket.models import Matter
from openrenda.docket.situation import Situation
from openrenda.people.models import Category
from openrenda.procedures.opinion import learning
from openrenda.procedures.opinion.imports import Manner, run_file
from openrenda.rulebook import book_for
from openrenda.search import find, reindex
from openrenda.search.models import SearchDocument
from openrenda.tenancy import congress_scope
from openrenda.web.tests.stage import address, seat, text
from tests.cast import Cast

from .opining import TO_ORGAN, now, said
from .stage import take

PLACES = ("学府路", "青石街", "河东路", "人民路", "解放街", "新华路", "文化街", "体育路", "站前街", "东风路")
TOLD = {
    "路灯": ("roads", ("{}路灯不亮，晚上看不见路", "{}的路灯坏了几盏，请派人维修路灯")),
    "学位": ("parks", ("{}附近小学学位不够，孩子入学难", "{}片区新生入学没有学位，请增加小学学位")),
    "噪音": ("street", ("{}夜里工地施工噪音扰民睡不着", "{}烧烤摊半夜噪音很大，请管一管")),
}


def history(cast: Cast, places: tuple[str, ...] = PLACES, times: int = 1) -> dict[str, Category]:
    """Past messages of three categories, two a place and category."""
    made = {name: Category.objects.create(code=f"z{at}", name=name) for at, name in enumerate(TOLD)}
    rows = []
    for name, (organ, sentences) in TOLD.items():
        for place in places:
            for number, sentence in enumerate(sentences * times):
                rows.append({
                    "留言编号": f"{name}{place}{number}", "留言主题": sentence.format(place), "留言详情": sentence.format(place) + "，谢谢。",
                    "留言时间": "2023-03-01", "答复意见": "已办。", "答复时间": "2023-03-09", "类别": name,
                    "承办单位": cast.organs[organ].name,
                })  # fmt: skip
    content = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()
    assert run_file(cast.congress, content, "past.jsonl", Manner(keep=True)).kept
    return made


def proposed(cast: Cast, matter: Matter, who: str, *fields: str) -> dict[str, learning.Proposal]:
    """What somebody is proposed, by field."""
    found = learning.proposals(Situation(now(matter), cast[who]), *fields)
    return {one.field: one for one in found}


def test_what_similar_ones_got_is_proposed_with_the_cases_that_explain_it(cast: Cast) -> None:
    """The category and the organ, each with how many agree and two or three cases to look at."""
    made = history(cast)
    matter = said(cast, text="光明路的路灯坏了，晚上看不见路，请维修路灯。")
    one = proposed(cast, matter, "office", learning.CATEGORY)[learning.CATEGORY]
    assert (one.value, one.words) == (str(made["路灯"].pk), "路灯")
    assert one.of >= one.agree >= 2
    assert 1 <= len(one.cases) <= learning.SHOWN
    assert all("路灯" in case.title for case in one.cases)
    organ = proposed(cast, matter, "office", learning.ORGAN)[learning.ORGAN]
    assert (organ.value, organ.words) == (str(cast.organs["roads"].pk), "区交通运输局")


def test_it_is_off_until_enough_were_sorted(cast: Cast) -> None:
    """50 by the rule pack; one fewer is not enough."""
    history(cast, PLACES[:8])
    assert learning.known(learning.CATEGORY).count() == 48
    matter = said(cast, text="光明路的路灯坏了，晚上看不见路，请维修路灯。")
    assert proposed(cast, matter, "office", learning.CATEGORY) == {}
    book = book_for(cast.congress)
    assert book.option(learning.OPTION) == 50
    for _time in range(2):
        take(
            cast,
            said(cast, text="别的事"),
            "street",
            "sort",
            {**TO_ORGAN, "category": Category.objects.get(name="噪音").pk},
        )
    assert set(proposed(cast, matter, "office", learning.CATEGORY)) == {learning.CATEGORY}


def test_nothing_is_proposed_where_nothing_is_alike(cast: Cast) -> None:
    """It says nothing rather than guess."""
    history(cast)
    matter = said(cast, text="想问问结婚登记要带哪些证件。")
    assert proposed(cast, matter, "office", learning.CATEGORY, learning.NATURE) == {}


def test_a_case_she_may_not_see_is_counted_but_not_shown(cast: Cast) -> None:
    """The station's clerk keeps this one and none of the past ones."""
    history(cast)
    matter = said(cast, text="光明路的路灯坏了，晚上看不见路，请维修路灯。")
    one = proposed(cast, matter, "street", learning.CATEGORY)[learning.CATEGORY]
    assert (one.agree >= 2, one.cases) == (True, ())


def test_the_form_shows_it_and_fills_in_nothing_until_it_is_taken(cast: Cast) -> None:
    """One tap takes it over into the field; nothing is sent by that."""
    made = history(cast)
    matter = said(cast, text="光明路的路灯坏了，晚上看不见路，请维修路灯。")
    take(cast, matter, "office", "take_over")
    client, place = seat(cast, "office"), address(matter, "sort")
    chosen = f'<option value="{made["路灯"].pk}" selected>'
    page = text(client.get(place))
    assert "过去相似的意见怎么办" in page
    assert "没有替您填写" in page
    assert chosen not in page
    taken = text(client.get(f"{place}?category={made['路灯'].pk}"))
    assert chosen in taken
    assert "已采用，见下面" in taken
    assert now(matter).state == "received"
    assert text(client.get(f"{place}?category=nonsense")).count("selected") <= taken.count("selected")


def test_the_proposal_costs_a_few_queries_whatever_the_history(cast: Cast) -> None:
    """The count does not grow with what was kept."""
    history(cast)
    matter = said(cast, text="光明路的路灯坏了，晚上看不见路，请维修路灯。")
    proposed(cast, matter, "office", learning.CATEGORY)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        proposed(cast, matter, "office", learning.CATEGORY, learning.NATURE)
    assert len(asked) <= 12


def test_its_accuracy_is_measured_by_leaving_each_one_out(cast: Cast, capsys: Any) -> None:
    """Made data with three plain classes: nine of ten right where it says anything, and it says something most times."""
    history(cast)
    with congress_scope(cast.congress):
        found = learning.measure(learning.CATEGORY, 60)
    assert found.tried == 60
    assert found.proposed >= 50
    assert found.right >= 0.9 * found.proposed
    options = type("Options", (), {"congress": cast.congress.division_code, "newest": 30})()
    assert command.run(options) == 0
    assert "类别：检验 30 件" in capsys.readouterr().out


def test_opinions_are_found_by_those_who_may_see_them_and_by_no_one_else(cast: Cast) -> None:
    """The index knows neither name nor telephone; the organ that has nothing to do with it finds nothing."""
    matter = said(cast, name="王桂兰", phone="13800138000", text="光明路路灯坏了，居民王桂兰女士，电话13900139000。")
    kept = " ".join(SearchDocument.objects.values_list("text", flat=True)) + " ".join(
        SearchDocument.objects.values_list("title", flat=True)
    )
    for secret in ("13800138000", "13900139000"):
        assert secret not in kept
    assert [hit.subject for hit in find("光明路路灯")] == [matter.pk]
    assert address(matter) in text(seat(cast, "office").get("/search/?q=光明路路灯"))
    assert address(matter) not in text(seat(cast, "roads_clerk").get("/search/?q=光明路路灯"))
    assert find("光明路路灯", public=True) == []


def test_a_rebuild_finds_the_same_texts(cast: Cast) -> None:
    from openrenda.procedures.apps import documents

    history(cast, PLACES[:2])
    said(cast)
    before = sorted(SearchDocument.objects.values_list("subject", "kind", "text"))
    assert list(reindex(cast.congress, documents(cast.congress.pk)))
    assert sorted(SearchDocument.objects.values_list("subject", "kind", "text")) == before


@pytest.mark.parametrize("field", [learning.NATURE, learning.CATEGORY, learning.ORGAN])
def test_zero_switches_it_off(cast: Cast, field: str, monkeypatch: Any) -> None:
    history(cast)
    book = book_for(cast.congress)
    monkeypatch.setattr(type(book), "option", lambda _self, _name: 0)
    assert not learning.enough(field, book)
