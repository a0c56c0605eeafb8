"""One deputy's rating in a back-to-back poll 背对背测评: a matter of her own, which nobody else may open.

The grade is sealed and no office may unseal it, not even hers who gave it: there is no receipt that somebody could ask to see. It is
read by the count of the poll alone, when the poll has closed (docs/decisions/0008-what-an-evaluation-keeps-from-whom.md).
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openrenda.docket.forms import StepForm
from openrenda.docket.language import PARENT, THE_KIN, After, Clock, Office, Procedure, Sealed, State, Step
from openrenda.docket.models import Act, Matter
from openrenda.docket.situation import Situation
from openrenda.tenancy import TenantFK, TenantModel

from .fields import Day


class SatisfactionBallot(TenantModel):
    """Which deputy is asked in which round of which poll, and until when. What she says is not here."""

    matter = TenantFK(Matter, models.CASCADE, related_name="satisfaction_ballot")
    poll = TenantFK(Matter, models.CASCADE, related_name="+", verbose_name="测评")
    mandate = models.UUIDField("代表")
    closes_on = models.DateField("截止日期")

    class Meta:
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["congress", "matter"], name="satisfaction_ballot_matter"),
            models.UniqueConstraint(fields=["congress", "poll", "mandate"], name="satisfaction_ballot_once"),
        ]


RATER = Office("rater", "测评代表", "the deputy who rates", seats=("deputy",), relation=("rater",))


class Asked(StepForm):
    """What she is asked about, until when."""

    title = forms.CharField(label=_("建议"), max_length=500)
    closes_on = Day(label=_("截止日期"))


class Rating(StepForm):
    """Her grade."""

    grade = forms.ChoiceField(label=_("对办理结果的评价"), widget=forms.RadioSelect)

    def prepare(self) -> None:
        """The congress's grades."""
        grades: Any = self.situation.book.option("option.satisfaction")
        self.fields["grade"].choices = [(row["key"], gettext(row["label"])) for row in grades]  # type: ignore[attr-defined]


def ask(situation: Situation, act: Act) -> None:
    """Note who is asked."""
    rater = situation.holders("rater")[0]
    poll = situation.matter.parent
    situation.matter.confidential = bool(poll and poll.confidential)
    situation.note(poll=poll, mandate=rater.holder, closes_on=date.fromisoformat(situation.data["closes_on"]))


def closed(situation: Situation) -> str | None:
    """No rating after the last day."""
    last = situation.record.closes_on
    if situation.today > last:
        return gettext("测评已于%(day)s截止（%(article)s）。") % {
            "day": date_format(last),
            "article": situation.book.citation("B13.poll"),
        }
    return None


# fmt: off
ASKED = State("asked", "待评价",        "Asked", "rate")
GIVEN = State("given", "已评价，截止前可改", "Rated, may be changed", "rate")
ENDED = State("ended", "测评结束",       "Ended", "rate", final=True)

STEPS = (
    Step("ask",    "请代表测评", None,           ASKED, by=THE_KIN, basis="B13.poll", label_en="Ask for a rating", records=Asked, does=ask, tells=(RATER,)),
    Step("rate",   "评价",    ASKED,          GIVEN, by=RATER,   basis="B13.poll", label_en="Rate", records=Rating, barred_by=(closed,)),
    Step("change", "修改评价",  GIVEN,          None,  by=RATER,   basis="B13.poll", label_en="Change the rating", records=Rating, barred_by=(closed,), optional=True, invites=True),
    Step("end",    "测评结束",  (ASKED, GIVEN), ENDED, by=THE_KIN, basis="B13.poll", label_en="Ended", after=After(PARENT, ("close_poll", "cancel_poll"))),
)

CLOCKS = (
    Clock("rate", "测评截止", "B13.poll", starts=("ask",), stops=("end",), whose=RATER, label_en="Rating closes", until="closes_on", right=True),
)
# fmt: on

RECORDS = (SatisfactionBallot,)
PROCEDURE = Procedure(
    key="satisfaction-ballot", label="背对背评价", label_en="Back-to-back ratings", states=(ASKED, GIVEN, ENDED), steps=STEPS,
    clocks=CLOCKS, record=SatisfactionBallot, body="procedures/satisfaction_ballot.html", stages=(("rate", "评价"),),
    sealed=(Sealed("grade", "评价", ("grade",), opened_by=()),), seen_by=(RATER,), basis="B13.poll",
)  # fmt: skip
