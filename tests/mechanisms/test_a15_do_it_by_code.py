"""A15 码上办: scan, say, read the answer; without an account."""

from __future__ import annotations

import io
import json
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from openrenda import docket, tickets
from openrenda.docket.models import Act, File, Matter
from openrenda.people import codes as paper_codes
from openrenda.procedures.opinion.records import Opinion
from openrenda.procedures.residents import OpinionContact
from openrenda.web.portal import saying
from openrenda.web.tests.stage import address, seat, text
from tests.cast import Cast

from .opining import RATING, TEXT, answered, now, resident, said, station
from .residents import proven
from .stage import take

HERE = "/c/990701/opinions/"
PHONE, NAME = "13800138000", "王桂兰"


def send(client: Client, key: str = "0123456789abcdef", **more: Any) -> Any:
    """The form sent, as a page with a script sends it."""
    return client.post(HERE, {"text": TEXT, "key": key, "sure": "1", **proven(), **more})


def the_matter() -> Matter:
    """The only opinion."""
    return Matter.objects.get(procedure="opinion")


def test_a15_1_a_scan_without_an_account_submits_and_the_contact_is_kept_private(cast: Cast, client: Client) -> None:
    """Must (1): neither the pages nor the ledger nor the database hold name and telephone in the clear."""
    code = paper_codes.issue(station(cast))
    assert client.get(f"{HERE}?code={code.token}").status_code == 200
    answer = send(client, code=code.token, name=NAME, phone=PHONE)
    assert answer.status_code == 302
    matter = the_matter()
    assert matter.state == "received"
    contact = OpinionContact.objects.get(matter=matter)
    assert (contact.name, contact.phone) == (NAME, PHONE)
    stored = (
        OpinionContact.objects.filter(pk=contact.pk).extra(select={"raw": "phone"}).values_list("raw", flat=True)[0]
    )
    assert PHONE not in stored
    assert all(PHONE not in json.dumps(act.data, ensure_ascii=False) for act in Act.objects.all())
    for who in ("street", "office", "leader"):
        page = text(seat(cast, who).get(address(matter)))
        assert PHONE not in page
        assert NAME not in page


def test_a15_1_opening_the_contact_is_an_act_with_a_reason_for_those_who_handle_it(cast: Cast, client: Client) -> None:
    """Must (1): hidden from the deputy, shown to whoever wrote down why, on that day."""
    code = paper_codes.issue(cast.mandates["chen"])
    send(client, code=code.token, name=NAME, phone=PHONE)
    matter = the_matter()
    assert matter.parties.filter(role="receiver", holder=cast.mandates["chen"].pk).exists()
    with pytest.raises(docket.refusals.Refused):
        take(cast, matter, "chen", "open_contact", {"reason": "想打电话"})
    take(cast, matter, "office", "open_contact", {"reason": "核实地点"})
    assert PHONE in text(seat(cast, "office").get(address(matter)))
    assert PHONE not in text(seat(cast, "chen").get(address(matter)))
    assert Act.objects.get(matter=matter, step="open_contact").data["reason"] == "核实地点"


def test_a15_1_the_resident_erases_name_and_telephone_and_the_ledger_still_verifies(cast: Cast, client: Client) -> None:
    """Must (1): 个人信息保护法第四十七条."""
    from openrenda.docket.verify import verify_congress

    send(client, name=NAME, phone=PHONE)
    matter = the_matter()
    mine = f"{HERE}mine/{tickets.link_of(matter.pk)}/"
    assert json.loads(client.get(f"{mine}data.json").content)["phone"] == PHONE
    client.post(f"{mine}erase_contact/")
    assert not OpinionContact.objects.exists()
    assert json.loads(client.get(f"{mine}data.json").content)["phone"] == ""
    assert verify_congress(cast.congress) == []


def test_a15_2_the_number_shows_the_present_state_who_has_it_and_by_when(cast: Cast, client: Client) -> None:
    """Must (2): with the number alone neither words nor name."""
    page = client.get(send(client).headers["Location"])
    shown = re.search(r"<strong>([0-9A-Z-]{14})</strong>", text(page))
    assert shown is not None
    matter = the_matter()
    found = client.get(f"{HERE}query/", {"number": shown[1].lower()}, follow=True)
    assert "已收到" in text(found)
    assert "最迟答复" in text(found)
    assert TEXT[:8] not in text(found)
    take(cast, matter, "office", "sort", {"nature": "trouble", "level": "district"})
    take(cast, matter, "office", "hand", {"organ": cast.organs["roads"].pk})
    found = text(client.get(f"{HERE}query/", {"number": shown[1]}, follow=True))
    assert "承办单位办理中" in found
    assert "区交通运输局" in found
    assert client.get(f"{HERE}query/", {"number": "aaaa-bbbb-cccc"}).status_code == 404


