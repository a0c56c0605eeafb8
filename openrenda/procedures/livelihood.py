"""The words of livelihood projects 民生实事项目 (F01 to F04), which rounds, proposals, projects and voices share: tiers, sources, offices, money.

Money is kept in fen, whole numbers, and read and printed in yuan with two places.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openrenda.docket.actor import Actor
from openrenda.docket.language import Office
from openrenda.docket.models import Matter
from openrenda.forms import Form
from openrenda.people.models import Congress, Organ
from openrenda.rulebook import Book
from openrenda.tenancy import TenantModel

from .fields import LongText
from .offices import ORGAN_SEATS

ROUND, PROPOSAL, PROJECT, VOICE = "livelihood-round", "livelihood-proposal", "livelihood-project", "livelihood-voice"
FEN_A_YUAN = 100

LEVELS = {
    "nation": _("全国"), "province": _("省级"), "city": _("市级"), "county": _("县级"), "township": _("乡镇级"),
}  # fmt: skip
RESIDENTS, OPINIONS, DEPUTIES, ORGANS = "residents", "opinions", "deputies", "organs"
SOURCES = {RESIDENTS: _("群众"), OPINIONS: _("群众意见"), DEPUTIES: _("代表"), ORGANS: _("部门、街道、乡镇")}

ORGANISER = Office(
    "organiser", "征集和组织实施的政府", "the government that collects and carries out",
    seats=("government_office", "street_reviewer"), relation=("organiser",),
)  # fmt: skip
RESPONSIBLE = Office(
    "responsible", "实施单位", "the organ that carries it out", seats=ORGAN_SEATS, relation=("responsible",)
)
SUPERVISOR = Office("supervisor", "督察代表", "the supervising deputies", seats=("deputy",), relation=("supervisor",))

CANDIDATE, ON_BALLOT, VOTED, UNDER_WAY = "candidate", "on_ballot", "voted", "under_way"
FINISHED, ACCEPTED, DONE = "finished", "accepted", "done"
RATED_IN = (ACCEPTED, DONE)


class OfVote(TenantModel):
    """Whose vote it is: the congress, its level, the year and the tier. Totals are told apart by all four."""

    year = models.PositiveSmallIntegerField("年度")
    tier = models.CharField("层次", max_length=20)
    level = models.CharField("层级", max_length=20)
    body = models.CharField("票决的人大", max_length=100)

    class Meta:
        abstract = True

    @property
    def level_words(self) -> str:
        """How high the congress stands that votes."""
        return str(LEVELS.get(self.level, self.level))

    def tier_words(self, book: Book) -> str:
        """What the tier is called."""
        return label_in(book, "option.livelihood_tiers", self.tier)


def body_of(actor: Actor) -> str:
    """The organ for which somebody acts, as everybody may read it; her office's name where it stands for none. One query."""
    name = (
        Organ.objects.filter(pk__in=actor.holders).order_by("position", "code").values_list("name", flat=True).first()
    )
    return str(name or actor.office_name or actor.name)[:200]


def rows_of(book: Book, option: str) -> list[dict[str, Any]]:
    """The rows of an option that lists keys with labels."""
    found: Any = book.option(option)
    return list(found)


def choices_of(book: Book, option: str) -> list[tuple[str, Any]]:
    """Keys with their words, in order."""
    return [(row["key"], gettext(row["label"])) for row in rows_of(book, option)]


def label_in(book: Book, option: str, key: str) -> str:
    """The words of a key; the key itself when the congress no longer has it."""
    return str(dict(choices_of(book, option)).get(key, key))


def is_voted(book: Book, tier: str) -> bool:
    """Whether deputies vote on projects of the tier; the small ones are settled without."""
    return any(row["key"] == tier and row["voted"] for row in rows_of(book, "option.livelihood_tiers"))


def bodies(congress: Any) -> QuerySet[Congress]:
    """The congresses whose votes are kept here: this one and those right below it."""
    return Congress.objects.filter(Q(pk=congress) | Q(parent=congress)).order_by("division_code")


def collecting(day: Any) -> QuerySet[Matter]:
    """The rounds that take proposals: from the day they open until the collection ends."""
    found = Matter.objects.filter(procedure=ROUND, state="collecting", livelihood_round__opens_on__lte=day)
    return found.order_by("-opened_on", "-id")


class Yuan(forms.DecimalField):
    """An amount in yuan, to the fen."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("min_value", Decimal("0.01"))
        kwargs.setdefault("help_text", _("单位：元，可以写到分。"))
        # A box for text takes amounts with commas, as they stand in papers.
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal"}))
        super().__init__(max_digits=15, decimal_places=2, **kwargs)

    def to_python(self, value: Any) -> Any:
        """Commas between thousands are read too."""
        return super().to_python(str(value).replace(",", "").replace("，", "") if value is not None else value)


def fen_of(yuan: Any) -> int:
    """The amount in fen.

    :raises ValueError: when it has parts of a fen.
    """
    fen = Decimal(str(yuan)) * FEN_A_YUAN
    if fen != fen.to_integral_value():
        raise ValueError(yuan)
    return int(fen)


def yuan_of(fen: int) -> str:
    """An amount as a form holds it: 1234.50."""
    return f"{Decimal(fen) / FEN_A_YUAN:.2f}"


def yuan_words(fen: int) -> str:
    """An amount as people read it: 1,234.50元."""
    return gettext("%(amount)s元") % {"amount": f"{Decimal(fen) / FEN_A_YUAN:,.2f}"}


def not_ahead(form: forms.Form, *names: str) -> None:
    """Nothing that has happened bears a day to come."""
    today = form.situation.today  # type: ignore[attr-defined]
    for name in names:
        day = form.cleaned_data.get(name)
        if day and day > today:
            form.add_error(name, ValidationError(_("日期不能晚于今天。")))


class Place(Form):
    """Where it is: in words, and on the map when somebody knows."""

    place = forms.CharField(label=_("地点"), max_length=200)
    latitude = forms.DecimalField(
        label=_("纬度"), max_digits=8, decimal_places=6, min_value=-90, max_value=90, required=False
    )
    longitude = forms.DecimalField(
        label=_("经度"), max_digits=9, decimal_places=6, min_value=-180, max_value=180, required=False
    )


def reason(label: Any) -> LongText:
    """A written reason."""
    return LongText(label=label, rows=3, max_length=2000)


def tiers(book: Book) -> list[tuple[str, Any]]:
    """The tiers of the congress, for lists."""
    return choices_of(book, "option.livelihood_tiers")


def levels(_book: Book) -> list[tuple[str, Any]]:
    """The levels of congresses, for lists."""
    return [(key, str(label)) for key, label in LEVELS.items()]


def sources(_book: Book) -> list[tuple[str, Any]]:
    """Where proposals come from, for lists."""
    return [(key, str(label)) for key, label in SOURCES.items()]
