"""Tables made together are the tables that were declared one after the other."""

from __future__ import annotations

import pytest
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel, RunSQL
from django.db.migrations.state import ProjectState

from openrenda import tables

KEY = [("id", models.IntegerField(primary_key=True))]
ONCE = models.UniqueConstraint(fields=["id"], name="once")


@pytest.mark.django_db
def test_every_migration_declares_the_same_as_a_whole() -> None:
    """One operation after the other and whole tables come to the same state, in every migration of the project."""
    loader = MigrationLoader(connection)
    one_by_one, whole = ProjectState(), ProjectState()
    for key in loader.graph._generate_plan(loader.graph.leaf_nodes(), at_end=True):
        migration = loader.graph.nodes[key]
        for operation in migration.operations:
            operation.state_forwards(migration.app_label, one_by_one)
        for operation in tables.whole_tables(migration.operations):
            operation.state_forwards(migration.app_label, whole)
        assert one_by_one == whole, key


def test_what_is_added_to_a_new_table_is_a_part_of_it() -> None:
    added = [AddField("one", "name", models.CharField(max_length=9)), AddConstraint("one", ONCE)]
    index = AddIndex("two", models.Index(fields=["id"], name="by_id"))
    one, two = tables.whole_tables([CreateModel("One", KEY), CreateModel("Two", KEY), *added, index])
    assert isinstance(one, CreateModel)
    assert isinstance(two, CreateModel)
    assert [name for name, _field in one.fields] == ["id", "name"]
    assert one.options["constraints"] == [ONCE]
    assert [row.name for row in two.options["indexes"]] == ["by_id"]


def test_nothing_is_drawn_past_what_stands_between() -> None:
    """What runs between two operations may need the table without what is added after it."""
    between = RunSQL(migrations.RunSQL.noop)
    given = [CreateModel("One", KEY), between, AddConstraint("one", ONCE)]
    assert tables.whole_tables(given) == given


def test_what_is_added_to_an_older_table_stays_apart() -> None:
    given = [AddConstraint("older", ONCE), CreateModel("One", KEY)]
    assert tables.whole_tables(given) == given
