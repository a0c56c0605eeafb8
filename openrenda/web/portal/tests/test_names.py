"""Names of residents on public pages: hidden by themselves, and by the office's word once it went through them (SUG-15)."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from openrenda.docket.models import Matter
from openrenda.docket.situation import Situation
from openrenda.procedures.suggestion.forms import Publish
from openrenda.tenancy import congress_scope
from openrenda.web.portal import codes
from openrenda.web.tests.stage import Way, address, hidden, seat, text
from tests.cast import Cast, assemble

TEXT = "居民张建国反映，早高峰拥堵。代表林翀、局长刘伟到场，同行的还有高翔。"


@pytest.fixture
def cast(db: None) -> Any:
    """The cast, with its congress in context."""
    people = assemble()
    with congress_scope(people.congress):
        yield people


@pytest.fixture
def way(cast: Cast) -> Way:
    """A suggestion that names people, answered."""
    return Way(cast, title="关于居民王女士家门前积水的建议", background=TEXT).replied()


def public_page(cast: Cast, way: Way) -> str:
    """What everybody reads."""
    code = codes.code_of(way.pk)
    return text(Client().get(f"/c/{cast.congress.division_code}/suggestions/{code}/"))


def publish(cast: Cast, way: Way, **typed: Any) -> None:
    """The office publishes from the step's page, with what it typed over what stood there."""
    client = seat(cast, "office")
    url = address(way.matter, "publish")
    form = Publish(situation=Situation(way.matter, cast["office"]))
    stood = {name: field.initial for name, field in form.fields.items() if field.initial}
    answer = client.post(url, {**hidden(client.get(url)), **stood, **typed})
    assert answer.status_code == 302


def test_the_office_goes_through_a_prepared_text_with_names_to_tick(cast: Cast, way: Way) -> None:
    """What is plainly a resident's is ticked; deputies and those who act here are not even asked about."""
    form = Publish(situation=Situation(way.matter, cast["office"]))
    assert "〔姓名已隐去〕反映，早高峰拥堵" in form.fields["public_text"].initial
    assert sorted(form.fields["hide"].initial) == ["张建国", "王女士"]
    offered = [name for name, _label in form.fields["hide"].choices]
    assert "刘伟" in offered
    assert "林翀" not in offered
    page = text(seat(cast, "office").get(address(way.matter, "publish")))
    assert "居民张建国反映" in page
    assert "张建国 —— …" in page


def test_the_office_s_word_on_names_holds_everywhere(cast: Cast, way: Way) -> None:
    """Title, text and replies; what was not ticked stays, what was added goes; the paragraphs keep their headings."""
    publish(cast, way, hide=["王女士"], more="高翔、停靠区", names_checked="on")
    record = way.matter.suggestion.get()
    assert (record.public_text, record.hidden_names) == ("", ["王女士", "高翔", "停靠区"])
    page = public_page(cast, way)
    assert "王女士" not in page
    assert "高翔" not in page
    assert "居民张建国反映" in page
    assert "已设置临时〔姓名已隐去〕" in page, "the reply too"
    assert "<h2>情况</h2>" in page or "情况" in page
    again = Publish(situation=Situation(way.matter, cast["office"]))
    assert (again.fields["hide"].initial, again.fields["more"].initial) == (["王女士", "高翔"], "停靠区")


def test_where_nobody_went_through_them_residents_names_are_hidden(cast: Cast, way: Way) -> None:
    """Also when many are published at once, and when they are opened by the day alone."""
    client = seat(cast, "office")
    page = text(client.post("/lists/suggestion/batch/publish/", {"row": [way.pk]}))
    assert "公开文本" not in page
    client.post("/lists/suggestion/batch/publish/", {"row": [way.pk], "take": "yes"})
    assert way.matter.suggestion.get().hidden_names is None
    shown = public_page(cast, way)
    assert "张建国" not in shown
    assert "王女士" not in shown
    assert "刘伟" in shown
    assert "林翀" in shown


def test_the_office_s_own_wording_stands(cast: Cast, way: Way) -> None:
    publish(cast, way, public_text="居民张建国同意公开姓名。", hide=[], names_checked="on")
    assert "居民张建国同意公开姓名。" in public_page(cast, way)
    publish(cast, way, hide=["张建国"], names_checked="on")
    assert "居民〔姓名已隐去〕同意公开姓名。" in public_page(cast, way)
    assert Matter.objects.get(pk=way.pk).public_since is not None
