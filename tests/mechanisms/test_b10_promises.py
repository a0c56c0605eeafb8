"""B10 一制度两台账三评价: the ledger of promises. Must (4), problems found by quality review, is a procedure of its own."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from openrenda import docket
from openrenda.docket.models import Act, Matter
from openrenda.docket.refusals import Incomplete, Refused
from openrenda.docket.situation import Situation, book_of
from openrenda.procedures.commitment.ledgers import overdue_by_organ, reconciled
from openrenda.procedures.commitment.records import Commitment
from openrenda.web import filing
from openrenda.web.portal import codes
from openrenda.web.tests.stage import Way, address, seat, text
from tests.cast import CONTACT, Cast, _sit
from tests.promises import DENIED, SATISFIED, Promised, a_reply, another_street, in_days

from .conftest import Wall
from .stage import page


def test_1_a_promise_in_a_reply_is_a_row_that_the_reply_does_not_close(cast: Cast, wall: Wall) -> None:
    """Must (1): what, by whom, by when, at which level; replied, judged and closed, the suggestion leaves it open."""
    told = Promised(cast, ("装好护栏", 60), ("公布方案", 20))
    rows = [(m.commitment.get().what, m.commitment.get().who, m.commitment.get().level) for m in told.all()]
    assert rows == [("装好护栏", "设施科", "district"), ("公布方案", "设施科", "district")]
    told.way.take("chen", "judge", {"attitude": "satisfied", "result": "satisfied"})
    assert told.way.matter.closed_on is not None
    assert [matter.closed_on for matter in told.all()] == [None, None]
    assert {link["url"] for link in page(cast, told.way.matter, "chen")["chain_links"]} == {
        address(m) for m in told.all()
    }
    assert text(seat(cast, "chen").get(address(told.way.matter))).count(address(told.matter)) >= 2


def test_1_a_street_s_own_promise_stands_in_its_own_ledger(cast: Cast) -> None:
    """Must (1): the level is the street's where a street handles the suggestion."""
    street = cast.organs["street"]
    for who, key in (("street_clerk", "organ_clerk"), ("street_head", "organ_head")):
        _sit(cast, who, key, "organ", street.pk, who)
    way = Way(cast).received()
    way.take("office", "assign", {"organ": street.pk})
    way.take("street_clerk", "sign_for")
    way.take("street_clerk", "contact", {**CONTACT, "held_on": in_days(0)})
    way.take("street_clerk", "draft_reply", a_reply(("清理楼道", 9)))
    way.take("street_head", "sign_reply")
    record = Commitment.objects.get(suggestion=way.pk)
    assert (record.level, record.keeper, record.given_by) == ("street", street, "")
    assert docket.visible(cast["street"]).filter(pk=record.matter_id).exists()
    (row,) = reconciled(docket.visible(cast["office"]).filter(procedure="commitment").values("pk"))
    assert (row.name, row.given, row.own, row.differing) == ("青石街道", 0, 1, set())


def test_2_settled_only_with_proof_and_the_deputy_s_word(cast: Cast, settings: Any, tmp_path: Any) -> None:
    """Must (2): through the pages, as the organ and the deputy do it: a photo is attached, reported, confirmed."""
    settings.FILES_ROOT = tmp_path
    told = Promised(cast)
    with pytest.raises(Incomplete):
        told.take("roads_clerk", "report", {"result": "装好了。", "kept_on": in_days(0)})
    photo = SimpleUploadedFile("护栏.txt", "照片说明".encode())
    row = filing.keep(photo, cast["roads_clerk"], role="attachment", matter=told.matter)
    offered = text(seat(cast, "roads_clerk").get(address(told.matter, "report")))
    assert re.search(rf'value="{row.pk}"[^>]*checked|checked[^>]*value="{row.pk}"', offered), "it is ticked already"
    told.take("roads_clerk", "report", {"result": "装好了。", "kept_on": in_days(0), "proof": [str(row.pk)]})
    assert told.matter.closed_on is None, "the organ's word alone closes nothing"
    for who in ("roads_head", "roads_chief", "office", "government", "leader"):
        assert not [o for o in page_offers(cast, told, who) if o.step.key == "confirm" and o.live], who
    told.take("chen", "confirm", SATISFIED)
    assert told.matter.closed_on == timezone.localdate()


