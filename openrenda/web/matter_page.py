"""The matter page's regions, from the declarations and the rows of one matter; the same for every procedure."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple, cast
from uuid import UUID, uuid4

from django.db.models import CharField, ForeignKey, QuerySet, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext_lazy as _lazy

from openrenda import docket
from openrenda.docket import registry
from openrenda.docket.language import HISTORY, THE_CLOCK, THE_KIN, Step
from openrenda.docket.models import Act, File, Link, Matter, RunningClock
from openrenda.docket.models.clock import UNPRESSING
from openrenda.docket.offices import actor_words, doer, holds
from openrenda.docket.reading import may_read_files
from openrenda.docket.situation import Situation
from openrenda.languages import said as _
from openrenda.moments import here
from openrenda.prepared import Prepared
from openrenda.rulebook import Book, RulebookError, book_at

from . import stage_bar, supervised
from .addresses import matter_url
from .cells import day_words
from .labels import days, ids_in, label_of, names_of, office_label, recorded, role_label

SOON_DAYS = 7
CHAIN_SHOWN = 50
MOST_FILES = 200
FILE_KINDS = {"image": "image/", "sheet": "spreadsheet"}
WATCHERS = ("audit_admin",)


def page(situation: Situation) -> dict[str, Any]:
    """Everything the template of a matter page is given."""
    load_record(situation)
    acts, turned, related = situation.acts, clocks(situation), relatives(situation)
    return {
        "situation": situation,
        "matter": situation.matter,
        "procedure": label_of(situation.table),
        "state": label_of(situation.state),
        "stages": stage_bar.stages(situation, related),
        "clocks": [row for row in turned if row["status"] != "stopped"],
        "stopped_clocks": [row for row in turned if row["status"] == "stopped"],
        "chain_links": chain(related),
        "supervised": supervised.parts(situation, related),
        "people": [party for party in parties(situation) if party["person"]],
        "organs": [party for party in parties(situation) if not party["person"]],
        "files": files(situation),
        "acts": timeline(situation, acts),
        **body(situation),
    }


def load_record(situation: Situation) -> None:
    """Read the typed record with the rows it refers to, in one query."""
    model = situation.table.record
    if model is None or situation.has_record:
        return
    situation.record = _with_what_it_refers_to(model).first(matter=situation.matter.pk)


@cache
def _with_what_it_refers_to(model: Any) -> Prepared[Any]:
    related = [field.name for field in model._meta.fields if isinstance(field, ForeignKey)]
    related = [name for name in related if name not in ("congress", "matter")]
    return Prepared(lambda matter: model.objects.select_related(*related).filter(matter_id=matter), matter=uuid4())


def body(situation: Situation) -> dict[str, Any]:
    """What a body template may use: record, rows, said (what each step last recorded), taken, actor, today, situation.

    ``rows("replies")`` are the matter's typed rows of that relation, oldest first; ``opened("commitment")`` the typed records of
    the matters of that procedure which were opened under this one, with their matters.
    """
    load_record(situation)
    return {
        "body_template": situation.table.body or "web/matter_body.html",
        "record": situation.record if situation.table.record else None,
        "rows": lambda relation: situation.rows(cast("type[Any]", Matter._meta.get_field(relation).related_model)),
        "opened": lambda procedure: OPENED[procedure].rows(matter=situation.matter.pk),
        "said": {made.step: made.data for made in situation.acts},
        "taken": {made.step for made in situation.acts},
        "actor": situation.actor,
        "today": situation.today,
        "situation": situation,
    }


class _Opened(dict[str, Prepared[Any]]):
    """The question for the records of one procedure under a matter, made when it is first asked."""

    def __missing__(self, procedure: str) -> Prepared[Any]:
        model = registry.procedure(procedure).record
        self[procedure] = Prepared(
            lambda matter: (
                model.objects.filter(matter__parent=matter).select_related("matter").order_by("matter__opened_on", "id")
            ),
            matter=uuid4(),
        )
        return self[procedure]


OPENED = _Opened()


# Clocks


def clocks(situation: Situation) -> list[dict[str, Any]]:
    """The time limits, those that run first, nearest due day first."""
    rows = sorted(situation.clocks, key=lambda row: (row.stopped_on is not None, row.limit in UNPRESSING, row.due_on))
    return [clock(row, situation) for row in rows]


def clock(row: RunningClock, situation: Situation) -> dict[str, Any]:
    """One time limit as its chip shows it."""
    declared = situation.table.clock(row.key)
    book = book_then(row.rulebook, situation.book)
    return {
        "key": row.key,
        "label": label_of(declared) if declared else row.key,
        "due": row.due_on,
        "days_left": row.days_left(situation.today),
        "whose": whose(row, situation),
        "article": book.citation(row.rule),
        "status": status(row, situation.today),
        "explanation": explanation(row, book),
    }


def status(row: RunningClock, today: date) -> str:
    """on_time, soon, late, paused or stopped. A right that lapsed makes nobody late."""
    if row.stopped_on is not None:
        return "stopped"
    if row.paused_on is not None:
        return "paused"
    if row.limit in UNPRESSING:
        return "stopped" if row.due_on < today else "on_time"
    if row.due_on < today:
        return "late"
    return "soon" if (row.due_on - today).days <= SOON_DAYS else "on_time"


def whose(row: RunningClock, situation: Situation) -> str:
    """Whose move it is: the parties by name where the office is a relation, else the office."""
    declared = situation.table.clock(row.key)
    if declared is None:
        return office_label(situation.table, row.whose)
    names = [party.name for party in situation.parties if party.role in declared.whose.relation]
    return _("、").join(dict.fromkeys(names)) or label_of(declared.whose)


def explanation(row: RunningClock, book: Book) -> list[str]:
    """How the due day was computed."""
    amount = book[row.rule].amount if row.rule in book else ""
    words = [_("自%(day)s起算，期限%(amount)s。") % {"day": day_words(row.started_on), "amount": amount}]
    if row.extended:
        words.append(_("已延长到%(day)s。") % {"day": day_words(row.due_on)})
    if row.paused_on and row.stopped_on is None:
        words.append(_("自%(day)s起暂停。") % {"day": day_words(row.paused_on)})
    if row.stopped_on:
        late = row.days_late(row.stopped_on)
        spent = days((row.stopped_on - row.started_on).days)
        words.append(_("%(day)s停止计时，用时 %(days)s。") % {"day": day_words(row.stopped_on), "days": spent})
        if late:
            words.append(_("停止时已超期 %(days)s。") % {"days": days(late)})
    return words


def book_then(version: str, now: Book) -> Book:
    """The rulebook an act or clock was made under; today's where that version was not kept (imported history)."""
    if not version or version == now.version:
        return now
    try:
        return book_at(version)
    except RulebookError:
        return now


