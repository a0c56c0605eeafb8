"""B04 建议汇编与分办交办. The papers themselves, (1) and (4): openrenda/procedures/suggestion/tests/test_letters.py."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import timedelta

import docx
import pytest
from django.utils import timezone

from openrenda.docket.models import Matter, Party
from openrenda.docket.refusals import Incomplete, Refused
from openrenda.people.models import Session, Term
from openrenda.web.tests.stage import Way, seat
from tests.cast import Cast

from .conftest import Wall


def lead(way: Way) -> list[str]:
    """The organs that lead now."""
    return list(Party.objects.filter(matter_id=way.pk, role="handler", until=None).values_list("name", flat=True))


def test_1_and_4_one_act_makes_notice_and_volume_of_three_parts_that_add_up(cast: Cast) -> None:
    """Must (1), (4): one download, both papers from one reading, every item numbered; a part without items says so."""
    today = timezone.localdate()
    session = Session.objects.create(term=Term.objects.get(), number=2, since=today, until=today + timedelta(days=4))
    for title in ("关于第一件事的建议", "关于第二件事的建议"):
        Way(cast, title=title).received()
    answer = seat(cast, "office").get(f"/sessions/{session.pk}/volume.zip")
    packed = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    papers = {name: words(packed.read(name)) for name in packed.namelist() if name.endswith(".docx")}
    assert len(papers) == 2
    for name, text in papers.items():
        assert "第五届人民代表大会第二次会议" in text.replace("\n", "")
        assert all(part in text for part in ("议案", "建议、批评和意见", "民生实事项目")), name
        assert {"第1号", "第2号"} <= set(re.findall(r"第\d+号", text)), name
    notice = next(text for name, text in papers.items() if "通知" in name)
    total, *parts = (int(number) for number in re.findall(r"(\d+)件", notice)[:4])
    assert total == sum(parts) == 2


def words(content: bytes) -> str:
    """All words of a Word file, tables too."""
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_2_one_lead_organ_and_none_or_more_assisting_ones(cast: Cast) -> None:
    """Must (2)."""
    way = Way(cast).received()
    roads, parks = cast.organs["roads"].pk, cast.organs["parks"].pk
    for data in ({}, {"assisting": [parks]}, {"organ": roads, "assisting": [roads]}):
        with pytest.raises(Incomplete):
            way.take("office", "assign", data)
    way.take("office", "assign", {"organ": roads, "assisting": [parks]})
    assert lead(way) == ["区交通运输局"]
    assert [child.procedure for child in Matter.objects.filter(parent=way.matter)] == ["assistance"]


def test_3_a_transfer_is_asked_in_time_with_a_reason_and_somebody_always_leads(cast: Cast, wall: Wall) -> None:
    """Must (3)."""
    way = Way(cast).received()
    way.take("office", "assign", {"organ": cast.organs["roads"].pk})
    with pytest.raises(Incomplete):
        way.take("roads_office", "decline", {})
    way.take("roads_office", "decline", {"reason": "属于园林局职责"})
    assert lead(way) == ["区交通运输局"]
    way.take("office", "reassign", {"organ": cast.organs["parks"].pk})
    assert lead(way) == ["区园林局"]
    wall.pass_days(60)
    with pytest.raises(Refused, match="退办期限"):
        way.take("parks_office", "decline", {"reason": "不属于本单位"})
    assert lead(way) == ["区园林局"]
