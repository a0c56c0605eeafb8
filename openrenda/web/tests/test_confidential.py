"""Confidential PDFs: shown page by page as pictures with the reader's name in them, only while they may be read; what cannot be shown is refused in words."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image, ImageChops
from pypdf import PdfWriter
from weasyprint import HTML

from openrenda.activities.hall import Paper, PaperReading
from openrenda.docket.models import File, Matter
from openrenda.docket.refusals import Incomplete
from openrenda.documents import draw_pdf, marked_pages
from openrenda.tenancy import congress_scope
from tests import sittings
from tests.cast import Cast, assemble
from tests.sittings import take

from .stage import seat, text

TOLD = "机密要点一"


def pdf(pages: int = 2, width: float = 595, height: float = 842, password: str = "") -> bytes:
    """A PDF of empty pages."""
    writer, made = PdfWriter(), io.BytesIO()
    for _page in range(pages):
        writer.add_blank_page(width, height)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    writer.write(made)
    return made.getvalue()


def written() -> bytes:
    """A PDF with words on its two pages."""
    made = HTML(string=f"<p>{TOLD}</p><p style='break-before:page'>第二页的内容</p>").write_pdf()
    assert made
    return made


def register(cast: Cast, sitting: Matter, content: bytes, name: str = "清单.pdf") -> str:
    """The clerk registers it as confidential; what the page says."""
    given = {"file": SimpleUploadedFile(name, content), "title": "清单", "confidential": "on"}
    return text(seat(cast, "office").post(f"/hall/{sitting.pk}/papers/", given, follow=True))


def sat(cast: Cast, content: bytes, name: str = "清单.pdf") -> tuple[Matter, str]:
    """An open sitting with a confidential paper that was sent, and the address of the paper."""
    sitting = sittings.called(cast, "审议任免")
    assert "已登记" in register(cast, sitting, content, name)
    take(cast, sitting, "office", "send_papers")
    take(cast, sitting, "office", "begin_sign_in")
    sittings.arrive(cast, sitting, "chen", "lin")
    take(cast, sitting, "office", "open")
    return sitting, f"/hall/{sitting.pk}/papers/{Paper.objects.get(matter=sitting, confidential=True).pk}/"


def marked_share(shown: bytes, bare: bytes) -> float:
    """Which part of a picture differs from the bare one."""
    pair = [Image.open(io.BytesIO(one)).convert("L") for one in (shown, bare)]
    difference = ImageChops.difference(*pair).point(lambda value: 255 if value > 20 else 0)
    return sum(difference.histogram()[255:]) / (pair[0].width * pair[0].height)


def test_a_confidential_pdf_is_shown_as_pictures_with_the_name_in_them(cast: Cast) -> None:
    """Each page has its size beforehand, a name in words, and its text for those who hear it; no browser keeps it."""
    sitting, where = sat(cast, written())
    client = seat(cast, "chen")
    shown = text(client.get(where))
    assert shown.count("<img loading=") == 2
    assert 'width="1400" height="1980" alt="第 2 页"' in shown
    assert f'<p class="visually-hidden">{TOLD}' in shown
    answer = client.get(f"{where}pages/1/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert answer["Cache-Control"].startswith("private, no-store")
    assert answer["X-Content-Type-Options"] == "nosniff"
    bare = marked_pages._run(written(), "page", "1")
    assert marked_share(answer.content, bare) > 0.01
    other = seat(cast, "lin").get(f"{where}pages/1/").content
    assert marked_share(other, answer.content) > 0.005, "another reader has another name in it"
    assert [row.name for row in PaperReading.objects.filter(matter=sitting).order_by("read_at")] == [
        cast["chen"].name,
        cast["lin"].name,
    ]


def test_a_page_asked_for_by_itself_is_noted_once_an_hour(cast: Cast) -> None:
    """Who keeps an address and asks for a page without the paper is in the list all the same."""
    sitting, where = sat(cast, written())
    client, rows = seat(cast, "chen"), PaperReading.objects.filter(matter=sitting)
    client.get(where)
    for number in (1, 2):
        client.get(f"{where}pages/{number}/")
    assert rows.count() == 1
    rows.update(read_at=timezone.now() - timedelta(hours=2))
    client.get(f"{where}pages/2/")
    assert rows.count() == 2


def test_a_page_is_there_for_those_in_the_hall_while_it_sits(cast: Cast) -> None:
    """Not for those who are not there, other seats, other congresses, strangers, or anybody after the end; and no file of it for anybody."""
    sitting, where = sat(cast, written())
    page = f"{where}pages/1/"
    assert seat(cast, "chen").get(page).status_code == 200
    for who in ("ouyang", "zhou", "roads_clerk", "auditor", "leader"):
        assert seat(cast, who).get(page).status_code == 404, who
    for number in ("0", "3", "99999999999999999999"):
        assert seat(cast, "chen").get(f"{where}pages/{number}/").status_code == 404
    assert seat(cast, "office").get(f"{where}content/").status_code == 404
    other = assemble("990102", name="邻区")
    with congress_scope(other.congress):
        assert seat(other, "chen").get(page).status_code == 404
    sittings.settle(cast, sitting)
    take(cast, sitting, "office", "close")
    assert seat(cast, "chen").get(page).status_code == 404
    assert TOLD not in text(seat(cast, "chen").get(where))


def test_a_paper_that_is_not_confidential_has_no_pages(cast: Cast) -> None:
    """It is opened as a file."""
    sitting = sittings.called(cast)
    given = {"file": SimpleUploadedFile("清单.pdf", pdf()), "title": "清单"}
    seat(cast, "office").post(f"/hall/{sitting.pk}/papers/", given)
    paper = Paper.objects.get(matter=sitting, received_on__isnull=False)
    assert seat(cast, "office").get(f"/hall/{sitting.pk}/papers/{paper.pk}/pages/1/").status_code == 404


def picture() -> bytes:
    """A white sheet."""
    made = io.BytesIO()
    Image.new("RGB", (1400, 900), "white").save(made, "PNG")
    return made.getvalue()


def test_a_confidential_picture_has_the_name_in_it(cast: Cast) -> None:
    """The picture that the browser could keep is a marked copy."""
    _sitting, where = sat(cast, picture(), "图.png")
    answer = seat(cast, "chen").get(f"{where}content/")
    assert answer["Content-Type"] == "image/jpeg"
    assert marked_share(answer.content, picture()) > 0.01


def test_without_a_font_a_picture_that_was_taken_is_not_shown_bare(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """In its place stands why."""
    _sitting, where = sat(cast, picture(), "图.png")
    monkeypatch.setattr(marked_pages, "mark_font", lambda: None)
    answer = seat(cast, "chen").get(f"{where}content/")
    assert (answer.status_code, answer["Content-Type"]) == (503, "text/plain; charset=utf-8")
    assert "没有中文字体" in text(answer)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (lambda: pdf(pages=draw_pdf.MOST_PAGES + 1), "最多 300 页"),
        (lambda: pdf(pages=10_000), "最多 300 页"),
        (lambda: pdf(height=5000 * 72 / 25.4), "边长超过 1.2 米"),
        (lambda: pdf(password="Zf8"), "设有打开密码"),
        (lambda: b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF", "已损坏或者不完整"),
        (lambda: pdf(pages=0), "已损坏或者不完整"),
    ],
)  # fmt: skip
def test_what_cannot_be_shown_is_not_taken(cast: Cast, content: Any, words: str) -> None:
    """The clerk is told why in a sentence; nothing is kept."""
    sitting = sittings.called(cast)
    assert words in register(cast, sitting, content())
    assert not Paper.objects.filter(matter=sitting, received_on__isnull=False).exists()
    assert not File.objects.filter(matter=sitting).exists()


def test_other_kinds_and_other_doors_are_refused_alike(cast: Cast) -> None:
    """A table cannot be confidential; the step that takes a file uploaded before asks the same question."""
    sitting = sittings.called(cast)
    assert "保密材料请用 PDF、Word" in register(cast, sitting, "甲,乙\n1,2".encode(), "表.csv")
    assert "没有选文件" in text(seat(cast, "office").post(f"/hall/{sitting.pk}/papers/", {}, follow=True))
    assert seat(cast, "chen").post(f"/hall/{sitting.pk}/papers/", {}).status_code == 404
    kept = sittings.uploaded(sitting, "坏.pdf", "%PDF-1.4 broken %%EOF")
    File.objects.filter(pk=kept.pk).update(media_type="application/pdf")
    data = {"paper": "", "title": "清单", "file": str(kept.pk), "confidential": "on"}
    with pytest.raises(Incomplete) as refused:
        take(cast, sitting, "office", "register_paper", data)
    assert "已损坏" in str(refused.value.form.errors)


def test_a_page_that_takes_too_long_is_given_up(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The process of the site never waits longer than its bound, and says so in words."""
    sitting = sittings.called(cast)
    monkeypatch.setattr(marked_pages, "SECONDS", 0.001)
    assert "太复杂" in register(cast, sitting, pdf())


def test_without_a_font_no_confidential_page_or_picture_is_taken(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that cannot be written protects nothing."""
    sitting = sittings.called(cast)
    monkeypatch.setattr(marked_pages, "mark_font", lambda: None)
    assert "没有中文字体" in register(cast, sitting, pdf())
    assert "没有中文字体" in register(cast, sitting, picture(), "图.png")
    assert not File.objects.filter(matter=sitting).exists()
