from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from openrenda.people.models import Congress
from openrenda.tenancy import congress_scope

from .ground import Ground


@pytest.fixture(scope="module")
def ground(django_db_setup: None, django_db_blocker: Any) -> Iterator[Ground]:
    """The ground, laid once for all cells of a module and taken back at its end. The cells only read."""
    with django_db_blocker.unblock(), transaction.atomic():
        congress = Congress.objects.create(
            division_code="990301", name="试验区人民代表大会", short_name="试验区人大", level="county", fictional=True
        )
        with congress_scope(congress):
            yield Ground(congress)
        transaction.set_rollback(True)
