"""What must be true before a step of a proposal is taken."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext

from openrenda.docket.models import File, Matter
from openrenda.docket.situation import Situation
from openrenda.people.posts import open_tenure, room_in

from ..appointing import (
    ACT,
    AGAINST,
    BEGINS,
    COUNCIL,
    JOINTLY,
    RECALL,
    AppointmentAct,
    AppointmentObjection,
    acts_of,
    base_of,
    is_qualified,
)  # fmt: skip


def no_acts(situation: Situation) -> str | None:
    """A proposal proposes something."""
    return None if acts_of(situation.matter.pk) else gettext("还没有列入任免事项，请先逐项列入。")


def no_papers(situation: Situation) -> str | None:
    """The signed nomination and the data are attached (APP-02)."""
    if File.objects.filter(matter=situation.matter.pk).exists():
        return None
    return gettext("还没有上传提名人签署的文件和人员基本情况（%(article)s），请先在本页“文件”处上传。") % {
        "article": situation.book.citation("APP-02")
    }


def too_few_movers(situation: Situation) -> str | None:
    """Those who sign together are counted against the register of the day, suspended ones in the base and not among the signers."""
    record, book = situation.record, situation.book
    rule = JOINTLY.get(record.source)
    if rule is None:
        return None
    base = base_of(record.source, situation.today).count()
    if base and book[rule].met_by(len(record.movers), base):
        return None
    words = {"count": len(record.movers), "base": base, "share": book[rule].amount, "article": book.citation(rule)}
    return gettext("联名%(count)d人，不到全体%(base)d人的%(share)s（%(article)s），不能提出。") % words


def not_reviewed(situation: Situation) -> str | None:
    """What the council itself proposes goes straight to the meeting; everything else was reviewed first."""
    if situation.record.source == COUNCIL or situation.state.key == "reviewed":
        return None
    return gettext("还没有作初步审查。只有主任会议提出的任免案可以直接提请会议审议。")


def not_ready(situation: Situation) -> str | None:
    """Whatever still stands in the way of the vote, of all acts, in one sentence."""
    acts = acts_of(situation.matter.pk)
    reasons = [reason for act in acts for reason in _against(situation, act)] + list(_too_many(acts))
    return gettext("付表决前还要办：%(what)s。") % {"what": gettext("；").join(reasons)} if reasons else None


def _against(situation: Situation, act: AppointmentAct) -> Iterator[str]:
    book, words = situation.book, {"title": act.matter.title}
    if act.kind in BEGINS and act.post.examined and not is_qualified(act.person, situation.today):
        yield gettext("%(title)s：本届内没有通过任前法律知识考试（%(article)s）") % {
            **words,
            "article": book.citation("APP-03"),
        }
    if act.kind in BEGINS and act.post.speaks and act.spoke_on is None:
        yield gettext("%(title)s：还没有登记任前发言（%(article)s）") % {**words, "article": book.citation("APP-04")}
    if act.kind in AGAINST and act.defended_on is None:
        yield gettext("%(title)s：还没有登记本人的申辩情况（%(article)s）") % {
            **words,
            "article": book.citation("SUP-29.defence"),
        }
    if AppointmentObjection.objects.filter(matter=act.matter_id).exclude(cleared=True).exists():
        yield gettext("%(title)s：收到的举报还没有查清，或者查实影响任职（%(article)s）") % {
            **words,
            "article": book.citation("APP-05"),
        }
    if act.kind not in BEGINS and open_tenure(act.post, act.person) is None:
        yield gettext("%(title)s：任职登记中没有现任的记录") % words


def _too_many(acts: list[AppointmentAct]) -> Iterator[str]:
    """More would hold a post than may, even after those who leave in the same proposal have left."""
    for post in {act.post_id: act.post for act in acts if act.kind in BEGINS}.values():
        leaving = [act.person_id for act in acts if act.post_id == post.pk and act.kind not in BEGINS]
        coming = sum(1 for act in acts if act.post_id == post.pk and act.kind in BEGINS)
        room = room_in(post, leaving=leaving)
        if room is not None and coming > room:
            yield gettext("%(post)s只能由%(count)d人担任，现在没有空缺，请先免去原任人员") % {
                "post": post.title, "count": post.holders or 0
            }  # fmt: skip


def not_yet_voted(situation: Situation) -> str | None:
    """Nothing is announced before all of it was voted (APP-08)."""
    states = Matter.objects.filter(parent=situation.matter.pk, procedure=ACT, closed_on=None).values_list(
        "state", flat=True
    )
    found = list(states)
    if found and all(state == "voted" for state in found):
        return None
    return gettext("还有任免事项没有表决，表决通过前不得公布（%(article)s）。") % {
        "article": situation.book.citation("APP-08")
    }


def something_voted(situation: Situation) -> str | None:
    """What was voted cannot be taken back."""
    if Matter.objects.filter(parent=situation.matter.pk, procedure=ACT, state="voted").exists():
        return gettext("本案已有任免事项经过表决，不能撤回。")
    return None


def by_the_congress(situation: Situation) -> str | None:
    """A recall is decided by the congress, so nothing else stands in the same proposal."""
    acts = acts_of(situation.matter.pk)
    recalls = sum(act.kind == RECALL for act in acts)
    return gettext("罢免案由人民代表大会表决，请与其他任免事项分开提出。") if 0 < recalls < len(acts) else None


def not_due_today(situation: Situation) -> str | None:
    """The vote is taken in the meeting."""
    day = situation.record.meeting_on
    if situation.today >= day:
        return None
    return gettext("会议在%(day)s举行，到会议上再付表决。") % {"day": date_format(day)}
