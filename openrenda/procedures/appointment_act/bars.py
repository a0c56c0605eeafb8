"""What must be true before a step of one act is taken."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext

from openrenda.docket.models import Matter
from openrenda.docket.situation import Situation
from openrenda.people.posts import room_in

from ..appointing import AGAINST, BEGINS, AppointmentObjection, filed_with, is_qualified

EXAM = "law-exam"


def tally_does_not_fit(situation: Situation) -> str | None:
    """The count is checked against those present and all members (I01): what does not fit is not taken over."""
    data, book = situation.data, situation.book
    if not data:
        return None
    cast = data["approve"] + data["against"] + data["abstain"]
    if not cast <= data["present"] <= data["base"]:
        words = {"cast": cast, "present": data["present"], "base": data["base"]}
        return gettext("票数不符：计票%(cast)d，到会%(present)d人，全体组成人员%(base)d人。") % words
    if bool(data.get("passed")) != bool(data["base"] and book["APP-06"].met_by(data["approve"], data["base"])):
        words = {"approve": data["approve"], "base": data["base"], "article": book.citation("APP-06")}
        return (
            gettext("表决结论不符：赞成%(approve)d，全体组成人员%(base)d人，须超过半数方为通过（%(article)s）。")
            % words
        )
    return None


def nothing_reported(situation: Situation) -> str | None:
    """There is something to look into."""
    open_ones = AppointmentObjection.objects.filter(matter=situation.matter.pk, settled_on=None)
    return None if open_ones.exists() else gettext("没有待核查的举报。")


def no_objections(situation: Situation) -> str | None:
    """There is something to read."""
    found = AppointmentObjection.objects.filter(matter=situation.matter.pk)
    return None if found.exists() else gettext("没有收到举报。")


def no_exam_needed(situation: Situation) -> str | None:
    """The post asks for none, or it was passed in this term already, or one is under way."""
    record = situation.record
    if record.kind not in BEGINS or not record.post.examined:
        return gettext("这一职务不要求任前法律知识考试。")
    if is_qualified(record.person, situation.today):
        return gettext("本届内已经通过任前法律知识考试，成绩有效。")
    under_way = Matter.objects.filter(procedure=EXAM, closed_on=None, law_exam__person=record.person_id)
    return gettext("已经安排了考试，还没有考完。") if under_way.exists() else None


def takes_nobody_on(situation: Situation) -> str | None:
    """Only who is to be appointed makes a statement."""
    return None if situation.record.kind in BEGINS else gettext("这一事项没有任前发言。")


def not_against(situation: Situation) -> str | None:
    """Only who is to be dismissed or recalled defends himself."""
    if situation.record.kind in AGAINST:
        return None
    return gettext("只有撤职案、罢免案有申辩（%(article)s）。") % {"article": situation.book.citation("SUP-29.defence")}


def not_announced(situation: Situation) -> str | None:
    """Formalities follow the announcement (APP-08)."""
    if situation.record.announced_on:
        return None
    return gettext("表决结果还没有公告（%(article)s）。") % {"article": situation.book.citation("APP-09")}


def rejected(situation: Situation) -> str | None:
    """Only what passed leads to something."""
    return None if situation.record.passed else gettext("没有通过的，不办理任职手续。")


def did_pass(situation: Situation) -> str | None:
    """What passed is completed otherwise."""
    return gettext("已经通过的，请用“办结”。") if situation.record.passed else None


def begins_nothing(situation: Situation) -> str | None:
    """Only who takes a post gets a certificate and swears."""
    return None if situation.record.kind in BEGINS else gettext("只有任命和决定代理的，颁发任命书、进行宪法宣誓。")


def written_already(situation: Situation) -> str | None:
    """The register says so, or cannot yet."""
    record = situation.record
    if record.registered():
        return gettext("任职登记已经自动办理，不用补登。")
    room = room_in(record.post)
    if record.kind in BEGINS and room is not None and room < 1:
        return gettext("%(post)s只能由%(count)d人担任，现在没有空缺；请先办理原任人员的免职。") % {
            "post": record.post_title, "count": record.post.holders or 0
        }  # fmt: skip
    return None


def no_filing(situation: Situation) -> str | None:
    """The law asks for none."""
    return None if filed_with(situation.record, situation.book) else gettext("这一事项法律没有规定报备案。")


def lacking(situation: Situation) -> str | None:
    """What is still to be done before it is complete."""
    record, wanting = situation.record, []
    if not record.registered():
        wanting.append(gettext("任职登记"))
    if record.kind in BEGINS:
        wanting += [gettext("任命书")] if record.letter_on is None else []
        wanting += [gettext("宪法宣誓")] if record.sworn_on is None else []
    if filed_with(record, situation.book) and record.filed_on is None:
        wanting.append(gettext("报备案"))
    return gettext("还没有办理：%(what)s。") % {"what": gettext("、").join(wanting)} if wanting else None


def once(step: str) -> Callable[[Situation], str | None]:
    """What was done is not done twice."""

    def done(situation: Situation) -> str | None:
        return gettext("已经登记过。") if situation.took(step) else None

    return done
