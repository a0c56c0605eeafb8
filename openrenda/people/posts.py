"""Who may hold a post, who holds it, and what the rulebook says of its kind (ORG-21)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from openrenda.people.models import GroupMembership, Mandate, Person, Post, Tenure, Term
from openrenda.people.models.dated import holds_on
from openrenda.people.models.group import STANDING_COMMITTEE
from openrenda.people.models.post import ACTING
from openrenda.rulebook import Book

COUNCIL, CONGRESS = "council", "congress"
POSTS = "option.posts"


@dataclass(frozen=True, slots=True)
class PostKind:
    """A row of ``option.posts``: whose organ, who nominates, the verb of the decision, and with whom it is filed.

    ``elected``: by the people's congress, so that the standing committee decides only who acts for the holder.
    ``deputy_of`` is the kind of head whose place somebody of this kind may take for a time.
    """

    key: str
    label: str
    organ: str = ""
    nominator: str = ""
    verb: str = ""
    elected: bool = False
    deputy_of: str = ""
    filed: str = ""
    filed_acting: str = ""


def post_kinds(book: Book) -> dict[str, PostKind]:
    """The kinds of posts by key, in the order of the law."""
    return {str(row["key"]): PostKind(**row) for row in book.option(POSTS)}


def tenures_on(day: datetime.date) -> QuerySet[Tenure]:
    """The register of office holders as it stood on a day. One query."""
    rows: QuerySet[Tenure] = Tenure.objects.on(day).with_names()
    return rows


def open_tenure(post: Post, person: Person) -> Tenure | None:
    """The tenure in force: that without which nobody can be removed."""
    found: Tenure | None = Tenure.objects.filter(post=post, person=person, until=None).first()
    return found


def room_in(post: Post, *, leaving: Iterable[Any] = ()) -> int | None:
    """How many more may hold the post once those who are leaving have left; None where there is no limit."""
    if post.holders is None:
        return None
    held = Tenure.objects.filter(post=post, until=None).exclude(person__in=list(leaving)).count()
    return post.holders - held


def deputies_of(post: Post, book: Book) -> QuerySet[Person]:
    """Who may act for the holder: the deputies of the same organ in office (地方组织法第五十条第一款第十三项、第五十五条)."""
    kinds = [kind.key for kind in post_kinds(book).values() if kind.deputy_of == post.kind]
    held = Tenure.objects.filter(post__organ=post.organ_id, post__kind__in=kinds, until=None).exclude(capacity=ACTING)
    rows: QuerySet[Person] = Person.objects.filter(pk__in=held.values("person"))
    return rows


def members_on(day: datetime.date) -> QuerySet[Mandate]:
    """All members of the standing committee in office: the base of its majorities and fifths. The suspended are members still."""
    sat = GroupMembership.objects.filter(holds_on(day), holds_on(day, "group__"), group__kind=STANDING_COMMITTEE)
    rows: QuerySet[Mandate] = Mandate.objects.on(day).filter(pk__in=sat.values("mandate"))
    return rows


def able_members_on(day: datetime.date) -> QuerySet[Mandate]:
    """Those of them who may sign and vote on the day."""
    rows: QuerySet[Mandate] = Mandate.objects.able_on(day).filter(pk__in=members_on(day).values("pk"))
    return rows


def term_on(day: datetime.date) -> Term | None:
    """The term in which a day lies."""
    found: Term | None = Term.objects.on(day).order_by("-number").first()
    return found
