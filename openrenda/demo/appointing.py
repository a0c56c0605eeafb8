"""Appointments of the invented district: posts and who held them from the start, proposals in every stage, a bank of questions, an appraisal.

Votes are announced as the hall announces them; who was voted and how is invented.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db.models import Max

from openrenda import docket
from openrenda.docket.actor import Actor, the_kin
from openrenda.docket.models import Act, Matter
from openrenda.documents.official import OfficialDocument, Text, to_docx
from openrenda.people.models import ExamQuestion, Person, Post, Qualification, Tenure, Term
from openrenda.people.models.question import EXAM, JUDGEMENT, PRACTICE, RIGHT, WRONG
from openrenda.people.posts import members_on
from openrenda.rulebook import set_local_value
from openrenda.web.filing import keep

from .cast import NOTE
from .keeping import Keeping
from .phrases import library

FIRST = "首次常委会会议（演示）"
# Code, title, organ, kind, holders, examined; and who has held it since the term began.
POSTS: tuple[tuple[str, str, str, str, int | None, bool, tuple[str, ...]], ...] = (
    ("GOV-2", "江澜区副区长", "government", "government_deputy", 5, True, ("方屹宁", "邵静萍")),
    ("DEV-1", "江澜区发展和改革局局长", "development", "government_member", 1, True, ("钟立砚",)),
    ("EDU-1", "江澜区教育局局长", "education", "government_member", 1, True, ("姜若芸",)),
    ("CT-1", "江澜区人民法院院长", "court", "court_head", 1, False, ("廖承谦",)),
    ("CT-2", "江澜区人民法院副院长", "court", "court_deputy", 3, True, ("石培舟", "夏映兰")),
    ("CT-3", "江澜区人民法院审判员", "court", "court_judge", None, True, ("武明桥", "贺惠茵", "易少松", "侯雪菱")),
    ("PR-1", "江澜区人民检察院检察长", "procuratorate", "procuratorate_head", 1, False, ("汤永泽",)),
    ("PR-3", "江澜区人民检察院检察员", "procuratorate", "procurator", None, True, ("赖维恒", "龚婉珊")),
)
ELECTED = ("CT-1", "PR-1")
NEW_JUDGES, NEW_DIRECTOR = ("段晓筠", "雷书岳"), "万思薇"
REASON = "工作需要，符合任职条件。"
SITTINGS = (
    "区人大常委会第二十一次会议（演示）",
    "区人大常委会第二十三次会议（演示）",
    "区人大常委会第二十四次会议（演示）",
)


def tell(keeping: Keeping) -> None:
    """All of it, within the last year."""
    _registers(keeping)
    _bank()
    _completed(keeping, _day(keeping, 150))
    _announced(keeping, _day(keeping, 8))
    _coming(keeping, _day(keeping, 4))
    _appraised(keeping, _day(keeping, 70))


def _day(keeping: Keeping, ago: int) -> date:
    return keeping.worked(keeping.cast.today - timedelta(days=ago))


def _registers(keeping: Keeping) -> None:
    since, house = keeping.cast.begins, keeping.house
    for place, (code, title, organ, kind, holders, examined, names) in enumerate(POSTS):
        post = Post.objects.create(
            code=code,
            title=title,
            organ=house.row("organ", organ),
            kind=kind,
            holders=holders,
            examined=examined,
            position=place,
            since=since,
        )
        begun = "elected" if code in ELECTED else "appointed"
        for name in names:
            person = Person.objects.create(name=name, birth_year=1971)
            Tenure.objects.create(post=post, person=person, since=since, begun_as=begun, basis=FIRST)


def _bank() -> None:
    data = library("exam")
    for use, key in ((EXAM, "exam"), (PRACTICE, "practice")):
        for number, row in enumerate(data[key], 1):
            ExamQuestion.objects.create(
                code=f"{use}-{number:02}",
                kind=JUDGEMENT,
                use=use,
                text=row["text"],
                key=RIGHT if row["right"] else WRONG,
                law=row["law"],
            )


class _Proposal:
    """A proposal on its way, by the office of the organ that nominates."""

    def __init__(self, keeping: Keeping, day: date, organ: str, title: str) -> None:
        self.keeping, self.day = keeping, day
        self.by: Actor = keeping.staff(organ)
        meeting = keeping.worked(day + timedelta(days=16))
        data = {
            "title": title, "source": "organ", "organ": keeping.house.ref("organ", organ), "meeting_on": meeting.isoformat(),
        }  # fmt: skip
        self.meeting = meeting
        self.matter = keeping.open("appointment", "draft", day, data, by=self.by)

    def add(self, kind: str, post: str, name: str, year: int = 1982) -> Matter:
        """One act of it."""
        data = {
            "kind": kind,
            "post": Post.objects.get(code=post).pk,
            "name": name,
            "birth_year": year,
            "reason": REASON,
        }
        self.keeping.take(self.matter, "add", self.day, data, by=self.by)
        return Matter.objects.get(parent=self.matter, appointment_act__person_name=name)

    def submit(self) -> None:
        """With the signed paper."""
        paper = OfficialDocument(
            title=self.matter.title, issuer=self.by.office_name, blocks=(Text(REASON), Text(NOTE)), dated=self.day
        )
        keep(ContentFile(to_docx(paper), name="提请报告.docx"), self.by, role="attachment", matter=self.matter)
        self.keeping.take(self.matter, "submit", self.day, {}, by=self.by)

    def put_on(self, sitting: str) -> None:
        """Reviewed, and on the agenda."""
        day = self.keeping.worked(min(self.day + timedelta(days=3), self.keeping.cast.today))
        self.keeping.take(self.matter, "review", day, {"opinion": "符合任职条件，材料齐备。"})
        told = {"sitting": sitting, "meeting_on": self.meeting.isoformat()}
        self.keeping.take(self.matter, "put_on", day, told)

    def vote(self, *verdicts: tuple[Matter, int]) -> None:
        """What the vote announced for each act: how many were in favour of all members."""
        self.keeping.take(self.matter, "put_to_vote", self.meeting)
        base = members_on(self.meeting).count()
        present = base - 2
        for act, approve in verdicts:
            approve = min(approve, present)
            passed = approve * 2 > base
            words = f"应到{base}，实到{present}，赞成{approve}：全体组成人员过半数，{'通过' if passed else '未通过'}"
            data = {"passed": passed, "approve": approve, "against": present - approve, "abstain": 0, "base": base, "present": present,
                    "sentence": words}  # fmt: skip
            self.keeping.take(act, "voted", self.meeting, data, by=the_kin(self.keeping.house.congress.pk))

    def announce(self, number: int) -> None:
        """Public from that day on."""
        told = {"announcement": f"第{number}号公告（演示）", "informed": self.by.office_name}
        # The acts were voted one after the other that day, and this follows them all.
        voted = Act.objects.filter(matter__parent=self.matter).aggregate(last=Max("took_effect"))["last"]
        self.keeping.story.set(self.keeping.moment(self.meeting, voted))
        docket.act(Matter.objects.get(pk=self.matter.pk), "announce", by=self.keeping.office, data=told)

    def complete(self, act: Matter, number: int) -> None:
        """Certified, sworn, done."""
        told = {"number": f"任字（演示）{number}号", "signed_by": self.keeping.actors[self.keeping.leaders[0].pk].name}
        self.keeping.take(act, "certify", self.meeting, told)
        oath = {"day": self.meeting.isoformat(), "place": "区人大常委会会议厅", "how": "group"}
        self.keeping.take(act, "swear", self.meeting, oath)
        self.keeping.take(act, "complete", self.keeping.worked(self.meeting + timedelta(days=4)))


def _qualify(act: Matter, day: date) -> None:
    """Passed on paper before the system was in use."""
    row = act.appointment_act.get()
    Qualification.objects.create(
        person_id=row.person_id, term=Term.objects.get(), matter=act, day=day, score=88, passed=True
    )


def _completed(keeping: Keeping, day: date) -> None:
    """Two judges appointed and one removed, all formalities done."""
    one = _Proposal(keeping, day, "court", "关于提请任免审判人员职务的议案")
    acts = [one.add("appoint", "CT-3", name) for name in NEW_JUDGES]
    removed = one.add("remove", "CT-3", "侯雪菱", 1971)
    for act in acts:
        _qualify(act, day)
    one.submit()
    one.put_on(SITTINGS[0])
    one.vote(*((act, 29) for act in (*acts, removed)))
    one.announce(5)
    for number, act in enumerate(acts, 1):
        one.complete(act, number)
    keeping.take(removed, "complete", keeping.worked(one.meeting + timedelta(days=4)))


def _announced(keeping: Keeping, ended: date) -> None:
    """A director follows another; a deputy head did not reach more than half of all members, though most present agreed."""
    one = _Proposal(
        keeping, keeping.worked(ended - timedelta(days=16)), "government", "关于提请任免政府组成人员职务的议案"
    )
    old = one.add("remove", "EDU-1", "姜若芸", 1971)
    new, rejected = one.add("appoint", "EDU-1", NEW_DIRECTOR), one.add("appoint", "GOV-2", "孟书勤")
    for act in (new, rejected):
        _qualify(act, one.day)
    one.submit()
    one.put_on(SITTINGS[1])
    base = members_on(one.meeting).count()
    one.vote((old, 30), (new, 28), (rejected, base // 2))
    one.announce(7)
    told = {"number": "任字（演示）3号", "signed_by": keeping.actors[keeping.leaders[0].pk].name}
    keeping.take(new, "certify", one.meeting, told)


def _coming(keeping: Keeping, day: date) -> None:
    """On the agenda of the next sitting: one is to sit the examination, about another something was reported."""
    one = _Proposal(keeping, day, "procuratorate", "关于提请任命检察员职务的议案")
    first, second = one.add("appoint", "PR-3", "康佩漪"), one.add("appoint", "PR-3", "白仲朗")
    one.submit()
    one.put_on(SITTINGS[2])
    keeping.take(first, "examine", day, {})
    _qualify(second, day)
    told = {"day": day.isoformat(), "channel": "letter", "text": "来信反映其亲属在辖区经营企业，请核实（演示）。"}
    keeping.take(second, "object", day, told)
    draft = _Proposal(keeping, _day(keeping, 1), "court", "关于提请任命副院长职务的议案")
    draft.add("appoint", "CT-2", "武明桥", 1971)


def _appraised(keeping: Keeping, day: date) -> None:
    """One judge was appraised; another's report is due."""
    set_local_value(
        keeping.house.congress,
        "option.duty_appraisal",
        True,
        basis="主任会议纪要（演示）",
        set_by="演示",
        since=keeping.cast.begins,
    )
    court = keeping.staff("court")
    made = keeping.open("duty-appraisal", "choose", day, _whom("石培舟"))
    keeping.take(made, "report", day, {"report": "任职以来依法履职，结案率和服判息诉率逐年提高（演示）。"}, by=court)
    heard: list[tuple[str, str, str]] = [
        ("law", "good", "依法办案，没有违法审判。"), ("work", "good", "所办案件评查优良。"),
        ("resolutions", "good", "按期报告代表建议办理情况。"), ("conduct", "weak", "到基层法庭和代表联络站听取意见偏少。"),
    ]  # fmt: skip
    for key, point, text in heard:
        due = {"due_on": keeping.worked(keeping.cast.today + timedelta(days=30)).isoformat()} if point == "weak" else {}
        told = {
            "criterion": key,
            "kind": point,
            "text": text,
            "evidence": "案件评查和座谈",
            "heard_on": day.isoformat(),
            **due,
        }
        keeping.take(made, "hear", day, told)
    keeping.take(made, "conclude", day, {"summary": "总体评价较好，联系群众有待加强。"})
    sitting = keeping.worked(day + timedelta(days=20))
    keeping.take(made, "put_to_vote", sitting)
    base = members_on(sitting).count()
    verdict: dict[str, Any] = {
        "grades": {"satisfied": base - 8, "basically": 5, "dissatisfied": 1}, "verdict": "satisfied", "base": base, "present": base - 2,
        "sentence": f"应到{base}，实到{base - 2}，满意{base - 8}",
    }  # fmt: skip
    keeping.take(made, "voted", sitting, verdict, by=the_kin(keeping.house.congress.pk))
    keeping.take(made, "feed_back", keeping.worked(sitting + timedelta(days=5)), {"told": "已向本人和区人民法院反馈。"})
    keeping.open("duty-appraisal", "choose", _day(keeping, 9), _whom("夏映兰"))


def _whom(name: str) -> dict[str, Any]:
    return {"tenure": Tenure.objects.get(person__name=name, until=None).pk}
