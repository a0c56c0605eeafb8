"""The duty file is made of acts: nobody types it, and only the deputy and the deputies' office read it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from openrenda import docket
from openrenda.people.testing import sit_down
from openrenda.tenancy import congress_scope
from tests.cast import SUBMIT, Cast, assemble, draft


@pytest.fixture
def cast(db: None) -> Iterator[Cast]:
    people = assemble()
    with congress_scope(people.congress):
        yield people


def test_what_the_deputy_did_is_in_her_file_and_nobody_elses(cast: Cast, client: Client) -> None:
    matter = docket.open_matter("suggestion", "propose", by=cast["chen"], data=draft()).matter
    docket.act(matter, "submit_to_street", by=cast["chen"], data=SUBMIT)
    sit_down(client, cast.seats["chen"])
    page = client.get(reverse("duty")).content.decode()
    assert "起草建议" in page
    assert "提交街道阅看" in page
    sit_down(client, cast.seats["lin"])
    assert "起草建议" not in client.get(reverse("duty")).content.decode()


def test_the_office_may_read_it_and_a_department_may_not(cast: Cast, client: Client) -> None:
    address = reverse("duty-of", args=[cast.mandates["chen"].pk])
    sit_down(client, cast.seats["office"])
    assert client.get(address).status_code == 200
    sit_down(client, cast.seats["roads_head"])
    assert client.get(address).status_code == 404


def test_nonsense_years_show_this_year(cast: Cast, client: Client) -> None:
    sit_down(client, cast.seats["chen"])
    for year in ("abcd", "99999", "-1", "²²²²"):
        assert client.get(reverse("duty"), {"year": year}).status_code == 200