# Chain, people, files


LINK_WORDS = {
    "split_from": (_lazy("拆自"), _lazy("拆出")),
    "merged_into": (_lazy("并入"), _lazy("并入本件")),
    "converted_from": (_lazy("转自"), _lazy("转为")),
    "evaluates": (_lazy("评价对象"), _lazy("评价")),
    "supervises": (_lazy("督办的事项"), _lazy("督办")),
    "same_finding": (_lazy("另一层级的督办"), _lazy("另一层级的督办")),
    "attached": (_lazy("并入的同类建议"), _lazy("并入的重点督办")),
    "promised_about": (_lazy("针对的建议"), _lazy("当面承诺")),
    "promised_at": (_lazy("承诺于"), _lazy("列入承诺台账")),
    "joins": (_lazy("附议的事项"), _lazy("群众附议")),
    "found_in": (_lazy("来自意见"), _lazy("发现的问题")),
    "decided_by": (_lazy("由会议决定"), _lazy("列入重点督办")),
    "counts": (_lazy("计入工作的活动"), _lazy("计入协同任务")),
    "cites": (_lazy("引用的报告"), _lazy("引用本报告的")),
    "books": (_lazy("预约的资源"), _lazy("预约")),
    "discusses": (_lazy("讨论的事项"), _lazy("党组会议讨论")),
    "votes_on": (_lazy("付表决的会议"), _lazy("表决")),
    "agenda_of": (_lazy("确定议程的会议"), _lazy("确定的议程")),
    "proposed_at": (_lazy("提请审议的会议"), _lazy("提出的决议、决定")),
    "replaces": (_lazy("取代的决议、决定"), _lazy("取代它的决议、决定")),
    "follows": (_lazy("上一次"), _lazy("下一次")),
    "examined_for": (_lazy("为任命安排"), _lazy("法律知识考试")),
    "appraises": (_lazy("任职所依据的任命"), _lazy("任后履职评议")),
}
# Who is in a sitting and who speaks there is told on its own page: a hall would fill the chain.
IN_THE_HALL = ("attendance", "speech")
OTHER_WORDS = (_lazy("来自"), _lazy("产生"))


