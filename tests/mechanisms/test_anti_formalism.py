"""The clauses of anti-formalism, kept by tests: the public page and the code stay in step, and what must not be there is not there."""

from __future__ import annotations

import re
from collections import Counter
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.apps import apps
from django.test import Client

from openrenda.docket import registry
from openrenda.figures import registry as figures
from openrenda.web.portal import principles
from openrenda.web.tests.stage import seat, text
from tests.cast import Cast

PACKAGE = Path(__file__).resolve().parents[2] / "openrenda"
# Whole words of identifiers, so that "checkpoint" or "appoint" is none of them.
FORBIDDEN = re.compile(
    r"(?:^|_)(?:check_?in|sign_?in_?(?:day|count)|clock_?in|points?_?(?:total|earned|score)?|score_?of_?person|ranking|rank|leader_?board"
    r"|online_?(?:time|minutes|seconds|duration)|logins?_?count|likes?|forwards?|shares?_count|track)(?:$|_)"
)
# Looked at and found harmless: 切入点 are the subjects of an activity day; an organ's criterion has a weight (assessment_criteria).
HARMLESS = {"entry_points", "Criterion.points", "Sitting.code", "Sitting.signs_on"}
# Being there is signed for where the law asks for a quorum (地方组织法第十四条、第五十一条), and nowhere else.
QUORUM = {("attendance", "sign_in"), ("attendance", "new_day"), ("sitting", "begin_sign_in"), ("sitting", "begin_day")}
FORBIDDEN_WORDS = re.compile("打卡|签到|积分|排行|排名|在线时长|学习时长|点赞|转发数|登录次数|使用率|安装率|活跃度")
PERSONS = {"deputy", "person", "account", "clerk", "member", "mandate", "seat"}


def every_form() -> list[tuple[str, str, str, forms.Field]]:
    """Procedure, step, name and field of everything that a step asks for."""
    return [
        (table.key, step.key, name, field)
        for table in registry.procedures()
        for step in table.steps
        if step.records
        for name, field in step.records.base_fields.items()
    ]


def test_every_procedure_with_its_limits_and_forms_stands_under_one_entry() -> None:
    """What is added without saying which clause it must keep is found here; so is what is listed and gone."""
    named = Counter(key for entry in principles.ENTRIES for key in entry.procedures)
    known = {table.key for table in registry.procedures()}
    assert set(named) == known, set(named) ^ known
    assert max(named.values()) == 1


def test_every_group_of_figures_stands_under_one_entry() -> None:
    named = Counter(group for entry in principles.ENTRIES for group in entry.figures)
    known = {name for name, _found in figures.grouped()}
    assert set(named) == known, set(named) ^ known
    assert max(named.values()) == 1


def test_every_function_that_is_listed_is_in_the_code_and_every_clause_is_kept_by_one() -> None:
    functions = [path for entry in principles.ENTRIES for path in entry.functions]
    assert [path for path in functions if find_spec(path) is None] == []
    assert {number for entry in principles.ENTRIES for number in entry.clauses} == set(principles.CLAUSES)
    assert all(entry.clauses and entry.why for entry in principles.ENTRIES)
    assert all(entry.procedures or entry.figures or entry.functions for entry in principles.ENTRIES)


def test_every_page_of_duties_and_every_channel_is_covered_by_a_function() -> None:
    """Modules that tell people something or look at what they did: each lies under a listed one."""
    functions = {path for entry in principles.ENTRIES for path in entry.functions}
    must = {f"openrenda.web.duties.{path.stem}" for path in (PACKAGE / "web" / "duties").glob("*.py")}
    must -= {"openrenda.web.duties.__init__", "openrenda.web.duties.views"}
    assert must <= functions


@pytest.mark.parametrize("congress", [False, True])
def test_the_page_shows_every_limit_every_form_and_every_group(cast: Cast, congress: bool) -> None:
    address = f"/c/{cast.congress.division_code}/principles/" if congress else "/principles/"
    page = text(Client().get(address))
    for table in registry.open_procedures():
        assert table.label in page
        for clock in table.clocks:
            assert clock.label in page, (table.key, clock.key)
        for steps in principles.asks(table).values():
            for step in steps:
                assert step.label in page, (table.key, step.key)
    for name, found in figures.grouped():
        assert f"{name}（{len(found)}）" in page


def test_the_page_costs_no_more_than_a_public_page_may(cast: Cast, django_assert_max_num_queries: Any) -> None:
    """At most eight queries, and one weight with the others of the portal."""
    Client().get("/principles/")
    with django_assert_max_num_queries(8):
        answer = Client().get(f"/c/{cast.congress.division_code}/principles/", headers={"accept-encoding": "gzip"})
    assert len(answer.content) < 60_000


