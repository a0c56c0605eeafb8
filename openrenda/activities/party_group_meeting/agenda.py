"""The agenda of a party-group meeting: study first, then items with who reports, who sits in, papers, and the matter that each is about."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openrenda.docket.forms import StepForm
from openrenda.docket.models import Act, File, Matter
from openrenda.docket.situation import Situation
from openrenda.procedures.fields import Choose, LongText, OneOf, offer_choices, offer_rows, one_paragraph

from .records import ITEM_KINDS, PartyGroupItem, PartyGroupPaper

# What the group deals with before the council of chairpersons, the committee or the congress does.
SUBJECTS = (
    "appointment", "resolution", "bill", "sitting", "chairpersons-meeting", "livelihood-round", "consultation", "report",
)  # fmt: skip
MOST_FILES = 100


class NewItem(StepForm):
    """One item of the agenda."""

    kind = forms.ChoiceField(
        label=_("类别"), choices=[(key, key) for key in ITEM_KINDS], help_text=_("学习自动排在最前面。")
    )
    title = forms.CharField(label=_("议题"), max_length=300, validators=[one_paragraph])
    reporter = forms.CharField(label=_("汇报人"), max_length=200, required=False)
    sitting_in = LongText(
        label=_("列席人员"),
        rows=2,
        max_length=2000,
        required=False,
        help_text=_("只列席这一项的，一行一人，写姓名和职务。"),
    )
    subject = Choose(label=_("所涉事项"), required=False, help_text=_("列席人员和党组以外的人看不到这一关联。"))
    text = LongText(label=_("说明"), rows=3, max_length=5000, required=False)

    def prepare(self) -> None:
        """Offer what is still open before the congress and its bodies, the newest first."""
        offer_choices(self, "kind", [(key, gettext(label)) for key, label in ITEM_KINDS.items()])
        offer_rows(self, "subject", open_subjects, _named)


class OneItem(StepForm):
    """One of the items."""

    item = OneOf(label=_("议题"))
    undecided = False

    def prepare(self) -> None:
        """Offer the items in their order."""
        rows = items(self.situation, undecided=self.undecided)
        offer_choices(self, "item", [(str(row.pk), row.title) for row in rows])


class NewPaper(OneItem):
    """A file that was uploaded to the meeting, and the item it belongs to."""

    file = OneOf(label=_("文件"), help_text=_("先在本页“文件”一栏上传，再在这里选。"))
    name = forms.CharField(label=_("材料名称"), max_length=200, required=False, help_text=_("不写的用文件名。"))

    def prepare(self) -> None:
        """Offer the files that belong to no item yet."""
        super().prepare()
        offer_choices(self, "file", [(str(row.pk), row.name) for row in free_files(self.situation)[:MOST_FILES]])


def _named(matter: Any) -> str:
    return f"{matter.number} {matter.title}".strip()


def open_subjects() -> Any:
    """What may be on the agenda."""
    found = Matter.objects.filter(procedure__in=SUBJECTS, closed_on=None, confidential=False)
    return found.order_by("-opened_on", "-id")


def free_files(situation: Situation) -> Any:
    """The files of the meeting that belong to no item, newest first."""
    used = [row.file_id for row in situation.rows(PartyGroupPaper)] if not situation.new else []
    found = File.objects.filter(matter=situation.matter.pk).exclude(pk__in=used)
    return found.order_by("-uploaded_at", "-id")


def items(situation: Situation, *, undecided: bool = False) -> list[PartyGroupItem]:
    """The items, study in front (M03)."""
    rows = situation.rows(PartyGroupItem) if not situation.new else []
    return sorted((row for row in rows if not (undecided and row.outcome)), key=lambda row: row.order)


def item_of(situation: Situation) -> PartyGroupItem:
    """The item that a form named."""
    return next(row for row in items(situation) if str(row.pk) == situation.data["item"])


def add_item(situation: Situation, act: Act) -> None:
    """Put it on the agenda."""
    data = situation.data
    last = max((row.position for row in situation.rows(PartyGroupItem)), default=0)
    subject = Matter.objects.get(pk=data["subject"]) if data.get("subject") else None
    fields = {name: data.get(name, "") for name in ("reporter", "sitting_in", "text")}
    fields |= {"subject_name": _named(subject)} if subject else {}
    row = PartyGroupItem(position=last + 1, kind=data["kind"], title=data["title"], subject=subject, **fields)
    situation.add(row)


def drop_item(situation: Situation, act: Act) -> None:
    """Take it off; what it was stays in the acts."""
    row = item_of(situation)
    act.data["title"] = row.title
    gone = PartyGroupItem.objects.filter(pk=row.pk)
    situation.after_write.append(lambda: _drop(gone))


def _drop(rows: Any) -> None:
    rows.delete()


def add_paper(situation: Situation, act: Act) -> None:
    """The file belongs to the item."""
    file = File.objects.get(pk=situation.data["file"])
    name = situation.data.get("name") or file.name
    situation.add(PartyGroupPaper(item=item_of(situation), file=file, name=name[:200]))


def no_items(situation: Situation) -> str | None:
    """A meeting deals with something."""
    return None if items(situation) else gettext("还没有议题，请先列入议题。")


def nothing_uploaded(situation: Situation) -> str | None:
    """There is a file that belongs to no item."""
    return None if free_files(situation).exists() else gettext("请先在“文件”一栏上传材料，再登记。")
