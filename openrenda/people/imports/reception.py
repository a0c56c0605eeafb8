"""The sheet of who receives residents when: reception days of stations and rotas of points (A07, A12, A17)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from openrenda.documents.cells import Cell
from openrenda.languages import in_chinese
from openrenda.people.imports import cells
from openrenda.people.imports.sheet import Action, Column, Register, Sheet, Values, given, upsert
from openrenda.people.models import Mandate, ReceptionDeputy, ReceptionHours
from openrenda.people.models.reception_hours import MANNER_LABELS, MOBILE, WEEKDAY_LABELS
from openrenda.people.offices import STATION_KEEPERS
from openrenda.people.reception import put_on_duty
from openrenda.people.refusals import Refused

_RHYTHM = ("day", "weekday", "month_day")
_WEEKDAYS = {str(number): label for number, label in WEEKDAY_LABELS.items()}


def _weekday(value: Cell) -> int:
    return int(cells.choice(_WEEKDAYS)(value))


def _write_hours(values: Values, register: Register) -> Action:
    if sum(bool(values.get(name)) for name in _RHYTHM) != 1:
        raise Refused(_("“日期”“每周”“每月几日”须填一项，并且只填一项。"))
    if values.get("manner") == MOBILE and not values.get("place"):
        raise Refused(_("移动接待须填写“地点”。"))
    if values["ends"] <= values["begins"]:
        raise Refused(_("“结束时间”须晚于“开始时间”。"))
    key: dict[str, Any] = {
        "station": register.station(values["station"]),
        "begins": values["begins"],
        "since": values["since"],
    }
    key |= {name: values.get(name) or None for name in _RHYTHM}
    found = ReceptionHours.objects.filter(**key).first()
    columns = given(values, "ends", "manner", "place", "topic", "until")
    hours, action = upsert(ReceptionHours, found, columns if found else key | columns)
    if "deputies" in values and _seat(hours, values["deputies"] or [], register) and action == "same":
        return "changed"
    return action


def _seat(hours: ReceptionHours, wanted: list[tuple[str, int | None]], register: Register) -> bool:
    """Those named sit in these hours and nobody else; whether that changed anything."""
    day: datetime.date = hours.day or hours.since
    named = {mandate.pk: mandate for mandate in (register.mandate(*one, day) for one in wanted)}
    held = set(ReceptionDeputy.objects.filter(hours=hours).values_list("mandate_id", flat=True))
    ReceptionDeputy.objects.filter(hours=hours, mandate__in=held - set(named)).delete()
    for key in set(named) - held:
        put_on_duty(hours, named[key])
    return held != set(named)


def _hours_rows() -> Iterable[Sequence[Cell]]:
    rows = ReceptionHours.objects.select_related("station").prefetch_related("deputies__mandate__person")
    for row in rows.order_by("station__number", "day", "weekday", "month_day", "begins", "since"):
        people = [one.mandate for one in row.deputies.all()]
        yield [
            row.station.number, row.day, in_chinese(WEEKDAY_LABELS[row.weekday]) if row.weekday else None, row.month_day,
            f"{row.begins:%H:%M}", f"{row.ends:%H:%M}", in_chinese(MANNER_LABELS.get(row.manner, row.manner)), row.place,
            row.topic, "、".join(map(_name, people)), row.since, row.until,
        ]  # fmt: skip


def _name(mandate: Mandate) -> str:
    person = mandate.person
    return f"{person.name}（{person.birth_year}）" if person.birth_year else str(person.name)


RECEPTION_HOURS = Sheet(
    key="reception-hours",
    title="接待安排",
    columns=(
        Column("站点编号", "station", cells.code(30), required=True),
        Column("日期", "day", cells.date, kind="date", note="只在这一天"),
        Column(
            "每周", "weekday", _weekday, choices=tuple(map(in_chinese, WEEKDAY_LABELS.values())), note="每周的这一天"
        ),
        Column("每月几日", "month_day", cells.month_day, kind="integer", note="每月的这一天，例如 20"),
        Column("开始时间", "begins", cells.time_of_day, required=True, note="例如 9:00"),
        Column("结束时间", "ends", cells.time_of_day, required=True),
        Column("方式", "manner", cells.choice(MANNER_LABELS), choices=tuple(map(in_chinese, MANNER_LABELS.values()))),
        Column("地点", "place", cells.text(200), note="不在站内接待时填写"),
        Column("主题", "topic", cells.text(100)),
        Column("接待代表", "deputies", cells.names, note="用顿号隔开；同名的在括号里写出生年份"),
        Column("起始日期", "since", cells.date, required=True, kind="date"),
        Column("截止日期", "until", cells.date, kind="date"),
    ),
    identity=("station", "day", "weekday", "month_day", "begins", "since"),
    write=_write_hours,
    rows=_hours_rows,
    examples=[["Z01", None, "星期三", None, "9:00", "11:00", "站内接待", None, None, "张三", "2022-03-01", None]],
    keepers=STATION_KEEPERS,
)
