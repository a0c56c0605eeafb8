"""Similar matters: what is found, how surely, and within which bounds."""

from __future__ import annotations

import uuid
from dataclasses import replace
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openrenda import search
from openrenda.people.models import Congress
from openrenda.search.likeness import Grams
from openrenda.search.models import SearchDocument
from openrenda.search.tests.conftest import Put
from openrenda.search.tests.corpus import MATTERS, Written, edited, place, suggestions, written
from openrenda.tenancy import uuid7


def document(one: Written) -> search.Document:
    return search.Document(uuid7(), "proposal", "suggestion", one.title, one.text, True)


def test_likeness_by_characters() -> None:
    wanted = Grams("增设路灯")
    assert wanted.likeness("增设，路灯") == pytest.approx(1)
    assert wanted.likeness("治理油烟") == 0
    assert Grams("").likeness("路灯") == Grams("路灯").likeness("") == 0
    assert wanted.likeness("路灯增设") > wanted.likeness("路灯损坏")


def test_the_same_matter_at_the_same_place_comes_first(put: Put) -> None:
    same = put("关于解决和平里社区夜间照明不足的建议", "和平里社区天黑以后看不清路，希望加装路灯。")
    elsewhere = put("关于在永乐村增设路灯的建议", "永乐村沿线夜间没有照明，建议尽快安装路灯。")
    put("关于和平里社区开设老年食堂的建议", "和平里社区独居老人多，吃饭成难题。")
    put("关于规范养犬的建议", "遛狗不牵绳。")
    found = search.similar(
        "和平里社区夜间没有照明，老人出行不安全，建议安装路灯。", "关于在和平里社区增设路灯的建议", at_least=0.1
    )
    assert found[0].subject == same
    scores = {one.subject: one.score for one in found}
    assert 0 < scores[elsewhere] < scores[same]
    assert {"夜间", "照明"} <= set(found[0].shared)
    assert all(0 <= one.score <= 1 for one in found)


def test_the_very_same_text_scores_one(put: Put) -> None:
    subject = put("关于增设路灯的建议", "夜间照明不足。")
    (found,) = search.similar("夜间照明不足。", "关于增设路灯的建议")
    assert (found.subject, found.score) == (subject, 1.0)


def test_the_draft_itself_and_what_may_not_be_seen_are_left_out(put: Put) -> None:
    own = put("关于增设路灯的建议", "夜间照明不足。", public=False)
    other = put("关于增设路灯的建议", "夜间照明不足。", kind="opinion", procedure="opinion")

    def found(**options: object) -> set[uuid.UUID]:
        return {one.subject for one in search.similar("夜间照明不足。", "关于增设路灯的建议", **options)}  # type: ignore[arg-type]

    assert found() == {own, other}
    assert found(exclude=own) == {other}
    assert found(public=True) == {other}
    assert found(kinds=["proposal"]) == {own}
    assert found(procedures=["opinion"]) == {other}
    assert found(subjects=SearchDocument.objects.none()) == set()
    assert found(kinds=[]) == found(procedures=[]) == set()
    assert found(limit=1) < {own, other}


def test_a_draft_of_nothing_but_common_words_finds_its_like(congress: Congress) -> None:
    """Every word stands in every tenth document; only together do they tell anything."""
    many = [
        search.Document(uuid7(), "proposal", "suggestion", f"加强{one}管理", f"{one}管理工作，加强{other}。")
        for one in ("交通", "道路", "物业", "市场", "食品")
        for other in ("交通", "道路", "物业", "市场", "食品", "学校")
        for _ in range(20)
    ]
    list(search.reindex(congress, many))
    found = search.similar("", "加强市场管理")
    assert {one.title for one in found} == {"加强市场管理"}


@pytest.mark.parametrize(("text", "title"), [("", ""), ("！？", "…"), ("", "的"), ("路灯", ""), ("", "路灯")])
def test_hardly_anything_written_yet(put: Put, text: str, title: str) -> None:
    put("关于增设路灯的建议", "夜间照明不足。")
    assert isinstance(search.similar(text, title), list)


def test_one_query_or_two(congress: Congress, django_assert_num_queries: object) -> None:
    list(search.reindex(congress, map(document, suggestions(600))))
    draft = written(Random(5), 0, "和平里社区", 0)
    with CaptureQueriesContext(connection) as first:
        search.similar(draft.text, draft.title)
    assert len(first) == 3  # two of them for how common words are
    with django_assert_num_queries(1):  # type: ignore[operator]
        search.similar(draft.text, draft.title)
    with django_assert_num_queries(2):  # type: ignore[operator]
        assert search.similar(draft.text, draft.title, procedures=["opinion"]) == []


Kept = dict[uuid.UUID, tuple[int, str]]


@pytest.fixture
def corpus(congress: Congress) -> tuple[list[Written], Kept]:
    """60 suggestions, 120 on other matters at the same 60 places, 1,000 others; about what and where each is."""
    chance = Random(7)
    wanted = [written(chance, number % len(MATTERS), place(chance), 0) for number in range(60)]
    beside = [written(chance, (one.matter + shift) % len(MATTERS), one.place, 1) for one in wanted for shift in (1, 3)]
    kept = [*wanted, *beside, *suggestions(1_000, seed=8)]
    documents = [document(one) for one in kept]
    list(search.reindex(congress, documents))
    return wanted, {stored.subject: (one.matter, one.place) for stored, one in zip(documents, kept, strict=True)}


Measures = dict[float, tuple[float, float, float]]


def measured(drafts: list[Written], about: Kept) -> Measures:
    """For each lowest score shown: the shares of the drafts whose like comes first and is among the five shown, and
    how much of what is shown is right."""
    answers = []
    for draft in drafts:
        found = search.similar(draft.text, draft.title, at_least=0.0)
        answers.append([(one.score, about[one.subject] == (draft.matter, draft.place)) for one in found])
    measures = {}
    for least in (0.0, 0.2, 0.25, 0.35, 0.45):
        shown = [[right for score, right in answer if score >= least] for answer in answers]
        first = sum(answer[:1] == [True] for answer in shown) / len(drafts)
        recall = sum(map(any, shown)) / len(drafts)
        measures[least] = first, recall, sum(map(sum, shown)) / max(1, sum(map(len, shown)))
    print({least: [round(value, 2) for value in values] for least, values in measures.items()})
    return measures


def test_a_suggestion_handed_in_again_with_edits_comes_first(corpus: tuple[list[Written], Kept]) -> None:
    """A tenth of the characters changed, of the place's name too, and the sentences shuffled (figures: docs/search.md)."""
    wanted, about = corpus
    chance = Random(9)
    again = [replace(one, title=edited(chance, one.title)[:-1], text=edited(chance, one.text)) for one in wanted]
    measures = measured(again, about)
    first, recall, _ = measures[0.2]
    assert first >= 0.95
    assert recall >= 0.95
    _, recall, precision = measures[0.35]
    assert recall >= 0.75
    assert precision >= 0.85


def test_the_same_matter_in_quite_other_words_is_among_the_five(corpus: tuple[list[Written], Kept]) -> None:
    """Right is only the same matter at the same place; dozens of others use the draft's very sentences elsewhere."""
    wanted, about = corpus
    chance = Random(10)
    first, recall, _ = measured([written(chance, one.matter, one.place, 2) for one in wanted], about)[0.2]
    assert first >= 0.7
    assert recall >= 0.9
