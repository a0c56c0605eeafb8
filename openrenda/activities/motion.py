"""What is put to the vote 付表决的内容: its kind and way, the names on the paper, and what the law says of the way (ORG-08, SUP-29, LIV-07).

Whoever prepares a vote by itself and whoever puts an item of a sitting to the vote is asked the same.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as declared

from openrenda.ballots.models import HYBRID, PAPER, SECRET, WAYS
from openrenda.docket import registry
from openrenda.docket.actor import Actor
from openrenda.docket.forms import StepForm
from openrenda.docket.language import LINKED, Step
from openrenda.docket.models import Matter
from openrenda.docket.reading import visible
from openrenda.procedures.fields import LongText, offer_choices

KINDS = {
    "question": declared("议案、决议决定"), "appointments": declared("人事任免"), "election": declared("选举"),
    "choice": declared("差额票决项目"), "grades": declared("满意度测评"),
}  # fmt: skip
SECRET_WAYS = (SECRET, PAPER, HYBRID)
PUT, ANNOUNCED, FOLLOWS = "put_to_vote", "announce", "voted"
SEPARATOR, MOST_OPTIONS, LONGEST_OPTION = "|", 200, 100


class Motion(StepForm):
    """Kind, way and what stands on the paper. The options are lines; a line may end in the id of the matter that it stands for."""

    title = forms.CharField(label=_("表决事项"), max_length=300)
    kind = forms.ChoiceField(label=_("表决种类"), choices=[(key, key) for key in KINDS])
    way = forms.ChoiceField(label=_("表决方式"), choices=WAYS)
    options = LongText(
        label=_("人选、项目、报告"),
        rows=5,
        max_length=20000,
        required=False,
        help_text=_("一行一个；只表决一件议案的不填。"),
    )
    places = forms.IntegerField(
        label=_("应选人数、最多可选个数"),
        min_value=1,
        max_value=MOST_OPTIONS,
        required=False,
        help_text=_("选举和差额票决填写。"),
    )
    together = forms.BooleanField(label=_("人选合并表决"), required=False, help_text=_("不勾选的逐人表决。"))
    removal = forms.BooleanField(label=_("是撤职案"), required=False)

    def prepare(self) -> None:
        """Offer the kinds in the language now spoken."""
        super().prepare()
        offer_choices(self, "kind", [(key, gettext(label)) for key, label in KINDS.items()])

    def clean_options(self) -> str:
        """Each line another name."""
        rows = read_options(self.cleaned_data["options"])
        labels = [row["label"] for row in rows]
        twice = next((label for label in labels if labels.count(label) > 1), None)
        if twice:
            raise ValidationError(_("“%(label)s”写了两次，请删去一行。"), params={"label": twice})
        if len(rows) > MOST_OPTIONS or any(len(label) > LONGEST_OPTION for label in labels):
            raise ValidationError(_("最多200行，每行不超过100个字。"))
        return "\n".join(map(written, rows))

    def clean(self) -> dict[str, Any]:
        """What the kind needs, and what the law says of the way."""
        cleaned = super().clean()
        kind, way, count = cleaned.get("kind"), cleaned.get("way"), len(read_options(cleaned.get("options", "")))
        if kind not in (None, "question") and not count:
            self.add_error("options", _("请写明人选、项目或者报告，一行一个。"))
        if kind in ("election", "choice") and not cleaned.get("places"):
            self.add_error("places", _("请写明应选人数或者最多可选个数。"))
        if kind == "choice" and count and cleaned.get("places") and count <= cleaned["places"]:
            self.add_error("places", _("差额票决的项目要比名额多。"))
        if kind and way and way not in SECRET_WAYS:
            self._must_be_secret(kind, bool(cleaned.get("removal")))
        return cleaned

    def _must_be_secret(self, kind: str, removal: bool) -> None:
        rule = "SUP-29.secret" if removal else "ORG-08" if kind == "election" else ""
        if rule:
            words = {"article": self.situation.book.citation(rule)}
            self.add_error("way", gettext("撤职和选举采用无记名投票（%(article)s），请改选无记名的方式。") % words)


def read_options(text: str) -> list[dict[str, str]]:
    """The lines as label and, where a line ends in one, the id of its matter."""
    rows = []
    for line in filter(None, map(str.strip, text.splitlines())):
        label, separator, subject = line.rpartition(SEPARATOR)
        rows.append(
            {"label": label.strip(), "subject": subject.strip()} if separator and _is_id(subject) else {"label": line}
        )
    return rows


def written(option: dict[str, str]) -> str:
    """An option as its line."""
    return f"{option['label']}{SEPARATOR}{option['subject']}" if option.get("subject") else option["label"]


def _is_id(text: str) -> bool:
    try:
        UUID(text.strip())
    except ValueError:
        return False
    return True


def waiting_for_a_vote(actor: Actor) -> QuerySet[Matter]:
    """The matters that go on when they are put to the vote, or when a vote on them is announced, those that one may see; not the rows of
    another matter's paper."""
    waits = Q(pk__in=[])
    for table in registry.procedures():
        rows = [row for row in map(table.known_step, (PUT, FOLLOWS)) if row and follows(row)]
        if rows and not getattr(table.record, "row_of_a_paper", False):
            waits |= Q(procedure=table.key, state__in=[state.key for row in rows for state in row.sources])
    return visible(actor).filter(waits, closed_on=None).order_by("opened_on", "id")


def follows(row: Step) -> bool:
    """Whether the row is taken when a linked matter is put to the vote, or its vote announced."""
    return row.after is not None and row.after.whom == LINKED and bool({PUT, ANNOUNCED} & set(row.after.steps))


def listens(matter: UUID) -> bool:
    """Whether the matter's table has a row for it, and is in a state in which it may be taken."""
    found = Matter.objects.filter(pk=matter).first()
    row = found.table.known_step(FOLLOWS) if found else None
    return bool(found and row and follows(row) and found.state in {state.key for state in row.sources})


def may_be_put(subject: Matter) -> bool:
    """Whether a vote on it would reach what it is about: the matter is put with it, or every row of its paper waits for the vote."""
    row = subject.table.known_step(PUT)
    if row is not None and follows(row) and subject.state in {state.key for state in row.sources}:
        return True
    rows = read_options(paper_of(subject).get("options", ""))
    return all(listens(UUID(option["subject"])) for option in rows) if rows else True


def names_on(paper: dict[str, Any]) -> list[str]:
    """The names on a paper, without the matters they stand for."""
    return [option["label"] for option in read_options(paper.get("options", ""))]


def paper_of(subject: Matter | None) -> dict[str, Any]:
    """How a matter that is put to the vote stands on the paper, where its record knows: kind and options, and what else the form would ask.

    A record says it by a method ``on_the_ballot``, with the matters that are voted on one by one under ``matters``, and under ``way`` how secret the vote is at
    least; any other matter is one question.
    """
    record: Any = (
        subject.table.record.objects.filter(matter=subject).first() if subject and subject.table.record else None
    )
    said = dict(record.on_the_ballot()) if hasattr(record, "on_the_ballot") else {}
    if said:
        rows = [{"label": matter.title[:LONGEST_OPTION], "subject": str(matter.pk)} for matter in said.pop("matters")]
        said["options"] = "\n".join(map(written, rows))
    return said
