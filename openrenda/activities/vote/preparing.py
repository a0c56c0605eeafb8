"""Preparing a vote: what, how, on whose behalf; and who withdraws."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openrenda.activities import bodies
from openrenda.ballots.models import WAYS
from openrenda.ballots.opening import withdraw
from openrenda.docket.forms import StepForm
from openrenda.docket.models import Act, Matter
from openrenda.docket.situation import Situation
from openrenda.procedures.fields import LongText, offer_choices

from .records import KINDS, SECRET_WAYS, latest_ballot

SEPARATOR, MOST_OPTIONS, LONGEST_OPTION = "|", 200, 100


class Prepare(StepForm):
    """What is put to the vote. The options are lines; a line may end in the id of the matter that it stands for."""

    title = forms.CharField(label=_("表决事项"), max_length=300)
    kind = forms.ChoiceField(label=_("表决种类"), choices=[(key, key) for key in KINDS])
    way = forms.ChoiceField(label=_("表决方式"), choices=WAYS)
    body = forms.ChoiceField(label=_("哪个会议表决"), choices=[(key, key) for key in bodies.BODIES])
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
    straw = forms.BooleanField(label=_("只是意向性投票，不作决定"), required=False)
    subject = forms.UUIDField(required=False, widget=forms.HiddenInput)
    sitting = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def prepare(self) -> None:
        """Offer kinds and bodies; what was prepared before stands in place."""
        offer_choices(self, "kind", [(key, gettext(label)) for key, label in KINDS.items()])
        offer_choices(self, "body", bodies.choices())
        if not self.is_bound and not self.situation.new:
            record = self.situation.record
            names = ("kind", "way", "body", "places", "together", "removal", "straw")
            self.initial.update({name: getattr(record, name) for name in names})
            self.initial.update(
                {"title": self.situation.matter.title, "options": "\n".join(map(written, record.options))}
            )

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


def prepare(situation: Situation, act: Act) -> None:
    """Keep it; a vote of a sitting leads back to the sitting and to what it is about."""
    data = situation.data
    rows = read_options(data.get("options", "")) or [{"label": data["title"]}]
    situation.matter.title = data["title"]
    situation.note(
        kind=data["kind"], way=data["way"], body=data["body"], options=rows, places=data.get("places") or 1,
        **{name: bool(data.get(name)) for name in ("together", "removal", "straw")},
    )  # fmt: skip
    for name, kind in (("sitting", "votes_on"), ("subject", "decides_on")):
        origin = Matter.objects.filter(pk=data[name]).first() if data.get(name) else None
        if origin is None:
            continue
        situation.note(**{name: origin})
        if all(link.origin_id != origin.pk for link in situation.new_links):
            situation.link(origin, kind)


class WithdrawOption(StepForm):
    """Whose name, project or report is withdrawn, and why."""

    option = forms.ChoiceField(label=_("退出的人选、项目"))
    reason = LongText(label=_("理由"), rows=2, max_length=2000)

    def prepare(self) -> None:
        """Offer those that stand."""
        gone = {option["label"] for option in self.situation.record.options if option.get("withdrawn")}
        labels = [label for label in self.situation.record.labels if label not in gone]
        offer_choices(self, "option", [(label, label) for label in labels])


def only_one(situation: Situation) -> str | None:
    """A single option does not withdraw: the vote is cancelled or voided; names voted on together are one."""
    standing = [option for option in situation.record.options if not option.get("withdrawn")]
    if len(standing) < 2 or situation.record.together:
        return gettext("只有一项付表决的，不能退出其中一项；请取消或者作废这次表决。")
    return None


def withdraw_option(situation: Situation, act: Act) -> None:
    """Before the vote the name is not on the paper; afterwards its marks are not counted."""
    record, label = situation.record, situation.data["option"]
    if situation.state.key != "open":
        situation.note(options=[option for option in record.options if option["label"] != label])
        return
    row = record.labels.index(label)
    marked = [{**option, "withdrawn": True} if option["label"] == label else option for option in record.options]
    situation.note(options=marked)
    ballot = latest_ballot(situation.matter.pk)
    if ballot:
        situation.after_write.append(lambda: withdraw(ballot, row))