def test_a15_2_only_digests_of_number_and_link_are_stored(cast: Cast) -> None:
    """Must (2)."""
    record = said(cast).opinion.get()
    assert record.number_digest == tickets.digest(tickets.number_of(record.matter_id))
    plain = json.dumps(Opinion.objects.filter(pk=record.pk).values()[0], default=str)
    assert tickets.number_of(record.matter_id) not in plain
    assert tickets.link_of(record.matter_id) not in plain


def test_a15_2_by_the_number_she_rates_and_by_nothing_else(cast: Cast, client: Client) -> None:
    """Must (2): withdrawing and adding take the link."""
    matter = answered(cast, said(cast, resident(cast)))
    here = f"{HERE}{tickets.number_of(matter.pk)}/"
    assert client.post(f"{here}withdraw/").status_code == 404
    assert client.post(f"{here}rate/", {"solved": "yes"}).status_code == 422
    client.post(f"{here}rate/", RATING)
    assert now(matter).state == "closed"
    assert now(matter).opinion.get().solved == "yes"


def test_a15_3_the_code_tells_to_whom_it_belongs(cast: Cast, client: Client) -> None:
    """Must (3): a station's, a deputy's; a dead one says so and still takes the words."""
    place = station(cast)
    one, two = paper_codes.issue(place), paper_codes.issue(cast.mandates["lin"])
    assert place.name in text(client.get(f"{HERE}?code={one.token}"))
    assert "林翀" in text(client.get(f"{HERE}?code={two.token}"))
    send(client, key="a" * 20, code=one.token)
    record = Opinion.objects.get()
    assert (record.station, record.channel, record.street) == (place, "code", cast.organs["street"])
    paper_codes.revoke(one, reason="遗失")
    assert "已经停用" in text(client.get(f"{HERE}?code={one.token}"))
    send(client, key="b" * 20, code=one.token, text="另一件事")
    assert Opinion.objects.count() == 2


def test_a15_4_the_same_text_twice_is_shown_as_a_possible_duplicate_and_not_dropped(cast: Cast, client: Client) -> None:
    """Must (4)."""
    send(client, key="a" * 20)
    send(client, key="b" * 20, text=TEXT.replace("。", " ，"))
    first, second = Opinion.objects.order_by("id")
    assert (first.same_as, second.same_as) == (None, first)
    page = text(seat(cast, "office").get(address(second.matter)))
    assert "可能重复" in page
    assert address(first.matter) in page


def test_a15_the_same_request_sent_twice_is_one_opinion_with_one_number(cast: Cast, client: Client) -> None:
    """In: a network that fails in the middle."""
    once, again = send(client), send(client)
    assert once.headers["Location"] == again.headers["Location"]
    assert Opinion.objects.count() == 1


def test_a15_without_a_script_a_person_looks_first_and_nobody_is_turned_away(cast: Cast, client: Client) -> None:
    """In: an old telephone."""
    answer = client.post(HERE, {"text": TEXT, "sure": "1", "key": "c" * 20})
    assert answer.status_code == 302
    assert the_matter().state == "screened"
    take(cast, the_matter(), "office", "let_through")
    assert the_matter().state == "received"


def test_a15_a_challenge_is_good_once(cast: Cast, client: Client) -> None:
    """In: a flood."""
    proof = proven()
    for key in ("a" * 20, "b" * 20):
        client.post(HERE, {"text": TEXT + key, "sure": "1", "key": key, **proof})
    assert sorted(Matter.objects.values_list("state", flat=True)) == ["received", "screened"]