class Relative(NamedTuple):
    """A matter one step away: by which kind of link, and whether this one came from it."""

    matter: Matter
    kind: str
    came_from: bool


def relatives(situation: Situation) -> list[Relative]:
    """The matters one step away, as far as this person may see them; one query for one that stands alone."""
    near = _near(situation.matter)
    if not near:
        return []
    related = docket.visible(situation.actor).filter(pk__in=sorted(near)).order_by("opened_on", "id")
    if situation.matter.procedure == "sitting":
        related = related.exclude(procedure__in=IN_THE_HALL)
    return [Relative(other, *near[other.pk]) for other in related[:CHAIN_SHOWN]]


def chain(related: list[Relative]) -> list[dict[str, Any]]:
    """Where the matter came from and what came of it."""
    return [_chain_link(*row) for row in related]


def _links(matter: UUID) -> QuerySet[Any]:
    back = Link.objects.filter(matter_id=matter).values_list("origin_id", "kind", Value(1))
    forth = Link.objects.filter(origin_id=matter).values_list("matter_id", "kind", Value(0))
    children = Matter.objects.filter(parent_id=matter).values_list("pk", Cast(Value(""), CharField()), Value(0))
    return children.union(forth, back, all=True).order_by()


NEAR: Prepared[tuple[UUID, str, int]] = Prepared(_links, matter=uuid4())


def _near(matter: Matter) -> dict[UUID, tuple[str, bool]]:
    """The matters one step away, each with the kind of link and whether this one came from it.

    Asked by the indexes of three questions: one condition over all three would look at every matter of the congress.
    """
    found = {matter.parent_id: ("", True)} if matter.parent_id else {}
    for other, kind, came_from in NEAR.rows(matter=matter.pk):
        if other not in found or not found[other][0] or came_from:
            found[other] = (kind, bool(came_from) or other == matter.parent_id)
    return found


def _chain_link(other: Matter, kind: str, came_from: bool) -> dict[str, Any]:
    words = LINK_WORDS.get(kind, OTHER_WORDS)[0 if came_from else 1]
    note = " ".join(part for part in (other.number, label_of(other.table), label_of(other.state_now)) if part)
    url = matter_url(other.pk)
    return {"relation": words, "label": other.title, "url": url, "note": note, "when": other.opened_on}


PERSON_ROLES = frozenset({
    "sponsor", "cosigner", "invited", "asked_to_confirm", "asked_to_judge", "leading", "took_part", "booked", "speaker",
    "silent_speaker", "asked_for_receipt", "source_deputy", "receiver", "resident",
    "reporter", "mediator", "agent", "supervisor", "member", "contacted", "counterpart", "owner",
    "voting_member", "group_member", "chairing",
})  # fmt: skip


MANY_OF_A_ROLE, WHOLE_BODIES = 12, frozenset({"voting_member"})


