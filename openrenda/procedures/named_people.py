"""Names that only a few may read (A20): parties to a dispute, petitioners. They are kept beside the ledger and never in it (decision 0010).

Whoever typed them reads them; the others who may, open them by an act with a reason, for that day. They go when the person asks,
and a time after the matter is over.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openrenda.docket.actor import Actor
from openrenda.docket.forms import StepForm
from openrenda.docket.models import Act, Matter
from openrenda.docket.situation import Situation
from openrenda.people.sealed import SealedTextField
from openrenda.tenancy import TenantFK, TenantModel

from .forgetting import forget_due, remove

NAMES, OPEN_NAMES = "names", "open_names"
SHORTEST_NAME = 2
SEPARATORS = "、，,；;/ \t"
FREE_OF_NAMES = _("不写姓名；姓名写在加密的那一栏。")


class SealedNames(TenantModel):
    """The names of one matter, encrypted. The row goes when it is asked for, or when its time is over (个人信息保护法第十九条、第四十七条)."""

    matter = TenantFK(Matter, models.CASCADE, related_name="sealed_names")
    names = SealedTextField("姓名")
    typed_by = models.UUIDField("填写账号", null=True)

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "matter"], name="sealed_names_matter")]


class WithNames(TenantModel):
    """A record that has such names."""

    has_names = models.BooleanField("留有姓名", default=False)

    class Meta:
        abstract = True

    def names_for(self, actor: Actor, acts: Any, today: date) -> str:
        """The names, for whoever typed them or has opened them today; what was opened is shut again the next day."""
        if not self.has_names:
            return ""
        row = SealedNames.objects.filter(matter=self.matter_id).first()  # type: ignore[attr-defined]
        if row is None or actor.account is None:
            return ""
        opened = any(
            made.step == OPEN_NAMES and made.account == actor.account and timezone.localdate(made.took_effect) == today
            for made in acts
        )
        return str(row.names) if opened or row.typed_by == actor.account else ""


class FreeOfNames(StepForm):
    """A form whose texts may not repeat the sealed names, since others read them."""

    def clean(self) -> dict[str, Any]:
        """Name the field in which a name stands."""
        cleaned = super().clean()
        names = names_in(cleaned.get(NAMES) or known_names(self.situation))
        for field, value in list(cleaned.items()):
            if field != NAMES and isinstance(value, str) and any(name in value for name in names):
                self.add_error(field, _("这一栏写有当事人的姓名。请改用“甲方”“来访人”等称呼。"))
        return cleaned


def names_in(text: str) -> list[str]:
    """The single names of what was typed into the sealed field."""
    for separator in SEPARATORS:
        text = text.replace(separator, "\n")
    return [name for line in text.splitlines() if len(name := line.strip()) >= SHORTEST_NAME]


def known_names(situation: Situation) -> str:
    """The names kept already."""
    if situation.new or not situation.record.has_names:
        return ""
    row = SealedNames.objects.filter(matter=situation.matter.pk).first()
    return str(row.names) if row else ""


def keep_names(situation: Situation, act: Act) -> None:
    """Take the names out of the act, which cannot forget, and keep them encrypted beside the matter."""
    names = act.data.pop(NAMES, "")
    if names:
        situation.add(SealedNames(names=names, typed_by=situation.actor.account))
        situation.note(has_names=True)


def forget_names(situation: Situation, act: Act) -> None:
    """They are removed, not marked."""
    remove(situation, SealedNames.objects.filter(matter=situation.matter.pk))
    situation.note(has_names=False)


def forget_names_of(congress: UUID, closed_before: date) -> int:
    """Remove the names of what closed before a day, each by an act that says so; how many were removed. Safe twice."""
    kept = SealedNames.objects.filter(matter__closed_on__lt=closed_before).values("matter")
    return forget_due(Matter.objects.filter(pk__in=kept), "forget_names", congress, {"reason": gettext("保存期满。")})


def no_names(situation: Situation) -> str | None:
    """There is nothing to open or to remove."""
    return None if situation.record.has_names else gettext("没有保存姓名，或者已经删除。")
