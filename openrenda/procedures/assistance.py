"""Assisting opinions 协办（会办）意见: what an assisting organ tells the lead organ before the reply (SUG-06, SUG-07)."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openrenda.docket.forms import StepForm
from openrenda.docket.language import PARENT, THE_KIN, After, Clock, Procedure, State, Step
from openrenda.docket.situation import Situation

from .fields import LongText
from .offices import AUDITORS, DEPUTY_OFFICE, GOVERNMENT_OFFICE, HANDLER, HANDLER_HEAD, HANDLER_OFFICE, LEAD_HANDLER


class Opinion(StepForm):
    """The assisting organ's opinion."""

    opinion = LongText(label=_("协办意见"), rows=6, max_length=10000)


class Wanting(StepForm):
    """What the lead organ finds wanting."""

    reason = LongText(label=_("需要补充的内容"), rows=4, max_length=2000)


class Title(StepForm):
    """The title of the matter to be assisted."""

    title = LongText(label=_("标题"), max_length=500)


def asked_again_already(situation: Situation) -> str | None:
    """An opinion is asked for once more only (SUG-07)."""
    if situation.took("ask_again"):
        return gettext("协办意见只能要求重新提出一次（%(article)s）。") % {
            "article": situation.book.citation("SUG-07.assist_redo")
        }
    return None


SEES = (HANDLER, HANDLER_OFFICE, HANDLER_HEAD, LEAD_HANDLER, DEPUTY_OFFICE, GOVERNMENT_OFFICE, AUDITORS)

# fmt: off
ASKED = State("asked", "待提协办意见", "Opinion asked", "handle")
GIVEN = State("given", "已提协办意见", "Opinion given", "handle", untimed="主办单位答复时一并结束")
REDO  = State("redo",  "重提协办意见", "Opinion asked again", "handle")
DONE  = State("done",  "协办结束",   "Done",  "handle", final=True)

STEPS = (
    Step("ask",       "请求协办", None,  ASKED, by=THE_KIN,      basis="SUG-06", label_en="Ask", records=Title, tells=(HANDLER,)),
    Step("give",      "提出协办意见", ASKED, GIVEN, by=HANDLER,    basis="SUG-07.assist", label_en="Give the opinion", records=Opinion, tells=(LEAD_HANDLER,)),
    Step("ask_again", "要求重提", GIVEN, REDO,  by=LEAD_HANDLER, basis="SUG-07.assist_redo", label_en="Ask again", records=Wanting, barred_by=(asked_again_already,), tells=(HANDLER,), optional=True),
    Step("give_again","重提协办意见", REDO, GIVEN, by=HANDLER,     basis="SUG-07.assist_redo", label_en="Give it again", records=Opinion, tells=(LEAD_HANDLER,)),
    Step("end",       "协办结束", (ASKED, GIVEN, REDO), DONE, by=THE_KIN, basis="SUG-06", label_en="End", after=After(PARENT, ("sign_reply", "withdraw", "reassign"))),
)

CLOCKS = (
    Clock("assist", "协办意见期限", "SUG-07.assist",      starts=("ask",),       stops=("give", "end"),       whose=HANDLER, label_en="Time for the assisting opinion"),
    Clock("redo",   "重提意见期限", "SUG-07.assist_redo", starts=("ask_again",), stops=("give_again", "end"), whose=HANDLER, label_en="Time to give it again"),
)
# fmt: on

PROCEDURE = Procedure(
    key="assistance", label="协办意见", label_en="Assisting opinions", states=(ASKED, GIVEN, REDO, DONE), steps=STEPS,
    clocks=CLOCKS, body="procedures/assistance.html", stages=(("handle", "办"),), seen_by=SEES, basis="SUG-06",
)  # fmt: skip
