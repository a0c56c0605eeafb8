"""The agenda of a sitting: a tree of items with numbers, who moves each, and which papers it wants by which day (ORG-04, ORG-15, ORG-27, SUP-05)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as declared

from openrenda.docket.forms import StepForm
from openrenda.docket.models import Act, Matter
from openrenda.docket.situation import Situation
from openrenda.documents.official import han
from openrenda.people.models import Congress, Organ
from openrenda.people.models.group import STANDING_COMMITTEE
from openrenda.procedures.fields import (
    Choose,
    ChooseSeveral,
    LongText,
    OneOf,
    offer_choices,
    offer_rows,
    one_paragraph,
)
from openrenda.tenancy import current_congress_id

from .. import sharing
from ..bodies import CONGRESS, able
from ..engagements import WarnsOfTheWeek
from ..hall import BILL, DRAFT, EXPLANATION, FINAL, PAPERS, Paper, Sitting
from ..motion import waiting_for_a_vote
from ..record import Item

REPORT, MOTION, APPOINTMENT, INQUIRY, RATING, STUDY, OTHER = (
    "report", "bill", "appointment", "inquiry", "rating", "study", "other",
)  # fmt: skip
ITEM_KINDS = {
    REPORT: declared("听取和审议报告"), MOTION: declared("审议议案、决议决定草案"), APPOINTMENT: declared("人事任免"),
    INQUIRY: declared("专题询问"), RATING: declared("满意度测评"), STUDY: declared("专题学习"), OTHER: declared("其他议题"),
}  # fmt: skip
JOINTLY = "jointly"
MOVERS = {
    "presidium": declared("主席团"), "standing_committee": declared("常务委员会"), "council": declared("主任会议"),
    "special_committee": declared("专门委员会"), "government": declared("本级人民政府"),
    "supervisory_commission": declared("监察委员会"), "court": declared("人民法院"), "procuratorate": declared("人民检察院"),
    JOINTLY: declared("联名"),
}  # fmt: skip
# Who may move, by body; a place may add others (option.movers_also).
MAY_MOVE = {
    CONGRESS: ("presidium", "standing_committee", "special_committee", "government", JOINTLY),
    STANDING_COMMITTEE: ("council", "government", "special_committee", JOINTLY),
}
# What each kind of item wants to be handed in, and under which rule.
WANTED = {
    REPORT: ((DRAFT, "SUP-05.comment"), (FINAL, "SUP-05.committee")),
    MOTION: ((BILL, "ORG-27"), (EXPLANATION, "ORG-27")),
}
NONE_OF_THEM = ""


class ItemData(WarnsOfTheWeek):
    """One item of the agenda."""

    kind = forms.ChoiceField(label=_("类别"), choices=[(key, key) for key in ITEM_KINDS])
    title = forms.CharField(label=_("议题"), max_length=300, validators=[one_paragraph])
    under = forms.ChoiceField(label=_("在哪一项下面"), required=False)
    mover = forms.ChoiceField(label=_("提出方"), required=False, help_text=_("议案、决议决定草案填写。"))
    movers = ChooseSeveral(label=_("联名人"), required=False, help_text=_("“提出方”为联名的，选出全部联名人。"))
    subject = Choose(
        label=_("付表决的事项"),
        required=False,
        help_text=_("人事任免案、民生实事候选项目等，付表决时按案中所列，结果自动记入该事项。"),
    )
    organ = Choose(label=_("报告、说明的单位"), required=False)
    text = LongText(label=_("说明"), rows=3, max_length=5000, required=False)

    def prepare(self) -> None:
        """Offer the main items, those who may move, the members and the organs."""
        sitting, day = sitting_row(self.situation), self.situation.today
        offer_choices(self, "kind", [(key, gettext(label)) for key, label in ITEM_KINDS.items()])
        roots = [row for row in sharing.items(self.situation) if row.under_id is None]
        offer_choices(self, "under", [(NONE_OF_THEM, "—"), *((str(row.pk), row.title) for row in roots)])
        offer_choices(self, "mover", [(NONE_OF_THEM, "—"), *((key, gettext(MOVERS[key])) for key in self.may_move())])
        offer_rows(self, "movers", partial(able, sitting.body, sitting.group, day), lambda mandate: mandate.person.name)
        waiting = partial(waiting_for_a_vote, self.situation.actor)
        offer_rows(self, "subject", waiting, lambda matter: f"{matter.number} {matter.title}".strip())
        offer_rows(self, "organ", Organ.objects.on(day).all)

    def visit(self) -> tuple[Any, Any, tuple[Any, ...]]:
        """The organ that is heard, on the day of the sitting; the sitting is not warned of itself."""
        organ = self.typed("organ")
        return [organ.pk] if organ else [], self.situation.record.held_on, (self.situation.matter.pk,)

    def may_move(self) -> tuple[str, ...]:
        """The movers of this body; nobody else is refused by name, a body without a rule of its own takes them all."""
        body = sitting_row(self.situation).body
        also = self.situation.book.option("option.movers_also")
        return (*MAY_MOVE.get(body, tuple(MOVERS)), *(key for key in also if key in MOVERS and body in MAY_MOVE))  # type: ignore[union-attr]

    def clean(self) -> dict[str, Any]:
        """A bill has a mover; enough sign one that is moved jointly."""
        cleaned = super().clean()
        if cleaned.get("kind") == MOTION and not cleaned.get("mover"):
            self.add_error("mover", _("议案和决议决定草案要写明由谁提出。"))
        if cleaned.get("mover") == JOINTLY:
            self._enough(len(cleaned.get("movers") or []))
        elif cleaned.get("movers"):
            self.add_error("movers", _("不是联名提出的，请不要选联名人。"))
        return cleaned

    def _enough(self, count: int) -> None:
        rule = self.situation.book[threshold(self.situation)]
        if not rule.met_by(count):
            words = {"count": count, "least": rule.amount, "article": rule.citation}
            self.add_error("movers", _("联名的有%(count)d人，须%(least)s以上（%(article)s）。") % words)


class ChangeItem(ItemData):
    """Another wording, place or mover of one that is on the agenda."""

    item = OneOf(label=_("要修改的议题"))
    field_order = ["item"]

    def prepare(self) -> None:
        """Offer what nothing was decided on."""
        super().prepare()
        rows = sharing.items(self.situation, undecided=True)
        offer_choices(self, "item", [(str(row.pk), row.title) for row in rows])

    def clean(self) -> dict[str, Any]:
        """An item does not stand under itself, nor under another one while others stand under it."""
        cleaned = super().clean()
        rows = sharing.items(self.situation)
        has_parts = any(str(row.under_id) == cleaned.get("item") for row in rows)
        if cleaned.get("under") and (cleaned["under"] == cleaned.get("item") or has_parts):
            self.add_error("under", _("这一项下面还有分项，或者就是它自己，不能放到另一项下面。"))
        return cleaned


class DropItem(StepForm):
    """One that is taken off, with the reason."""

    item = OneOf(label=_("议题"))
    reason = LongText(label=_("理由"), rows=2, max_length=2000)

    def prepare(self) -> None:
        """Offer those without a part, a result or a speech."""
        rows = sharing.items(self.situation, undecided=True)
        above = {row.under_id for row in rows}
        offer_choices(self, "item", [(str(row.pk), row.title) for row in rows if row.pk not in above])


class Agenda(StepForm):
    """Which meeting fixed it."""

    meeting = forms.ChoiceField(label=_("确定议程的主任会议决定"), required=False)
    words = forms.CharField(
        label=_("确定议程的会议"),
        max_length=200,
        required=False,
        help_text=_("大会由预备会议通过，主席团、代表团会议写明由谁确定。"),
    )

    def prepare(self) -> None:
        """Offer the drafts of an agenda that councils of chairpersons decided on."""
        rows = Item.objects.filter(matter__procedure="chairpersons-meeting", kind="agenda", outcome="decided")
        rows = rows.select_related("matter").order_by("-decided_on", "-id")[:50]
        named = [(str(row.pk), f"{row.matter.number} {row.title}".strip()) for row in rows]
        offer_choices(self, "meeting", [(NONE_OF_THEM, "—"), *named])

    def clean(self) -> dict[str, Any]:
        """The draft agenda of the standing committee is the council's (ORG-17)."""
        cleaned = super().clean()
        committee = sitting_row(self.situation).body == STANDING_COMMITTEE
        if committee and not cleaned.get("meeting"):
            article = self.situation.book.citation("ORG-17")
            raise ValidationError(
                _(
                    "常委会会议的议程草案由主任会议拟订（%(article)s），请选出主任会议的决定；还没有的，请先在主任会议登记。"
                )
                % {"article": article}
            )
        if not committee and not cleaned.get("words"):
            self.add_error("words", _("请写明由哪次会议确定。"))
        return cleaned


