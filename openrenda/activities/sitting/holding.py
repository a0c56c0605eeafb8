"""The sitting itself: sign-in opens, it opens with a quorum, items are taken up one after the other and leave with a result (ORG-02, ORG-14, ORG-30, ORG-32)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as declared

from openrenda.ballots.models import PAPER, SECRET
from openrenda.docket.forms import StepForm
from openrenda.docket.language import Opening, Taking
from openrenda.docket.models import Act, Matter
from openrenda.docket.situation import Situation
from openrenda.procedures.fields import LongText, OneOf, offer_choices

from .. import sharing
from ..hall import VOTE, Speech
from ..motion import PUT, SECRET_WAYS, Motion, follows, may_be_put, names_on, paper_of
from ..quorum import quorum, quorum_words
from . import lasting
from .agenda import numbered, sitting_row

PASSED, REJECTED, HEARD, PUT_OFF, WITHDRAWN, NOT_PUT, DONE = (
    "passed", "rejected", "heard", "put_off", "withdrawn", "not_put", "done",
)  # fmt: skip
RESULTS = {
    PASSED: declared("通过"), REJECTED: declared("未通过"), HEARD: declared("听取审议"), DONE: declared("已进行"),
    PUT_OFF: declared("留待下次会议"), WITHDRAWN: declared("提案人撤回"), NOT_PUT: declared("暂不付表决"),
}  # fmt: skip
# What needs words, because it ends an item without dealing with it.
WITH_REASON = (PUT_OFF, WITHDRAWN, NOT_PUT)


class OneItem(StepForm):
    """One item of the agenda that has no result yet."""

    item = OneOf(label=_("议题"))

    def prepare(self) -> None:
        """Offer them with their numbers."""
        super().prepare()
        rows = numbered(sharing.items(self.situation)) if not self.situation.new else []
        offer_choices(self, "item", [(str(row.pk), f"{label}{row.title}") for label, row in rows if not row.outcome])


class Result(OneItem):
    """What came of it."""

    outcome = forms.ChoiceField(label=_("结果"), choices=[(key, key) for key in RESULTS])
    text = LongText(label=_("说明"), rows=3, max_length=5000, required=False)

    def prepare(self) -> None:
        """The one that is being dealt with stands in place."""
        super().prepare()
        offer_choices(self, "outcome", [(key, gettext(label)) for key, label in RESULTS.items()])
        if not self.is_bound and not self.situation.new:
            self.initial["item"] = sitting_row(self.situation).current_id

    def clean(self) -> dict[str, Any]:
        """What was not dealt with has its reason."""
        cleaned = super().clean()
        if cleaned.get("outcome") in WITH_REASON and not cleaned.get("text"):
            self.add_error(
                "text", _("撤回、暂不付表决和留待下次会议的，请写明理由和由谁同意（%(article)s）。")
                % {"article": self.situation.book.citation("ORG-32")},
            )  # fmt: skip
        return cleaned


class PutToVote(OneItem, Motion):
    """What is put to the vote, and in which way. What an item's matter says of its paper is not asked again."""

    field_order = ("item", "title", "kind", "way", "options", "places", "together", "removal")

    def prepare(self) -> None:
        """The current item stands in place, with the paper that its matter makes."""
        super().prepare()
        self.fields["options"].help_text = _("一行一个；议案、任免案、候选项目清单不填，按案中所列付表决。")
        if self.is_bound or self.situation.new:
            return
        current = next(
            (row for row in sharing.items(self.situation) if row.pk == sitting_row(self.situation).current_id), None
        )
        if current:
            paper = paper_of(current.subject)
            # The names alone: by which matter each of them stands is nobody's to read or to type.
            names = {"options": "\n".join(names_on(paper))} if paper else {}
            self.initial.update({"item": current.pk, "title": current.title, **paper, **names})

    def clean(self) -> dict[str, Any]:
        """The matter has the last word on its own paper."""
        chosen = next(
            (row for row in sharing.items(self.situation) if str(row.pk) == self.cleaned_data.get("item")), None
        )
        subject = chosen.subject if chosen else None
        paper = paper_of(subject)
        self._as_secret(paper.pop("way", ""))
        self.cleaned_data.update(paper)
        if subject is not None and not may_be_put(subject):
            words = {"title": subject.title}
            self.add_error("item", gettext("“%(title)s”还没有到付表决的时候，请先在该事项里办完前面的步骤。") % words)
        return super().clean()

    def _as_secret(self, wanted: str) -> None:
        """In a way as secret as the matter asks for."""
        chosen = self.cleaned_data.get("way")
        if wanted == PAPER and chosen and chosen != PAPER:
            self.add_error("way", gettext("案中有须用纸质票表决的事项，请改选无记名纸质票。"))
        elif wanted == SECRET and chosen and chosen not in SECRET_WAYS:
            self.add_error("way", gettext("这一事项采用无记名表决，请改选无记名的方式。"))