def test_no_step_asks_for_checking_in_points_or_time_spent() -> None:
    """Clauses 2, 3 and 5."""
    names = [
        (table, step, name)
        for table, step, name, _field in every_form()
        if FORBIDDEN.search(name) and name not in HARMLESS
    ]
    words = [
        (table, step, str(field.label))
        for table, step, _name, field in every_form()
        if FORBIDDEN_WORDS.search(str(field.label)) and (table, step) not in QUORUM
    ]
    steps = [(table.key, step.key) for table in registry.procedures() for step in table.steps
             if step.key != "choose_points" and (table.key, step.key) not in QUORUM
             and (FORBIDDEN.search(step.key) or FORBIDDEN_WORDS.search(step.label))]  # fmt: skip
    assert names + words + steps == []


def test_no_table_keeps_points_ranks_or_time_online() -> None:
    """Clauses 2, 3 and 5: what is not stored cannot be counted."""
    found = [
        (model.__name__, field.name)
        for model in apps.get_models()
        if model.__module__.startswith("openrenda.")
        for field in model._meta.get_fields()
        if HARMLESS.isdisjoint({field.name, f"{model.__name__}.{field.name}"})
        if FORBIDDEN.search(field.name) or FORBIDDEN_WORDS.search(str(getattr(field, "verbose_name", "")))
    ]
    assert found == []


def test_the_words_that_are_looked_for_would_be_found() -> None:
    """The searches above can fail."""
    for name in ("check_in", "points", "rank", "online_time", "login_count", "likes", "ranking"):
        assert FORBIDDEN.search(name), name
    for name in ("appointed", "checkpoint", "franking", "likeness", "viewpoint"):
        assert not FORBIDDEN.search(name), name
    assert FORBIDDEN_WORDS.search("每日打卡")


def test_no_figure_ranks_or_splits_by_person() -> None:
    """Clause 2: groups are organs, places, times and kinds; nobody stands in a table of persons."""
    splits = {split.key for figure in figures.figures() for split in getattr(figure.population, "splits", ())}
    assert splits
    assert splits.isdisjoint(PERSONS)
    named = [figure.key for figure in figures.figures() if FORBIDDEN_WORDS.search(f"{figure.label}{figure.definition}")]
    assert named == []


def test_no_photograph_recording_or_position_is_forced() -> None:
    """Clause 6: such a field may be left empty wherever there is one."""
    place = re.compile(r"(?:^|_)(?:photos?|pictures?|images?|videos?|longitude|latitude|geolocation|track)(?:$|_)")
    found = [
        (table, step, name)
        for table, step, name, field in every_form()
        if field.required and (isinstance(field, forms.FileField) or place.search(name))
    ]
    assert found == []
    assert any(place.search(name) for _table, _step, name, _field in every_form()), "there are some, and they are free"


@pytest.mark.parametrize("who", ["chen", "street", "office", "roads_clerk", "auditor", "registrar"])
def test_every_seat_s_page_leads_to_complaints(cast: Cast, who: str) -> None:
    """Clause 8, on the pages of everybody who signs in."""
    assert "/feedback/" in text(seat(cast, who).get("/", follow=True))


@pytest.mark.parametrize("address", ["/", "/c/", "/sign-in/", "/principles/", "/nowhere/", "/privacy/"])
def test_every_public_page_leads_to_complaints(cast: Cast, address: str) -> None:
    """Clause 8, without signing in; also where a page is missing."""
    assert "/feedback/" in text(Client().get(address, follow=True))


def test_every_page_s_frame_is_one_that_leads_to_complaints() -> None:
    """Clause 8, for all: a template of a whole page stands on one of four frames, and each frame has the link."""
    frames = {"base_staff.html", "base_deputy.html", "base_public.html", "base_plain.html"}
    shared = (PACKAGE / "web" / "templates" / "components" / "settings_menu.html").read_text(encoding="utf-8")
    for frame in frames:
        source = (PACKAGE / "web" / "templates" / frame).read_text(encoding="utf-8")
        assert "links.complaint" in source or ("settings_menu.html" in source and "links.complaint" in shared), frame
    extended = {
        found.group(1)
        for path in PACKAGE.rglob("templates/**/*.html")
        if (found := re.search(r'{%-? extends "([^"]+)"', path.read_text(encoding="utf-8")))
    }
    assert {name for name in extended if name.startswith("base_")} <= frames
