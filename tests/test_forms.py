"""What was left out is asked for by its name, on every form and in both languages."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django import forms
from django.utils.translation import override

from openrenda.forms import Form

ROOT = Path(__file__).resolve().parents[1] / "openrenda"


class Asking(Form):
    """One field of each kind that asks in another way."""

    topic = forms.CharField(label="议题")
    kind = forms.ChoiceField(label="种类", choices=[("a", "甲")])
    several = forms.MultipleChoiceField(label="街道", choices=[("a", "甲")])
    day = forms.DateField(label="日期")
    agreed = forms.BooleanField(label="已经核对")
    own = forms.CharField(label="说明", error_messages={"required": "请写几句。"})
    nameless = forms.CharField()


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("zh-hans", ["请填写“议题”。", "请选择“种类”。", "请选择“街道”。", "请填写“日期”。", "请勾选“已经核对”。", "请写几句。"]),
        ("en", ["Please fill in “议题”.", "Please choose “种类”.", "Please choose “街道”.", "Please fill in “日期”.", "Please tick “已经核对”.", "请写几句。"]),
    ],
)  # fmt: skip
def test_what_was_left_out_is_asked_for_by_its_name(language: str, sentences: list[str]) -> None:
    """A field with a sentence of its own keeps it."""
    with override(language):
        errors = Asking({}).errors
        asked = [errors[name][0] for name in ("topic", "kind", "several", "day", "agreed", "own")]
    assert asked == sentences
    assert "Nameless" in errors["nameless"][0]
    assert errors.as_data()["topic"][0].code == "required"


def test_what_is_wrong_otherwise_is_said_as_before() -> None:
    errors = Asking({"topic": "路灯", "kind": "b", "day": "昨天"}).errors
    assert "topic" not in errors
    assert "请选择" not in errors["kind"][0]
    assert "请填写" not in errors["day"][0]


def test_every_form_of_the_product_has_this_base() -> None:
    """None is made from the framework's own, so that none speaks of “this field”."""
    bare = []
    for path in ROOT.rglob("*.py"):
        if "tests" in path.parts or path == ROOT / "forms.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            bases = node.bases if isinstance(node, ast.ClassDef) else ()
            bare += [f"{path}: {node.name}" for base in bases if ast.unparse(base) in ("forms.Form", "forms.ModelForm")]
    assert bare == []
