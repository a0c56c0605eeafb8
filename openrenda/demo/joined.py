"""One thread through everything that follows an answer: a promise of the reply was not kept in time and was raised on a reception day, the
suggestion was put on the key list by a decision, an inspection did not find it as it had been reported, and it is handled again."""

from __future__ import annotations

from datetime import date, timedelta

from openrenda.activities.record import Item
from openrenda.docket.models import Matter, Party

from .keeping import Keeping

DECIDED_BEFORE, INSPECTED_BEFORE = 12, 5


def tell(keeping: Keeping) -> None:
    """The latest promise raised on a reception day whose suggestion is closed and quiet."""
    decided = keeping.worked(keeping.cast.today - timedelta(days=DECIDED_BEFORE))
    subject = _subject(keeping, decided)
    if subject is not None:
        _on_the_key_list(keeping, subject, decided)
        _found_otherwise(keeping, subject, keeping.worked(keeping.cast.today - timedelta(days=INSPECTED_BEFORE)))


def _subject(keeping: Keeping, day: date) -> Matter | None:
    raised = Item.objects.filter(kind="on_site_promise", decided_on__lt=day).values("subject__commitment__suggestion")
    found = keeping.suggestions(day, pk__in=raised, state="closed", suggestion__street__isnull=False)
    handled = [row for row in found if Party.objects.filter(matter=row, role="handler", until=None).exists()]
    return next((row for row in reversed(handled) if keeping.quiet_since(row, day)), None)


def _on_the_key_list(keeping: Keeping, subject: Matter, day: date) -> None:
    data = {
        "held_on": day.isoformat(),
        "starts_at": "15:00",
        "place": "区人大常委会第一会议室",
        "leading": keeping.leaders[0].pk,
    }
    held = keeping.open("chairpersons-meeting", "call", day, data)
    keeping.take(held, "add_item", day, {"kind": "key_list", "title": "增列重点督办建议：答复承诺逾期未落实的"})
    keeping.take(held, "attend", day, {"members": [seat.pk for seat in keeping.leaders]})
    keeping.take(held, "decide", day, {
        "item": str(Item.objects.get(matter=held).pk), "text": "承诺逾期，接待日已当面督促，同意增列为重点督办建议。",
        "organ": keeping.house.ref("organ", "deputy_commission"), "due_on": (day + timedelta(days=180)).isoformat(),
        "suggestions": [subject.pk],
    })  # fmt: skip
    keeping.take(held, "close", keeping.worked(day + timedelta(days=1)))


def _found_otherwise(keeping: Keeping, subject: Matter, day: date) -> None:
    street = subject.suggestion.get().street
    data = {"held_on": day.isoformat(), "place": street.name, "streets": [street.pk], "leading": keeping.leaders[0].pk}
    made = keeping.open("special-inspection", "plan", keeping.worked(day - timedelta(days=2)), data)
    keeping.take(made, "pick", keeping.worked(day - timedelta(days=1)), {"suggestions": [subject.pk]})
    keeping.take(made, "begin", day, {"members": [keeping.leaders[0].pk]})
    found = {
        "item": str(Item.objects.get(matter=made).pk),
        "outcome": "not_confirmed",
        "text": "答复承诺的事项没有动工，与报送的办结情况不符。",
    }
    keeping.take(made, "mark", day, found)
    keeping.take(made, "close", keeping.worked(day + timedelta(days=2)))


__all__ = ["tell"]
