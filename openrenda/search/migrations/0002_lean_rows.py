"""PostgreSQL keeps texts and words beside the table: a question with thousands of answers looks at as many rows, and they lie close together.

Rows written from now on are kept so; ``openrenda reindex`` writes the earlier ones anew.
"""

from typing import Any

from django.db import migrations

from openrenda.search.word_index import TABLE
from openrenda import tables

LEAN = f"ALTER TABLE {TABLE} SET (toast_tuple_target = 256)"
AS_USUAL = f"ALTER TABLE {TABLE} RESET (toast_tuple_target)"


def on_postgresql(statement: str) -> Any:
    def run(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(statement)

    return run


class Migration(tables.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(on_postgresql(LEAN), on_postgresql(AS_USUAL))]
