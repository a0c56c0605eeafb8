"""Official documents checked against GB/T 9704-2012, as Word and as PDF."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from openrenda.documents.official import (
    Attachment,
    HandOver,
    OfficialDocument,
    Part,
    PdfUnavailable,
    Reply,
    SuggestionName,
    Table,
    Text,
    Volume,
    han,
    hand_over_notice,
    long_date,
    pdf,
    reply_letter,
    to_docx,
    to_pdf,
    volume_to_docx,
    volume_to_pdf,
)
from openrenda.documents.official.model import measure, numbered, title_lines

SUGGESTION = SuggestionName("某某区", 3, 2, "128", "关于加装电梯的建议")
BLOCKS = (
    Text("办理情况", 1),
    Text("资金方面", 2),
    Text("已落实", 3),
    Text("明细", 4),
    Text("李𠮷䶮同志负责。"),
    Text("下一步", 1),
)
REPLY = Reply(
    SUGGESTION, ["张三", "李𠮷䶮"], "某某区住房和城乡建设委员会", "某建函〔2026〕86号", date(2026, 5, 8), "A", "主动公开", BLOCKS,
    "联系人：示例，电话：示例", ("区人大常委会代表工委", "区政府督查室"),
)  # fmt: skip
ITEMS = Table(
    ("编号", "标题", "主办单位"), tuple((str(n), f"关于第{n}件事的建议", "区教育局") for n in range(1, 60)), (1, 5, 2)
)
NOTICE = HandOver(
    "某某区", 3, 2, "某某区人大常委会办公室", "某某区人大常委会办公室", "某人办〔2026〕9号", date(2026, 3, 12), ["区政府办公室"],
    [Text("现将建议交由你单位办理。")], ITEMS, ("区委办公室",),
)  # fmt: skip


def opened(content: bytes) -> Any:
    return docx.Document(io.BytesIO(content))


@pytest.fixture(scope="module")
def letter() -> Any:
    return opened(to_docx(reply_letter(REPLY)))


@pytest.fixture(scope="module")
def paper() -> Any:
    return opened(to_docx(reply_letter(REPLY, "document")))


def paragraph(word: Any, beginning: str) -> Any:
    return next(p for p in word.paragraphs if p.text.startswith(beginning))


def fonts(p: Any) -> set[tuple[str, float]]:
    return {(run._r.rPr.rFonts.get(qn("w:eastAsia")), run.font.size.pt) for run in p.runs if run.text}


def test_page_size_and_four_margins_are_those_of_chapter_5(letter: Any, paper: Any) -> None:
    for word in (letter, paper):
        size, margins = word.sections[0]._sectPr.pgSz, word.sections[0]._sectPr.find(qn("w:pgMar"))
        assert (size.get(qn("w:w")), size.get(qn("w:h"))) == ("11906", "16838")
        found = [margins.get(qn(f"w:{side}")) for side in ("top", "left", "right", "bottom")]
        assert found == ["2098", "1588", "1474", "1984"]


def test_the_type_area_holds_22_lines_of_28_characters(paper: Any) -> None:
    grid, normal = paper.sections[0]._sectPr.find(qn("w:docGrid")), paper.styles["Normal"].element
    pitch = int(grid.get(qn("w:linePitch")))
    assert pitch == int(normal.pPr.spacing.get(qn("w:line")))
    assert (16838 - 2098 - 1984) // pitch == 22
    character = 16 + int(normal.rPr.find(qn("w:spacing")).get(qn("w:val"))) / 20
    assert int((11906 - 1588 - 1474) / 20 / character) == 28


def test_body_font_size_and_exact_lines(paper: Any) -> None:
    assert fonts(paragraph(paper, "李𠮷䶮同志")) == {("仿宋_GB2312", 16)}
    normal = paper.styles["Normal"].element.pPr.spacing
    assert (normal.get(qn("w:lineRule")), normal.get(qn("w:line"))) == ("exact", "579")
    indent = paragraph(paper, "李𠮷䶮同志")._p.pPr.ind
    assert indent.get(qn("w:firstLineChars")) == "200"


def test_the_title_is_size_2_in_small_standard_song_and_centred(paper: Any) -> None:
    title = paragraph(paper, "关于某某区")
    assert title.text.replace("\n", "") == "关于某某区第三届人民代表大会第二次会议第128号建议的答复"
    assert fonts(title) == {("方正小标宋简体", 22)}
    assert title._p.pPr.jc.get(qn("w:val")) == "center"


def test_four_levels_have_their_numbers_and_fonts(paper: Any) -> None:
    expected = {
        "一、办理情况": "黑体",
        "（一）资金方面": "楷体_GB2312",
        "1.已落实": "仿宋_GB2312",
        "（1）明细": "仿宋_GB2312",
        "二、下一步": "黑体",
    }
    for text, font in expected.items():
        assert fonts(paragraph(paper, text)) == {(font, 16)}


def test_numbers_of_headings_begin_again_below_a_higher_one() -> None:
    levels = [Text("", level) for level in (1, 2, 2, 3, 1, 2, 3)]
    assert [block.text for block in numbered(levels)] == ["一、", "（一）", "（二）", "1.", "二、", "（一）", "1."]


def test_class_and_disclosure_marks_stand_top_right_of_the_first_page(letter: Any, paper: Any) -> None:
    assert [p.text for p in paper.paragraphs[:2]] == ["类别标记：A", "公开属性：主动公开"]
    assert {p._p.pPr.jc.get(qn("w:val")) for p in paper.paragraphs[:2]} == {"right"}
    head = letter.sections[0].first_page_header.paragraphs[0]
    assert head.text == "类别标记：A　　公开属性：主动公开"
    assert head._p.pPr.jc.get(qn("w:val")) == "right"


def test_the_issuer_is_red_and_a_red_line_follows_the_number(paper: Any) -> None:
    issuer = paragraph(paper, "某某区住房和城乡建设委员会文件")
    assert str(issuer.runs[0].font.color.rgb) == "FF0000"
    line = paragraph(paper, "某建函〔2026〕86号")._p.pPr.find(qn("w:pBdr")).find(qn("w:bottom"))
    assert line.get(qn("w:color")) == "FF0000"


@pytest.mark.parametrize(
    "number",
    ["某建函[2026]86号", "某建函（2026）86号", "某建函〔2026〕第86号", "某建函〔2026〕086号", "某建函〔26〕86号"],
)
def test_a_number_needs_hexagonal_brackets_full_year_no_zero_no_di(number: str) -> None:
    with pytest.raises(ValueError, match="不合格式，应写成"):
        OfficialDocument("题", "某局", number)


@given(st.dates(date(1949, 10, 1), date(2199, 12, 31)))
def test_dates_have_no_leading_zeros(day: date) -> None:
    assert long_date(day) == f"{day.year}年{day.month}月{day.day}日"
    assert "年0" not in long_date(day)
    assert "月0" not in long_date(day)


def test_page_numbers_have_one_dash_on_each_side_and_are_mirrored(letter: Any, paper: Any) -> None:
    assert paper.settings.odd_and_even_pages_header_footer
    for word in (letter, paper):
        odd, even = word.sections[0].footer.paragraphs[0], word.sections[0].even_page_footer.paragraphs[0]
        assert (odd.text, even.text) == ("— 1 —", "— 1 —")
        assert [run.text for run in odd._p.iter(qn("w:instrText"))] == [" PAGE "]
        assert [p._p.pPr.jc.get(qn("w:val")) for p in (odd, even)] == ["right", "left"]
        assert (odd._p.pPr.ind.get(qn("w:rightChars")), even._p.pPr.ind.get(qn("w:leftChars"))) == ("100", "100")
        assert fonts(odd) == {("宋体", 14)}


def test_a_letter_has_no_number_on_its_first_page_and_two_double_red_lines(letter: Any) -> None:
    section = letter.sections[0]
    assert section.different_first_page_header_footer
    assert not list(section.first_page_footer._element.iter(qn("w:instrText")))
    rules = {"header": section.first_page_header._element, "footer": section.first_page_footer._element}
    weights = {name: [int(b.get(qn("w:sz"))) for b in part.iter(qn("w:bottom"))] for name, part in rules.items()}
    assert weights == {"header": [24, 6], "footer": [6, 24]}, (
        "thick above thin at the head, thin above thick at the foot"
    )


def record(word: Any) -> Any:
    return word.tables[-1]


def test_the_record_has_three_lines_of_the_right_weight_at_the_foot(paper: Any) -> None:
    table = record(paper)
    place = table._tbl.tblPr.find(qn("w:tblpPr"))
    assert (place.get(qn("w:vertAnchor")), place.get(qn("w:tblpYSpec"))) == ("margin", "bottom")
    borders = table._tbl.tblPr.find(qn("w:tblBorders"))
    eighths = {b.tag.rpartition("}")[2]: int(b.get(qn("w:sz"))) for b in borders}
    assert {side: round(size / 8 * 25.4 / 72, 2) for side, size in eighths.items()} == {
        "top": 0.35,
        "bottom": 0.35,
        "insideH": 0.26,
    }
    assert table.rows[0].cells[0].text == "抄送：区人大常委会代表工委，区政府督查室。"
    assert [cell.text for cell in table.rows[1].cells] == ["某某区住房和城乡建设委员会办公室", "2026年5月8日印发"]
    assert fonts(table.rows[0].cells[0].paragraphs[0]) == {("仿宋_GB2312", 14)}


def test_the_record_of_a_letter_has_copies_only_and_no_lines(letter: Any) -> None:
    assert [cell.text for row in record(letter).rows for cell in row.cells[:1]] == [
        "抄送：区人大常委会代表工委，区政府督查室。"
    ]
    assert record(letter)._tbl.tblPr.find(qn("w:tblBorders")) is None


def test_under_a_seal_the_date_has_four_blanks_and_the_organ_is_centred_over_it() -> None:
    document = OfficialDocument("题", "某局", signed_by="某某区教育局", dated=date(2026, 3, 5))
    (organ, organ_blanks), (day, day_blanks) = document.signature()
    assert day_blanks == 4
    assert organ_blanks + measure(organ) / 2 == pytest.approx(day_blanks + measure(day) / 2)


@given(st.integers(1, 28), st.booleans())
def test_signatures_of_any_length_stay_on_the_page(length: int, sealed: bool) -> None:
    document = OfficialDocument("题", "某局", signed_by="局" * length, dated=date(2026, 12, 31), sealed=sealed)
    assert all(blanks >= 0 for _, blanks in document.signature())
    assert all(blanks + measure(text) <= 30 for text, blanks in document.signature())


def test_without_a_seal_the_date_begins_two_characters_right_of_the_organ() -> None:
    document = OfficialDocument(
        "题", "某局", signed_by="某某区住房和城乡建设委员会", dated=date(2026, 3, 5), sealed=False
    )
    (organ, organ_blanks), (day, day_blanks) = document.signature()
    assert organ_blanks == 2
    assert (organ_blanks + measure(organ)) - (day_blanks + measure(day)) == 2


def test_attachments_are_listed_and_have_pages_of_their_own() -> None:
    attachments = (Attachment("清单", (Text("一项。"),)), Attachment("说明", (ITEMS,), landscape=True))
    document = OfficialDocument("关于某事的通知", "某局文件", attachments=attachments, copies=("某办",))
    word = opened(to_docx(document))
    texts = [p.text for p in word.paragraphs]
    assert texts[texts.index("附件：1.清单") + 1] == "　　　2.说明"
    assert "附件1" in texts
    assert "附件2" in texts
    sizes = [(s.page_width > s.page_height) for s in word.sections]
    assert sizes == [False, False, True, False], "the 版记 behind a landscape page has an upright page of its own"


def test_the_hand_over_table_repeats_its_head_and_never_tears_a_row() -> None:
    table = opened(to_docx(hand_over_notice(NOTICE))).tables[0]
    assert len(table.rows) == 60
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_the_contents_of_a_volume_point_to_every_part() -> None:
    parts = tuple(Part(str(n), f"关于第{n}件事的建议", (Text("正文。"),)) for n in range(1, 8))
    word = opened(volume_to_docx(Volume("建议汇编", parts)))
    fields = [node.text.split()[1] for node in word.element.body.iter(qn("w:instrText"))]
    marks = [node.get(qn("w:name")) for node in word.element.body.iter(qn("w:bookmarkStart"))]
    assert fields == marks == [f"part_{n}" for n in range(1, 8)]
    assert word.settings.element.find(qn("w:updateFields")) is not None


def test_word_and_pdf_bytes_are_equal_for_equal_documents() -> None:
    assert to_docx(reply_letter(REPLY)) == to_docx(reply_letter(REPLY))
    assert to_pdf(reply_letter(REPLY)) == to_pdf(reply_letter(REPLY))


def test_the_reply_is_named_addressed_and_worded_by_the_number_of_deputies() -> None:
    one = reply_letter(Reply(SUGGESTION, ["张三"], "某局", "某函〔2026〕1号", date(2026, 1, 2), "B", "依申请公开", ()))
    assert one.addressees == "张三代表"
    assert one.blocks[0].text.startswith("您提出的《关于加装电梯的建议》（第128号）收悉。")
    assert reply_letter(REPLY).addressees == "张三代表、李𠮷䶮代表"
    assert "你们" in reply_letter(REPLY).blocks[-1].text
    many = Reply(SUGGESTION, list("甲乙丙丁"), "某局", "", date(2026, 1, 2), "", "", ())
    assert reply_letter(many).addressees == "甲等4位代表"
    assert str(SuggestionName("某某区", 12, None, "5")) == "某某区第十二届人民代表大会闭会期间第5号建议"


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "零"), (3, "三"), (10, "十"), (12, "十二"), (20, "二十"), (105, "一百零五"), (1010, "一千零一十")],
)
def test_terms_and_sessions_are_written_in_chinese_numerals(number: int, words: str) -> None:
    assert han(number) == words


@given(st.text(alphabet="关于加强老旧小区改造《》（）、128的建议", min_size=1, max_size=120))
def test_title_lines_keep_every_character_and_fit_the_line(title: str) -> None:
    assert "".join(title_lines(title)) == title
    assert all(measure(line) <= 20 for line in title_lines(title))


def test_a_title_is_broken_between_words() -> None:
    lines = title_lines("关于交办某某区第三届人民代表大会第二次会议代表建议、批评和意见的通知")
    assert len(lines) == 2
    assert not lines[1].startswith(("会议", "、", "的"))


def text_of_pages(content: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]


def test_a_pdf_page_holds_22_lines_of_28_characters() -> None:
    document = OfficialDocument("题", "某局文件", blocks=(Text("国" * 28 * 60),))
    lines = [line.strip() for line in text_of_pages(to_pdf(document))[1].splitlines() if "国" in line]
    assert [len(line) for line in lines] == [28] * 22


def test_the_pdf_letter_has_its_number_from_the_second_page_and_every_rare_character() -> None:
    blocks = (*BLOCKS, *(Text("很长的一段说明。" * 30) for _ in range(4)))
    pages = text_of_pages(
        to_pdf(
            reply_letter(
                Reply(SUGGESTION, ["李𠮷䶮"], "某局", "某函〔2026〕1号", date(2026, 1, 2), "A", "主动公开", blocks)
            )
        )
    )
    assert "李𠮷䶮代表" in pages[0]
    assert "—" not in pages[0]
    assert "— 2 —" in pages[1].replace("\xa0", " ")
    assert "类别标记：A" in pages[0]


def test_no_glyph_of_a_rare_name_is_missing_from_the_pdf_fonts() -> None:
    reader = PdfReader(io.BytesIO(to_pdf(OfficialDocument("题", "某局", blocks=(Text("𠮷䶮喆堃龑"),)))))
    maps = [font.get_object()["/ToUnicode"].get_object().get_data() for font in _fonts(reader)]
    for character in "𠮷䶮喆堃龑":
        code = character.encode("utf-16-be").hex().encode()
        glyphs = [
            line.split()[0].strip(b"<>")
            for m in maps
            for line in m.splitlines()
            if line.lower().endswith(b"<" + code + b">")
        ]
        assert glyphs, f"{character} is not in the file"
        assert all(int(glyph, 16) != 0 for glyph in glyphs), f"{character} is drawn as an empty box"


def _fonts(reader: PdfReader) -> list[Any]:
    return list(reader.pages[0]["/Resources"]["/Font"].values())


def test_the_contents_of_a_pdf_volume_give_the_true_pages() -> None:
    parts = tuple(Part(str(n), f"关于第{n}件事的建议", (Text("很长的正文。" * 150 * n),)) for n in range(1, 5))
    pages = text_of_pages(volume_to_pdf(Volume("建议汇编", parts)))
    starts = [
        next(i for i, page in enumerate(pages, 1) if i > 2 and f"关于第{n}件事的建议" in page) for n in range(1, 5)
    ]
    contents = pages[1].split()
    assert [int(contents[contents.index(f"关于第{n}件事的建议") + 1]) for n in range(1, 5)] == starts


@pytest.mark.slow
def test_a_large_volume_joined_from_pieces_is_the_same_as_one_printing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Page for page, numbers on the right side, a contents that leads there, bookmarks, the same bytes each time."""
    parts = tuple(
        Part(f"第{n}号", f"关于第{n}件事的建议", (Text("很长的正文。" * 90 * (n % 4 + 1)),)) for n in range(95, 118)
    )
    volume = Volume("建议汇编", parts, "某区人大")
    whole = text_of_pages(volume_to_pdf(volume))
    monkeypatch.setattr(pdf, "PARTS_AT_ONCE", 4)
    joined = volume_to_pdf(volume)
    assert text_of_pages(joined) == whole
    assert joined == volume_to_pdf(volume)
    reader = PdfReader(io.BytesIO(joined))
    front = next(place for place, page in enumerate(whole) if "很长的正文" in page)
    links = [note.get_object() for page in reader.pages[:front] for note in page.get("/Annots", [])]
    targets = [reader.get_page_number(link["/Dest"][0].get_object()) for link in links]
    assert targets == [next(i for i, page in enumerate(whole) if i >= front and part.title in page) for part in parts]
    assert [mark.title for mark in reader.outline][-len(parts) :] == [part.title for part in parts]


def test_a_landscape_attachment_is_a_turned_page_in_pdf_and_repeats_its_head() -> None:
    reader = PdfReader(io.BytesIO(to_pdf(hand_over_notice(NOTICE))))
    wide = [page for page in reader.pages if page.mediabox.width > page.mediabox.height]
    assert len(wide) > 1
    assert all("主办单位" in page.extract_text() for page in wide)


def test_markup_in_a_title_is_text_and_nothing_is_loaded_from_elsewhere() -> None:
    evil = '<img src="file:///etc/passwd"><script>x</script>'
    pages = text_of_pages(to_pdf(OfficialDocument("题", "某局", blocks=(Text(evil),))))
    assert "<script>" in pages[0]


def test_a_server_without_fonts_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    pdf._printer.cache_clear()
    monkeypatch.setattr(pdf, "_families", list)
    with pytest.raises(PdfUnavailable, match="fonts-noto-cjk"):
        to_pdf(OfficialDocument("题", "某局"))
    assert "请在服务器上安装" in pdf.pdf_problems()[0]
    monkeypatch.undo()
    pdf._printer.cache_clear()
