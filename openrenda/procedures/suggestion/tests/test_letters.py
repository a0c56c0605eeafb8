"""The papers of suggestions: reply letters, hand-over notices, the volume of a session, and who may have them (SUG-10, B04)."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import docx
import pytest
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from openrenda import docket
from openrenda.docket.models import Matter
from openrenda.documents.official import PdfUnavailable, to_docx, volume_to_docx
from openrenda.people.models import Session
from openrenda.people.testing import sit_down
from openrenda.procedures.suggestion import letters, volume
from openrenda.procedures.suggestion.records import Reply
from openrenda.tenancy import congress_scope
from tests.cast import CONTACT, REPLY, REVIEW, SUBMIT, Cast, assemble, draft

BILL = {"title": "关于制定文明行为促进规定的议案", "grounds": "现有规定分散。", "plan": "制定一件决定。"}
PROMISE = {
    "result_class": "B", "done": "", "planned": "列入暑期施工计划。", "promise_1": "完成校门口划线", "promise_1_who": "养护科",
    "promise_1_by": (timezone.localdate() + timedelta(days=60)).isoformat(), "number": "某交函〔2026〕12号",
    "contact_phone": "027-87654321",
}  # fmt: skip


@pytest.fixture
def cast(db: None) -> Iterator[Cast]:
    """The cast, in the middle of a session."""
    people = assemble()
    with congress_scope(people.congress):
        today = timezone.localdate()
        Session.objects.create(term=Session.objects.get().term, number=2, since=today, until=today + timedelta(days=3))
        yield people


def sitting() -> Session:
    """The session that is held today."""
    return Session.objects.get(number=2)


class Way:
    """Takes steps on one suggestion."""

    def __init__(self, cast: Cast, *cosigners: str, **changes: Any) -> None:
        self.cast = cast
        self.matter = docket.open_matter("suggestion", "propose", by=cast["chen"], data=draft(**changes)).matter
        if cosigners:
            self.take("chen", "invite", {"deputies": [cast.mandates[who].pk for who in cosigners]})
        for who in cosigners:
            self.take(who, "cosign", {"own_will": "on"})

    def take(self, who: str, step: str, data: dict[str, Any] | None = None) -> Way:
        self.matter = Matter.objects.get(pk=self.matter.pk)
        docket.act(self.matter, step, by=self.cast[who], data=data)
        self.matter = Matter.objects.get(pk=self.matter.pk)
        return self

    def received(self) -> Way:
        self.take("chen", "submit_to_street", SUBMIT).take("street", "street_pass", REVIEW)
        return self.take("office", "district_pass", REVIEW)

    def assigned(self, organ: str = "roads", *assisting: str) -> Way:
        organs = [self.cast.organs[one].pk for one in assisting]
        return self.received().take("office", "assign", {"organ": self.cast.organs[organ].pk, "assisting": organs})

    def drafted(self, **reply: Any) -> Way:
        self.assigned().take("roads_clerk", "sign_for")
        self.take("roads_clerk", "contact", {**CONTACT, "held_on": timezone.localdate().isoformat()})
        return self.take("roads_clerk", "draft_reply", {**REPLY, **reply})

    def replied(self, **reply: Any) -> Way:
        return self.drafted(**reply).take("roads_head", "sign_reply")

    @property
    def letter(self) -> str:
        return f"/matters/{self.matter.pk}/letters/1.docx"


def words(content: bytes) -> str:
    """All words of a Word file, tables, heads and feet too."""
    opened = docx.Document(io.BytesIO(content))
    found = [paragraph.text for paragraph in opened.paragraphs]
    found += [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    for section in opened.sections:
        for edge in (section.first_page_header, section.header):
            found += [paragraph.text for paragraph in edge.paragraphs]
    return "\n".join(found)


def seat(cast: Cast, who: str) -> Any:
    """A client that sits in somebody's seat."""
    return sit_down(Client(), cast.seats[who])


def test_the_letter_names_everybody_the_class_and_the_promise(cast: Cast) -> None:
    """SUG-10, SUG-14: class mark, disclosure mark, each signer, copies, and what is promised by whom and when."""
    way = Way(cast, "lin", "ouyang").replied(**PROMISE)
    answer = seat(cast, "chen").get(way.letter)
    assert answer["Content-Type"].endswith("wordprocessingml.document")
    assert "no-store" in answer["Cache-Control"]
    text = words(answer.content)
    for piece in (
        "关于试验区第五届人民代表大会第二次会议第1号建议的答复", "陈一鸣代表、林翀代表、欧阳玥代表：", "类别标记：B", "公开属性：主动公开",
        "某交函〔2026〕12号", "列入暑期施工计划。", "完成校门口划线", "养护科", "代表工作委员会", "区人民政府办公室", "027-87654321",
    ):  # fmt: skip
        assert piece in text.replace("\n", ""), piece


def test_many_signers_are_all_named_in_an_attachment(cast: Cast) -> None:
    way = Way(cast, "lin", "ouyang", "zhou").replied()
    text = words(seat(cast, "office").get(way.letter).content)
    assert "陈一鸣等4位代表：" in text
    assert all(name in text for name in ("林翀", "欧阳玥", "周䶮", "提出建议的代表名单"))


