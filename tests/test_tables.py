"""Every table keeps the rules by which the data can later be split by congress (docs/architecture.md, "Kinds of table")."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models

from openrenda.tenancy import ReferenceModel, TenantFK, TenantModel

LONGEST_NAME = 50
OURS = "openrenda."


def our_models() -> list[type[models.Model]]:
    """Every concrete model of the project's own rooms."""
    every = apps.get_models(include_auto_created=True)
    return [model for model in every if model.__module__.startswith(OURS)]


def tenant_models() -> list[type[models.Model]]:
    """Every concrete table whose rows belong to one congress."""
    return [model for model in our_models() if issubclass(model, TenantModel)]


def relations(model: type[models.Model]) -> list[Any]:
    """The foreign keys a model declares, its congress left out."""
    return [field for field in model._meta.local_fields if field.is_relation and field.name != "congress"]


def label(model: type[models.Model]) -> str:
    """The model's name in test ids."""
    return model._meta.label


ours = pytest.mark.parametrize("model", our_models(), ids=label)
tenant = pytest.mark.parametrize("model", tenant_models(), ids=label)


def test_there_are_tables_of_both_kinds() -> None:
    assert len(tenant_models()) > 10
    assert any(issubclass(model, ReferenceModel) for model in our_models())


@ours
def test_a_table_is_either_a_congress_s_own_or_shared(model: type[models.Model]) -> None:
    assert issubclass(model, TenantModel) != issubclass(model, ReferenceModel)


@ours
def test_keys_are_made_by_the_application(model: type[models.Model]) -> None:
    assert isinstance(model._meta.pk, models.UUIDField)
    assert not [field for field in model._meta.local_fields if isinstance(field, models.AutoField)]


@ours
def test_no_table_is_spread_over_two(model: type[models.Model]) -> None:
    assert [parent for parent in model.__mro__[1:] if hasattr(parent, "_meta") and not parent._meta.abstract] == []
    assert not model._meta.proxy


@ours
def test_no_generic_keys_and_no_hidden_tables_between(model: type[models.Model]) -> None:
    assert not [field for field in model._meta.private_fields if "Generic" in type(field).__name__]
    assert not [field.name for field in model._meta.local_many_to_many if field.remote_field.through._meta.auto_created]


@ours
def test_names_fit(model: type[models.Model]) -> None:
    named = [*model._meta.constraints, *model._meta.indexes]
    assert [item.name for item in named if len(item.name) > LONGEST_NAME] == []
    assert len(model._meta.db_table) <= LONGEST_NAME


@ours
def test_nothing_of_ours_points_to_a_local_table(model: type[models.Model]) -> None:
    targets = [field.remote_field.model for field in relations(model)]
    assert [target for target in targets if not issubclass(target, TenantModel | ReferenceModel)] == []


@tenant
def test_a_congress_s_row_always_has_its_congress(model: type[models.Model]) -> None:
    congress = model._meta.get_field("congress")
    assert not congress.null
    assert congress.remote_field.on_delete is models.PROTECT


@tenant
def test_a_congress_s_row_is_found_only_in_its_congress(model: type[models.Model]) -> None:
    from openrenda.tenancy import NoCongress

    for manager in (model._default_manager, model._base_manager):
        with pytest.raises(NoCongress):
            manager.all()


@tenant
def test_a_congress_s_row_refers_to_its_own_congress_only(model: type[models.Model]) -> None:
    for field in relations(model):
        if issubclass(field.remote_field.model, TenantModel):
            assert isinstance(field, TenantFK), f"{field.name} is no TenantFK"
            assert field.remote_field.on_delete in (models.PROTECT, models.CASCADE)


@tenant
def test_a_unique_set_of_a_congress_begins_with_it(model: type[models.Model]) -> None:
    unique = [item for item in model._meta.constraints if isinstance(item, models.UniqueConstraint)]
    for item in unique:
        # A constraint over expressions names the congress as its first expression.
        first = item.fields[0] if item.fields else getattr(item.expressions[0], "name", None)
        assert first == "congress", item.name
    assert not model._meta.unique_together
    assert [field.name for field in model._meta.local_fields if field.unique and not field.primary_key] == []
    assert not [field for field in model._meta.local_fields if isinstance(field, models.OneToOneField)]


@tenant
def test_an_index_of_a_congress_begins_with_it(model: type[models.Model]) -> None:
    for index in model._meta.indexes:
        first = index.fields[0] if index.fields else getattr(index.expressions[0], "name", None)
        assert first == "congress", index.name
    assert [field.name for field in model._meta.local_fields if field.db_index and not field.primary_key] == []


@pytest.mark.parametrize("model", [model for model in our_models() if issubclass(model, ReferenceModel)], ids=label)
def test_a_shared_row_never_refers_to_a_congress_s_own(model: type[models.Model]) -> None:
    assert [field.name for field in relations(model) if issubclass(field.remote_field.model, TenantModel)] == []


# A full-text index holds words, not keys: it cannot begin with the congress, and each shard has its own.
UNIQUE_SETS = """
    SELECT c.relname, i.relname, (
        SELECT a.attname FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum = x.indkey[0]
    )
    FROM pg_index x
    JOIN pg_class c ON c.oid = x.indrelid
    JOIN pg_class i ON i.oid = x.indexrelid
    JOIN pg_am m ON m.oid = i.relam AND m.amname = 'btree'
    WHERE c.relname = ANY(%s) AND NOT x.indisprimary
"""
REFERENCES = """
    SELECT c.relname, t.relname, k.conname FROM pg_constraint k
    JOIN pg_class c ON c.oid = k.conrelid
    JOIN pg_class t ON t.oid = k.confrelid
    WHERE k.contype = 'f' AND c.relname = ANY(%s)
"""


@pytest.fixture
def catalogue(db: None) -> Any:
    """Asks PostgreSQL's own catalogue about the congress tables."""
    if connection.vendor != "postgresql":
        pytest.skip("the catalogue is PostgreSQL's")

    def ask(question: str) -> list[tuple[str, ...]]:
        tables = [model._meta.db_table for model in tenant_models()]
        with connection.cursor() as cursor:
            cursor.execute(question, [tables])
            return cursor.fetchall()

    return ask


def test_the_database_itself_has_no_other_unique_set_or_index(catalogue: Any) -> None:
    rows = catalogue(UNIQUE_SETS)
    assert rows
    assert [row for row in rows if row[2] != "congress_id"] == []


def test_the_database_itself_refers_only_to_what_may_be_referred_to(catalogue: Any) -> None:
    allowed = {model._meta.db_table for model in our_models()}
    rows = catalogue(REFERENCES)
    assert rows
    assert [row for row in rows if row[1] not in allowed] == []
