"""Preparing a vote: what, how, on whose behalf; and who withdraws."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openrenda.activities import bodies
from openrenda.activities.motion import Motion, read_options, written
from openrenda.ballots.opening import withdraw
from openrenda.docket.forms import StepForm
from openrenda.docket.models import Act, Matter
from openrenda.docket.situation import Situation
from openrenda.procedures.fields import LongText, offer_choices

from .records import latest_ballot


class Prepare(Motion):
    """A vote that is prepared by itself: which body votes, and whether it decides anything."""

    body = forms.ChoiceField(label=_("哪个会议表决"), choices=[(key, key) for key in bodies.BODIES])
    straw = forms.BooleanField(label=_("只是意向性投票，不作决定"), required=False)
    subject = forms.UUIDField(label=_("付表决的事项"), required=False, widget=forms.HiddenInput)
    sitting = forms.UUIDField(label=_("会议"), required=False, widget=forms.HiddenInput)
    field_order = (
        "title",
        "kind",
        "way",
        "body",
        "options",
        "places",
        "together",
        "removal",
        "straw",
        "subject",
        "sitting",
    )

    def prepare(self) -> None:
        """Offer the bodies; what was prepared before stands in place."""
        super().prepare()
        offer_choices(self, "body", bodies.choices())
        if not self.is_bound and not self.situation.new:
            record = self.situation.record
            names = ("kind", "way", "body", "places", "together", "removal", "straw")
            self.initial.update({name: getattr(record, name) for name in names})
            self.initial.update(
                {"title": self.situation.matter.title, "options": "\n".join(map(written, record.options))}
            )


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
