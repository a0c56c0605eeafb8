"""Palm-top express 掌上直通车 (A14): a resident and one deputy write to each other, at any hour and without an account.

Deputies hear the people's opinions and demands and pass them on (代表法第二十五条); the promised time to answer is practice, from the rulebook. What
they write lies encrypted in rows of its own, never in the ledger, and nobody reads it but the two of them and the auditor. What needs work becomes
an opinion by one act; what stays unanswered past its time goes to the street's station as one, which the resident is told before she writes.
"""

from __future__ import annotations

from openrenda.docket.language import THE_CLOCK, THE_PUBLIC, Clock, Office, Procedure, State, Step

from ..offices import AUDITORS, RECEIVING_SEATS
from ..residents import RESIDENT
from . import bars, effects, forms
from .records import RECORDS, Conversation

RECEIVER = Office("receiver", "收信代表", "the deputy written to", seats=RECEIVING_SEATS, relation=("receiver",))
SEES = (RESIDENT, RECEIVER, AUDITORS)

# fmt: off
WAITING = State("waiting", "等代表答复",  "Waiting for the deputy", "write")
TALKING = State("talking", "代表已答复",  "Answered", "answer")
PASSED  = State("passed",  "逾期，已转站点", "Passed to the station", "answer")
CLOSED  = State("closed",  "谈完了",    "Closed", "answer", final=True)
OPEN    = (WAITING, TALKING, PASSED)
EVERY   = (*OPEN, CLOSED)

STEPS = (
    Step("write",       "给代表留言",  None,    WAITING, by=THE_PUBLIC, basis="A14.write", label_en="Write to a deputy", records=forms.Written, does=effects.write, tells=(RECEIVER,)),
    Step("add",         "再写一条",   WAITING, None,    by=RESIDENT, basis="A14.write", label_en="Write another", records=forms.Words, does=effects.add, tells=(RECEIVER,), optional=True),
    Step("write_again", "接着说",    (TALKING, PASSED, CLOSED), WAITING, by=RESIDENT, basis="A14.write", label_en="Go on", records=forms.Words, does=effects.add, tells=(RECEIVER,), optional=True),
    Step("answer",      "答复",     (WAITING, PASSED), TALKING, by=RECEIVER, basis="A14.answer", label_en="Answer", records=forms.Words, does=effects.answer, tells=(RESIDENT,)),
    Step("say_more",    "再说几句",   TALKING, None,    by=RECEIVER, basis="A14.write", label_en="Say more", records=forms.Words, does=effects.answer, tells=(RESIDENT,), optional=True),
    Step("hand",        "转为意见办理", OPEN,    TALKING, by=RECEIVER, basis="A14.hand", label_en="Have it seen to", records=forms.Hand, does=effects.hand, opens=effects.as_opinion, tells=(RESIDENT,), optional=True, confirm="转为意见后，由站点、街道办理，他们会看到这条留言的原话。"),
    Step("pass_on",     "逾期转站点",  WAITING, PASSED,  by=THE_CLOCK, basis="A14.answer", label_en="Not answered in time: to the station", opens=effects.unanswered, tells=(RECEIVER, RESIDENT)),
    Step("close",       "谈完了",    TALKING, CLOSED,  by=(RECEIVER, RESIDENT), basis="A14.quiet", label_en="Close", optional=True),
    Step("rest",        "久无往来，结束", (TALKING, PASSED), CLOSED, by=THE_CLOCK, basis="A14.quiet", label_en="Nothing written for long"),
    Step("erase",       "删除全部内容", EVERY,   CLOSED,  by=(RESIDENT, THE_CLOCK), basis="A15.contact", label_en="Erase what was written", barred_by=(bars.nothing_left,), does=effects.erase, optional=True, confirm="删除后您和代表都看不到了，不能恢复。"),
)

ANSWERING = ("answer", "hand", "pass_on")
CLOCKS = (
    Clock("answer", "代表答复期限", "A14.answer", starts=("write", "write_again"), stops=(*ANSWERING, "erase"), whose=RECEIVER, label_en="Time to answer", then="pass_on"),
    Clock("quiet",  "往来结束期限", "A14.quiet",  starts=("answer", "say_more", "hand", "pass_on"), stops=("answer", "say_more", "hand", "write_again", "close", "rest", "erase"), whose=RESIDENT, label_en="Closes when nothing is written", right=True, then="rest"),
)
# fmt: on

PROCEDURE = Procedure(
    key="palm-express", label="掌上直通车", label_en="Palm-top express", steps=STEPS, clocks=CLOCKS, record=Conversation,
    states=EVERY, body="procedures/palm_express.html", basis="A14.write", stages=(("write", "留言"), ("answer", "答复")),
    seen_by=SEES,
)  # fmt: skip

__all__ = ["PROCEDURE", "RECORDS"]