def page_offers(cast: Cast, told: Promised, who: str) -> list[Any]:
    """What somebody may do on the promise."""
    return docket.offers(Situation(told.matter, cast[who]))


def test_2_the_second_judgement_is_counted_apart(cast: Cast) -> None:
    """SUG-12, 重庆28: satisfied with the reply, not with how the promise was kept."""
    told = Promised(cast)
    told.way.take("chen", "judge", {"attitude": "satisfied", "result": "satisfied"})
    told.reported().take("chen", "deny", DENIED)
    suggestion = told.way.matter.suggestion.get()
    assert (suggestion.result, told.record.grade) == ("satisfied", "dissatisfied")
    assert told.way.matter.judgements.count() == 1
    assert told.matter.verdicts.count() == 1


def test_3_given_to_a_street_it_exists_once_and_both_ledgers_show_it(cast: Cast) -> None:
    """Must (3): one row, two views; who holds it and who gave it; and the two sides name the same rows."""
    told, other = Promised(cast), Promised(cast)
    street = another_street(cast)
    for one, to in ((told, cast.organs["street"]), (other, street)):
        one.take("office", "give", {"street": to.pk})
    assert Commitment.objects.count() == 2
    record = told.record
    assert (record.level, record.keeper, record.given_by) == (
        "street",
        cast.organs["street"],
        cast["office"].office_name,
    )
    for who in ("office", "street"):
        assert docket.visible(cast[who]).filter(pk=told.pk).exists(), who
    seen = docket.visible(cast["office"]).filter(procedure="commitment").values("pk")
    told_of = {
        row.name: (row.given, len(row.by_district), len(row.by_street), row.differing) for row in reconciled(seen)
    }
    assert told_of == {"青石街道": (1, 1, 1, set()), "红岩街道": (1, 1, 1, set())}
    with pytest.raises(Refused, match="已经由青石街道管理"):
        told.take("office", "give", {"street": street.pk})
    told.take("street", "give_back", {"reason": "在区级道路上。"})
    assert told.record.level == "district"
    assert docket.visible(cast["street"]).filter(pk=told.pk).exists()
    rows = {row.name: (row.given, row.given_back, len(row.by_street)) for row in reconciled(seen)}
    assert rows["青石街道"] == (1, 1, 0)


def test_3_a_difference_between_the_ledgers_shows(cast: Cast) -> None:
    """Must (3): a row that was moved without an act is named by one side only, and the page says so."""
    told = Promised(cast)
    told.take("office", "give", {"street": cast.organs["street"].pk})
    Commitment.objects.filter(matter=told.pk).update(level="district", keeper=None)
    answer = seat(cast, "office").get("/lists/commitment/ledgers/")
    assert "不符 1 项" in text(answer)
    assert "两侧不一致" in text(answer)


def test_5_overdue_by_unit_and_age_across_years(cast: Cast, wall: Wall) -> None:
    """Must (5): listed by organ and age, each number with its list; still open two years on."""
    old, young = Promised(cast, ("旧", 5)), Promised(cast, ("新", 380))
    wall.pass_days(400)
    seen = docket.visible(cast["office"]).filter(procedure="commitment").values("pk")
    book = book_of(cast.congress.pk)
    (row,) = overdue_by_organ(seen, book, timezone.localdate())
    assert row.name == "区交通运输局"
    assert dict(row.counts) == {"any": 2, "1-30": 1, "31-90": 0, "91-180": 0, "181-365": 0, "366-": 1}
    client = seat(cast, "office")
    listed = text(client.get(f"/lists/commitment/?organ={cast.organs['roads'].pk}&age=366-"))
    assert address(old.matter) in listed
    assert address(young.matter) not in listed
    wall.pass_days(400)
    assert old.matter.closed_on is None
    assert old.record.promised_on.year == 2026
    assert timezone.localdate().year == 2028
    old.confirmed()
    assert Act.objects.filter(matter=old.pk, step="confirm").exists()