def test_a_number_in_another_form_is_printed_all_the_same(cast: Cast) -> None:
    way = Way(cast).replied(number="交办2026-12")
    assert "文号：交办2026-12" in words(seat(cast, "office").get(way.letter).content)


def test_the_second_letter_stands_beside_the_first(cast: Cast) -> None:
    """SUG-13: the old reply is kept."""
    way = Way(cast).replied()
    way.take("chen", "reject", {"attitude": "satisfied", "result": "dissatisfied", "reasons": "仍拥堵"})
    way.take("roads_clerk", "contact", {**CONTACT, "held_on": timezone.localdate().isoformat()})
    way.take("roads_clerk", "draft_second_reply", {**REPLY, "done": "第二次答复的话。"})
    way.take("roads_chief", "sign_second_reply")
    client = seat(cast, "chen")
    assert "第二次答复的话。" in words(client.get(f"/matters/{way.matter.pk}/letters/2.docx").content)
    assert "已设置临时停靠区" in words(client.get(way.letter).content)
    assert client.get(f"/matters/{way.matter.pk}/letters/3.docx").status_code == 404


def test_a_draft_is_for_the_organ_that_writes_it(cast: Cast) -> None:
    way = Way(cast).drafted()
    assert seat(cast, "roads_head").get(way.letter).status_code == 200
    for who in ("chen", "office", "leader", "government"):
        assert seat(cast, who).get(way.letter).status_code == 404, who


def test_a_secret_suggestion_s_papers_are_for_its_own_people(cast: Cast) -> None:
    way = Way(cast, keep_secret="on").replied()
    bundle = f"/matters/{way.matter.pk}/bundle.zip"
    for url in (way.letter, bundle):
        assert seat(cast, "chen").get(url).status_code == 200
        for who in ("zhou", "parks_clerk", "leader"):
            assert seat(cast, who).get(url).status_code == 404, who
        assert Client().get(url).status_code == 302


def test_another_congress_has_none_of_these_papers(cast: Cast) -> None:
    way, session = Way(cast).replied(), sitting()
    other = assemble("990102", name="邻区")
    with congress_scope(other.congress):
        client = seat(other, "office")
    for url in (way.letter, f"/matters/{way.matter.pk}/bundle.zip", f"/sessions/{session.pk}/volume.docx"):
        assert client.get(url).status_code == 404, url
    assert client.get(f"/handover/notice.docx?ids={way.matter.pk}").status_code == 422


def test_the_notice_lists_organs_titles_and_days(cast: Cast) -> None:
    """B04: one lead organ each, none or more assisting ones, and the day by which to answer."""
    first, second = Way(cast).assigned("roads", "parks"), Way(cast, title="关于口袋公园的建议").assigned("parks")
    client = seat(cast, "office")
    text = words(client.get(f"/handover/notice.docx?ids={first.matter.pk},{second.matter.pk}").content)
    for piece in (
        "共2件",
        "区交通运输局1件",
        "区园林局1件",
        "关于口袋公园的建议",
        "第2号",
        "第五届人民代表大会第二次会议",
    ):
        assert piece in text.replace("\n", ""), piece
    assert len(re.findall(r"20\d\d年\d+月\d+日", text)) >= 3


def test_notices_are_for_those_who_hand_over_and_need_something(cast: Cast) -> None:
    way = Way(cast).received()
    answer = seat(cast, "office").get(f"/handover/notice.docx?ids={way.matter.pk}")
    assert answer.status_code == 422
    assert "还没有交办" in answer.content.decode()
    assert seat(cast, "office").get("/handover/notice.docx?ids=x").status_code == 404
    for who in ("chen", "roads_office", "street", "leader"):
        assert seat(cast, who).get(f"/handover/notice.docx?ids={way.matter.pk}").status_code == 404, who


def bill(cast: Cast) -> None:
    """A bill moved during the session; the threshold is met by the other deputies of the cast."""
    matter = docket.open_matter("bill", "draft", by=cast["chen"], data=BILL).matter
    Matter.objects.filter(pk=matter.pk).update(number="议案第1号", series="test")


def test_volume_and_notice_say_the_same_and_add_up(cast: Cast) -> None:
    """B04: three parts whose counts add up, and a number and page for every item."""
    bill(cast)
    for number in range(11):
        Way(cast, title=f"关于第{number}件事的建议").received()
    Way(cast, title="关于秘密事项的建议", keep_secret="on").received()
    papers = volume.read(sitting(), cast.congress, timezone.localdate())
    assert papers.total == 13 == sum(len(part) for part in papers.parts)
    assert papers.counts == "共13件，其中：代表议案1件，代表建议、批评和意见12件，民生实事项目0件"
    bound, notice = words(volume_to_docx(volume.volume(papers))), words(to_docx(volume.notice(papers, "某办公室")))
    assert papers.counts in notice
    assert papers.summary == "议案1件、建议12件、民生实事0件"
    assert papers.summary in bound
    for text in (bound, notice):
        assert "关于制定文明行为促进规定的议案" in text
        assert "秘密事项" not in text
        assert "要求保密" in text
        numbers = [int(found) for found in re.findall(r"^第(\d+)号$", text, re.M)]
        assert list(dict.fromkeys(numbers)) == list(range(1, 13))
    assert "制定一件决定。" in bound


