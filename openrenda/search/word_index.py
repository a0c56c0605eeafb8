"""The database's own word index over ``terms``, for the migrations.

A later migration that rebuilds the table on SQLite (altering a field does) loses the triggers: it runs
:func:`make` again.
"""

from __future__ import annotations

from typing import Any

TABLE = "search_searchdocument"

# Terms come ready made and without blanks inside, so nothing is parsed. The pending list is kept short: what waits in
# it is read through by every search.
POSTGRESQL = (
    f"ALTER TABLE {TABLE} ADD COLUMN vector tsvector"
    " GENERATED ALWAYS AS (array_to_tsvector(string_to_array(terms, ' '))) STORED",
    f"CREATE INDEX search_document_vector ON {TABLE} USING gin (vector) WITH (gin_pending_list_limit = 256)",
)
# FTS5 numbers its rows; a table keyed by UUID has no number that outlives VACUUM, so search_row gives one.
# The ASCII tokenizer takes every other character, pictographs and rare ideographs too, as part of a word.
SQLITE = (
    "CREATE TABLE IF NOT EXISTS search_row (number INTEGER PRIMARY KEY, document char(32) NOT NULL UNIQUE)",
    "CREATE VIRTUAL TABLE IF NOT EXISTS search_word USING fts5("
    "terms, content='', detail='none', columnsize=0, tokenize=\"ascii tokenchars ':^.'\")",
    f"""CREATE TRIGGER search_document_added AFTER INSERT ON {TABLE} BEGIN
        INSERT INTO search_row (document) VALUES (new.id);
        INSERT INTO search_word (rowid, terms)
            SELECT number, new.terms FROM search_row WHERE document = new.id;
    END""",
    f"""CREATE TRIGGER search_document_changed AFTER UPDATE OF terms ON {TABLE} WHEN old.terms <> new.terms BEGIN
        INSERT INTO search_word (search_word, rowid, terms)
            SELECT 'delete', number, old.terms FROM search_row WHERE document = old.id;
        INSERT INTO search_word (rowid, terms)
            SELECT number, new.terms FROM search_row WHERE document = new.id;
    END""",
    f"""CREATE TRIGGER search_document_removed AFTER DELETE ON {TABLE} BEGIN
        INSERT INTO search_word (search_word, rowid, terms)
            SELECT 'delete', number, old.terms FROM search_row WHERE document = old.id;
        DELETE FROM search_row WHERE document = old.id;
    END""",
)


def make(apps: Any, schema_editor: Any) -> None:
    """Make the index of the database at hand."""
    for statement in {"postgresql": POSTGRESQL, "sqlite": SQLITE}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def unmake(apps: Any, schema_editor: Any) -> None:
    """Drop what lies outside the table; triggers, column and index go with the table itself."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE IF EXISTS search_word")
        schema_editor.execute("DROP TABLE IF EXISTS search_row")
