"""Migrations that make many tables.

Django draws every model anew after each operation of a migration, which took nine tenths of the minute in which a new installation
got its tables. Here the tables of a migration are declared all at once and drawn once. What is made is the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class Migration(migrations.Migration):
    """A migration like any other; new tables that stand together in it are made together."""

    def apply(
        self, project_state: ProjectState, schema_editor: BaseDatabaseSchemaEditor, collect_sql: bool = False
    ) -> ProjectState:
        """Do its operations in their order."""
        wanted = self.operations
        try:
            for new, part in groupby(whole_tables(wanted), lambda one: isinstance(one, CreateModel)):
                self.operations = list(part)  # type: ignore[misc] # what Django itself works through
                if new and not collect_sql:
                    self._make(project_state, schema_editor)
                else:
                    project_state = super().apply(project_state, schema_editor, collect_sql)
        finally:
            self.operations = wanted  # type: ignore[misc] # as it was
        return project_state

    def _make(self, state: ProjectState, schema_editor: BaseDatabaseSchemaEditor) -> None:
        """Without models that are drawn already, none is drawn anew for what is declared."""
        state.clear_delayed_apps_cache()
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(self.app_label, state)
        for operation in self.operations:
            operation.database_forwards(self.app_label, schema_editor, state, state)


def whole_tables(operations: Sequence[Operation]) -> list[Operation]:
    """The same operations, with what is added to a new table right after it is declared as a part of it."""
    found: list[Operation] = []
    for operation in operations:
        at = _place_of_its_table(found, operation)
        if at is None:
            found.append(operation)
        else:
            found[at] = _with(found[at], operation)
    return found


def _place_of_its_table(before: Sequence[Operation], added: Operation) -> int | None:
    """Where among the tables declared last stands the one that something is added to; None when it is no such addition."""
    if not isinstance(added, AddField | AddConstraint | AddIndex) or getattr(added, "preserve_default", True) is False:
        return None
    for at, table in _tables_at_the_end(before):
        if table.name_lower == added.model_name.lower():  # type: ignore[union-attr] # which all three have
            return at
    return None


def _tables_at_the_end(operations: Sequence[Operation]) -> Iterator[tuple[int, CreateModel]]:
    for at in range(len(operations) - 1, -1, -1):
        operation = operations[at]
        if not isinstance(operation, CreateModel):
            return
        yield at, operation


def _with(table: Operation, added: Operation) -> CreateModel:
    """The declaration of a table with one thing more."""
    assert isinstance(table, CreateModel)
    fields, options = [*table.fields], {**table.options}
    if isinstance(added, AddField):
        fields.append((added.name, added.field))
    elif isinstance(added, AddConstraint):
        options["constraints"] = [*_listed(options.get("constraints")), added.constraint]  # type: ignore[attr-defined] # stubs lack it
    elif isinstance(added, AddIndex):
        options["indexes"] = [*_listed(options.get("indexes")), added.index]
    return CreateModel(table.name, fields, options, table.bases, table.managers)


def _listed(values: Iterable[object] | None) -> list[object]:
    return list(values or ())
