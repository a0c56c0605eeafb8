"""Acts, seals and sealed values are never changed or removed: the database itself refuses, whoever asks."""

from django.db import migrations
from openrenda import tables

TABLES = ("docket_act", "docket_dailyseal", "docket_sealedvalue")

POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION docket_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$
"""


def put_up(apps, schema_editor):
    """Create the triggers of this database."""
    run = schema_editor.execute
    if schema_editor.connection.vendor == "postgresql":
        run(POSTGRESQL_FUNCTION, params=None)
        for table in TABLES:
            run(f"CREATE TRIGGER {table}_fixed BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION docket_append_only()", params=None)
            run(f"CREATE TRIGGER {table}_kept BEFORE TRUNCATE ON {table} EXECUTE FUNCTION docket_append_only()", params=None)
        return
    for table in TABLES:
        for event in ("UPDATE", "DELETE"):
            run(
                f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END",
                params=None,
            )


def take_down(apps, schema_editor):
    """Remove the triggers of this database."""
    run = schema_editor.execute
    if schema_editor.connection.vendor == "postgresql":
        for table in TABLES:
            run(f"DROP TRIGGER {table}_fixed ON {table}", params=None)
            run(f"DROP TRIGGER {table}_kept ON {table}", params=None)
        run("DROP FUNCTION docket_append_only()", params=None)
        return
    for table in TABLES:
        for event in ("update", "delete"):
            run(f"DROP TRIGGER {table}_no_{event}", params=None)


class Migration(tables.Migration):
    dependencies = [("docket", "0001_initial")]

    operations = [migrations.RunPython(put_up, take_down)]
