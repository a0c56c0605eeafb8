"""What everybody reads about livelihood projects, and what whoever proposed or rated one reads about hers (F02 to F04)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as declared

from openrenda import docket
from openrenda.docket.actor import the_public
from openrenda.docket.models import Act, File, Matter
from openrenda.procedures import livelihood as words
from openrenda.procedures.livelihood_project.records import POLLED, LivelihoodProject
from openrenda.procedures.livelihood_proposal.records import LivelihoodProposal
from openrenda.procedures.livelihood_round.records import LivelihoodRound
from openrenda.procedures.livelihood_voice import WATCHED_IN, LivelihoodVoice, ratings
from openrenda.rulebook import Book

from . import codes, proofs, receiving, saying
from .receiving import Own

PROPOSE, PROPOSE_LOOKED_AT = "propose", "propose_slowly"
SAY, SAY_LOOKED_AT = "say", "say_slowly"
BY_LINK, VOICE_BY_LINK = ("withdraw", "erase_contact"), ("withdraw",)
TOLD = {
    "propose": declared("提出了建议项目"), "propose_slowly": declared("提出了建议项目"), "enter": declared("建议项目已登记"),
    "suggest": declared("提出了建议项目"), "from_opinion": declared("由您反映的意见转来"), "let_through": declared("已查看，开始筛选"),
    "merge": declared("与另一件同类建议合并"), "take_in": declared("另一位提出人的同类建议并入"), "adopt": declared("列入候选项目"),
    "screen_out": declared("没有列入，理由见上"), "withdraw": declared("您撤回了"), "erase_contact": declared("删除了姓名和电话"),
    "forget_contact": declared("保存期满，姓名和电话已删除"), "say": declared("提出了意见"), "say_slowly": declared("提出了意见"),
    "set_aside": declared("不予采用"),
}  # fmt: skip


def rounds(day: date) -> QuerySet[LivelihoodRound]:
    """The rounds that have opened, the newest first."""
    rows = LivelihoodRound.objects.filter(matter__public_since__lte=day).select_related("matter")
    return rows.order_by("-opens_on", "-id")


def collecting(day: date) -> QuerySet[LivelihoodRound]:
    """Those for which one may propose a project today."""
    return rounds(day).filter(matter__state="collecting", opens_on__lte=day, closes_on__gte=day)


def round_of(code: str, day: date) -> LivelihoodRound | None:
    """The round at that address."""
    pk = codes.id_of(code)
    return rounds(day).filter(matter_id=pk).first() if pk else None


def standing(row: LivelihoodRound, day: date) -> str:
    """Where a round stands, in a sentence for the public."""
    if row.open_on(day):
        return _("正在征集")
    if row.matter.state == "collecting":
        return _("征集期已满，正在整理")
    return row.matter.state_now.words


def published(day: date) -> QuerySet[LivelihoodProject]:
    """The projects that everybody may read: from the ballot on."""
    rows = LivelihoodProject.objects.filter(matter__public_since__lte=day, matter__confidential=False)
    return rows.select_related("matter", "organ").order_by("-year", "tier", "matter__opened_on", "id")


def project_of(code: str, day: date) -> LivelihoodProject | None:
    """The project at that address."""
    pk = codes.id_of(code)
    return published(day).select_related("round").filter(matter_id=pk).first() if pk else None


@dataclass(frozen=True)
class Choice:
    """A year and a tier; what makes no sense is as if it were not there."""

    year: int | None
    tier: str

    @classmethod
    def of(cls, asked: Any, years: dict[int, bool], tiers: list[str]) -> Choice:
        """What was asked for; else the last year of which something is carried out."""
        text, tier = asked.get("year", ""), asked.get("tier", "")
        year = int(text) if text.isdecimal() and len(text) == 4 and int(text) in years else None
        usual = next((one for one, begun in years.items() if begun), next(iter(years), None))
        return cls(year or usual, tier if tier in tiers else "")

    def narrow(self, rows: QuerySet[LivelihoodProject]) -> QuerySet[LivelihoodProject]:
        """Only what was chosen."""
        rows = rows.filter(year=self.year) if self.year else rows
        return rows.filter(tier=self.tier) if self.tier else rows


def years(day: date) -> dict[int, bool]:
    """The years of which there are public projects, the last first, each with whether something is carried out. One query."""
    rows = published(day).order_by("-year").values_list("year").annotate(begun=Count("begun_on"))
    return {year: begun > 0 for year, begun in rows}


def lines(rows: list[LivelihoodProject], book: Book, day: date) -> list[dict[str, Any]]:
    """Projects as lines of a list, with what is late; one query for all milestones."""
    late = _late([row.matter_id for row in rows], day)
    return [
        {"row": row, "code": codes.code_of(row.matter_id), "tier": row.tier_words(book), "late": row.matter_id in late,
         "state": row.matter.state_now.words}
        for row in rows
    ]  # fmt: skip


def _late(matters: list[UUID], day: date) -> set[UUID]:
    rows = Matter.objects.filter(
        pk__in=matters, closed_on=None, milestones__done_on=None, milestones__planned_on__lt=day
    )
    return set(rows.order_by().values_list("pk", flat=True))


def grouped(shown: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Lines under congress and level, so that no list mixes them (F01 (4))."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for one in shown:
        groups.setdefault(f"{one['row'].body}（{one['row'].level_words}）", []).append(one)
    return list(groups.items())


def points(day: date) -> dict[str, Any]:
    """Projects with coordinates as GeoJSON (RFC 7946). One query."""
    rows = published(day).filter(longitude__isnull=False, latitude__isnull=False)
    return {"type": "FeatureCollection", "features": [_point(row) for row in rows]}


def _point(row: LivelihoodProject) -> dict[str, Any]:
    kind = f"{row.year} · {row.matter.state_now.words}"
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [float(row.longitude or 0), float(row.latitude or 0)]},
        "properties": {"code": codes.code_of(row.matter_id), "name": row.matter.title, "kind": kind, "address": row.place},
    }  # fmt: skip


def grades(row: LivelihoodProject, book: Book) -> list[dict[str, Any]]:
    """How many gave which grade, apart for deputies and residents, counted in meetings apart again. Two queries."""
    if row.matter.state not in words.RATED_IN:
        return []
    given, labels = ratings(row.matter_id), words.choices_of(book, "option.satisfaction")
    found = [
        {"who": POLLED[who], "occasion": _("在网上"), "counts": [(label, counts[key]) for key, label in labels]}
        for who, counts in given.items() if counts
    ]  # fmt: skip
    return found + [
        {"who": poll.who_words, "occasion": f"{poll.occasion}", "counts": [(label, getattr(poll, key, 0)) for key, label in labels]}
        for poll in row.polls
    ]  # fmt: skip


def photo(row: LivelihoodProject, file_id: UUID) -> File | None:
    """An open photograph of a visit."""
    return File.objects.filter(
        pk=file_id, matter_id=row.matter_id, public=True, media_type__startswith="image/"
    ).first()


def takes_words(row: LivelihoodProject) -> bool:
    """Whether one may say something of it."""
    return row.matter.state in WATCHED_IN


# Proposing and saying


def propose(row: LivelihoodRound, form: Any, sent: saying.Sent) -> Act:
    """Open the proposal; the same request sent twice gives the same one."""
    names = ("text", "place", "latitude", "longitude", "name", "phone")
    data = {**{name: form.cleaned_data[name] for name in names}, "round": row.matter_id}
    step = PROPOSE if proofs.holds(sent.challenge, sent.answer) else PROPOSE_LOOKED_AT
    return docket.open_matter(words.PROPOSAL, step, by=the_public(sent.congress.pk, uuid4()), data=data, key=sent.key)


def say(row: LivelihoodProject, form: Any, sent: saying.Sent) -> Act:
    """Open what is said of the project, with its photographs; sent twice it is one."""
    data = {"text": form.cleaned_data["text"], "grade": form.cleaned_data["grade"], "project": row.matter_id}
    step = SAY if proofs.holds(sent.challenge, sent.answer) else SAY_LOOKED_AT
    by = the_public(sent.congress.pk, uuid4())
    also = (lambda: saying.keep_files(sent, by)) if sent.files else None
    return docket.open_matter(words.VOICE, step, by=by, data=data, key=sent.key, also=also)


# Coming back


def own_proposal(*, number: str = "", link: str = "") -> Own | None:
    """The proposal with that number or link."""
    rows = LivelihoodProposal.objects.select_related("matter", "round")
    one = receiving.found(rows, number=number, link=link)
    return Own(*one, bool(link), (), BY_LINK) if one else None


def own_voice(*, number: str = "", link: str = "") -> Own | None:
    """What was said of a project, with that number or link."""
    rows = LivelihoodVoice.objects.select_related("matter", "project")
    one = receiving.found(rows, number=number, link=link)
    return Own(*one, bool(link), (), VOICE_BY_LINK) if one else None


def result(record: LivelihoodProposal, book: Book, day: date) -> dict[str, Any]:
    """What came of a proposal, or of the one it was merged into: the state, the reasons, the project and why that ended."""
    leading = record.leading
    matter = record.project if leading.matter.state == "adopted" else None
    file = LivelihoodProject.objects.filter(matter=matter).first() if matter else None
    shown = bool(matter and matter.public_since and matter.public_since <= day)
    return {
        "state": leading.matter.state_now.words, "merged": leading.pk != record.pk, "answered_on": leading.answered_on,
        "answered_by": leading.answered_by, "reasons": leading.reason_words(book), "answer": leading.answer,
        "project": matter.title if matter else "", "project_state": matter.state_now.words if matter else "",
        "project_code": codes.code_of(matter.pk) if matter and shown else "", "ended_because": file.ended_because if file else "",
    }  # fmt: skip


def from_opinion(opinion: Matter, book: Book, day: date) -> list[dict[str, Any]]:
    """What came of the proposals that were made of an opinion, for whoever said it. One query where there is none."""
    rows = LivelihoodProposal.objects.filter(matter__origins__origin=opinion, matter__origins__kind="came_from")
    return [result(row, book, day) for row in rows.select_related("matter", "round")]
