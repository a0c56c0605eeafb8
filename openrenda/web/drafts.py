"""What people have typed and not yet submitted: kept by the account, for a step or for a matter to be opened.

Nothing here is part of the ledger. What a procedure seals is kept encrypted here too.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from openrenda.ciphers import decrypt, encrypt
from openrenda.docket import registry, sealing, statements
from openrenda.docket.actor import Actor
from openrenda.docket.language import Procedure
from openrenda.docket.models import Act, Autosave, Matter
from openrenda.prepared import Prepared

from .access import account_of
from .labels import label_of

NOT_TYPED = frozenset({"csrfmiddlewaretoken", "seen", "key", "draft", "identity-password", "identity-code", "row"})
LONGEST_CHARACTERS = 400_000
MOST_FIELDS = 500
MOST_UNFINISHED = 20
NEW = "new"


class TooMuch(ValueError):
    """More was typed than a form can hold."""


def step_form(matter: Matter, step: str) -> str:
    """The name under which what is typed into a step's form is kept."""
    return f"{matter.pk}:{step}"


def new_form(procedure: str, step: str, draft: UUID) -> str:
    """The name under which a matter to be opened is kept."""
    return f"{NEW}:{procedure}:{step}:{draft}"


def keep(actor: Actor, form: str, table: Procedure, typed: QueryDict, matter: Matter | None = None) -> None:
    """Keep what was typed.

    :raises TooMuch: when it is longer than any form may be.
    """
    fields = {name: typed.getlist(name) for name in typed if name not in NOT_TYPED}
    length = sum(len(value) for values in fields.values() for value in values)
    if length > LONGEST_CHARACTERS or len(fields) > MOST_FIELDS:
        raise TooMuch
    keep_fields(actor, form, table, fields, matter)


def keep_fields(
    actor: Actor, form: str, table: Procedure, fields: dict[str, list[str]], matter: Matter | None = None
) -> None:
    """Keep values by field name."""
    sealed = sealing.sealed_fields(table)
    data = {
        name: [encrypt(value) for value in values if value] if name in sealed else values
        for name, values in fields.items()
    }
    changed = Autosave.objects.filter(account=account_of(actor), form=form).update(data=data, saved_at=timezone.now())
    if not changed:
        row = Autosave(account=account_of(actor), form=form, matter=matter, data=data, saved_at=timezone.now())
        Autosave.objects.bulk_create([row], ignore_conflicts=True)


def kept(actor: Actor, form: str, table: Procedure) -> dict[str, list[str]] | None:
    """What this account typed into the form before, as it was typed."""
    row = Autosave.objects.filter(account=account_of(actor), form=form).first()
    return None if row is None else _opened(row, table)


def kept_for_step(actor: Actor, matter: Matter, step: str) -> dict[str, list[str]] | None:
    """What this account typed into a step's form and has not submitted since.

    Submitting leaves the row where it is, to keep the step short; here it is seen to be old and goes.
    """
    row = Autosave.objects.filter(account=account_of(actor), form=step_form(matter, step)).first()
    if row is None:
        return None
    taken = Act.objects.filter(matter_id=matter.pk, step=step, account=account_of(actor), recorded_at__gte=row.saved_at)
    if taken.exists():
        forget(actor, row.form)
        return None
    return _opened(row, matter.table)


def _opened(row: Autosave, table: Procedure) -> dict[str, list[str]]:
    sealed = sealing.sealed_fields(table)
    return {
        name: [decrypt(value) for value in values] if name in sealed else values for name, values in row.data.items()
    }


def forget(actor: Actor, form: str) -> None:
    """What was kept has been submitted or thrown away."""
    statements.remove(Autosave, account=account_of(actor), form=form)


def pour(form: forms.Form, fields: dict[str, list[str]]) -> None:
    """Show in an unbound form what was typed before, without judging it yet."""
    for name, field in form.fields.items():
        if isinstance(field.widget, forms.CheckboxInput):
            form.initial[name] = any(fields.get(name, []))
        elif name in fields:
            several = getattr(field.widget, "allow_multiple_selected", False)
            form.initial[name] = fields[name] if several else next(iter(fields[name]), "")


UNFINISHED: Prepared[Autosave] = Prepared(
    lambda account: Autosave.objects.filter(account=account, form__startswith=f"{NEW}:", matter=None).order_by(
        "-saved_at"
    )[:MOST_UNFINISHED],
    account=uuid4(),
)


def unfinished(actor: Actor) -> list[dict[str, Any]]:
    """Matters this account has begun to write and not yet opened, newest first."""
    return list(filter(None, map(_described, UNFINISHED.rows(account=account_of(actor)))))


def _described(row: Autosave) -> dict[str, Any] | None:
    _new, procedure, step, draft = row.form.split(":")
    known = {table.key: table for table in registry.procedures()}
    table = known.get(procedure)
    if table is None:
        return None
    title = next(iter(row.data.get("title", [])), "").strip()
    return {
        "id": row.pk,
        "title": title or _("（还没有写标题）"),
        "procedure": label_of(table),
        "url": f"{reverse('web:new', args=[procedure, step])}?draft={draft}",
        "saved_at": timezone.localtime(row.saved_at),
    }


def lines(values: Iterable[str]) -> str:
    """Paragraphs as one text."""
    return "\n".join(value for value in values if value)
