"""The two spellings of an answer: XML and JSON, and the errors of the specification in both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree  # nosec B405 # writes only

from django.http import HttpResponse
from django.utils import timezone

from ..answers import JSON, encoded

XML = "text/xml; charset=utf-8"
FORMATS = ("json", "xml")
# Beyond what XML 1.0 may hold.
_FORBIDDEN = {code: None for code in range(32) if code not in (9, 10, 13)} | {0xFFFE: None, 0xFFFF: None}

Row = Mapping[str, Any]


def listed(spelling: str, whole: str, each: str, rows: Sequence[Row], status: int = 200) -> HttpResponse:
    """A list of rows: ``<whole><each>…`` or a JSON array."""
    if spelling == "xml":
        root = ElementTree.Element(whole)
        for row in rows:
            _append(root, each, row)
        content: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
        return HttpResponse(content, status=status, content_type=XML)
    return HttpResponse(encoded([_plain(row) for row in rows]), status=status, content_type=JSON)


def single(spelling: str, name: str, row: Row) -> HttpResponse:
    """One row: ``<name>…`` or a JSON object."""
    if spelling == "xml":
        root = ElementTree.Element(name)
        _fill(root, row)
        return HttpResponse(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True), content_type=XML)
    return HttpResponse(encoded(_plain(row)), content_type=JSON)


def errors(spelling: str, status: int, sentences: Sequence[str]) -> HttpResponse:
    """What was wrong, one sentence each."""
    return listed(spelling, "errors", "error", [{"code": status, "description": said} for said in sentences], status)


def moment(value: date | datetime | None) -> str | None:
    """ISO 8601 with the offset, as the specification writes it; a day is its beginning."""
    if value is None:
        return None
    if not isinstance(value, datetime):
        value = timezone.make_aware(datetime.combine(value, time()))
    return timezone.localtime(value).isoformat(timespec="seconds")


def _plain(row: Row) -> dict[str, Any]:
    """As the XML mapped by the Spark convention, which the specification names: what is empty is null."""
    return {
        name: float(value) if isinstance(value, Decimal) else None if value == "" else value
        for name, value in row.items()
    }


def _append(parent: ElementTree.Element, name: str, row: Row) -> None:
    _fill(ElementTree.SubElement(parent, name), row)


def _fill(element: ElementTree.Element, row: Row) -> None:
    for name, value in row.items():
        child = ElementTree.SubElement(element, name)
        if isinstance(value, Sequence) and not isinstance(value, str):
            for part in value:
                _part(child, name.removesuffix("s"), part)
            continue
        child.text = "" if value is None else _words(value)


def _part(parent: ElementTree.Element, name: str, part: Any) -> None:
    if isinstance(part, Mapping):
        _append(parent, name, part)
    else:
        ElementTree.SubElement(parent, name).text = _words(part)


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value).translate(_FORBIDDEN)
