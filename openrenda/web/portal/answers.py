"""What a resident reads about her opinion: the same state that the deputy and the station see, in plain sentences (A15, C04)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as declared

from openrenda.docket.models import Act, Link, Matter
from openrenda.docket.situation import Situation
from openrenda.people.models import Congress
from openrenda.procedures import opinion as table
from openrenda.procedures.opinion.effects import KEEPER
from openrenda.procedures.opinion.records import Opinion

from . import livelihood, receiving, saying, showing
from .codes import code_of
from .receiving import Own

# What happened, in the resident's words. Other acts are the offices' own business.
TOLD = {
    "say": declared("提出了意见"), "say_slowly": declared("提出了意见"), "join": declared("附议了公开事项"), "enter": declared("意见已登记"), "bring_in": declared("意见已登记"),
    "let_through": declared("已查看，开始办理"), "sort": declared("已分级分类"), "ask_more": declared("请您补充"), "add_more": declared("补充了内容"),
    "go_on": declared("继续办理"), "add": declared("补充了说明"), "refuse": declared("不予受理"), "merge": declared("与另一件并案办理"),
    "take_in": declared("另一位群众的同类意见并入"), "answer": declared("已答复"), "hand": declared("已交承办单位办理"),
    "give_back": declared("承办单位退回，重新交办"), "reply": declared("承办单位已报送答复，正在核对"), "send_back": declared("答复不合格，退回重办"),
    "release": declared("已答复"), "go_up": declared("已上报一级"), "to_hotline": declared("已转12345热线"), "hotline_answer": declared("热线已答复"),
    "take_back": declared("从热线转回"), "send_up": declared("已报上级人大"), "upper_answer": declared("上级已答复"),
    "raise_suggestion": declared("代表已转为建议"), "to_livelihood": declared("已作为民生实事建议项目报送"), "tell_outcome": declared("建议有了办理结果"), "learn_outcome": declared("建议有了答复"),
    "find_problem": declared("已登记为问题，正在解决"), "learn_solved": declared("登记的问题已解决"), "go_on_unsolved": declared("问题没有解决，由站点接着办理"),
    "make_topic": declared("已列为监督议题"), "topic_over": declared("监督议题已结束，由站点接着办理"), "go_on_itself": declared("继续办理"),
    "go_on_without": declared("建议没有继续，由站点接着办理"), "rate": declared("您作了评价"),
    "rate_for": declared("工作人员听取了您的评价"), "rate_late": declared("您作了评价"), "reopen": declared("没有解决，重新办理"),
    "close_silent": declared("逾期没有评价，办结"), "withdraw": declared("您撤回了意见"), "erase_contact": declared("删除了姓名和电话"),
    "forget_contact": declared("保存期满，姓名和电话已删除"),
}  # fmt: skip
WENT_NO_FURTHER = ("withdrawn", "reference")
BY_NUMBER = ("rate", "rate_late", "reopen")
BY_LINK = (*BY_NUMBER, "add", "add_more", "withdraw", "erase_contact")


def own(*, number: str = "", link: str = "") -> Own | None:
    """The opinion with that query number or personal link."""
    rows = Opinion.objects.select_related("matter", "organ", "station", "merged_into", "joined")
    one = receiving.found(rows, number=number, link=link)
    return Own(*one, bool(link), BY_NUMBER, BY_LINK) if one else None


def page(congress: Congress, found: Own) -> dict[str, Any]:
    """What the page of one opinion shows."""
    shown = _led_by(found)
    situation = Situation(shown.matter, found.actor)
    record = shown.opinion
    acts = list(Act.objects.filter(matter_id=found.matter.pk).order_by("seq"))
    live = {step.key for step in found.matter.table.steps_from(found.matter.state)} & set(found.steps)
    if found.record.rated_on:
        live.discard("rate_late")
    if any(made.step == "reopen" for made in acts):
        live.discard("reopen")
    return {
        "own": found.own, "record": found.record, "answer": record, "state": shown.matter.state_now.words,
        "whose": _whose(situation, record), "by_when": _by_when(situation), "live": live,
        "merged": found.record.merged_into, "suggestion": _suggestion(congress, found),
        "proposed": livelihood.from_opinion(found.matter, situation.book, situation.today), "acts": receiving.told(acts, TOLD),
        "asked": next((made.data.get("question") for made in reversed(acts) if made.step == "ask_more"), ""),
        "refused": next((made.data for made in reversed(acts) if made.step == "refuse"), None),
        "more": [made.data["text"] for made in acts if made.step in ("add", "add_more") and "text" in made.data],
        "files": saying.files_of(found.matter) if found.own else [],
        "silent": bool(acts) and any(made.step == "close_silent" for made in acts) and not found.record.rated_on,
    }  # fmt: skip


@dataclass(frozen=True)
class _Shown:
    matter: Matter
    opinion: Opinion


def _led_by(found: Own) -> _Shown:
    """The opinion under which it is dealt with, as deep as it goes; its own when it stands alone."""
    record, seen = found.record, set()
    while record.merged_into_id and record.merged_into_id not in seen:
        seen.add(record.merged_into_id)
        record = Opinion.objects.select_related("matter", "organ").get(matter_id=record.merged_into_id)
    return _Shown(record.matter, record)


def _whose(situation: Situation, record: Opinion) -> str:
    """Who has it now."""
    state = situation.state
    if state.final or state == table.ANSWERED:
        return ""
    if state == table.HANDLING and record.organ:
        return str(record.organ.name)
    if state == table.HOTLINE:
        return _("12345热线")
    if state == table.UPPER:
        return _("上级人大")
    if state == table.RAISED:
        return _("人大代表")
    return _("、").join(party.name for party in situation.holders(KEEPER))


def _by_when(situation: Situation) -> Any:
    """By which day she is answered."""
    running = [row.due_on for row in situation.clocks if row.key == "answer" and row.running]
    return min(running, default=None)


def _suggestion(congress: Congress, found: Own) -> dict[str, Any] | None:
    """The suggestion that a deputy made of it, or that it joined: by its address once it is public, else only that there is one."""
    linked = (
        Link.objects.filter(origin_id=found.matter.pk, matter__procedure="suggestion")
        .exclude(matter__state__in=WENT_NO_FURTHER)
        .order_by("-since", "-id")
        .values_list("matter_id", flat=True)
        .first()
    )
    pk = found.record.joined_id or linked
    if pk is None:
        return None
    record = showing.published_one(pk)
    if record is None:
        return {"title": "", "url": ""}
    address = reverse("portal:suggestion", args=[congress.division_code, code_of(pk)])
    return {"title": showing.title(record), "url": address, "state": showing.state_words(record.matter.state)}


def own_data(found: Own) -> dict[str, Any]:
    """Everything that is kept about her, for her to take away (个人信息保护法第四十五条)."""
    record, contact = found.record, found.record.contact
    return {
        "number": found.matter.number, "state": found.matter.state_now.words, "text": record.text, "place": record.place,
        "longitude": None if record.longitude is None else str(record.longitude),
        "latitude": None if record.latitude is None else str(record.latitude),
        "channel": record.channel_words, "heard_on": record.heard_on.isoformat(),
        "name": contact.name if contact else "", "phone": contact.phone if contact else "",
        "answer": record.answer, "solved": record.solved, "attitude": record.attitude, "word": record.word,
        "acts": [{"on": made.took_effect.isoformat(), "what": _(TOLD[made.step])} for made in
                 Act.objects.filter(matter_id=found.matter.pk).order_by("seq") if made.step in TOLD],
        "files": [{"name": row.name, "bytes": row.size, "sha256": row.sha256} for row in saying.files_of(found.matter)],
    }  # fmt: skip