def sitting_row(situation: Situation) -> Sitting:
    """The sitting's own row."""
    return situation.rows(Sitting)[0]  # type: ignore[no-any-return]


def threshold(situation: Situation) -> str:
    """The rule of how many move a bill jointly, by body and level."""
    level = Congress.objects.values_list("level", flat=True).get(pk=current_congress_id())
    if sitting_row(situation).body == STANDING_COMMITTEE:
        return "ORG-15.county" if level == "county" else "ORG-15.city"
    return "ORG-04.township" if level == "township" else "ORG-04.county"


def _fields(situation: Situation) -> dict[str, Any]:
    data = situation.data
    sitting = sitting_row(situation)
    names = [
        mandate.person.name
        for mandate in able(sitting.body, sitting.group, situation.today).filter(pk__in=data.get("movers", []))
    ]
    mover = data.get("mover", "")
    subject = Matter.objects.filter(pk=data["subject"]).first() if data.get("subject") else None
    known = {str(row.pk): row for row in sharing.items(situation)}
    return {
        "kind": data["kind"], "title": data["title"], "text": data.get("text", ""), "under": known.get(data.get("under", "")),
        **({"subject": subject, "subject_state": subject.state} if subject else {}), "mover": mover, "mover_name": ("、".join(names) if names else MOVERS.get(mover, ""))[:500],
        "movers": len(names) or None, "organ": Organ.objects.filter(pk=data["organ"]).first() if data.get("organ") else None,
    }  # fmt: skip