def parties(situation: Situation) -> list[dict[str, Any]]:
    """Who stands in which relation, one chip a holder with all its parts; of a whole committee one chip says how many they are."""
    found: dict[Any, dict[str, Any]] = {}
    counts = Counter(party.role for party in situation.parties)
    for party in situation.parties:
        if counts[party.role] > MANY_OF_A_ROLE and party.role in WHOLE_BODIES:
            words = _("%(count)s 人") % {"count": counts[party.role]}
            found[party.role] = {"name": role_label(situation.table, party.role), "note": words, "person": True}
            continue
        words = role_label(situation.table, party.role)
        if party.holder in found:
            found[party.holder]["note"] += _("、") + words
        else:
            person = party.role in PERSON_ROLES
            found[party.holder] = {"name": party.name, "note": words, "person": person}
    return list(found.values())


FILES: Prepared[File] = Prepared(
    lambda matter: File.objects.filter(matter_id=matter).order_by("-uploaded_at", "-id")[:MOST_FILES], matter=uuid4()
)


def files(situation: Situation) -> list[dict[str, Any]]:
    """The documents of the matter that the person may open, newest first."""
    if not may_read_files(situation):
        return []
    return [file_card(row) for row in FILES.rows(matter=situation.matter.pk)]


def file_card(row: File) -> dict[str, Any]:
    """One document as its card shows it."""
    kind = next((kind for kind, mark in FILE_KINDS.items() if mark in row.media_type), "file")
    url = reverse("web:file", args=[row.pk])
    return {
        "name": row.name,
        "url": url,
        "size": row.size,
        "kind": kind,
        "added_on": here(row.uploaded_at),
    }


# Acts


def timeline(situation: Situation, acts: list[Act]) -> list[dict[str, Any]]:
    """Acts as sentences, newest first."""
    steps = {made.step: situation.table.known_step(made.step) for made in acts}
    told = {made.pk: made for made in acts if may_read(situation, steps[made.step], made)}
    names = names_of(ids_in(list(told.values())), situation.parties)
    return [_entry(made, steps[made.step], situation, names, made.pk in told) for made in reversed(acts)]


def may_read(situation: Situation, step: Step | None, made: Act) -> bool:
    """Whether the person may read what the act recorded: she took it, might have, or was told. Drafts tell nobody."""
    actor = situation.actor
    if step is None or (made.account is not None and made.account == actor.account):
        return step is not None
    if step.withheld and step.withheld(situation, made):
        return False
    if actor.seat in WATCHERS:
        return True
    if set(step.offices) <= {THE_KIN, THE_CLOCK, HISTORY}:
        return True
    return any(holds(office, actor, situation.parties) for office in (*step.offices, *step.tells))


def _entry(made: Act, step: Step | None, situation: Situation, names: dict[str, str], readable: bool) -> dict[str, Any]:
    book, when = book_then(made.rulebook, situation.book), here(made.took_effect)
    return {
        "when": when,
        "sentence": sentence(made, step, situation),
        "actor": made.agent_for or actor_words(made),
        "agent": made.actor_name if made.agent_for else "",
        "article": _citation(book, made.basis),
        "recorded": _entered_later(made, when),
        "data": recorded(made, step, situation, names) if step and readable else [],
    }


def sentence(made: Act, step: Step | None, situation: Situation) -> str:
    """An act as a sentence: who, what, and where the matter went."""
    what = label_of(step) if step else made.step
    words = {"who": doer(made), "what": what, "state": label_of(situation.table.state(made.to_state))}
    if made.from_state != made.to_state:
        return _("%(who)s：%(what)s，事项进入“%(state)s”。") % words
    return _("%(who)s：%(what)s。") % words


def _citation(book: Book, basis: str) -> str:
    try:
        return book.citation(basis) if basis else ""
    except RulebookError:
        return ""


def _entered_later(made: Act, when: datetime) -> datetime | None:
    """When it was entered, if on another day than it happened."""
    if made.recorded_at == made.took_effect:
        return None
    entered = here(made.recorded_at)
    return entered if entered.date() != when.date() else None
