"""Rows inserted at once are the rows that were given, few or many, on both databases."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from openrenda.docket.models import Act, Matter
from openrenda.docket.statements import LARGEST_INSERT, insert
from openrenda.tenancy import congress_scope
from tests.cast import assemble

# What a database's own way of writing many rows might stumble over.
AWKWARD = "制表\t换行\n回车\r反斜杠\\ \\N \\. 引号\"'〇𠮷"


@pytest.mark.django_db
@pytest.mark.parametrize("number", [0, 1, LARGEST_INSERT, LARGEST_INSERT + 1, 3 * LARGEST_INSERT])
def test_rows_come_back_as_they_were_given(number: int) -> None:
    """Text with every awkward character, numbers, days, moments to the microsecond, identifiers, nothing, and nested values."""
    now = timezone.now()
    with congress_scope(assemble().congress):
        matters = [
            Matter(procedure="opinion", state="received", title=f"{AWKWARD}{place}"[:200], opened_on=now.date(), state_since=now.date(),
                   due_on=now.date() if place % 2 else None)
            for place in range(number)
        ]  # fmt: skip
        acts = [
            # By its row, and by its key alone, for which the database is asked whether there is such a row.
            Act(**({"matter": matter} if place % 2 else {"matter_id": matter.pk}), seq=1, procedure="opinion", step="say", to_state="received", took_effect=now + timedelta(microseconds=place),
                recorded_at=now, account=uuid4() if place % 2 else None, actor_name=AWKWARD, seat="the_public", office="the_public",
                data={"text": AWKWARD, "list": [1, None, True, {"内": "容"}]}, hash="0" * 64)
            for place, matter in enumerate(matters)
        ]  # fmt: skip
        insert(matters)
        insert(acts)
        assert not any(row._state.adding for row in (*matters, *acts))
        for model, rows in ((Matter, matters), (Act, acts)):
            names = [field.attname for field in model._meta.concrete_fields]
            kept = {row["id"]: row for row in model.objects.values(*names)}
            assert kept == {row.pk: {name: getattr(row, name) for name in names} for row in rows}
