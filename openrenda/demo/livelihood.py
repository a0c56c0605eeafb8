"""Livelihood projects of the invented district: one year finished, one being carried out with some milestones late, one to be voted on. Nobody is real."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.db.models import QuerySet

from openrenda.docket.actor import Actor, the_clock, the_kin, the_public
from openrenda.docket.models import Matter
from openrenda.people.models import Station
from openrenda.procedures.livelihood_project.records import LivelihoodProject, Milestone

from .keeping import Keeping
from .places import streets

GOVERNMENT = ("supervision_office", "government_office")
MEETINGS = ("第五届人大常委会第八次会议", "第五届人大常委会第十四次会议", "第五届人大常委会第二十次会议")
COLLECTED, DELIBERATED, VOTED, PUBLISHED = 36, 60, 90, 93
ALL_DEPUTIES, PRESENT = 286, 271
CALL = "请围绕就业、教育、医疗、养老、托幼、住房、交通、环境等方面提出建议项目，写明做什么、在哪里。"


@dataclass(frozen=True)
class Idea:
    """A project: its name, who carries it out, what it is, what it costs in yuan, whom it serves."""

    title: str
    organ: str
    content: str
    yuan: str
    served: int


IDEAS = (
    Idea("中小学校门口安全通道", "education", "为二十四所中小学门口增设接送区、护栏和信号灯。", "18600000", 31000),
    Idea("老旧小区加装电梯", "housing", "支持六十个单元加装电梯，同步改造管线。", "42000000", 5200),
    Idea("社区老年食堂", "civil_affairs", "新建、改建社区老年食堂三十处，配送到户。", "15800000.50", 18000),
    Idea("公立幼儿园扩容", "education", "新建公办幼儿园四所，新增学位一千四百四十个。", "96000000", 1440),
    Idea("社区卫生服务站提升", "health", "改造卫生服务站二十六个，配齐全科医生和慢病随访设备。", "23400000", 260000),
    Idea("口袋公园", "gardens", "利用边角地建设口袋公园二十个，配健身器材。", "27500000", 90000),
    Idea("电动自行车充电设施", "city_management", "在一百五十个小区建设集中充电棚。", "12300000.75", 120000),
    Idea("农贸市场改造", "market", "改造农贸市场八个，设自产自销区。", "19900000", 150000),
    Idea("雨污分流和易涝点整治", "water", "改造管网三十六公里，整治易涝点十二处。", "58000000", 84000),
    Idea("公交微循环线路", "transport", "新开社区公交微循环线路十条，新增候车亭。", "9800000", 70000),
    Idea("零工驿站", "labour", "建设零工驿站十个，提供用工对接和休息场所。", "6400000", 12000),
    Idea("公共停车位", "city_management", "新增公共停车位三千个，开放夜间共享。", "31000000", 45000),
)  # fmt: skip
OUT = (
    ("把整条河改成地下河。", "not_within_year", "工程量大，当年无法完成，已转有关单位研究。"),
    ("给每户居民发一辆电动车。", "burden", "不符合以财政资金投入公共服务的条件。"),
    ("每周清扫楼道。", "routine", "属于物业和街道日常工作，已转街道办理。"),
)  # fmt: skip


def tell(keeping: Keeping, *, few: bool = False) -> None:
    """The oldest year first."""
    _Year(keeping, keeping.cast.today - timedelta(days=620), 0, 4 if not few else 1).finished()
    _Year(keeping, keeping.cast.today - timedelta(days=300), 1, 10 if not few else 2).under_way()
    ahead = _Year(keeping, keeping.cast.today - timedelta(days=75), 2, 10 if not few else 2)
    ahead.waits_for_the_vote()
    _small(keeping, keeping.worked(keeping.cast.today - timedelta(days=20)))


class _Year:
    """The round of one year and its projects."""

    def __init__(self, keeping: Keeping, begins: date, number: int, places: int) -> None:
        self.keeping, self.begins, self.number, self.places = keeping, keeping.worked(begins), number, places
        self.government = keeping.staff(*GOVERNMENT)
        self.year = self.begins.year + (self.begins.month > 6)
        self.stations: list[Station] = list(_placed())

    def day(self, after: int) -> date:
        """So many days after the call, when people work, and never ahead of today."""
        return min(
            self.keeping.worked(self.begins + timedelta(days=after)), self.keeping.worked(self.keeping.cast.today)
        )

    def take(self, matter: Matter, step: str, after: int, data: Any = None, by: Actor | None = None) -> None:
        """A step of the government's, or of whoever is named."""
        self.keeping.take(matter, step, self.day(after), data, by=by or self.government)

    def called(self) -> Matter:
        """The call and what came of it in the first weeks."""
        closes = self.begins + timedelta(days=COLLECTED - 2)
        data = {
            "year": self.year, "tier": "project", "body": str(self.keeping.house.congress.pk), "text": CALL, "places": self.places,
            "opens_on": self.begins.isoformat(), "closes_on": closes.isoformat(), "reach": "电话 0000-8212300（虚构）",
        }  # fmt: skip
        return self.keeping.open("livelihood-round", "call", self.begins, data, by=self.government)

    def proposed(self, round_: Matter, number: int, text: str) -> Matter:
        """By turns from a resident on the portal, a station, a deputy, an organ."""
        place = streets()[number % len(streets())]
        data: dict[str, Any] = {"round": round_.pk, "text": text, "place": place.name}
        step, by = "propose", the_public(self.keeping.house.congress.pk, uuid4())
        if number % 4 == 1:
            step, by = "enter", self.keeping.staff(place.key, "station_clerk")
            data["said_on"] = self.day(5 + number).isoformat()
        elif number % 4 == 2:
            step, by = "suggest", self._deputy(number)
        elif number % 4 == 3:
            step, by = "suggest", self.keeping.staff(IDEAS[number % len(IDEAS)].organ)
        return self.keeping.open("livelihood-proposal", step, self.day(5 + number), data, by=by)

    def _deputy(self, number: int) -> Actor:
        mandates = self.keeping.cast.sitting(self.begins)
        rows = self.keeping.house.actors
        key = next(row.key for row in mandates[number * 7 :] if ("deputy", row.key) in rows)
        return rows["deputy", key][0]

    def collected(self, ideas: list[Idea]) -> tuple[Matter, list[Matter]]:
        """The round when the collection has ended, with a whole candidate for each idea, one merged, some screened out."""
        round_ = self.called()
        proposals = [
            self.proposed(round_, number, f"建议实施{idea.title}。{idea.content}") for number, idea in enumerate(ideas)
        ]
        twin = self.proposed(round_, len(ideas), f"希望{ideas[0].title}早点做。")
        out = [self.proposed(round_, len(ideas) + 1 + number, words[0]) for number, words in enumerate(OUT)]
        self.take(round_, "end", COLLECTED, by=the_clock(self.keeping.house.congress.pk))
        self.take(twin, "merge", COLLECTED + 2, {"into": proposals[0].pk})
        for matter, (_words, reason, answer) in zip(out, OUT, strict=True):
            self.take(matter, "screen_out", COLLECTED + 3, {"reasons": [reason], "answer": answer})
        return round_, [
            self._candidate(proposal, idea, number)
            for number, (proposal, idea) in enumerate(zip(proposals, ideas, strict=True))
        ]

    def _candidate(self, proposal: Matter, idea: Idea, number: int) -> Matter:
        self.take(
            proposal,
            "adopt",
            COLLECTED + 4,
            {"fits": ["fiscal", "within_year", "many"], "title": idea.title, "answer": "已列入候选项目。"},
        )
        project = Matter.objects.filter(procedure="livelihood-project", origins__origin=proposal).get()
        self.take(project, "fill", COLLECTED + 8, self._file(idea, number))
        return project

    def _file(self, idea: Idea, number: int) -> dict[str, Any]:
        deadline = self.begins + timedelta(days=VOTED + 290)
        station = self.stations[(number * 5 + self.number) % len(self.stations)] if self.stations else None
        steps = ((PUBLISHED + 60, "完成招标"), (PUBLISHED + 120, "主体开工"), (PUBLISHED + 240, "主体完工"))
        lines = [f"{self.begins + timedelta(days=after)} {words}" for after, words in steps]
        return {
            "title": idea.title, "content": idea.content, "organ": self.keeping.house.ref("organ", idea.organ), "yuan": idea.yuan,
            "place": station.street.name if station else streets()[number % len(streets())].name,
            "latitude": station.latitude if station else None, "longitude": station.longitude if station else None,
            "served": idea.served, "served_words": "全区居民", "deadline": deadline.isoformat(), "milestones": "\n".join(lines),
        }  # fmt: skip

    def listed(self, round_: Matter, projects: list[Matter]) -> None:
        """Before the standing committee, and through it."""
        self.take(
            round_,
            "submit_list",
            COLLECTED + 12,
            {"projects": [row.pk for row in projects], "explanation": "经筛选论证。"},
        )
        held_on = self.day(DELIBERATED)
        data = {
            "held_on": held_on.isoformat(),
            "meeting": MEETINGS[self.number],
            "opinion": "同意提请大会票决，建议充实进度安排。",
        }
        self.take(round_, "deliberate", DELIBERATED, data, by=self.keeping.office)

    def voted(self, round_: Matter, projects: list[Matter]) -> list[Matter]:
        """What a vote hands over when it is announced, and the list."""
        kin = the_kin(self.keeping.house.congress.pk)
        numbers: dict[str, Any] = {"base": ALL_DEPUTIES, "present": PRESENT}
        for place, project in enumerate(projects):
            data = {"chosen": place < self.places, "votes": 262 - 9 * place, **numbers}
            self.take(project, "voted", VOTED, data, by=kin)
        sentence = f"应到{ALL_DEPUTIES}，实到{PRESENT}，候选{len(projects)}项，选出{self.places}项。"
        self.take(round_, "voted", VOTED, {"passed": True, "sentence": sentence, **numbers}, by=kin)
        self.take(
            round_, "publish", PUBLISHED, {"summary": "请实施单位按节点推进，每月报送进展。"}, by=self.keeping.office
        )
        return projects[: self.places]

    def _organ(self, project: Matter) -> Actor:
        title = Matter.objects.get(pk=project.pk).title
        return self.keeping.staff(next(idea.organ for idea in IDEAS if idea.title == title))

    def carried_out(self, project: Matter, number: int, until: int, late: bool) -> None:
        """Supervised, reported, paid, visited; milestones reached, in a late one the first after its day and the rest not."""
        mandates = self.keeping.cast.sitting(self.day(PUBLISHED))
        pair = [self.keeping.house.ref("mandate", row.key) for row in mandates[number * 4 : number * 4 + 3]]
        organ = self._organ(project)
        self.take(project, "supervise", PUBLISHED + 5, {"deputies": pair}, by=self.keeping.office)
        for place, row in enumerate(Milestone.objects.filter(matter=project).order_by("planned_on")):
            planned = (row.planned_on - self.begins).days
            done = planned + (24 if late else -4)
            if done > until or (late and place > 0):
                break
            self._paid(project, organ, done, place)
            self.take(project, "reach", done, {"milestone": row.pk, "done_on": self.day(done).isoformat()}, by=organ)
            percent = 30 * (place + 1)
            data = {
                "percent": percent,
                "text": f"{row.name}，总体进度约{percent}%。",
                "signed_word": "监理单位签字",
                "note": "内部掌握：注意资金拨付进度。",
            }
            self.take(project, "report", done, data, by=organ)
        checked = PUBLISHED + 70
        if checked < until and number % 5 != 3:
            found = {
                "held_on": self.day(checked).isoformat(),
                "people": "督察代表、城建环资委",
                "finding": "总体按节点推进。",
            }
            self.take(project, "middle_check", checked, found, by=self.keeping.office)
        seen = min(until, PUBLISHED + 130)
        look = {
            "held_on": self.day(seen).isoformat(),
            "kind": "deputies",
            "deputies": pair[:2],
            "opinion": "现场察看，围挡和公示牌齐全，要求抓紧进度。",
        }
        self.take(project, "look", seen, look, by=self.keeping.office)

    def _paid(self, project: Matter, organ: Actor, after: int, place: int) -> None:
        fen = LivelihoodProject.objects.get(matter=project).fen or 0
        part = f"{fen * (place + 2) // 1000}.{fen % 100:02d}"
        data = {
            "yuan": part,
            "paid_on": self.day(after).isoformat(),
            "source": "own" if place else "upper",
            "note": "按合同支付",
        }
        self.take(project, "pay", after, data, by=organ)

    def finished(self) -> None:
        """A year that is over: every project accepted, rated and closed, but one that was carried over and one stopped."""
        round_, projects = self.collected(list(IDEAS[: self.places + 1]))
        self.listed(round_, projects)
        for number, project in enumerate(self.voted(round_, projects)):
            self.carried_out(project, number, PUBLISHED + 260, late=False)
            self._closed(project)

    def _closed(self, project: Matter) -> None:
        organ, office, ends = self._organ(project), self.keeping.office, PUBLISHED + 270
        self.take(
            project, "finish", ends, {"done_on": self.day(ends).isoformat(), "text": "全部完成并投入使用。"}, by=organ
        )
        accepted = {
            "held_on": self.day(ends + 10).isoformat(),
            "people": "代表三人、居民代表四人、主管部门",
            "conclusion": "符合设计，验收合格。",
        }
        self.take(project, "accept", ends + 10, accepted, by=office)
        counts = {
            "held_on": self.day(ends + 30).isoformat(),
            "satisfied": 231,
            "basically": 30,
            "dissatisfied": 6,
            "abstained": 4,
        }
        self.take(project, "count", ends + 30, {**counts, "who": "deputies", "occasion": "年末满意度测评"}, by=office)
        on_site = {**counts, "satisfied": 86, "basically": 11, "dissatisfied": 3, "abstained": 0}
        self.take(project, "count", ends + 31, {**on_site, "who": "residents", "occasion": "项目现场问卷"}, by=office)
        self.take(project, "close", ends + 35, by=office)

    def under_way(self) -> None:
        """This year: ten of twelve, three of them late, one asking to be carried over."""
        round_, projects = self.collected(list(IDEAS[: self.places + (self.places + 4) // 5]))
        self.listed(round_, projects)
        until = (self.keeping.cast.today - self.begins).days - 2
        for number, project in enumerate(self.voted(round_, projects)):
            self.carried_out(project, number, until, late=number % 4 == 1)
            self._said(project, number, until)
            if number == 1:
                later = self.begins + timedelta(days=VOTED + 500)
                data = {"wish": "carry_over", "reason": "地下管线迁改影响工期。", "deadline": later.isoformat()}
                self.take(project, "ask_change", until, data, by=self._organ(project))

    def _said(self, project: Matter, number: int, until: int) -> None:
        if number % 3 == 0:
            words = "施工围挡占了人行道，希望留出通道。" if number else "进度挺快，晚上也没有噪声。"
            by = the_public(self.keeping.house.congress.pk, uuid4())
            self.keeping.open("livelihood-voice", "say", self.day(until), {"project": project.pk, "text": words}, by=by)

    def waits_for_the_vote(self) -> None:
        """Next year's twelve candidates, deliberated, before the congress."""
        round_, projects = self.collected(list(IDEAS[: self.places + (self.places + 4) // 5]))
        for number, project in enumerate(projects[:3]):
            self.take(
                project, "comment", COLLECTED + 10, {"opinion": "建议明确分街道的任务数。"}, by=self._deputy(number)
            )
        self.listed(round_, projects)


def _placed() -> QuerySet[Any]:
    return Station.objects.filter(longitude__isnull=False).select_related("street").order_by("number")


def _small(keeping: Keeping, day: date) -> None:
    """Small wishes that a subdistrict collects and settles without a vote."""
    place = streets()[0]
    street = keeping.staff(place.key, "street_reviewer")
    data = {
        "year": day.year, "tier": "wish", "body": str(keeping.house.congress.pk), "text": "说说您身边的微心愿。",
        "opens_on": day.isoformat(), "closes_on": (day + timedelta(days=60)).isoformat(),
    }  # fmt: skip
    round_ = keeping.open("livelihood-round", "call", day, data, by=street)
    given = {"round": round_.pk, "text": "凉亭的长椅坏了，老人没有地方坐。", "place": place.name}
    keeping.open("livelihood-proposal", "propose", day, given, by=the_public(keeping.house.congress.pk, uuid4()))
