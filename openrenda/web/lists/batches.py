"""One step on many matters: each its own act under its own key, so that a repetition does nothing twice.

One matter's refusal does not stop the others; the report says which were done and which not, and why.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from openrenda import docket
from openrenda.docket.actor import Actor
from openrenda.docket.language import Step
from openrenda.docket.models import Act, Matter
from openrenda.docket.refusals import Incomplete, NotVisible, Overtaken, Refused

MOST_ROWS = 300


@dataclass
class Outcome:
    """What came of one row."""

    matter: Matter
    done: bool
    reasons: list[str]

    @property
    def url(self) -> str:
        """The matter's address."""
        return reverse("web:matter", args=[self.matter.pk])


def chosen(actor: Actor, procedure: str, keys: Iterable[str]) -> list[Matter]:
    """The matters ticked, as far as this person may see them, in the order of the list; one query."""
    ids = []
    for key in list(keys)[:MOST_ROWS]:
        try:
            ids.append(UUID(key))
        except ValueError:
            continue
    found = docket.visible(actor, procedure).filter(pk__in=ids).in_bulk()
    return [found[pk] for pk in dict.fromkeys(ids) if pk in found]


def take(actor: Actor, step: Step, matters: Iterable[Matter], data: Any, mark: str) -> list[Outcome]:
    """Take the step on each matter with the same data."""
    return take_each(actor, step, [(matter, data) for matter in matters], mark)


def take_each(actor: Actor, step: Step, rows: list[tuple[Matter, Any]], mark: str) -> list[Outcome]:
    """Take the step on each matter with its own data; what an earlier sending of the same mark did counts as done."""
    keys = {matter.pk: _key(actor, mark, matter) for matter, _data in rows}
    done = set(Act.objects.filter(key__in=list(keys.values())).values_list("key", flat=True))
    return [
        Outcome(matter, True, []) if keys[matter.pk] in done else _take(actor, step, matter, data, keys[matter.pk])
        for matter, data in rows
    ]


def _key(actor: Actor, mark: str, matter: Matter) -> str:
    """The key of one row of one batch; exactly as long as the ledger's column."""
    return f"b:{actor.account.hex[:12] if actor.account else ''}:{mark}:{matter.pk.hex}"


def _take(actor: Actor, step: Step, matter: Matter, data: Any, key: str) -> Outcome:
    try:
        docket.act(matter, step.key, by=actor, data=data, key=key)
    except Incomplete as incomplete:
        return Outcome(matter, False, list(_errors(incomplete.form)))
    except NotVisible:
        return Outcome(matter, False, [_("这件事项不归您的席位查看。")])
    except Refused as refused:
        return Outcome(matter, False, refused.reasons)
    except Overtaken as overtaken:
        return Outcome(matter, False, [str(overtaken)])
    return Outcome(matter, True, [])


def _errors(form: Any) -> Iterable[str]:
    for name, found in form.errors.items():
        words = "；".join(found)
        yield f"{form[name].label}：{words}" if name in form.fields else words
