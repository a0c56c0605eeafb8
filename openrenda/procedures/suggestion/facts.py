"""What the figures of suggestions ask of each one, true or false as of the end of a period.

Acts and the dates of what was written answer, never today's state, so that the same day gives the same answer for ever.
Three things follow from that and are worked out here:

* A suggestion handled separately (SUG-06) is one suggestion. It is answered when every part is, late when one part is.
* A merged suggestion (SUG-18) is a whole suggestion. It is handed over, contacted and timed with its main one.
* A past record (SUG-20) counts from the dates it was published with; what it does not say counts for no day before the import,
  and what it cannot say (a due day, a contact) leaves it out of that rate.

Not to be had back as of an earlier day: the field of concern (today's sorting counts); a contact in person entered later under
an earlier day, which counts from the day on which it was held; and what a past record was published with (class, judgement,
day of publication) once somebody judged or answered it anew.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, UUIDField, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from openrenda.docket.models import Act, Link, Party, RunningClock
from openrenda.docket.situation import book_of
from openrenda.figures import Period
from openrenda.figures.asof import acts_by, among, moment, once, parties_at
from openrenda.rulebook import book_at
from openrenda.tenancy import current_congress_id

from .records import Contact, Judgement, Reply, Suggestion

KEY = "suggestion"
ASSIGNING = ("assign", "assign_by_government", "open_part", "assign_separately")
IMPORTED = ("import_received", "import_assigned", "import_replied", "import_closed")
IMPORTED_ASSIGNED = IMPORTED[1:]
IMPORTED_ANSWERED = IMPORTED[2:]
CLOSING = ("judge", "judge_second", "fall_silent", "stay_silent", "record_meeting", "import_closed")
EXTENDING = ("grant_extension", "extend")
SATISFIED = ("satisfied", "basically")
GRADES = (*SATISFIED, "dissatisfied")

Rows = QuerySet[Any]
Fact = Callable[[Period], Q]


# Acts


def over(period: Period) -> bool:
    """Whether something may have happened after the end of the period: then rows that change are asked of the acts."""
    return period.end < timezone.localdate()


def acts(period: Period, *steps: str) -> Rows:
    """Acts of those steps taken by the end of the period."""
    return acts_by(period, KEY, *steps)


def acts_after(period: Period, *steps: str) -> Rows:
    """Acts of those steps taken after the end of the period."""
    return Act.objects.filter(procedure=KEY, step__in=steps, took_effect__gte=moment(period.end))


@once
def acted(period: Period, *steps: str, of: str = "matter") -> Q:
    """One of the steps was taken by the end of the period."""
    return among(acts(period, *steps), of)


def ever(*steps: str) -> Q:
    """One of the steps was taken at any time."""
    return among(Act.objects.filter(procedure=KEY, step__in=steps))


def taken(*steps: str) -> Fact:
    """A fact: one of the steps was taken on the suggestion, or on a part of it."""
    return some(lambda period: acted(period, *steps))


# What is counted


def received(period: Period) -> Rows:
    """Suggestions received in the period, as their deputies raised them: parts are not counted again."""
    return _suggestions(period).filter(~ever("open_part"))


def handled(period: Period) -> Rows:
    """The same once for each handler: parts instead of what was divided, with the handler as of the end of the period."""
    by_end = ~ever("open_part") & ~divided(period) | acted(period, "open_part")
    return _suggestions(period).filter(by_end).annotate(handler=handler(period))


def undated(period: Period) -> Rows:
    """Past records that do not say when they were received."""
    return Suggestion.objects.filter(acted(period, *IMPORTED), received_on=None)


def settled(period: Period) -> Rows:
    """Drafts settled by talking in the period, before they were raised (B02)."""
    within = acts(period, "settle").filter(took_effect__gte=moment(period.since - timedelta(days=1)))
    return Suggestion.objects.filter(among(within))


def _suggestions(period: Period) -> Rows:
    known = Q(received_on__lte=period.end)
    if period.session is not None:
        undated_ones = Q(received_on=None) & acted(period, *IMPORTED)
        rows = Suggestion.objects.filter(known | undated_ones, session=period.session)
    else:
        rows = Suggestion.objects.filter(known, received_on__gte=period.since)
    return rows.annotate(main=_main(period))


def handler(period: Period) -> Any:
    """The lead organ as of the end of the period; a past record's and a merged suggestion's is the one written down."""
    parties = Party.objects.filter(matter=OuterRef("matter"), role="handler")
    written = Case(When(~Exists(parties), then=F("organ_id")), output_field=UUIDField())
    return Coalesce(Subquery(parties_at(period, "handler").values("holder")[:1]), written, output_field=UUIDField())


# Handled separately, or merged


@once
def divided(period: Period) -> Q:
    """Given to several organs separately."""
    return acted(period, "assign_separately")


@once
def parts(period: Period) -> Rows:
    """All parts that were not withdrawn, each under the suggestion it belongs to."""
    kept = acted(period, "open_part") & ~acted(period, "withdraw")
    return Suggestion.objects.filter(kept).annotate(main=F("matter__parent"))


def of_parts(rows: Rows) -> Q:
    """One of these parts belongs to the suggestion."""
    return among(rows, path="matter__parent")


def each(fact: Fact) -> Fact:
    """True of the suggestion, or of every part of one handled separately."""

    def asked(period: Period) -> Q:
        one, every, apart = fact(period), parts(period), divided(period)
        return (~apart & one) | (apart & of_parts(every.filter(one)) & ~of_parts(every.filter(~one)))

    return asked


def some(fact: Fact) -> Fact:
    """True of the suggestion, or of at least one part of one handled separately."""

    def asked(period: Period) -> Q:
        one = fact(period)
        return one | (divided(period) & of_parts(parts(period).filter(one)))

    return asked


@once
def merged(period: Period) -> Q:
    """Following another suggestion: the last word on it was a merger."""
    undone = acts(period, "unmerge").filter(matter=OuterRef("matter"), seq__gt=OuterRef("seq"))
    return among(acts(period, "merge").filter(~Exists(undone)))


def own_or_main(period: Period, rows: Rows) -> Q:
    """One of the rows is the suggestion's or, while it is merged, its main one's."""
    return among(rows) | (merged(period) & among(rows, "main"))


def _main(period: Period) -> Any:
    """The main suggestion as of the end of the period. A merger undone since is remembered by its act alone."""
    if not over(period):
        return F("matter__parent")
    mergers = acts(period, "merge").filter(among(acts_after(period, "unmerge"))).order_by("took_effect", "seq")
    mains = {act.matter_id: UUID(act.data["main"]) for act in mergers}
    cases = [When(matter=child, then=Value(main)) for child, main in mains.items()]
    return Case(*cases, default=F("matter__parent_id"), output_field=UUIDField())


# 交


def imported(period: Period) -> Q:
    """A past record."""
    return ever(*IMPORTED)


def assigned(period: Period) -> Q:
    """Handed over to an organ, by itself or with its main one.

    The day on the record only ever moves later (改交): lying before the end it is answer enough, and after it the acts know.
    """
    moved = Q(assigned_on__gt=period.end) & acted(period, *ASSIGNING)
    published = Q(assigned_on=None) & acted(period, *IMPORTED_ASSIGNED)
    with_main = merged(period) & acted(period, *ASSIGNING, *IMPORTED_ASSIGNED, of="main")
    return Q(assigned_on__lte=period.end) | answered_itself(period) | moved | with_main | published


def withdrawn(period: Period) -> Q:
    """Withdrawn by its deputies, or every part of it."""
    return acted(period, "withdraw") | (divided(period) & ~of_parts(parts(period)))


# 办、复


@once
def answered_itself(period: Period) -> Q:
    """A reply was signed; or a past record says so without a day."""
    dated = among(Reply.objects.filter(round=1, signed_on__isnull=False))
    return Q(replied_on__lte=period.end) | (acted(period, *IMPORTED_ANSWERED) & ~dated)


answered = each(answered_itself)


def closed_itself(period: Period) -> Q:
    """Closed: judged, fallen silent, or met over, and not handled again since (B15, B13)."""
    again = acts(period, "reopen").filter(matter=OuterRef("matter"), seq__gt=OuterRef("seq"))
    return among(acts(period, *CLOSING).filter(~Exists(again)))


closed = each(closed_itself)


def published_answer(period: Period) -> Q:
    """The answer is a past record's: nothing is known of its contacts and its due day."""
    return ever(*IMPORTED_ANSWERED)


