"""A report on the page: every number opens what is behind it, with its formula and its sides at hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from openrenda.figures.reports.checking import BLOCKS, NOTES, WARNS, Finding
from openrenda.figures.reports.comparing import Comparison
from openrenda.figures.reports.papers import Entry, Paper, annex_row, told_once
from openrenda.figures.reports.parsing import CHART, LIST, TYPED
from openrenda.figures.reports.rendering import Link, Shown, as_html

from .. import cells
from ..charts import Point, line

GRADES = (
    (BLOCKS, lazy("必须解决"), "late"),
    (WARNS, lazy("请核对"), "soon"),
    (NOTES, lazy("供参考"), "on_time"),
)


def text(paper: Paper, link: Link) -> SafeString:
    """The report's words with its numbers."""
    return as_html(paper.pieces, link)


def linker(paper: Paper, address: Any) -> Link:
    """The words of one item; ``address`` gives the way to its list, or nothing."""
    entries = {entry.position: entry for entry in paper.entries}

    def words(item: Shown) -> SafeString:
        entry = entries[item.position]
        if item.kind == LIST:
            return listed(item)
        if item.kind == CHART:
            return drawn(item)
        if item.kind == TYPED:
            note = _("手填，出处：%(source)s") % {"source": entry.source}
            return format_html(
                '<span class="typed-number" title="{}">{}<span class="visually-hidden">（{}）</span></span>',
                note,
                item.printed,
                note,
            )
        return cells.evidence(item.printed, address(entry), f"（{tip(entry)}）")

    return words


def tip(entry: Entry) -> str:
    """A number's sides in a few words: what a rate was made of, and by which rounding."""
    if entry.whole is None:
        return entry.label
    sides = _("%(label)s：%(part)s ÷ %(whole)s") % {"label": entry.label, "part": entry.part, "whole": entry.whole}
    return f"{sides}，{_(entry.rounding)}" if entry.rounding else sides


def listed(item: Shown) -> SafeString:
    """A list of evidence."""
    rows = format_html_join(
        "", "<li>{} {}</li>", ((number or "—", title or _("（未公开）")) for number, title in item.rows)
    )
    return format_html("<ul>{}</ul>", rows or SafeString(f"<li>{_('没有一件')}</li>"))


def drawn(item: Shown) -> SafeString:
    """A chart with its numbers in a table."""
    points = [_point(each) for each in item.series]
    rows = format_html_join(
        "", "<tr><th scope='row'>{}</th><td class='number'>{}{}</td></tr>",
        ((each["label"], each["value"], _("（未满期）") if each.get("unfinished") else "") for each in item.series),
    )  # fmt: skip
    return format_html(
        "<figure><figcaption>{}</figcaption>{}<div class='table-frame'><table class='data-table'><tbody>{}</tbody></table></div></figure>",
        item.label, line(points), rows,
    )  # fmt: skip


def _point(each: dict[str, Any]) -> Point:
    whole = each.get("whole")
    height = 100 * each["part"] / whole if whole else 0.0 if whole is not None else float(each["part"])
    return Point(str(each["label"]), height, str(each["value"]), bool(each.get("unfinished")))


def evidence_address(entry: Entry, session: UUID | None = None) -> str:
    """The list behind a number of a draft, in the pages of figures."""
    if entry.kind == TYPED:
        return ""
    key = entry.key.rpartition(".")[2] if not entry.key.startswith("counter.") else entry.key.replace(".", "-", 1)
    asked = {"as_of": entry.as_of.isoformat()}
    if session is not None:
        asked["session"] = str(session)
    else:
        asked |= {"since": entry.since.isoformat(), "until": entry.until.isoformat()}
    if entry.whole is not None:
        return f"{reverse('figures:figure', args=[key])}?{urlencode(asked)}"
    return f"{reverse('figures:evidence', args=[key, 'part'])}?{urlencode(asked)}"


def findings(found: Sequence[Finding]) -> list[dict[str, Any]]:
    """What the checker found, by how grave it is."""
    groups = []
    for grade, label, status in GRADES:
        rows = [{"place": str(one.place), "words": one.words, "kind": one.kind} for one in found if one.grade == grade]
        if rows:
            groups.append({"label": label, "status": status, "rows": rows})
    return groups


def then_and_now(rows: Sequence[Comparison], matter_id: UUID) -> dict[str, Any]:
    """Each number as it was issued and as the records say it today."""
    labels = [_("统计项"), _("签发时"), _("现在"), _("说明")]
    listed, told = [], set()
    for row in rows:
        same = (row.frozen.key, row.frozen.side, row.value_then, row.frozen.since, row.frozen.until)
        if row.frozen.kind in (TYPED, CHART) or same in told:
            continue
        told.add(same)
        url = reverse("reports:number", args=[matter_id, row.frozen.position])
        remark = row.redefined or (_("签发后记录有变化") if row.changed else "")
        shown = [
            cells.link(row.frozen.label or row.frozen.printed, url), format_html('<span class="number">{}</span>', row.value_then),
            format_html('<span class="number">{}</span>', row.value_now), remark,
        ]  # fmt: skip
        listed.append({"key": str(row.frozen.pk), "url": url, "label": row.frozen.label, "cells": shown})
    columns = [{"label": label, "wide": place == 0} for place, label in enumerate(labels)]
    return {"label": _("签发时和现在"), "columns": columns, "rows": listed}


def annex(entries: Sequence[Entry]) -> dict[str, Any]:
    """The figure table as on paper, the formula under the name."""
    labels = [_("序号"), _("统计项"), _("正文写法"), _("分子"), _("分母"), _("不计入"), _("取舍")]
    columns = [{"label": label, "wide": place == 1} for place, label in enumerate(labels)]
    rows = []
    for entry in told_once(entries):
        number, label, printed, formula, *rest = annex_row(entry)
        name = format_html('{}<br><span class="small soft">{}</span>', label, formula)
        rows.append({"key": number, "label": label, "cells": [number, name, printed, *rest]})
    return {"label": _("数字附表"), "columns": columns, "rows": rows}


def facts(row: Comparison, citation: str) -> list[tuple[str, Any]]:
    """Everything about one frozen number."""
    frozen = row.frozen
    shown: list[tuple[str, Any]] = [(_("正文写法"), frozen.printed), (_("口径"), _(frozen.formula))]
    if frozen.source:
        return [*shown, (_("出处"), frozen.source)]
    if frozen.whole is not None:
        shown += [(_("分子"), frozen.part), (_("分母"), frozen.whole)]
        shown += [(_("不计入"), frozen.excluded)] if frozen.excluded is not None else []
        shown.append((_("百分比取舍"), _(frozen.rounding)))
    days = _("%(since)s至%(until)s，截至%(day)s") % {
        "since": date_format(frozen.since), "until": date_format(frozen.until), "day": date_format(frozen.as_of),
    }  # fmt: skip
    shown += [(_("统计期"), days), (_("口径版本"), _("第%(number)s版") % {"number": frozen.definition})]
    if citation or frozen.basis:
        shown.append((_("依据"), citation or frozen.basis))
    if row.redefined:
        shown.append((_("口径变化"), row.redefined))
    return shown