def test_a15_one_network_is_asked_to_wait_and_keeps_its_words(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In: a flood."""
    monkeypatch.setattr(saying, "PER_NETWORK_AN_HOUR", 1)
    send(client, key="a" * 20)
    answer = send(client, key="b" * 20, text="还有一件事要说")
    assert answer.status_code == 429
    assert "还有一件事要说" in text(answer)
    assert Opinion.objects.count() == 1


def test_a15_a_program_that_fills_in_everything_is_refused(cast: Cast, client: Client) -> None:
    """In: a flood."""
    assert send(client, website="http://example.org").status_code == 422
    assert not Opinion.objects.exists()


def test_a15_a_photograph_is_kept_without_what_the_camera_wrote(cast: Cast, client: Client) -> None:
    """In: a photograph."""
    picture, made = Image.new("RGB", (60, 40), "red"), io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "相机厂"
    exif[0x8825] = {1: "N", 2: (30.0, 31.0, 12.0)}
    picture.save(made, format="JPEG", exif=exif)
    assert b"Exif" in made.getvalue()
    send(client, photos=SimpleUploadedFile("lamp.jpg", made.getvalue()))
    row = File.objects.get(role=saying.PICTURE_ROLE)
    from django.conf import settings

    kept = (settings.FILES_ROOT / row.path).read_bytes()
    assert b"Exif" not in kept
    assert Image.open(io.BytesIO(kept)).size == (60, 40)


def test_a15_a_voice_is_enough_and_a_program_is_no_voice(cast: Cast, client: Client) -> None:
    """In: somebody who does not write."""
    bad = send(client, text="", voice=SimpleUploadedFile("voice.webm", b"MZ" + b"\0" * 200))
    assert bad.status_code == 422
    send(client, text="", voice=SimpleUploadedFile("voice.webm", b"\x1aE\xdf\xa3" + b"\0" * 200))
    matter = the_matter()
    assert File.objects.get(matter=matter).media_type == "audio/webm"
    mine = f"{HERE}mine/{tickets.link_of(matter.pk)}/"
    assert "<audio" in text(client.get(mine))
    assert client.get(f"{mine}files/{File.objects.get(matter=matter).pk}/").status_code == 200


def test_a15_the_first_load_is_light(cast: Cast, client: Client) -> None:
    """At most six requests; the page itself is small."""
    page = text(client.get(HERE))
    asked = set(re.findall(r'(?:src|href)="(/static/[^"#]+)', page))
    assert len(asked) + 1 <= 6
    assert len(page.encode()) < 16_000


def test_a15_1_name_and_telephone_go_a_year_after_the_opinion_is_over(cast: Cast, client: Client) -> None:
    """Must (1): by an act that says so; an open opinion keeps them."""
    from datetime import timedelta

    from django.utils import timezone

    from openrenda.procedures.residents import forget_contacts

    send(client, key="a" * 20, phone=PHONE)
    send(client, key="b" * 20, phone=PHONE, text="另一件事")
    over = Matter.objects.filter(procedure="opinion").earliest("id")
    take(cast, over, "office", "refuse", {"reason": "不属于受理范围", "where": "法院"})
    today = timezone.localdate()
    assert forget_contacts(cast.congress.pk, today) == 0
    assert forget_contacts(cast.congress.pk, today + timedelta(days=1)) == 1
    assert forget_contacts(cast.congress.pk, today + timedelta(days=1)) == 0
    assert OpinionContact.objects.count() == 1
    assert now(over).acts.filter(step="forget_contact").exists()


def test_a15_a_public_matter_about_the_same_is_shown_before_sending_and_may_be_joined(
    cast: Cast, client: Client
) -> None:
    """In: what others said before; joining is linked both ways and is no opinion counted twice."""
    from openrenda.docket.models import Link
    from openrenda.web.portal.tests.stage import published

    suggestion = published(cast)
    words = "学府路小学门前早高峰拥堵，家长接送车辆占用非机动车道。"
    asked = client.post(HERE, {"text": words, "key": "a" * 20, **proven()})
    assert "学府路早高峰通行" in text(asked)
    assert not Opinion.objects.exists()
    by_script = client.post(HERE, {"text": words, "key": "a" * 20, **proven()}, headers={"x-sent-by": "script"})
    assert by_script.status_code == 409
    assert by_script.json()["alike"][0]["id"] == str(suggestion.pk)
    client.post(HERE, {"text": words, "key": "a" * 20, "join": str(suggestion.pk), **proven()})
    matter = the_matter()
    assert matter.state == "raised"
    assert Link.objects.filter(matter=matter, origin=suggestion, kind="joins").exists()
    page = text(client.get(f"{HERE}mine/{tickets.link_of(matter.pk)}/"))
    assert "学府路早高峰通行" in page
    # What is no public matter cannot be joined; what she said is not lost by it.
    nothing = {"text": words, "key": "b" * 20, "join": "01a2295c-baf5-7bfd-a40b-1f50dbc43d77", **proven()}
    assert client.post(HERE, nothing).status_code == 302
    assert Opinion.objects.filter(joined=None, matter__state="received").count() == 1


def test_a15_the_script_is_written_for_old_browsers() -> None:
    """In: Android 7. What such a browser cannot read stops the whole script."""
    from pathlib import Path

    import openrenda.web

    script = (Path(openrenda.web.__file__).parent / "static/resident/say.js").read_text(encoding="utf-8")
    modern = re.findall(
        r"=>|\bconst\b|\blet\b|`|\?\.|\?\?|\basync\b|\bawait\b|\.\.\.|\bclass\s+\w+\s*\{|\bfetch\(", script
    )
    assert modern == []