def test_5_the_ledger_is_a_list_with_filters_and_a_workbook(
    cast: Cast, wall: Wall, django_assert_max_num_queries: Any
) -> None:
    """Must (5): by organ, street, level, age and month; saved and exported like every list, at the cost of every list."""
    told = Promised(cast, ("一", 10), ("二", 50))
    told.take("office", "give", {"street": cast.organs["street"].pk})
    client, street = seat(cast, "office"), cast.organs["street"].pk
    client.get("/lists/commitment/")
    with django_assert_max_num_queries(6):
        client.get("/lists/commitment/")
    first, second = told.all()
    for query, there, not_there in (
        ("level=street", first, second), ("level=district", second, first), (f"keeper={street}", first, second),
        ("month=this", first, second), ("month=next", None, first), (f"street={street}", first, None),
    ):  # fmt: skip
        page_ = text(client.get(f"/lists/commitment/?{query}"))
        assert there is None or address(there) in page_, query
        assert not_there is None or address(not_there) not in page_, query
    assert address(first) in text(seat(cast, "street").get("/lists/commitment/?mine=yes"))
    assert client.get("/lists/commitment/?age=nonsense").status_code == 200
    assert client.get("/lists/commitment/export/?level=street").status_code == 200
    client.post("/lists/commitment/filters/", {"name": "街道台账", "address": "level=street"})
    assert "街道台账" in text(client.get("/lists/commitment/"))
    with django_assert_max_num_queries(10):
        client.get("/lists/commitment/ledgers/")
    with django_assert_max_num_queries(15):
        client.get(address(first))


def test_5_the_public_reads_what_became_of_it(cast: Cast, wall: Wall, django_assert_max_num_queries: Any) -> None:
    """The portal: permanent address, by organ and state, personal data hidden; none of secret or withheld suggestions."""
    told = Promised(cast, ("修好居民王小明家门口的路，电话13812345678", 5))
    secret, withheld = Promised(cast, ("密", 5), keep_secret="on"), Promised(cast, ("不公开的", 5))
    for one in (told, withheld):
        one.way.take("office", "publish", {"public_text": ""})
    withheld.way.take("office", "withhold", {"reason": "涉及商业秘密"})
    wall.pass_days(30)
    public, at = Client(), f"/c/{cast.congress.division_code}/promises/"
    listed = text(public.get(at))
    assert told.matter.number in listed
    assert "13812345678" not in listed
    assert "已过期限，尚未落实" in listed
    for hidden in (secret, withheld):
        assert hidden.matter.number not in listed
    with django_assert_max_num_queries(8):
        public.get(at)
    told.postponed(20)
    told.confirmed()
    one = next(part for part in listed.split('"') if part.startswith(at) and part != at)
    shown = text(public.get(one))
    assert "确认落实" in shown
    assert "延到" in shown
    assert "13812345678" not in shown
    assert DENIED["reasons"] not in shown
    assert told.matter.number in text(public.get(at, {"state": "confirmed", "organ": cast.organs["roads"].pk}))
    assert told.matter.number not in text(public.get(at, {"state": "late"}))
    assert told.matter.number not in text(public.get(at, {"q": "13812345678"})).partition("</form>")[2]
    for hidden in (secret, withheld):
        assert public.get(f"{at}{codes.code_of(hidden.pk)}/").status_code == 404
    assert public.get(f"{at}nonsense/").status_code == 404


def test_the_fourth_quarter_round_as_an_option(cast: Cast, wall: Wall) -> None:
    """SUG-14: law in 重庆, elsewhere only where the congress has decided so; without it nobody is asked for anything."""
    told = Promised(cast, ("一", 400))
    wall.pass_days((date(2026, 10, 5) - timezone.localdate()).days)
    docket.run_clocks(cast.congress.pk)
    with pytest.raises(Refused):
        told.take("roads_clerk", "tell_deputies", {"progress": "x"})
    assert told.matter.due_on == told.record.due_on
    assert timedelta(0) < told.record.due_on - timezone.localdate()
    assert Matter.objects.get(pk=told.pk).state == "open"
