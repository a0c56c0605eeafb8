"""The kinds of matters in the groups in which people look for them, and what may be begun in each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as declared

from openrenda.docket import registry
from openrenda.docket.actor import Actor
from openrenda.docket.language import Procedure, Step

from .labels import label_of
from .navigation import looks_into, opens_list
from .waiting import WAITING, Waiting, capped

NETWORK_SEATS = ("deputy_office", "leader", "system_admin")


def groups() -> list[tuple[str, tuple[str, ...]]]:
    """The groups by the work they belong to; a procedure that stands in none is listed last."""
    return [
        (_("建议和议案"), ("suggestion", "bill", "enterprise-order", "assistance", "internal-task", "upward")),
        (_("群众意见"), ("opinion", "problem", "council-hall", "consultation", "consultation-opinion", "palm-express")),
        (_("民生实事"), ("livelihood-round", "livelihood-proposal", "livelihood-project", "livelihood-voice")),
        (_("代表活动"), ("gathering", "activity-day", "campaign", "research-report", "broadcast", "broadcast-question", "shared-resource",
          "resource-booking")),
        (_("代表联系"), ("contact-table", "member-contact", "duty-note")),
        (_("四项履职"), ("report-in", "mediation", "petition-agency", "supervision-matter")),
        (_("承诺和整改"), ("commitment", "rectification")),
        (_("会议和决定"), ("sitting", "attendance", "speech", "vote", "resolution", "report-rating", "party-group-meeting")),
        (
            _("督办和会议"),
            ("supervision", "chairpersons-meeting", "reception-day", "special-inspection", "task", "area", "counterpart",
             "committee-task"),
        ),
        (
            _("评价和考核"),
            ("satisfaction-poll", "satisfaction-ballot", "three-level-evaluation", "dimension-evaluation", "appraisal",
             "quality-review", "assessment-criteria"),
        ),
        (_("人事任免"), ("appointment", "appointment-act", "law-exam", "duty-appraisal")),
        (_("统计和报告"), ("report", "counter")),
    ]  # fmt: skip


# What a procedure is for, in one sentence; nothing for one whose name says it.
WHAT_FOR = {
    "opinion": declared("群众扫码、到站、打电话反映的事，从收到、分级分类到答复和评价。"),
    "problem": declared("从意见或者走访中发现的问题，跟踪到解决。"),
    "council-hall": declared("站点定期请居民、商户和代表商量一件事，议定事项有人负责。"),
    "consultation": declared("公开征求意见和征集监督议题，从公告到公布采纳情况。"),
    "consultation-opinion": declared("对征求意见提出的意见，网上、来电、来访、来信都在一处，逐件答复是否采纳。"),
    "livelihood-round": declared("一年一轮的民生实事项目，从公告征集、筛选、审议、票决到公布清单。"),
    "livelihood-proposal": declared("群众、代表和部门提出的建议项目，逐件列入候选、合并或者说明理由。"),
    "livelihood-project": declared("每个项目一份档案：票决、资金、节点、进展、视察、验收和评价。"),
    "livelihood-voice": declared("群众和代表对项目看到的情况、验收以后的评价。"),
    "palm-express": declared("群众和代表一对一的往来，只有双方和审计管理员能看。"),
    "broadcast": declared("代表在街道直播间和群众交流，每个提问都有结果。"),
    "broadcast-question": declared("直播前送来的和直播中提出的问题。"),
    "assistance": declared("主办单位请协办单位提的意见。"),
    "internal-task": declared("承办单位把建议交给科室办理。"),
    "upward": declared("本级办不了、报送上级人大的建议，和上级的答复。"),
    "commitment": declared("答复里承诺要办的事，逐项跟踪到代表确认落实。"),
    "rectification": declared("评价、评议、评审发现的问题，由承办单位限期整改。"),
    "supervision": declared("由领导领衔或者列入重点的建议，从方案到结果。"),
    "special-inspection": declared("到现场核查已经办结的建议。"),
    "gathering": declared("代表三进、半月谈、院坝会、走访、调研等活动，登记一次。"),
    "activity-day": declared("每月一次的统一活动日，各街道的小切口和开展情况。"),
    "campaign": declared("活动工作方案，印发以后才能登记活动。"),
    "research-report": declared("专题调研形成的报告，和在哪里被引用。"),
    "sitting": declared("大会、常委会、代表团、主席团、专门委员会的会议，从安排、通知到记录归档。"),
    "attendance": declared("谁参加哪次会议：通知、请假、签到，和代表报名列席。"),
    "speech": declared("会上的发言，由本人核对后归入审议意见。"),
    "resolution": declared("决议、决定从草案到公布，和谁跟踪落实。"),
    "committee-task": declared("跨领域的任务，一个专工委牵头，其他协助：分工、联合日程和各自做了什么。"),
    "report-rating": declared("报告由常委会组成人员无记名测评；不满意的整改后再次报告、再次测评。"),
    "party-group-meeting": declared("常委会党组的会议，只有党组成员和党组秘书能看。"),
    "task": declared("主任会议的决定、接待日和代表活动的意见交给单位办理的事。"),
    "vote": declared("会议上的表决、选举、票决和测评，从准备到宣布结果和公布票箱。"),
    "area": declared("哪位领导包保哪些街道、乡镇。"),
    "counterpart": declared("每类建议由哪个专工委跟踪。"),
    "satisfaction-poll": declared("请多位代表分别评价一件建议的办理，截止后统计。"),
    "satisfaction-ballot": declared("每位代表自己的一份评价。"),
    "three-level-evaluation": declared("街道、区级和代表各自评价同一件建议。"),
    "dimension-evaluation": declared("由评价机构从合规、文书、效果三方面打两次分。"),
    "appraisal": declared("开会集中评议几个承办单位的办理。"),
    "quality-review": declared("抽查一批答复的质量。"),
    "assessment-criteria": declared("承办单位考核按哪些项目、怎样计分。"),
    "report": declared("数字由系统填写的工作报告。"),
    "counter": declared("把几类记录合成一个数的口径。"),
    "contact-table": declared("每位代表由哪位常委会组成人员联系。"),
    "member-contact": declared("常委会组成人员走访、联系代表时听到什么、做了什么。"),
    "shared-resource": declared("各街道提供给其他街道使用的场地和专家。"),
    "resource-booking": declared("预约其他街道的场地和专家，和对方的答复。"),
    "duty-note": declared("手工补进履职档案的事项，和代表对档案记录的异议。"),
    "report-in": declared("代表到居住的社区报到，由社区确认。"),
    "mediation": declared("代表参与的诉前调解；有结果文书才算化解，起诉后重新打开。"),
    "petition-agency": declared("代表受托代办的信访事项，从递交到送达答复。"),
    "supervision-matter": declared("代表反映的需要监督的事项，列入监督或者说明理由。"),
    "enterprise-order": declared("企业提出需求，由代表承接服务。"),
}


def what_for(key: str) -> str:
    """The sentence in the language now spoken."""
    return _(WHAT_FOR[key]) if key in WHAT_FOR else ""


def grouped(rows: Iterable[Any], key_of: Callable[[Any], str]) -> list[tuple[str, list[Any]]]:
    """Rows of several procedures under the names of their groups; empty groups are left out."""
    left = list(rows)
    found = []
    for name, keys in groups():
        mine = sorted((row for row in left if key_of(row) in keys), key=lambda row: keys.index(key_of(row)))
        left = [row for row in left if key_of(row) not in keys]
        found.append((str(name), mine))
    found.append((_("其他"), left))
    return [(name, members) for name, members in found if members]


def kinds_of(actor: Actor) -> list[tuple[str, list[dict[str, Any]]]]:
    """Every list this seat may open, with how many of its matters wait for the reader; one query, and one for each internal procedure."""
    waiting = Counter(Waiting(*row).procedure for row in WAITING.rows(actor))
    tables = [table for table in registry.procedures() if opens_list(actor, table)]
    rows = [_kind(table, waiting[table.key]) for table in tables]
    return [*grouped(rows, lambda row: row["key"]), *_registers(actor)]


def _registers(actor: Actor) -> list[tuple[str, list[dict[str, Any]]]]:
    """What is kept beside the matters: the network of stations, the year's gatherings, and how deputies keep in contact."""
    if actor.seat not in NETWORK_SEATS:
        return []
    words = _("哪里有站点、谁在站里、哪天接待，还缺什么；网格和二维码。")
    rows = [{"key": "stations", "label": _("代表家站"), "url": reverse("stations:coverage"), "words": words}]
    if looks_into(actor.seat, registry.procedure("gathering")):
        words = _("一年的半月谈和统一活动日，哪些还没有开展。")
        rows.append({"key": "gatherings", "label": _("活动安排"), "url": reverse("web:gatherings"), "words": words})
        words = _("到社区报到、双联系、联系群众次数和对口联系，还缺什么。")
        rows.append({"key": "contact", "label": _("代表联系情况"), "url": reverse("duties:overview"), "words": words})
    return [(_("登记簿"), rows)]


def openings_of(openings: Iterable[tuple[str, Step]]) -> list[tuple[str, list[dict[str, str]]]]:
    """What one may begin, in the same groups."""
    rows = [
        {"key": key, "label": label_of(step), "url": reverse("web:new", args=[key, step.key])} for key, step in openings
    ]
    return grouped(rows, lambda row: row["key"])


def _kind(table: Procedure, waiting: int) -> dict[str, Any]:
    address = reverse("web:list", args=[table.key])
    return {
        "key": table.key, "label": label_of(table), "url": address, "words": what_for(table.key),
        "waiting": capped(waiting, full=False) if waiting else "", "waiting_url": f"{address}?view=mine",
    }  # fmt: skip