def contacted_itself(period: Period) -> Q:
    """A contact with the deputy was entered; or with its main one's."""
    main = Suggestion.objects.filter(contacted_on__lte=period.end)
    return Q(contacted_on__lte=period.end) | (merged(period) & among(main, "main"))


def met_itself(period: Period) -> Q:
    """A contact in person was held, on the telephone alone is not enough; or with its main one's deputy."""
    return own_or_main(period, Contact.objects.filter(~Q(way="phone"), held_on__lte=period.end))


def _clocks(period: Period, condition: Q) -> Q:
    clocks = RunningClock.objects.filter(condition, procedure=KEY, key="reply", started_on__lte=period.end)
    return own_or_main(period, clocks)


def timed_itself(period: Period) -> Q:
    """Its reply clock has stopped: what was answered was answered against a due day."""
    return _clocks(period, Q(stopped_on__lte=period.end))


def late_itself(period: Period) -> Q:
    """Answered after the due day, or past it and not answered. A late answer stays late."""
    stopped_late = Q(stopped_on__lte=period.end, stopped_on__gt=F("due_on"))
    running = Q(stopped_on=None) | Q(stopped_on__gt=period.end)
    overdue = running & (Q(due_on__lt=period.end) | Q(pk__in=_overdue_before_extension(period)))
    return _clocks(period, stopped_late | overdue) & ~acted(period, "withdraw")


