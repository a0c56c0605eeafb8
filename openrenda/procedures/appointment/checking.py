"""What the law says against an act before it is even listed: who may nominate, who may be chosen, what has to be in force."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext

from openrenda.docket.situation import Situation
from openrenda.people.models import Person, Post
from openrenda.people.posts import COUNCIL as BY_COUNCIL
from openrenda.people.posts import PostKind, deputies_of, open_tenure

from ..appointing import (
    ACTING,
    APPOINT,
    BEGINS,
    COUNCIL,
    DEPUTIES,
    DISMISSAL,
    MEMBERS,
    ORGAN,
    RECALL,
    REMOVE,
    RESIGNATION,
    STATE_ORGANS,
    acts_of,
    kind_of,
    rejections,
)  # fmt: skip


def reasons(situation: Situation, kind: str, post: Post, person: Person | None) -> Iterator[str]:
    """Every reason against listing the act."""
    row = kind_of(post, situation.book)
    if row is None:
        yield gettext("职务“%(post)s”的类别不在规则簿中，请先在职务登记里改正。") % {"post": post.title}
        return
    checks = (
        of_the_post(situation, kind, post, row),
        who_proposes(situation, kind, row),
        of_the_person(situation, kind, post, person),
    )
    for check in checks:
        yield from check


def of_the_post(situation: Situation, kind: str, post: Post, row: PostKind) -> Iterator[str]:
    """Elected heads are elected: the committee decides who acts for them, accepts their resignation, and dismisses none of them."""
    words = {"post": post.title, "article": situation.book.citation("ORG-21")}
    if row.elected and kind in (APPOINT, REMOVE, DISMISSAL):
        yield gettext("%(post)s由人民代表大会选举和罢免，常委会只能决定代理、接受辞职（%(article)s）。") % words
    if not row.elected and kind == ACTING:
        yield gettext("%(post)s不是由人民代表大会选举的正职，直接任命即可，不用代理（%(article)s）。") % words
    if not row.elected and kind == RECALL:
        yield gettext("%(post)s不是由人民代表大会选举的，不用罢免，可以提出撤职案（%(article)s）。") % words


def who_proposes(situation: Situation, kind: str, row: PostKind) -> Iterator[str]:
    """Each post has its nominator (ORG-21); a dismissal has its movers (SUP-29), a recall its own (ORG-09)."""
    record, book = situation.record, situation.book
    if kind == DISMISSAL:
        if record.source == DEPUTIES or (record.source == ORGAN and record.organ.kind not in STATE_ORGANS):
            yield gettext(
                "撤职案由政府、监察委员会、法院、检察院，主任会议，或者五分之一以上的组成人员书面联名提出（%(article)s）。"
            ) % {"article": book.citation("SUP-29")}
    elif kind == RECALL:
        if record.source not in (DEPUTIES, COUNCIL):
            yield gettext("罢免案由主席团、常委会或者代表联名提出（%(article)s）。") % {
                "article": book.citation("ORG-09.county")
            }
    elif record.source in (MEMBERS, DEPUTIES):
        yield gettext("联名只能提出撤职案、罢免案；任免由有提名权的机关提请。")
    elif not _nominates(kind, row, record):
        wanted = BY_COUNCIL if kind == ACTING else row.nominator
        yield gettext("%(post)s的任免由%(who)s提请（%(article)s）。") % {
            "post": row.label, "who": _who(wanted), "article": book.citation("ORG-21")
        }  # fmt: skip


def _nominates(kind: str, row: PostKind, record: Any) -> bool:
    if record.source == COUNCIL:
        return kind in (ACTING, RESIGNATION) or row.nominator == BY_COUNCIL
    return kind != ACTING and record.organ.kind == row.nominator


def _who(nominator: str) -> str:
    names = {
        BY_COUNCIL: gettext("主任会议"), "government": gettext("本级人民政府正职"), "supervisory_commission": gettext("监察委员会主任"),
        "court": gettext("人民法院院长"), "procuratorate": gettext("人民检察院检察长"),
    }  # fmt: skip
    return names.get(nominator, gettext("有提名权的机关"))


def of_the_person(situation: Situation, kind: str, post: Post, person: Person | None) -> Iterator[str]:
    """Nobody twice, nobody who was rejected twice, and acting only who is a deputy there already."""
    book, words = situation.book, {"post": post.title, "name": person.name if person else ""}
    if person and any(act.person_id == person.pk and act.post_id == post.pk for act in acts_of(situation.matter.pk)):
        yield gettext("%(name)s的%(post)s已经列在本案中。") % words
    if kind == ACTING and (person is None or not deputies_of(post, book).filter(pk=person.pk).exists()):
        yield gettext("代理%(post)s的人选，须是本机关的现任副职（%(article)s）。") % {
            "post": post.title, "article": book.citation("ORG-21.acting")
        }  # fmt: skip
    if person is None or kind not in BEGINS:
        return
    if open_tenure(post, person):
        yield gettext("%(name)s现在就担任%(post)s，不用再任命。") % words
    if rejections(person, post, book, situation.today) >= int(book["APP-07"].value or 0):
        yield gettext("%(name)s两次提名未获通过，本届内不得再提名担任%(post)s（%(article)s）。") % {
            **words, "article": book.citation("APP-07")
        }  # fmt: skip
