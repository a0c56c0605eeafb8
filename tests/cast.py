"""The cast: one small invented congress that every test of a procedure may use. Names are fictional."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from openrenda.docket.actor import Actor
from openrenda.people.actors import stands_for
from openrenda.people.models import (
    Account,
    Category,
    Congress,
    District,
    Mandate,
    Membership,
    Organ,
    Person,
    Seat,
    Session,
    Term,
)
from openrenda.tenancy import congress_scope

BEGAN = datetime.date(2022, 1, 10)
STAFF = {
    "office": ("deputy_office", "committee"),
    "government": ("government_office", "cabinet"),
    "street": ("street_reviewer", "street"),
    "roads_office": ("organ_office", "roads"),
    "roads_clerk": ("organ_clerk", "roads"),
    "roads_head": ("organ_head", "roads"),
    "roads_chief": ("organ_chief", "roads"),
    "parks_office": ("organ_office", "parks"),
    "parks_clerk": ("organ_clerk", "parks"),
    "parks_head": ("organ_head", "parks"),
    "parks_chief": ("organ_chief", "parks"),
    "leader": ("leader", "committee"),
    "auditor": ("audit_admin", "committee"),
    "registrar": ("system_admin", "committee"),
}
DEPUTIES = {"chen": "陈一鸣", "lin": "林翀", "ouyang": "欧阳玥", "zhou": "周䶮"}


@dataclass
class Cast:
    """Everybody, by the name tests call them."""

    congress: Congress
    organs: dict[str, Organ] = field(default_factory=dict)
    mandates: dict[str, Mandate] = field(default_factory=dict)
    seats: dict[str, Seat] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)
    category: Category | None = None

    def __getitem__(self, who: str) -> Actor:
        return self.actors[who]


def assemble(code: str = "990101", *, name: str = "试验区", street: bool = True) -> Cast:
    """Make the congress and its people. Call it once a test class or module; it costs some forty rows."""
    congress = Congress.objects.create(
        division_code=code, name=f"{name}人民代表大会", short_name=f"{name}人大", level="county", fictional=True
    )
    cast = Cast(congress)
    with congress_scope(congress):
        _organs(cast)
        _deputies(cast, street)
        _staff(cast)
        cast.category = Category.objects.create(code="01", name="城市交通")
    return cast


def _organs(cast: Cast) -> None:
    kinds = {
        "committee": ("congress_office", "代表工作委员会"),
        "cabinet": ("government", "区人民政府办公室"),
        "street": ("street", "青石街道"),
        "roads": ("department", "区交通运输局"),
        "parks": ("department", "区园林局"),
    }
    for code, (kind, name) in kinds.items():
        cast.organs[code] = Organ.objects.create(code=code, name=name, kind=kind, since=BEGAN)
    for code in ("roads", "parks"):
        cast.organs[code].supervisor = cast.organs["cabinet"]
        cast.organs[code].save()


def _deputies(cast: Cast, street: bool) -> None:
    term = Term.objects.create(number=5, since=BEGAN, until=datetime.date(2031, 12, 31))
    Session.objects.create(term=term, number=1, since=BEGAN, until=BEGAN + datetime.timedelta(days=4))
    district = District.objects.create(
        term=term, number=1, name="第一选区", street=cast.organs["street"] if street else None, quota=8
    )
    for who, name in DEPUTIES.items():
        person = Person.objects.create(name=name, birth_year=1975)
        mandate = Mandate.objects.create(person=person, term=term, district=district, since=BEGAN, card_number=who)
        cast.mandates[who] = mandate
        _sit(cast, who, "deputy", "mandate", mandate.pk, name)


def _staff(cast: Cast) -> None:
    for who, (key, organ) in STAFF.items():
        _sit(cast, who, key, "organ", cast.organs[organ].pk, f"{cast.organs[organ].name}工作人员{who}")


def _sit(cast: Cast, who: str, key: str, kind: str, holder: UUID, name: str) -> None:
    account = Account.objects.create(
        login=f"{cast.congress.division_code}-{who}", name=name, must_change_password=False
    )
    Membership.objects.create(account=account, congress=cast.congress)
    seat = Seat.objects.create(account=account, key=key, holder_kind=kind, holder=holder, since=BEGAN)
    cast.seats[who] = seat
    cast.actors[who] = Actor(
        account=account.pk, congress=cast.congress.pk, seat=key, holders=frozenset(stands_for(seat)), name=name,
        office_name=name, fresh=True,
    )  # fmt: skip


def draft(**changes: Any) -> dict[str, Any]:
    """What a deputy types into a new suggestion."""
    typed = {
        "title": "关于改善学府路早高峰通行的建议",
        "background": "学府路小学门前早高峰拥堵，家长接送车辆占用非机动车道。",
        "analysis": "缺少临时停靠区，信号配时不合理。",
        "proposals": "一、在校门东侧设临时停靠区。二、调整信号配时。",
        "willing_to_meet": "on", "first_raised": "on", "consent_public": "on",
    }  # fmt: skip
    return {**typed, **changes}


SUBMIT = {
    "one_matter": "on",
    **{
        f"not_{key}": "on"
        for key in ("personal", "case", "letter", "academic", "promotion", "complaint", "tender", "empty")
    },
}
REVIEW = dict.fromkeys(("compliant", "single", "feasible", "political_gate", "legal_gate", "quality_gate"), "yes")
CONTACT = {"way": "visit", "people": "代表、副局长", "summary": "到校门口现场察看，代表同意方案。"}
REPLY = {"result_class": "A", "done": "已设置临时停靠区并调整配时。", "disclosure": "public"}
PROMISED_BY = datetime.date(2099, 12, 31)
PROMISE = {"promise_1": "增设过街信号灯", "promise_1_who": "设施科", "promise_1_by": PROMISED_BY.isoformat()}
