"""What start-up refuses in a pack: each contradiction has a check id."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openrenda.rulebook import RulebookError, checks
from openrenda.rulebook.library import library, raw_packs
from openrenda.rulebook.rule import Rule
from openrenda.rulebook.validation import loosens, pack_problems

NATION = """
[pack]
code = "cn"
name = "全国"
[[rule]]
id = "AAA-01"
title = "期限"
title_en = "Limit"
kind = "statute"
law = "某法"
article = "第一条"
value = 3
unit = "month"
limit = "at_most"
[[option]]
id = "option.colour"
title = "颜色"
title_en = "Colour"
kind = "practice"
value = "red"
choices = ["red", "blue"]
"""
PLACE = """
[pack]
code = "110000"
name = "某地"
[[rule]]
id = "AAA-01"
title = "期限"
title_en = "Limit"
kind = "local"
law = "某条例"
article = "第九条"
value = 2
unit = "month"
limit = "at_most"
"""


def write(folder: Path, nation: str = NATION, place: str = PLACE, name: str = "110000") -> Path:
    (folder / "cn.toml").write_text(nation, encoding="utf-8")
    (folder / f"{name}.toml").write_text(place, encoding="utf-8")
    return folder


def found(folder: Path) -> list[str]:
    return [problem.check for problem in pack_problems(raw_packs(folder))]


def test_a_stricter_place_is_accepted(tmp_path: Path) -> None:
    book = library(write(tmp_path)).book("110000")
    assert (book["AAA-01"].value, book.citation("AAA-01")) == (2, "《某条例》第九条")


@pytest.mark.parametrize(
    ("old", "new", "check"),
    [
        ('id = "option.colour"', 'id = "AAA-01"', "rulebook.E001"),
        ('unit = "month"', 'unit = "moon"', "rulebook.E002"),
        ('limit = "at_most"', 'limit = "soon"', "rulebook.E002"),
        ('kind = "statute"', 'kind = "custom"', "rulebook.E002"),
        ('title_en = "Limit"\n', "", "rulebook.E002"),
        ('article = "第一条"', 'artikel = "第一条"', "rulebook.E002"),
        ('law = "某法"\n', "", "rulebook.E003"),
        ('code = "cn"', 'code = "nation"', "rulebook.E005"),
        ('name = "全国"\n', "", "rulebook.E005"),
        ("value = 3", "value = = 3", "rulebook.E006"),
        ("value = 3", "value = 0", "rulebook.E007"),
        ("value = 3", 'value = "3"', "rulebook.E007"),
        ("value = 3", "value = true", "rulebook.E007"),
        ('unit = "month"', 'unit = "month_of_year"\nnote = ""\n', ""),
        ('value = 3\nunit = "month"', 'value = 13\nunit = "month_of_year"', "rulebook.E007"),
        ('value = 3\nunit = "month"', 'value = "3/2"\nunit = "share"', "rulebook.E007"),
        ('unit = "month"\nlimit = "at_most"', "", "rulebook.E007"),
        ('limit = "at_most"', "", "rulebook.E007"),
        ('value = "red"', 'value = "green"', "rulebook.E007"),
    ],
)
def test_each_contradiction_has_its_id(tmp_path: Path, old: str, new: str, check: str) -> None:
    assert old in NATION
    write(tmp_path, NATION.replace(old, new, 1))
    (tmp_path / "110000.toml").unlink()
    assert found(tmp_path) == ([check] if check else [])


@pytest.mark.parametrize("name", ["11", "1100001", "beijing"])
def test_e005_a_pack_is_named_by_a_division_code(tmp_path: Path, name: str) -> None:
    assert found(write(tmp_path, place=PLACE.replace("110000", name), name=name)) == ["rulebook.E005"]


def test_e005_file_and_code_agree(tmp_path: Path) -> None:
    assert found(write(tmp_path, name="120000")) == ["rulebook.E005"]


def test_e006_the_nation_is_needed(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "cn.toml").unlink()
    assert found(tmp_path) == ["rulebook.E006"]


def test_e004_a_loosened_statute_is_refused_naming_both_articles(tmp_path: Path) -> None:
    write(tmp_path, place=PLACE.replace("value = 2", "value = 4"))
    with pytest.raises(RulebookError) as refused:
        library(tmp_path)
    sentence = str(refused.value)
    assert "《某条例》第九条" in sentence
    assert "《某法》第一条" in sentence
    assert found(tmp_path) == ["rulebook.E004"]


def test_e004_another_unit_cannot_be_compared(tmp_path: Path) -> None:
    assert found(write(tmp_path, place=PLACE.replace('unit = "month"', 'unit = "working_day"'))) == ["rulebook.E004"]


def test_e004_a_statute_option_stays(tmp_path: Path) -> None:
    nation = NATION.replace('kind = "practice"', 'kind = "statute"\nlaw = "某法"\narticle = "第二条"')
    row = '[[option]]\nid = "option.colour"\ntitle = "颜色"\ntitle_en = "C"\nkind = "practice"\nvalue = "blue"\n'
    assert found(write(tmp_path, nation, PLACE + row)) == ["rulebook.E004"]


def test_e007_a_place_chooses_among_the_choices(tmp_path: Path) -> None:
    row = '[[option]]\nid = "option.colour"\ntitle = "颜色"\ntitle_en = "C"\nkind = "practice"\nvalue = "green"\n'
    assert found(write(tmp_path, place=PLACE + row)) == ["rulebook.E007"]


def rule(value: int | None, limit: str, kind: str = "statute", fixed: bool = False, unit: str = "day") -> Rule:
    return Rule(id="X", title="甲", title_en="A", kind=kind, value=value, unit=unit, limit=limit, fixed=fixed)


@given(st.integers(1, 100), st.integers(1, 100))
def test_direction_of_tightening(national: int, local: int) -> None:
    """At most: smaller is stricter. At least and before a meeting: larger is."""
    assert loosens(rule(national, "at_most"), rule(local, "at_most", "local")) == (local > national)
    for limit in ("at_least", "before_meeting"):
        assert loosens(rule(national, limit), rule(local, limit, "local")) == (local < national)
    fixed = rule(national, "at_least", fixed=True)
    assert loosens(fixed, rule(local, "at_least", "local")) == (local != national)
    assert not loosens(rule(national, "at_most", "practice"), rule(local, "at_most", "local"))


def test_a_number_may_be_added_where_the_statute_names_none_but_not_taken_away() -> None:
    assert not loosens(rule(None, "none", unit="none"), rule(10, "at_most", "local"))
    assert loosens(rule(10, "at_most"), rule(None, "none", "local", unit="none"))
    assert loosens(rule(10, "at_most"), rule(10, "at_least", "local"))
    assert loosens(rule(None, "none", unit="none"), rule(None, "none", "local", unit="none"))
    assert loosens(rule(10, "at_most"), rule(5, "at_most", "practice"))


def test_e003_national_law_stands_in_the_nations_pack_only(tmp_path: Path) -> None:
    assert found(write(tmp_path, place=PLACE.replace('"local"', '"statute"'))) == ["rulebook.E003"]


def test_the_start_up_check_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, place=PLACE.replace("value = 2", "value = 9"))
    monkeypatch.setattr(checks, "raw_packs", lambda: raw_packs(tmp_path))
    [message] = checks.packs_are_sound(None)
    assert message.id == "rulebook.E004"
    assert message.hint