def _overdue_before_extension(period: Period) -> list[UUID]:
    """Clocks extended after the end of the period that were past their first due day by then."""
    if not over(period):
        return []
    running = Q(stopped_on=None) | Q(stopped_on__gt=period.end)
    clocks = RunningClock.objects.filter(
        running, ~acted(period, *EXTENDING), procedure=KEY, key="reply", extended=True, due_on__gte=period.end
    )
    return [row.pk for row in clocks if book_at(row.rulebook).due(row.rule, row.started_on) < period.end]


# The class of result


def _answered_again_since(period: Period) -> Q:
    """A second reply was signed after the end of the period, so that the record names a later class."""
    return among(acts_after(period, "sign_second_reply"))


def result_class(period: Period) -> Any:
    """The class of the last reply by the end of the period, or the one a past record was published with."""
    then = _signed(period).filter(matter=OuterRef("matter")).order_by("-round").values("result_class")[:1]
    answered_then = When(answered_itself(period), then=F("result_class"))
    return Case(When(_answered_again_since(period), then=Subquery(then)), answered_then)


def _signed(period: Period) -> Rows:
    """Replies that had gone out by the end of the period; the first one's day is not always known of a past record."""
    return Reply.objects.filter(Q(signed_on__lte=period.end) | Q(round=1))


def classed(*, solved: bool | None = None) -> Fact:
    """The last answer has a class of the congress's scheme; one that means solved, or not."""

    def asked(period: Period) -> Q:
        letters = letters_of_scheme(solved)
        again = _answered_again_since(period)
        later = _signed(period).filter(matter=OuterRef("matter"), round__gt=OuterRef("round"))
        last = _signed(period).filter(~Exists(later), result_class__in=letters)
        classes = (Q(result_class__in=letters) & ~again) | (again & among(last))
        return classes & ~reopened_itself(period) if solved else classes

    return each(asked)


