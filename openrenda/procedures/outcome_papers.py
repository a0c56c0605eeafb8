"""The outcome document of a dispute or petition (A20): without one nothing counts as defused. It must be attached to the matter first."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openrenda.docket.models import File
from openrenda.docket.situation import Situation

from .fields import Choose, Day, offer_rows
from .named_people import FreeOfNames


class OutcomeDocument(FreeOfNames):
    """Which of the attached documents says how it ended, and of which day."""

    document = Choose(label=_("结果文书"), help_text=_("先在本页“文件”处上传，再在这里选。"))
    document_name = forms.CharField(
        label=_("文书名称和文号"),
        max_length=200,
        help_text=_("例如：调解协议书、司法确认裁定、信访事项答复意见书及其文号。"),
    )
    document_on = Day(label=_("文书日期"))

    def prepare(self) -> None:
        """Offer what is attached to the matter."""
        pk = self.situation.matter.pk
        offer_rows(
            self, "document", lambda: File.objects.filter(matter=pk).order_by("-uploaded_at"), lambda row: row.name
        )

    def clean_document_on(self) -> Any:
        """No document of tomorrow."""
        day = self.cleaned_data["document_on"]
        if day > self.situation.today:
            raise forms.ValidationError(_("文书日期不能晚于今天。"))
        return day


def no_document(situation: Situation) -> str | None:
    """Nothing is attached that could be the document."""
    if File.objects.filter(matter=situation.matter.pk).exists():
        return None
    return gettext("没有结果文书，不能计为化解。请先在本页“文件”处上传调解协议书、答复意见书等。")


def keep_document(situation: Situation) -> None:
    """The document of the outcome."""
    data = situation.data
    situation.note(document_id=data["document"], document_name=data["document_name"], document_on=data["document_on"])