def below_quorum(situation: Situation) -> str | None:
    """Enough are there (ORG-02, ORG-14): the base is all members, not those who were expected."""
    there = quorum(situation.matter, situation.today)
    if there.met:
        return None
    return gettext("%(found)s到会人数足了再办。") % {"found": quorum_words(there, situation.book[there.rule_id])}


def open_it(situation: Situation, act: Act) -> None:
    """How many were there when it opened or went on is in the act."""
    there = quorum(situation.matter, situation.today)
    act.data["base"], act.data["present"], act.data["quorum"] = there.base, there.present, there.rule_id


def take_up(situation: Situation, act: Act) -> None:
    """It is dealt with from now on."""
    item = sharing.item_of(situation)
    if item.began_at is None:
        situation.change(item, began_at=situation.at)
    situation.change(sitting_row(situation), current=item)


def result(situation: Situation, act: Act) -> None:
    """It leaves with a result, once."""
    data, item, sitting = situation.data, sharing.item_of(situation), sitting_row(situation)
    situation.change(
        item, outcome=data["outcome"], outcome_text=data.get("text", ""), decided_on=_day(situation),
        began_at=item.began_at or situation.at, ended_at=situation.at,
    )  # fmt: skip
    if sitting.current_id == item.pk:
        situation.change(sitting, current=None)


def _day(situation: Situation) -> date:
    """The day of the sitting that is held now."""
    return sitting_row(situation).signs_on or situation.record.held_on


def put_the_rest_off(situation: Situation, act: Act) -> None:
    """What has no result waits for another sitting."""
    lasting.end(situation, act)
    for item in sharing.items(situation, undecided=True):
        situation.change(item, outcome=PUT_OFF, outcome_text="不足法定人数，留待下次会议。", decided_on=_day(situation))
    situation.change(sitting_row(situation), current=None)


def a_vote(situation: Situation) -> Iterable[Opening | Taking]:
    """The vote is a matter of its own, which leads back to the sitting and to what it is about; what waits to be put to the vote is put."""
    data, item = situation.data, sharing.item_of(situation)
    if item.subject_id and _waits(item.subject):
        yield Taking(item.subject_id, PUT, {})
    told = {name: data.get(name) for name in ("title", "kind", "way", "options", "places", "together", "removal")}
    told |= {
        "body": sitting_row(situation).body, "subject": str(item.subject_id) if item.subject_id else None,
        "sitting": str(situation.matter.pk),
    }  # fmt: skip
    yield Opening(VOTE, "prepare", {name: value for name, value in told.items() if value}, link="votes_on")


def _waits(subject: Matter) -> bool:
    """Whether the matter's table has a row that follows from here."""
    row = subject.table.known_step(PUT)
    return row is not None and follows(row) and subject.state in {state.key for state in row.sources}


def nothing_left_to_do(situation: Situation) -> str | None:
    """Some item has no result."""
    return None if sharing.items(situation, undecided=True) else gettext("议程都已经有结果，可以散会。")


def somebody_speaks(situation: Situation) -> str | None:
    """Nobody is in the middle of a speech."""
    row = Speech.objects.filter(sitting=situation.matter.pk, matter__state="speaking").first()
    return gettext("%(name)s正在发言，请先结束发言。") % {"name": row.name} if row else None


def a_vote_is_open(situation: Situation) -> str | None:
    """No vote is still running."""
    running = Matter.objects.filter(procedure=VOTE, state="open", origins__origin=situation.matter.pk)
    return gettext("还有一项表决没有结束，请先结束表决。") if running.exists() else None


def votes(situation: Situation) -> list[Matter]:
    """The votes of the sitting, oldest first."""
    return list(Matter.objects.filter(procedure=VOTE, origins__origin=situation.matter.pk).order_by("id"))
