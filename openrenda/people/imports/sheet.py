"""A sheet: its columns, how a row is written, and how the register is read back for export."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from django.utils import timezone
from django.utils.translation import gettext as _

from openrenda.documents.cells import Cell
from openrenda.people.imports.cells import Reader
from openrenda.people.models import (
    Account,
    Category,
    Community,
    District,
    Grid,
    Group,
    Mandate,
    Organ,
    Person,
    Station,
    Term,
)
from openrenda.people.offices import SYSTEM_ADMIN
from openrenda.people.refusals import Refused

Action = Literal["added", "changed", "same"]
Values = dict[str, Any]
CLEAR = "（空）"


@dataclass(frozen=True)
class Column:
    """One column. ``key`` is where its value goes; ``kind`` tells the template how to format it.

    ``cleared`` is what a cell that asks for clearing puts there, for columns that hold no text.
    A ``rare`` one is not shown in the list on the page until it is chosen.
    """

    name: str
    key: str
    read: Reader
    required: bool = False
    note: str = ""
    choices: tuple[str, ...] = ()
    kind: str = "text"
    cleared: Any = None
    rare: bool = False

    @property
    def words(self) -> str:
        """The name in the language now spoken; files are headed by the name itself."""
        return _(self.name)


@dataclass
class Register:
    """What rows refer to, asked for once a run: organs by code, terms by number, persons by name."""

    by: Account | None = None
    direct: bool = False
    _found: dict[tuple[Any, ...], Any] = field(default_factory=dict)

    def organ(self, code: str | None) -> Organ | None:
        """The organ of that code; none when no code is given."""
        return self._one(Organ, _("机构表中没有代码为“%(value)s”的机构，请先导入机构或者核对代码。"), code=code)

    def category(self, code: str | None) -> Category | None:
        """The category of that code."""
        return self._one(Category, _("类别表中没有代码为“%(value)s”的类别，请把上级类别写在前面的行。"), code=code)

    def term(self, number: int) -> Term:
        """The term of that number."""
        return self._one(Term, _("系统里没有第 %(value)s 届，请先在系统中设立这一届。"), number=number)  # type: ignore[return-value]

    def district(self, term: Term, number: int | None) -> District | None:
        """The district of that number in the term."""
        return self._one(District, _("选区表中没有第 %(value)s 选区，请先导入选区。"), term=term, number=number)

    def group(self, kind: str, name: str | None, day: datetime.date | None = None) -> Group | None:
        """The group of that kind and name; the one of the day when names were used twice."""
        if not name:
            return None
        found = list(Group.objects.filter(kind=kind, name=name).order_by("-since"))
        if not found:
            raise Refused(_("没有名称为“%(name)s”的代表团或者小组，请先导入代表小组。") % {"name": name})
        return next((group for group in found if group.holds(day)), found[0])

    def station(self, number: str | None) -> Station | None:
        """The station of that number."""
        return self._one(Station, _("站点表中没有编号为“%(value)s”的站点，请先导入站点或者核对编号。"), number=number)

    def community(self, code: str | None) -> Community | None:
        """The community or village of that code."""
        return self._one(Community, _("社区表中没有代码为“%(value)s”的社区、村，请先导入社区或者核对代码。"), code=code)

    def grid(self, number: str | None) -> Grid | None:
        """The grid of that number."""
        return self._one(Grid, _("网格表中没有编号为“%(value)s”的网格，请先导入网格或者核对编号。"), number=number)

    def person(self, name: str, birth_year: int | None) -> Person:
        """The one person of that name, told apart by year of birth."""
        people = list(Person.objects.filter(name=name).order_by("id"))
        matching = [person for person in people if birth_year is None or person.birth_year in (birth_year, None)]
        if len(matching) > 1 and birth_year is not None:
            matching = [person for person in matching if person.birth_year == birth_year] or matching
        if not matching:
            raise Refused(_("人员表中没有“%(name)s”，请先导入人员，或者核对姓名和出生年份。") % {"name": name})
        if len(matching) > 1:
            raise Refused(
                _("人员表中有 %(count)s 位“%(name)s”，请填写出生年份以便区分。")
                % {"count": len(matching), "name": name}
            )
        return matching[0]

    def mandate(self, name: str, birth_year: int | None, day: datetime.date) -> Mandate:
        """Whose place in a station or grid it is: a deputy's of this congress, or a guest's, on the day."""
        person = self.person(name, birth_year)
        rows = Mandate.everyone.on(day).filter(person=person)
        found: Mandate | None = rows.order_by("level", "-since").first()
        if found is None:
            raise Refused(_("“%(name)s”在 %(day)s 不是代表，请核对日期。") % {"name": person.name, "day": day})
        return found

    def _one(self, model: Any, sentence: str, **lookup: Any) -> Any:
        value = list(lookup.values())[-1]
        if value in (None, ""):
            return None
        key = (model, *lookup.values())
        if key not in self._found:
            found = model.objects.filter(**lookup).first()
            if found is None:
                raise Refused(sentence % {"value": value})
            self._found[key] = found
        return self._found[key]


@dataclass(frozen=True)
class Sheet:
    """One register as a spreadsheet. ``identity`` are the keys of the columns that tell one row from another.

    ``keepers`` are the seats that keep the register.
    """

    key: str
    title: str
    columns: Sequence[Column]
    identity: tuple[str, ...]
    write: Callable[[Values, Register], Action]
    rows: Callable[[], Iterable[Sequence[Cell]]]
    examples: Sequence[Sequence[Cell]] = ()
    notes: Sequence[str] = ()
    keepers: tuple[str, ...] = (SYSTEM_ADMIN,)

    @property
    def words(self) -> str:
        """The title in the language now spoken."""
        return _(self.title)

    @property
    def headers(self) -> list[str]:
        """The names of the columns, in order."""
        return [column.name for column in self.columns]


def upsert(model: Any, found: Any, values: Mapping[str, Any]) -> tuple[Any, Action]:
    """Makes the row, or changes what differs; says which."""
    if found is None:
        return model.objects.create(**values), "added"
    different = [key for key, value in values.items() if getattr(found, key) != value]
    for key in different:
        setattr(found, key, values[key])
    if different:
        found.save()
        return found, "changed"
    return found, "same"


def given(values: Values, *keys: str) -> Values:
    """The values of these keys that the row gives; a blank cell gives none and so changes nothing."""
    return {key: values[key] for key in keys if key in values}


def today() -> datetime.date:
    """The legal day."""
    return timezone.localdate()
