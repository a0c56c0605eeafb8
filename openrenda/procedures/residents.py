"""What procedures share that a resident begins without an account: number and link, her name and telephone, and the words she used.

Name and telephone lie in a table of their own, encrypted, and never in the ledger, which cannot forget (个人信息保护法第十九条、第四十七条).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openrenda import tickets
from openrenda.docket.actor import Actor
from openrenda.docket.language import THE_PUBLIC, Office
from openrenda.docket.models import Act, Matter
from openrenda.docket.situation import Situation
from openrenda.people.sealed import SealedTextField
from openrenda.tenancy import TenantFK, TenantModel

from .forgetting import forget_due, remove

LONGEST_TEXT = 3000
TITLE_CHARACTERS = 40
SENTENCE_ENDS = "。！？!?\n"
CONTACT = ("name", "phone")
MOBILE, MOBILE_DIGITS = re.compile("1[3-9]"), 11
PHONE = re.compile(r"[0-9+][0-9 \-]{5,19}")
RESIDENT = Office("resident", "提出人", "the resident who said it", seats=THE_PUBLIC.seats, relation=("resident",))


def telephone(value: str) -> None:
    """Refuse what cannot be dialled: of a mobile number a digit is easily missed."""
    if not PHONE.fullmatch(value):
        raise ValidationError(_("请填能打通的电话号码，只用数字。"))
    digits = re.sub(r"[ +-]", "", value).removeprefix("86")
    if MOBILE.match(digits) and len(digits) != MOBILE_DIGITS:
        raise ValidationError(
            _("手机号是%(right)s位，这里是%(count)s位，请核对。"), params={"right": MOBILE_DIGITS, "count": len(digits)}
        )


def title_of(data: dict[str, Any]) -> str:
    """The first sentence, as long as a title may be."""
    text = str(data.get("text", "")).strip()
    end = min((at for at in (text.find(mark) for mark in SENTENCE_ENDS) if at > 0), default=len(text))
    return text[: min(end, TITLE_CHARACTERS)]


def text_digest(text: str) -> str:
    """By which the same words are known again, whatever the blanks and points between them."""
    return hashlib.sha256("".join(letter for letter in text if letter.isalnum()).encode()).hexdigest()


def choices(words: dict[str, Any]) -> list[tuple[str, Any]]:
    """Keys with their words, in order."""
    return list(words.items())


def said(words: dict[str, Any], key: str) -> str:
    """The words of a key; the key itself when it is no longer known."""
    return str(words.get(key, key)) if key else gettext("未填")


class Ticketed(TenantModel):
    """The record of something that is asked after with a number and a link. Their digests are all that is kept of them."""

    number_digest = models.CharField("查询号摘要", max_length=64, editable=False)
    link_digest = models.CharField("链接摘要", max_length=64, editable=False)
    has_contact = models.BooleanField("留有联系方式", default=False)
    entered_by = models.UUIDField("登记账号", null=True)

    class Meta:
        abstract = True

    matter: Any

    @property
    def contact(self) -> OpinionContact | None:
        """The name and telephone, when they were given and are still kept."""
        return OpinionContact.objects.filter(matter_id=self.matter.pk).first() if self.has_contact else None

    def opened_for(self, actor: Actor, acts: Iterable[Act], today: date) -> OpinionContact | None:
        """The contact for somebody who has opened it today; what was opened is shut again the next day."""
        opened = any(
            made.step == "open_contact" and made.account is not None and made.account == actor.account
            and timezone.localdate(made.took_effect) == today
            for made in acts
        )  # fmt: skip
        return self.contact if opened else None

    def slip_for(self, actor: Actor, today: date) -> str:
        """The query number for whoever entered it, on the day of entry: it is written on the slip and never shown again."""
        mine = self.entered_by is not None and self.entered_by == actor.account and self.matter.opened_on == today
        return tickets.in_groups(tickets.number_of(self.matter.pk)) if mine else ""


class OpinionContact(TenantModel):
    """Name and telephone of whoever gave them, encrypted. The row goes when she asks for it, or when its time is over (个人信息保护法
    第十九条、第四十七条): the ledger, which forgets nothing, never holds them."""

    matter = TenantFK(Matter, models.CASCADE, related_name="opinion_contact")
    name = SealedTextField("姓名", blank=True)
    phone = SealedTextField("电话", blank=True)

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["congress", "matter"], name="opinion_contact_matter")]


def note_tickets(situation: Situation) -> None:
    """What is kept of the number and the link that she is handed."""
    pk = situation.matter.pk
    situation.note(number_digest=tickets.digest(tickets.number_of(pk)), link_digest=tickets.digest(tickets.link_of(pk)))


def seal_contact(situation: Situation, data: dict[str, Any]) -> None:
    """Name and telephone never enter the act, which cannot forget."""
    given = {name: data.pop(name, "") for name in CONTACT}
    if any(given.values()):
        situation.add(OpinionContact(**given))
        situation.note(has_contact=True)


def forget(situation: Situation, act: Act) -> None:
    """Name and telephone are removed, not marked."""
    remove(situation, OpinionContact.objects.filter(matter_id=situation.matter.pk))
    situation.note(has_contact=False)


def forget_contacts(congress: UUID, closed_before: date) -> int:
    """Forget the contacts of whatever closed before a day, each by an act that says so; how many were forgotten. Safe twice."""
    kept = OpinionContact.objects.filter(matter__closed_on__lt=closed_before).values("matter")
    return forget_due(Matter.objects.filter(pk__in=kept), "forget_contact", congress)


def no_contact(situation: Situation) -> str | None:
    """There is a name or telephone to open or to forget."""
    return None if situation.record.has_contact else gettext("没有留姓名和电话，或者已经删除。")
