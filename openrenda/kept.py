"""Long questions that many people ask in the same words: made once for every day on which they are asked.

Making the statement behind a figure costs many times what the database takes to answer it, and it would have to be made anew each
day, as the day is in it. So a question is made with marks in the place of its days, as a :class:`.prepared.Prepared` one is. Some ask
the database something while they are made. What they ask is kept with them and asked again each time: the statement stands while
nothing is found, as nothing was found when it was made. Otherwise the question is made by the object mapper, as any other.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet

from openrenda.prepared import Statement, Text, database, run
from openrenda.tenancy import current_congress_id

Values = Mapping[str, Any]
Ask = Callable[[bool], Sequence[QuerySet[Any]]]


class _FoundError(Exception):
    """Something was found while a question was made."""


@dataclass
class _Made:
    """The statements of a question, None where no row can ever answer, and what was asked while they were made.

    ``whole`` is false when they could not be made, as something was found or a value was made of a mark.
    """

    asked: list[Text] = field(default_factory=list)
    statements: list[Statement | None] = field(default_factory=list)
    whole: bool = False

    def stands(self, values: Values) -> bool:
        """Whether nothing is found today of what was asked."""
        return not any(run(text.sql, text.params(values)).fetchone() for text in self.asked)


class Kept:
    """Questions kept under a key that names all they are made of, beside the congress in context and the values that are marked.

    :param telling: words that are in every mark and nowhere else, so that a value made of a mark, which has no place, is seen.
    """

    def __init__(self, telling: Sequence[str], most: int = 1024) -> None:
        self.telling, self.most = telling, most
        self._kept: dict[Hashable, _Made] = {}

    def about(self, key: Hashable, ask: Ask, marks: Values, values: Values) -> Answers:
        """The answers to a question: ``ask(True)`` makes it of the marks, ``ask(False)`` of the values."""
        whole = (database().vendor, current_congress_id(), key)
        made = self._kept.get(whole)
        stands = made is not None and made.stands(values)
        if made is None or (stands and not made.whole):
            made = self._make(ask, marks, values)
            stands = made.whole
            self._keep(whole, made)
        return Answers(ask, made.statements if stands else None, values)

    def _keep(self, key: Hashable, made: _Made) -> None:
        if len(self._kept) >= self.most:
            self._kept.pop(next(iter(self._kept)), None)
        self._kept[key] = made

    def _make(self, ask: Ask, marks: Values, values: Values) -> _Made:
        made = _Made()
        try:
            with _listening(made, marks, values):
                made.statements = [_statement(one, marks) for one in ask(True)]
        except _FoundError:
            return made
        made.whole = not any(self._tells(text) for text in (*made.asked, *filter(None, made.statements)))
        return made

    def _tells(self, text: Text) -> bool:
        placed = {at for at, _name, _number in text.places}
        left = [text.sql, *(str(value) for at, value in enumerate(text.template) if at not in placed)]
        return any(word in one for word in self.telling for one in left)


def _statement(asked: QuerySet[Any], marks: Values) -> Statement | None:
    try:
        return Statement(asked, marks)
    except EmptyResultSet:
        return None


@contextmanager
def _listening(made: _Made, marks: Values, values: Values) -> Iterator[None]:
    """What is asked meanwhile of the marks is noted, and asked of the values."""

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        text = Text(sql, params or (), marks)
        made.asked.append(text)
        answer = execute(sql, text.params(values), many, context)
        if context["cursor"].fetchone() is not None:
            raise _FoundError
        return answer

    with database().execute_wrapper(note):
        yield


class Answers:
    """The answers to one question, each of its parts counted or listed."""

    def __init__(self, ask: Ask, statements: Sequence[Statement | None] | None, values: Values) -> None:
        self.ask, self.statements, self.values = ask, statements, values
        self._asked: Sequence[QuerySet[Any]] | None = None

    def rows(self, part: int) -> list[Any]:
        """All rows of a part."""
        if self.statements is None:
            return list(self._by_mapper(part))
        statement = self.statements[part]
        if statement is None:
            return []
        return [statement.make(found) for found in run(statement.sql, statement.params(self.values)).fetchall()]

    def count(self, part: int) -> int:
        """How many rows a part has."""
        if self.statements is None:
            return self._by_mapper(part).count()
        statement = self.statements[part]
        if statement is None:
            return 0
        counting = f"SELECT COUNT(*) FROM ({statement.sql}) counted"  # nosec B608 # made by the object mapper, values apart
        return int(run(counting, statement.params(self.values)).fetchone()[0])

    def _by_mapper(self, part: int) -> QuerySet[Any]:
        if self._asked is None:
            self._asked = self.ask(False)
        return self._asked[part]
