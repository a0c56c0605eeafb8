"""How deputies of the invented district keep in contact: members and their deputies, report-ins, mediations, petitions, counterparts, what
streets share. A few of each, with what is not done yet among them. Nobody is real."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.core.files.base import ContentFile

from openrenda.activities.record import SharedResource
from openrenda.docket.actor import Actor
from openrenda.docket.models import Matter
from openrenda.documents.official import OfficialDocument, Text, to_docx
from openrenda.people.models import Community, Group, GroupMembership
from openrenda.people.models.group import STANDING_COMMITTEE
from openrenda.web.filing import keep

from .cast import NOTE
from .keeping import Keeping
from .places import streets

MEMBERS, CONTACTS, REPORTS, RECEPTIONS = 33, 8, 10, 4
HEARD = (
    ("村道两侧路灯间距太大，夜里骑车看不清。", "已请城管部门列入下月巡查。"),
    ("社区食堂中午排队久，老人站着等。", "与街道商量增加一个窗口。"),
    ("企业反映招用技工难，希望与职校对接。", "转人社部门，约定下周见面。"),
    ("代表希望提前看到会议材料。", "今后会前五日送达。"),
)
DISPUTES = (
    ("楼上漏水赔偿", "neighbours", "楼上水管漏水，楼下吊顶受损，两户就赔偿没有谈拢。", "五日内修好，一次赔偿三千元。"),
    ("装修押金退还", "property", "装修结束后物业没有退还押金。", "物业三日内退还，扣除清运费。"),
    ("店铺转让定金", "contract", "转让没有成交，定金退还有争议。", "双方各让一半。"),
    ("停车碰擦", "damage", "小区内停车碰擦，对责任看法不一。", "没有谈拢，告知可以起诉。"),
)
NAMES = ("虚构甲、虚构乙", "虚构丙、虚构丁", "虚构戊、虚构己", "虚构庚、虚构辛")
SUPERVISED = (
    ("校园周边食品摊点监管", "三所小学门口放学时无证摊点集中。", "三次走访记录。"),
    ("电动自行车充电设施", "十二个老旧小区没有集中充电设施，飞线充电多。", "逐个小区清点的名单。"),
    ("公园无障碍通道", "两个公园的坡道被花坛挡住。", "现场走访记录。"),
)
SHARED = (
    ("代表之家多功能厅", "venue", "可容纳八十人，有投影和音响。"),
    ("物业管理专家", "expert", "注册物业管理师，可以到现场讲解。"),
)


def tell(keeping: Keeping, *, few: bool = False) -> None:
    """All of it, within the last year."""
    _committee(keeping)
    _table(keeping)
    _contacts(keeping, 2 if few else CONTACTS)
    _report_ins(keeping, 3 if few else REPORTS)
    _mediations(keeping)
    _petitions(keeping)
    _supervised(keeping)
    _counterparts(keeping)
    _receptions(keeping, 1 if few else RECEPTIONS)
    _shared(keeping)
    _added_by_hand(keeping)


def _deputies(keeping: Keeping) -> list[tuple[str, Actor]]:
    """Deputies with a seat, by key, in the order of their cards."""
    able = keeping.house.actors
    sitting = [row.key for row in keeping.cast.sitting(keeping.cast.today)]
    return [(key, able["deputy", key][0]) for key in sitting if able.get(("deputy", key))]


def _day(keeping: Keeping, ago: int) -> date:
    return keeping.worked(keeping.cast.today - timedelta(days=ago))


def _committee(keeping: Keeping) -> None:
    """Every sixth deputy or so sits on the Standing Committee."""
    since = keeping.cast.begins
    group = Group.objects.create(kind=STANDING_COMMITTEE, name="区人大常委会", since=since)
    keys = [row.key for row in keeping.cast.sitting(keeping.cast.today)]
    chosen = keys[:: max(1, len(keys) // MEMBERS)][:MEMBERS]
    rows = [keeping.house.row("mandate", key) for key in chosen]
    GroupMembership.objects.bulk_create(
        GroupMembership(group=group, mandate=row, since=max(since, row.since), role="head" if place == 0 else "member")
        for place, row in enumerate(rows)
    )


def _table(keeping: Keeping) -> None:
    table = keeping.open("contact-table", "draw", _day(keeping, 330), {"title": "常委会组成人员联系代表分工表"})
    day = _day(keeping, 320)
    keeping.take(
        table,
        "adopt",
        day,
        {"adopted_on": day.isoformat(), "paper": "江人常〔2026〕3号"},
        by=keeping.actors[keeping.leaders[0].pk],
    )


def _contacts(keeping: Keeping, count: int) -> None:
    """Some members contacted their deputies lately; most have not yet."""
    table = Matter.objects.get(procedure="contact-table")
    pairs = list(table.contact_pairs.filter(until=None).order_by("member_name", "id"))
    for number in range(count):
        pair, day = pairs[number * 5 % len(pairs)], _day(keeping, 20 * (count - number))
        heard, done = HEARD[number % len(HEARD)]
        made = keeping.open("member-contact", "record", day, {
            "member": pair.member_id, "deputies": [pair.deputy_id], "held_on": day.isoformat(), "way": ("visit", "call", "meeting")[number % 3],
            "place": "代表之家" if number % 3 != 1 else "", "heard": heard, "done": done,
        })  # fmt: skip
        if number % 4 == 0:
            keeping.take(made, "pass_opinion", day, {"text": heard, "place": "山岚村"})


def _report_ins(keeping: Keeping, count: int) -> None:
    communities = list(Community.objects.select_related("street").order_by("code"))
    streets_by_pk = {keeping.house.ref("organ", street.key): street.key for street in streets()}
    for number, (_key, deputy) in enumerate(_deputies(keeping)[:count]):
        community, day = communities[number * 3 % len(communities)], _day(keeping, 25 * (count - number) + 3)
        data = {"community": community.pk, "reported_on": day.isoformat(), "offers": "政策宣讲、邻里调解"}
        made = keeping.open("report-in", "report", day, data, by=deputy)
        if number < count - 1:
            staff = keeping.staff(streets_by_pk[community.street_id], "street_reviewer")
            keeping.take(made, "confirm", keeping.worked(day + timedelta(days=2)), by=staff)


def _mediations(keeping: Keeping) -> None:
    """One with its document, one that waits for it, one not agreed and now in court, one going on."""
    deputies = _deputies(keeping)
    for number, (title, kind, text, outcome) in enumerate(DISPUTES):
        deputy, day = deputies[(number * 4 + 9) % len(deputies)][1], _day(keeping, 70 - 15 * number)
        made = keeping.open("mediation", "take", day, {
            "title": title, "dispute": kind, "names": NAMES[number], "text": text, "organ": keeping.house.ref("organ", "court"),
            "taken_on": day.isoformat(),
        }, by=deputy)  # fmt: skip
        if number == 2:
            continue
        held = keeping.worked(day + timedelta(days=6))
        ended = {"held_on": held.isoformat(), "outcome": outcome}
        keeping.take(made, "fail" if number == 3 else "agree", held, ended, by=deputy)
        if number == 3:
            filed = {
                "court": "区人民法院（虚构案号）",
                "court_on": keeping.worked(held + timedelta(days=5)).isoformat(),
            }
            keeping.take(made, "to_court", keeping.worked(held + timedelta(days=6)), filed, by=deputy)
        if number == 0:
            _documented(keeping, made, keeping.worked(held + timedelta(days=3)), deputy, "调解协议书")


def _documented(keeping: Keeping, matter: Matter, day: date, by: Actor, name: str) -> None:
    keeping.story.set(keeping.moment(day))
    paper = OfficialDocument(title=name, issuer=by.name, blocks=(Text("结果已经双方确认。"), Text(NOTE)), dated=day)
    file = keep(ContentFile(to_docx(paper), name=f"{name}.docx"), by, role="attachment", matter=matter)
    told = {"document": file.pk, "document_name": f"{name}〔2026〕1号", "document_on": day.isoformat()}
    keeping.take(matter, "document", day, told, by=by)


def _petitions(keeping: Keeping) -> None:
    """One answered and defused, one with the office."""
    deputies = _deputies(keeping)
    for number, title in enumerate(("补发安置补助", "更正宅基地面积")):
        deputy, day = deputies[number * 6 + 2][1], _day(keeping, 50 - 30 * number)
        made = keeping.open("petition-agency", "take", day, {
            "title": title, "names": NAMES[number][:3], "text": f"请求{title}，多次询问没有结果。", "mandate_on": day.isoformat(),
            "mandate_scope": "递交材料、询问进展、代收答复",
        }, by=deputy)  # fmt: skip
        handed = keeping.worked(day + timedelta(days=2))
        told = {"organ": keeping.house.ref("organ", "education"), "submitted_on": handed.isoformat()}
        keeping.take(made, "submit", handed, told, by=deputy)
        if number == 0:
            answered = keeping.worked(day + timedelta(days=20))
            keeping.take(
                made,
                "answer",
                answered,
                {"answer": "已核实，本月补发。", "answered_on": answered.isoformat()},
                by=deputy,
            )
            _documented(keeping, made, keeping.worked(answered + timedelta(days=3)), deputy, "信访事项答复意见书")


def _supervised(keeping: Keeping) -> None:
    """One taken up, one declined, one that waits."""
    deputies = _deputies(keeping)
    for number, (title, text, evidence) in enumerate(SUPERVISED):
        deputy, day = deputies[number * 5 + 1][1], _day(keeping, 60 - 26 * number)
        made = keeping.open(
            "supervision-matter", "report", day, {"title": title, "text": text, "evidence": evidence}, by=deputy
        )
        decided = keeping.worked(day + timedelta(days=9))
        if number == 0:
            keeping.take(made, "take_up", decided, {"form": "law_inspection", "plan": "明年监督计划第4项"})
        elif number == 1:
            keeping.take(made, "decline", decided, {"reason": "已列入部门今年的专项行动，年底一并报告。"})


def _counterparts(keeping: Keeping) -> None:
    """Three fields have their deputies; the others are to be named."""
    rows = list(Matter.objects.filter(procedure="counterpart", state="followed").order_by("id"))[:3]
    keys = [row.key for row in keeping.cast.sitting(keeping.cast.today)]
    for number, matter in enumerate(rows):
        chosen = [keeping.house.ref("mandate", key) for key in keys[number * 7 :: 40]]
        keeping.take(matter, "name_deputies", _day(keeping, 150), {"deputies": chosen})
    committee = rows[0].committee_field.get().committee_id  # type: ignore[attr-defined]
    day = _day(keeping, 40)
    made = keeping.open("gathering", "record", day, {
        "kind": "research", "title": "城市更新专题调研", "held_on": day.isoformat(), "place": "晴川街道", "carried_by": "committee",
        "committee": committee, "deputies": [keeping.house.ref("mandate", key) for key in keys[0::40]], "note": "听取三个小区居民的意见。",
    })  # fmt: skip
    keeping.take(made, "report", day, {"title": "城市更新中的居民意愿", "text": "三个小区的情况和建议。"})
    keeping.take(made, "close", keeping.worked(day + timedelta(days=1)))


def _receptions(keeping: Keeping, count: int) -> None:
    """Residents received, with what was settled there."""
    keys = [row.key for row in keeping.cast.sitting(keeping.cast.today)]
    for number in range(count):
        day, street = _day(keeping, 18 * (count - number)), streets()[number % len(streets())]
        made = keeping.open("gathering", "record", day, {
            "kind": "receiving", "held_on": day.isoformat(), "place": f"{street.name}代表之家", "street": keeping.house.ref("organ", street.key),
            "deputies": [keeping.house.ref("mandate", key) for key in keys[number : number + 2]], "company": f"居民 附近居民 {4 + number}",
        })  # fmt: skip
        said = {"title": "楼道照明", "text": "三单元楼道灯不亮。", "outcome": "answered", "answer": "物业当天更换。"}
        keeping.take(made, "opinion", day, said)
        keeping.take(made, "close", keeping.worked(day + timedelta(days=1)))


def _shared(keeping: Keeping) -> None:
    """Two things that a street offers; one of them is booked and agreed."""
    ours, theirs = (keeping.staff(street.key, "street_reviewer") for street in streets()[:2])
    for title, kind, text in SHARED:
        data: dict[str, Any] = {"title": title, "kind": kind, "text": text, "times": "工作日"}
        keeping.open("shared-resource", "offer", _day(keeping, 90), data, by=ours)
    resource = SharedResource.objects.order_by("id").first()
    if resource is not None:
        asked = _day(keeping, 4)
        data = {
            "resource": resource.pk,
            "held_on": (keeping.cast.today + timedelta(days=6)).isoformat(),
            "part": "morning",
            "purpose": "代表小组学习",
        }
        made = keeping.open("resource-booking", "ask", asked, data, by=theirs)
        keeping.take(made, "agree", _day(keeping, 2), by=ours)


def _added_by_hand(keeping: Keeping) -> None:
    """What left no record of its own: one is to be checked."""
    deputy = dict(_deputies(keeping)).get("deputy10") or _deputies(keeping)[0][1]
    day = _day(keeping, 3)
    told = {
        "day": day.isoformat(),
        "what": "参加社区普法讲座",
        "place": "青石社区",
        "text": "讲解物业管理条例，有签到表。",
    }
    keeping.open("duty-note", "add", day, told, by=deputy)
