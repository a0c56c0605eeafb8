"""The papers of a sitting: what is to come by which day, what came, chasing, sending, and who may read what (ORG-26, SUP-05)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openrenda.docket.actor import Actor
from openrenda.docket.forms import StepForm
from openrenda.docket.models import Act, File, Matter
from openrenda.docket.situation import Situation
from openrenda.documents.intake import KINDS, BadFile
from openrenda.documents.marked_pages import check_font, measured
from openrenda.procedures.fields import OneOf, offer_choices

from .. import sharing
from ..hall import DRAFT, OBSERVES, OPEN, OTHER, PAPERS, RECESS, Attendance, Paper, PaperReading
from ..quorum import in_the_hall
from .agenda import expect, sitting_row

STAFF = ("deputy_office",)
RULES = {OTHER: "ORG-26.papers"}
NONE_OF_THEM = ""
# What a page shows with the reader's name across it; nothing else can be confidential.
SHOWN_IN_CONFIDENCE = tuple(KINDS[kind] for kind in ("docx", "txt", "pdf", "png", "jpeg"))
READING_LASTS = timedelta(hours=1)


class Expect(StepForm):
    """One more paper that is to come."""

    kind = forms.ChoiceField(label=_("类别"), choices=[(key, key) for key in PAPERS])
    title = forms.CharField(label=_("材料名称"), max_length=200)
    item = forms.ChoiceField(label=_("议题"), required=False)

    def prepare(self) -> None:
        """Offer the items."""
        offer_choices(self, "kind", [(key, gettext(label)) for key, label in PAPERS.items()])
        offer_items(self)


class Register(StepForm):
    """A paper that came: one that was waited for, or another one; its file was uploaded to this matter before."""

    paper = forms.ChoiceField(label=_("是哪份应交的材料"), required=False)
    title = forms.CharField(
        label=_("材料名称"), max_length=200, required=False, help_text=_("不在应交材料里的，写明名称。")
    )
    item = forms.ChoiceField(label=_("议题"), required=False)
    file = OneOf(label=_("文件"), help_text=_("先在本页“文件”一栏上传，再在这里选。"))
    confidential = forms.BooleanField(
        label=_("保密材料"),
        required=False,
        help_text=_("只在开会时由在场人员阅读，页面带阅读人姓名，每次打开都有记录。"),
    )

    def prepare(self) -> None:
        """Offer what is waited for, and the files that are no paper yet."""
        rows = self.situation.rows(Paper) if not self.situation.new else []
        waiting = [(str(row.pk), row.title) for row in rows if row.received_on is None]
        offer_choices(self, "paper", [(NONE_OF_THEM, "—"), *waiting])
        offer_items(self)
        used = [row.file_id for row in rows if row.file_id]
        files = (
            File.objects.filter(matter=self.situation.matter.pk).exclude(pk__in=used).order_by("-uploaded_at", "-id")
        )
        offer_choices(self, "file", [(str(row.pk), row.name) for row in files[:100]])

    def clean(self) -> dict[str, Any]:
        """It has a name, and what is confidential can be shown on a page."""
        cleaned = super().clean()
        if not cleaned.get("paper") and not cleaned.get("title"):
            self.add_error("title", _("请选出应交的材料，或者写明材料名称。"))
        if cleaned.get("confidential") and cleaned.get("file"):
            file = File.objects.get(pk=cleaned["file"])
            path = settings.FILES_ROOT / file.path
            refusal = not_shown(file.media_type, path.read_bytes() if path.is_file() else b"")
            if refusal:
                self.add_error("file", refusal)
        return cleaned


def not_shown(media_type: str, content: bytes) -> str:
    """Why a file cannot be shown on a page with the reader's name across it; nothing when it can."""
    if media_type not in SHOWN_IN_CONFIDENCE:
        return gettext("保密材料请用 PDF、Word（.docx）、文本或者图片：这几种在页面上带姓名显示，不发出文件。")
    try:
        if media_type == KINDS["pdf"]:
            measured(content)
        elif media_type.startswith("image/"):
            check_font()
    except BadFile as refusal:
        return refusal.sentence
    return ""


def offer_items(form: StepForm) -> None:
    """Any item of the agenda, or none."""
    rows = sharing.items(form.situation)
    offer_choices(form, "item", [(NONE_OF_THEM, "—"), *((str(row.pk), row.title) for row in rows)])


