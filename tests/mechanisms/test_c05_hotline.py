"""C05 12345政务服务便民热线, by files and by hand."""

from __future__ import annotations

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from openrenda.docket.models import Act, Matter
from openrenda.procedures.opinion import hotline
from openrenda.web.tests.stage import seat, text
from tests.cast import Cast

from .opining import now, said
from .stage import take

PAGE = "/lists/opinion/hotline/"


def at_hotline(cast: Cast, **more: Any) -> Matter:
    """An opinion that was sent there."""
    matter = said(cast, name="王桂兰", phone="13800138000", **more)
    take(cast, matter, "street", "sort", {"nature": "question", "level": "district"})
    take(cast, matter, "office", "to_hotline", {})
    return now(matter)


def bring_back(cast: Cast, rows: str) -> Any:
    """The hotline's table, uploaded by the office."""
    file = SimpleUploadedFile("back.csv", f"编号,工单号,答复,结果\n{rows}".encode())
    return seat(cast, "office").post(PAGE, {"file": file})


def test_c05_1_it_is_sent_as_a_file_and_stores_the_ticket_number(cast: Cast) -> None:
    """Must (1): the file names neither the resident nor her telephone."""
    matter = at_hotline(cast)
    answer = seat(cast, "office").get(f"{PAGE}file/")
    cells = [str(cell.value) for row in load_workbook(io.BytesIO(answer.content)).active.iter_rows() for cell in row]
    assert matter.number in cells
    assert not any("王桂兰" in cell or "13800138000" in cell for cell in cells)
    bring_back(cast, f"{matter.number},RX-77,,\n")
    assert (now(matter).opinion.get().ticket, now(matter).state) == ("RX-77", "hotline")
    by_hand = at_hotline(cast, text="另一件事")
    take(cast, by_hand, "office", "note_ticket", {"ticket": "RX-78"})
    assert by_hand.opinion.get().ticket == "RX-78"


def test_c05_2_the_answer_is_brought_back_and_is_its_result(cast: Cast) -> None:
    """Must (2)."""
    matter = at_hotline(cast)
    page = text(bring_back(cast, f"{matter.number},RX-77,已派人维修,已经解决\n"))
    assert "登记了答复" in page
    record = now(matter).opinion.get()
    assert (now(matter).state, record.answer, record.result) == ("answered", "已派人维修", "solved")


def test_c05_3_one_opinion_is_one_matter_in_both_systems(cast: Cast) -> None:
    """Must (3): the same file twice changes nothing."""
    matter = at_hotline(cast)
    for _again in range(2):
        bring_back(cast, f"{matter.number},RX-77,已派人维修,已经解决\n")
    assert Matter.objects.filter(procedure="opinion").count() == 1
    assert Act.objects.filter(matter=matter, step="hotline_answer").count() == 1


def test_c05_4_a_bad_row_is_named_and_the_others_are_taken(cast: Cast) -> None:
    """Must (4): by files, row by row."""
    one, two = at_hotline(cast), at_hotline(cast, text="另一件事")
    outcomes = hotline.bring_back(
        f"编号,工单号,答复,结果\n民意〔1999〕9号,X,好,已经解决\n{one.number},,没有工单,已经解决\n{two.number},RX-2,已办,已经解决\n".encode(),
        "back.csv", cast["office"],
    )  # fmt: skip
    assert [bool(row.problem) for row in outcomes] == [True, True, False]
    assert (now(one).state, now(two).state) == ("hotline", "answered")
