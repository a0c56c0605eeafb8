"""What a vote by grades 满意度测评 tells the matter that it was about (D05, I02): how many gave which grade, of what base, and the verdict."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openrenda.docket.forms import StepForm
from openrenda.docket.models import Act
from openrenda.docket.situation import Situation
from openrenda.rulebook import Book

GRADES = "option.report_grades"
# What stands on a paper beside the grades, a vote in which nobody gave one, and what was taken off the paper while it was held.
OTHERS = {"abstain": "弃权", "void": "废票", "no_result": "没有有效票", "withdrawn": "已退出，不计票"}


class Graded(StepForm):
    """The verdict that the vote announced."""

    grades = forms.JSONField(label=_("各等次票数"))
    verdict = forms.CharField(label=_("结果"), max_length=50)
    base = forms.IntegerField(label=_("全体组成人员"), min_value=0)
    present = forms.IntegerField(label=_("到会人数"), min_value=0)
    sentence = forms.CharField(label=_("表决结果"), max_length=500)
    vote = forms.UUIDField(label=_("表决"), required=False)

    def clean_grades(self) -> Any:
        """Grades with their counts: {"satisfied": 20, "basically": 5}."""
        given = self.cleaned_data["grades"]
        if not isinstance(given, dict) or not all(isinstance(count, int) and count >= 0 for count in given.values()):
            raise ValidationError(_("各等次票数须是等次和票数。"))
        return given


def grades_do_not_fit(situation: Situation) -> str | None:
    """More grades than people present were not given."""
    data = situation.data
    if not data:
        return None
    cast = sum(data["grades"].values())
    if cast <= data["present"] <= data["base"]:
        return None
    words = {"cast": cast, "present": data["present"], "base": data["base"]}
    return gettext("票数不符：计票%(cast)d，到会%(present)d人，全体组成人员%(base)d人。") % words


def labels(book: Book) -> dict[str, str]:
    """The grades in their order, the best first."""
    rows: Any = book.option(GRADES)
    return {str(row["key"]): str(row["label"]) for row in rows}


def counted(book: Book, grades: dict[str, int]) -> list[dict[str, Any]]:
    """The count of each grade as a record keeps it: with its words of that day, in their order; abstentions last."""
    named = labels(book)
    order = [*(key for key in named if key in grades), *(key for key in grades if key not in named)]
    return [{"key": key, "label": named.get(key, OTHERS.get(key, key)), "count": grades[key]} for key in order]


def verdict_words(book: Book, key: str) -> str:
    """A verdict as a record keeps it."""
    return labels(book).get(key, OTHERS.get(key, key))


def in_words(situation: Situation, act: Act) -> None:
    """The act says the grades as people read them; the record has had them by their keys."""
    book, data = situation.book, situation.data
    act.data["grades"] = [f"{row['label']} {row['count']}" for row in counted(book, data["grades"])]
    act.data["verdict"] = verdict_words(book, data["verdict"])