def test_a_suggestion_handled_separately_is_one_item_with_its_organs(cast: Cast) -> None:
    """SUG-06: its parts go by their own numbers in lists and by the number of the whole in letters; nothing is counted twice."""
    way = Way(cast).received()
    way.take("office", "assign_separately", {"organs": [cast.organs["roads"].pk, cast.organs["parks"].pk]})
    papers = volume.read(sitting(), cast.congress, timezone.localdate())
    assert papers.total == 1
    listed = words(to_docx(volume.notice(papers, "某办公室")))
    assert re.search("区交通运输局、区园林局|区园林局、区交通运输局", listed)
    part = Matter.objects.get(parent=way.matter, number="第1号之2")
    assert letters.name_of(letters.matter_with_record(part), cast.congress).number == "1"
    notice = seat(cast, "office").get(f"/handover/notice.docx?ids={part.pk}")
    assert "第1号之2" in words(notice.content)


def test_the_volume_s_pages_are_where_the_contents_say(cast: Cast) -> None:
    for number in range(3):
        Way(cast, title=f"关于第{number}件事的建议").received()
    answer = seat(cast, "office").get(f"/sessions/{sitting().pk}/volume.pdf")
    assert answer.status_code == 200
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages]
    contents = next(page for page in pages if "目" in page and "页码" in page)
    for number in range(3):
        found = re.search(rf"关于第{number}件事的建议\s*(\d+)", contents)
        assert found
        bearing = [
            place for place, page in enumerate(pages) if f"关于第{number}件事的建议" in page and "学府路小学" in page
        ]
        assert len(bearing) == 1
        assert re.search(rf"—\s*{found[1]}\s*—", pages[bearing[0]]), (found[1], pages[bearing[0]][-60:])


def test_a_very_large_volume_is_offered_as_word(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from openrenda.web import letters as pages

    monkeypatch.setattr(pages, "MOST_IN_PDF", 2)
    Way(cast).received()
    url = f"/sessions/{sitting().pk}/volume"
    answer = seat(cast, "office").get(f"{url}.pdf")
    assert answer.status_code == 503
    assert f"{url}.docx" in answer.content.decode()


def test_one_download_gives_notice_and_volume(cast: Cast) -> None:
    Way(cast).received()
    answer = seat(cast, "office").get(f"/sessions/{sitting().pk}/volume.zip")
    names = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))).namelist()
    assert sum(name.endswith(".docx") for name in names) == 2


def test_volumes_are_for_offices_and_leaders_and_need_something(cast: Cast) -> None:
    url = f"/sessions/{sitting().pk}/volume.docx"
    assert seat(cast, "office").get(url).status_code == 422
    Way(cast).received()
    for who in ("office", "government", "leader"):
        assert seat(cast, who).get(url).status_code == 200, who
    for who in ("chen", "roads_head", "street", "auditor"):
        assert seat(cast, who).get(url).status_code == 404, who


def test_a_bundle_holds_everything_with_a_list(cast: Cast) -> None:
    way = Way(cast, "lin").replied(**PROMISE)
    answer = seat(cast, "lin").get(f"/matters/{way.matter.pk}/bundle.zip")
    packed = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert packed.namelist() == ["01 建议.docx", "02 第一次答复.docx", "90 办理经过.xlsx", "00 目录.xlsx"]
    assert "学府路小学门前" in words(packed.read("01 建议.docx"))
    assert "陈一鸣、林翀" in words(packed.read("01 建议.docx"))


def test_without_pdf_the_page_says_what_to_install_and_offers_word(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from openrenda.web import letters as pages

    def refuse(document: Any) -> bytes:
        raise PdfUnavailable("服务器上缺少生成 PDF 的组件。请安装字体。")

    monkeypatch.setattr(pages, "to_pdf", refuse)
    way = Way(cast).replied()
    answer = seat(cast, "office").get(way.letter.replace(".docx", ".pdf"))
    assert answer.status_code == 503
    page = answer.content.decode()
    assert "请安装字体" in page
    assert way.letter in page


def test_past_years_are_named_by_their_own_words(cast: Cast) -> None:
    way = Way(cast).replied()
    record = letters.matter_with_record(way.matter)
    record.session, record.session_name = None, "四届三次会议"
    way.matter.number = record.matter.number = "20190032"
    document = letters.reply_document(Reply.objects.get(), record, cast.congress)
    assert document.title == "关于四届三次会议第20190032号建议的答复"


@pytest.mark.parametrize(("first", "second"), [("第9号", "第10号"), ("A2", "A10"), ("闭〔2025〕3号", "闭〔2026〕1号")])
def test_numbers_stand_in_their_order(first: str, second: str) -> None:
    assert volume.in_order(first) < volume.in_order(second)
