"""Words for what the declarations name: labels in the reader's language, and what an act recorded, under its form's labels."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.db.models import CharField, F, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from openrenda.activities.gathering.records import Invitation
from openrenda.activities.hall import Paper
from openrenda.activities.joint import CommitteeDay
from openrenda.activities.party_group_meeting.records import PartyGroupItem
from openrenda.activities.record import Item
from openrenda.docket.language import Office, Procedure, Step
from openrenda.docket.models import Act, File, Matter, Party
from openrenda.docket.situation import Situation
from openrenda.languages import Labelled, language
from openrenda.people.models import Category, Group, Mandate, Organ, Person, Post, Seat, Station, Tenure
from openrenda.prepared import Prepared

from .cells import day_words

# What has no name for this reader, or none any more, is nothing that anybody could read.
UNNAMED = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# A line that names a matter ends in its id (what stands on a ballot): the name is read, the id is not.
LINE_ID = re.compile(r"\|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$", re.MULTILINE)
LONGEST_SHOWN = 300
MOST_KEPT = 2000
NEVER_SHOWN = frozenset({"entry", "snapshot", "organ_name", "registers", "subject", "follow_up"})
EXTRA_LABELS = {
    "signers": lazy("签名"),
    "class_label": lazy("分类含义"),
    "promises": lazy("承诺事项"),
    "bill_number": lazy("原议案编号"),
    "old_due_on": lazy("原来的期限"),
    "confirmed_on": lazy("原来确认落实的日期"),
    "asked": lazy("请谁评价"),
    "missed": lazy("到活动日结束没有开展的街道"),
    "days_missed": lazy("未请假缺席的日期"),
    "days_came": lazy("更正为到会的日期"),
    "leave_on": lazy("请假的日期"),
}
CONFIRMED = lazy("已确认")
# What an act keeps in the words of the rulebook.
PACK_WORDS = frozenset({"class_label"})


def label_of(thing: Labelled) -> str:
    """The label of a state, step, office, clock or procedure in the reader's language."""
    return thing.words


def role_label(table: Procedure, role: str) -> str:
    """What a party in the role is called: the label of the office that is defined by it."""
    return _roles(table.key, language()).get(role, "")


@lru_cache(maxsize=256)
def _roles(procedure: str, _language: str) -> dict[str, str]:
    from openrenda.docket import registry

    table = registry.procedure(procedure)
    offices: dict[str, Office] = {}
    for office in _offices(table):
        for role in office.relation:
            # The office with the most seats is the general one: 承办单位, not 承办单位负责人.
            if role not in offices or len(office.seats) > len(offices[role].seats):
                offices[role] = office
    return {role: label_of(office) for role, office in offices.items()}


def _offices(table: Procedure) -> Iterable[Office]:
    for step in table.steps:
        yield from (*step.offices, *step.tells)
    for state in table.states:
        yield from table.seen_in(state)
    yield from (clock.whose for clock in table.clocks)


def office_label(table: Procedure, key: str) -> str:
    """The label of the office with that key, or nothing."""
    return next((label_of(office) for office in _offices(table) if office.key == key), "")


@dataclass(frozen=True)
class FieldWords:
    """How a form's field and its values are called."""

    label: str
    choices: dict[str, str]


def field_words(step: Step, situation: Situation) -> dict[str, FieldWords]:
    """The labels of a step's form by field name, in the form's order. Asked of the form once for each rulebook version."""
    if step.records is None:
        return {}
    key = (situation.table.key, step.key, situation.book.version, language())
    if key not in _words:
        if len(_words) >= MOST_KEPT:
            _words.clear()
        _words[key] = {name: _words_of(name, field) for name, field in step.records(situation=situation).fields.items()}
    return _words[key]


_words: dict[tuple[str, str, str, str], dict[str, FieldWords]] = {}


def _words_of(name: str, field: forms.Field) -> FieldWords:
    listed = isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField)
    pairs = {str(key): str(label) for key, label in field.choices} if listed else {}  # type: ignore[attr-defined]
    return FieldWords(str(field.label or name), pairs)