def add_item(situation: Situation, act: Act) -> None:
    """Put it on the agenda, with the papers it wants by their days."""
    fields = _fields(situation)
    item = sharing.new_item(situation, fields.pop("kind"), fields.pop("title"), **fields)
    for kind, rule in WANTED.get(item.kind, ()):
        if item.kind == REPORT and not sitting_row(situation).kind.reports:
            continue
        expect(situation, item, kind, rule)


def expect(situation: Situation, item: Item | None, kind: str, rule: str, title: str = "") -> Paper:
    """One more paper that is to come, by the day that the rule gives."""
    name = title or f"{item.title if item else ''}（{PAPERS[kind]}）"
    paper = Paper(item=item, kind=kind, title=name[:200], organ=item.organ if item else None, rule=rule,
                  due_on=situation.book.due(rule, situation.today, anchor=situation.record.held_on))  # fmt: skip
    situation.add(paper)
    return paper


def change_item(situation: Situation, act: Act) -> None:
    """Its new words; what papers it wants stays as it was."""
    situation.change(sharing.item_of(situation), **_fields(situation))


def drop_item(situation: Situation, act: Act) -> None:
    """It is off the agenda; what it was stays in the acts. Papers that came for it stay with the sitting."""
    item = sharing.item_of(situation)
    for paper in situation.rows(Paper):
        if paper.item_id == item.pk and paper.received_on:
            situation.change(paper, item=None)
    sharing.drop_items(situation, [item])


def fix(situation: Situation, act: Act) -> None:
    """Which meeting fixed the agenda, and when."""
    chosen = situation.data.get("meeting")
    meeting = Item.objects.select_related("matter").get(pk=chosen) if chosen else None
    if meeting:
        sharing.link_once(situation, meeting.matter, "agenda_of")
    situation.change(sitting_row(situation), agenda_by=meeting.matter if meeting else None, agenda_on=situation.today)


def recount(situation: Situation) -> None:
    """The sitting was moved: papers still to come have other days."""
    for paper in situation.rows(Paper):
        if paper.rule and not paper.received_on:
            due_on = situation.book.due(paper.rule, situation.today, anchor=situation.record.held_on)
            situation.change(paper, due_on=due_on)


def numbered(items: Iterable[Item]) -> list[tuple[str, Item]]:
    """The tree in order, each item with its number: 一、 and under it （一）."""
    rows = sorted(items, key=lambda row: row.position)
    found: list[tuple[str, Item]] = []
    for place, root in enumerate((row for row in rows if row.under_id is None), 1):
        found.append((f"{han(place)}、", root))
        parts = [row for row in rows if row.under_id == root.pk]
        found += [(f"（{han(number)}）", part) for number, part in enumerate(parts, 1)]
    return found


def no_items(situation: Situation) -> str | None:
    """A sitting deals with something."""
    return None if sharing.items(situation) else gettext("还没有议题，请先列入议程。")


def not_fixed(situation: Situation) -> str | None:
    """The agenda was fixed."""
    return None if sitting_row(situation).agenda_on else gettext("议程还没有确定，请先登记由哪次会议确定。")
