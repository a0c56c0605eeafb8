"""The members of a new government 换届后的政府组成人员 (APP-10): put forward to the new committee within two months after their head was elected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from openrenda.people.models import Post, Tenure
from openrenda.people.posts import post_kinds, term_on
from openrenda.rulebook import Book

from .appointing import BEGINS, AppointmentAct

GOVERNMENT, ELECTED = "government", "elected"
CAME_TO_NOTHING = ("withdrawn", "refused")


@dataclass(frozen=True)
class NewGovernment:
    """When its head was elected, until when its members are to be put forward, and the posts for which nobody was yet."""

    elected_on: date
    due_on: date
    waiting: tuple[Post, ...]

    def is_late(self, day: date) -> bool:
        """Whether the time is over and somebody is still missing."""
        return bool(self.waiting) and day > self.due_on


def new_government(book: Book, day: date) -> NewGovernment | None:
    """The government of the term in which the day lies; None while no head of it was elected. Five queries at most."""
    term, kinds = term_on(day), [kind for kind in post_kinds(book).values() if kind.organ == GOVERNMENT]
    if term is None:
        return None
    heads = [kind.key for kind in kinds if kind.elected]
    # A head's deputies are elected with the head.
    members = [kind.key for kind in kinds if not kind.elected and kind.nominator == GOVERNMENT and not kind.deputy_of]
    elected = Tenure.objects.filter(post__kind__in=heads, begun_as=ELECTED, since__gte=term.since, since__lte=day)
    elected_on = elected.order_by("since").values_list("since", flat=True).first()
    if elected_on is None:
        return None
    done = _put_forward(members, elected_on)
    posts = Post.objects.on(day).filter(kind__in=members).order_by("organ__position", "position", "code")
    waiting = tuple(post for post in posts if post.pk not in done)
    return NewGovernment(elected_on, book.due("APP-10", elected_on), waiting)


def _put_forward(kinds: list[str], since: date) -> set[object]:
    """The posts that somebody took since then, or for which somebody was put forward and not refused."""
    taken = Tenure.objects.filter(post__kind__in=kinds, since__gte=since).values_list("post", flat=True)
    acts = AppointmentAct.objects.filter(
        post__kind__in=kinds, kind__in=BEGINS, matter__parent__appointment_proposal__submitted_on__gte=since
    )
    return {*taken, *acts.exclude(matter__state__in=CAME_TO_NOTHING).values_list("post", flat=True)}