@once
def reopened_itself(period: Period) -> Q:
    """Closed, found otherwise on site and not answered again since (B15): its last answer no longer stands."""
    again = acts(period, "sign_second_reply").filter(matter=OuterRef("matter"), seq__gt=OuterRef("seq"))
    return among(acts(period, "reopen").filter(~Exists(again)))


def letters_of_scheme(solved: bool | None) -> list[str]:
    """The letters of the congress's scheme; those that mean solved, or not."""
    scheme: Any = book_of(current_congress_id()).option("option.result_scheme")
    return [row["letter"] for row in scheme if solved is None or bool(row.get("solved")) is solved]


def supervised(period: Period) -> Q:
    """Under the lead of a member of the council of chairpersons, or of a key suggestion's (B06, B08)."""
    links = Link.objects.filter(kind="supervises", matter__procedure="supervision", since__lt=moment(period.end))
    return among(links.filter(~among(acts_by(period, "supervision", "drop"))), path="origin")


# 评


def _judgements(period: Period) -> Rows:
    return Judgement.objects.filter(lead=True, judged_on__lte=period.end)


def judged_first(period: Period) -> Q:
    """The lead deputy judged the first reply. Only who rejected it, or whose suggestion was reopened, judges a second time."""
    before = _judgements(period).filter(among(Act.objects.filter(procedure=KEY, step="reopen")))
    return Q(judged_on__lte=period.end) | acted(period, "reject") | among(before)


def judged_itself(period: Period) -> Q:
    """The lead deputy judged; or a past record was published with a judgement, which may be a first or a last one."""
    return judged_first(period) | _published_judgement(period, Q())


def _published_judgement(period: Period, condition: Q) -> Q:
    known = Q(result__in=GRADES, judged_on=None) & condition
    return known & acted(period, *IMPORTED_ANSWERED)


def first_judgement(condition: Q) -> Fact:
    """The lead deputy judged the first reply so, or that of a part of it."""
    return some(lambda period: among(_judgements(period).filter(condition, round=1)))


def last_judgement(condition: Q) -> Fact:
    """The lead deputy's last word is so, on the suggestion or on a part of it."""

    def asked(period: Period) -> Q:
        later = _judgements(period).filter(matter=OuterRef("matter"), round__gt=OuterRef("round"))
        return among(_judgements(period).filter(condition, ~Exists(later))) | _published_judgement(period, condition)

    return some(asked)


# 公开


def public(period: Period) -> Q:
    """Open to the public."""
    moved, then = _moved_since(period)
    return (Q(matter__public_since__lte=period.end) & ~Q(matter__in=moved)) | Q(matter__in=then)


def _moved_since(period: Period) -> tuple[list[UUID], list[UUID]]:
    """Suggestions published or withheld after the end of the period, and those of them that were open then."""
    if not over(period):
        return [], []
    moved = list(acts_after(period, "publish", "withhold").values_list("matter", flat=True).distinct())
    rows = Suggestion.objects.filter(matter__in=moved).select_related("matter")
    return moved, [row.matter_id for row in rows if _was_public(row, period)]


def _was_public(row: Suggestion, period: Period) -> bool:
    last = acts(period, "publish", "withhold").filter(matter=row.matter).order_by("seq").last()
    if last is not None:
        return bool(last.step == "publish")
    published = acts(period, *IMPORTED).filter(matter=row.matter).first()
    if published is not None and published.data.get("published_date"):
        return bool(published.data["published_date"] <= period.end.isoformat())
    book = book_of(current_congress_id())
    wanted = bool(book.option("option.default_public")) and row.consent_public and not row.matter.confidential
    return wanted and row.replied_on is not None and book.due("SUG-15", row.replied_on) <= period.end