def expected(situation: Situation, act: Act) -> None:
    """Wait for it."""
    data = situation.data
    item = next((row for row in sharing.items(situation) if str(row.pk) == data.get("item")), None)
    expect(situation, item, data["kind"], "ORG-26.papers", data["title"])


def register(situation: Situation, act: Act) -> None:
    """It came."""
    data = situation.data
    paper = next((row for row in situation.rows(Paper) if str(row.pk) == data.get("paper")), None)
    file = File.objects.get(pk=data["file"])
    fields = {"file": file, "received_on": situation.today, "confidential": bool(data.get("confidential"))}
    if paper:
        situation.change(paper, **fields)
        return
    item = next((row for row in sharing.items(situation) if str(row.pk) == data.get("item")), None)
    situation.add(Paper(kind=OTHER, title=data["title"], item=item, organ=item.organ if item else None, **fields))


def missing(situation: Situation) -> list[Paper]:
    """What did not come yet, the most pressing first."""
    rows = [row for row in situation.rows(Paper) if row.received_on is None]
    return sorted(rows, key=lambda row: (row.due_on or timezone.localdate(), row.pk))


def chase(situation: Situation, act: Act) -> None:
    """The organs that owe a paper; they are told and find the sitting among their own."""
    situation.end_party("owes")
    for paper in missing(situation):
        if paper.organ_id:
            situation.add_party("owes", paper.organ_id, paper.organ.name)  # type: ignore[union-attr]


def nothing_missing(situation: Situation) -> str | None:
    """Some paper of an organ did not come."""
    if any(row.organ_id for row in missing(situation)):
        return None
    return gettext("没有单位欠交的材料。")


def nothing_to_send(situation: Situation) -> str | None:
    """There is a paper."""
    if any(row.received_on for row in situation.rows(Paper)):
        return None
    return gettext("还没有收到材料，请先登记收到的材料。")


def nothing_uploaded(situation: Situation) -> str | None:
    """There is a file that is no paper yet."""
    used = [row.file_id for row in situation.rows(Paper) if row.file_id]
    if File.objects.filter(matter=situation.matter.pk).exclude(pk__in=used).exists():
        return None
    return gettext("请先在“文件”一栏上传材料，再登记。")


def send(situation: Situation, act: Act) -> None:
    """From now on those who take part may read them."""
    situation.change(sitting_row(situation), papers_on=situation.today)


def may_read(paper: Paper, sitting: Matter, sent: bool, actor: Actor) -> str:
    """Why somebody may not read a paper; nothing when she may.

    Whoever keeps the sitting reads everything. Others read once the papers were sent; citizens who observe read none. What is
    confidential is read in the hall while the sitting is open, and by nobody afterwards.
    """
    if paper.file_id is None:
        return gettext("材料还没有收到。")
    if actor.seat in STAFF:
        return ""
    place = (
        Attendance.objects.filter(
            sitting=sitting, matter__parties__holder__in=sorted(actor.holders), matter__parties__until=None
        )
        .select_related("matter")
        .first()
    )
    if place is None or place.right == OBSERVES or place.matter.state in ("wished", "not_chosen", "cancelled"):
        return gettext("只有参加会议并且有发言权的人员阅读会议材料。")
    if paper.kind == DRAFT:
        return gettext("征求意见稿只供征求意见，不发给参会人员。")
    if not sent:
        return gettext("材料还没有发出。")
    if paper.confidential and (sitting.state not in (OPEN, RECESS) or not _in_the_hall(place)):
        return gettext("保密材料只在开会时由在场人员阅读。")
    return ""


def _in_the_hall(place: Attendance) -> bool:
    return Attendance.objects.filter(in_the_hall(), pk=place.pk).exists()


def note_reading(paper: Paper, actor: Actor) -> None:
    """Keep that a confidential paper was opened, and by whom."""
    assert actor.account is not None
    PaperReading.objects.create(
        matter_id=paper.matter_id, paper=paper, account=actor.account, name=actor.name[:100], read_at=timezone.now()
    )


def note_page(paper: Paper, actor: Actor) -> None:
    """A page by itself belongs to an opening that is noted; whoever asks for one without is noted now."""
    assert actor.account is not None
    since = timezone.now() - READING_LASTS
    rows = PaperReading.objects.filter(matter_id=paper.matter_id, read_at__gte=since)
    if not rows.filter(paper=paper, account=actor.account).exists():
        note_reading(paper, actor)