def recorded(act: Act, step: Step, situation: Situation, names: dict[str, str]) -> list[dict[str, str]]:
    """The rows an act recorded, as label and value; ``names`` are those of the ids in it (see :func:`names_of`)."""
    words = field_words(step, situation)
    rows, confirmed = [], []
    for name in sorted(act.data, key=lambda key: _place(key, words)):
        if name in NEVER_SHOWN or (name not in words and name not in EXTRA_LABELS):
            continue
        label = words[name].label if name in words else str(EXTRA_LABELS[name])
        value = act.data[name]
        if value is True:
            confirmed.append(label)
        else:
            choices = (
                words[name].choices if name in words else {str(value): _(str(value))} if name in PACK_WORDS else {}
            )
            rows.append({"label": label, "value": in_words(value, choices, names)})
    if confirmed:
        rows.append({"label": str(CONFIRMED), "value": _("；").join(confirmed)})
    return rows


def _place(name: str, words: dict[str, FieldWords]) -> int:
    order = list(words)
    return order.index(name) if name in words else len(order)


def in_words(value: Any, choices: dict[str, str], names: dict[str, str]) -> str:
    """A recorded value as people read it."""
    if isinstance(value, dict):
        if "sealed" in value:
            return _("（密存）")
        return _("，").join(in_words(item, choices, names) for item in value.values() if item)
    if isinstance(value, list):
        return _("、").join(in_words(item, choices, names) for item in value)
    if value is False:
        return _("否")
    text = choices.get(str(value)) or names.get(str(value)) or _as_day(LINE_ID.sub("", str(value)))
    if UNNAMED.fullmatch(text):
        return "—"
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + _("……（后文略，见正文）")


def _as_day(text: str) -> str:
    if len(text) == 10 and text[4] == text[7] == "-":
        try:
            return day_words(date.fromisoformat(text))
        except ValueError:
            return text
    return text


def ids_in(acts: Iterable[Act]) -> set[UUID]:
    """The ids of rows that acts recorded."""
    return {found for act in acts for value in act.data.values() for found in _ids(value)}


def _ids(value: Any) -> Iterable[UUID]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, str) and len(item) == 36 and item.count("-") == 4:
            try:
                yield UUID(item)
            except ValueError:
                continue


def names_of(ids: set[UUID], parties: Iterable[Party] = ()) -> dict[str, str]:
    """The names of organs, stations, categories, deputies and what else an act may name, by id; at most one query."""
    known = {str(party.holder): party.name for party in parties}
    missing = [found for found in ids if str(found) not in known]
    if missing:
        found = NAMES.rows(ids=missing) if len(missing) <= IDS_AT_ONCE else _named(missing)
        known |= {str(pk): name for pk, name in found}
    return known


NAMED = (
    (Organ, "name"), (Category, "name"), (Mandate, "person__name"), (Seat, "account__name"), (Item, "title"),
    (Station, "name"), (Group, "name"), (Invitation, "name"), (Post, "title"), (Person, "name"), (Tenure, "person__name"),
    (Paper, "title"), (File, "name"), (CommitteeDay, "what"), (PartyGroupItem, "title"),
)  # fmt: skip


def _named(ids: list[UUID]) -> QuerySet[Any]:
    queries: list[QuerySet[Any]] = [
        model._base_manager.filter(pk__in=ids).order_by().annotate(called=Cast(F(path), CharField()))
        for model, path in NAMED
    ]
    open_ones = Matter.objects.filter(pk__in=ids, confidential=False).order_by()
    queries.append(open_ones.annotate(called=Cast(F("title"), CharField())))
    first, *others = [query.values_list("pk", "called") for query in queries]
    return first.union(*others)


IDS_AT_ONCE = 16
NAMES: Prepared[tuple[UUID, str]] = Prepared(_named, ids=[uuid4() for _ in range(IDS_AT_ONCE)])


def days(count: int) -> str:
    """A number of days in words."""
    return _days(count, language())


@lru_cache(maxsize=2048)
def _days(count: int, _language: str) -> str:
    return ngettext("%(count)d 天", "%(count)d 天", count) % {"count": count}
