"""Into the index and out of it, in the database's own index as well as in the table."""

from __future__ import annotations

import sqlite3
import uuid
from pathlib import Path

import pytest
from django.db import connection, transaction

from openrenda import search
from openrenda.people.models import Congress
from openrenda.search import word_index, writing
from openrenda.search.models import SearchDocument
from openrenda.search.tests.conftest import Put
from openrenda.tenancy import NoCongress, congress_scope, uuid7


def subjects(query: str) -> list[uuid.UUID]:
    return [hit.subject for hit in search.find(query)]


def test_what_is_indexed_again_takes_the_place_of_what_was(put: Put) -> None:
    subject = put("关于路灯的建议", "夜间照明")
    key = SearchDocument.objects.get().pk
    search.index(subject, "proposal", "suggestion", "关于油烟的建议", "餐馆密集", False, state="closed")
    assert subjects("路灯") == subjects("照明") == []
    assert subjects("油烟") == subjects("餐馆") == [subject]
    row = SearchDocument.objects.get()
    assert (row.pk, row.state, row.public) == (key, "closed", False)


def test_changing_the_state_alone_leaves_the_words(put: Put) -> None:
    subject = put("关于路灯的建议", state="open")
    search.index(subject, "proposal", "suggestion", "关于路灯的建议", "", True, state="closed")
    assert [hit.state for hit in search.find("路灯")] == ["closed"]


def test_indexing_is_one_query(congress: Congress, django_assert_num_queries: object) -> None:
    subject = uuid7()
    with transaction.atomic():
        for title in ("关于路灯的建议", "关于油烟的建议"):
            with django_assert_num_queries(1):  # type: ignore[operator]
                search.index(subject, "proposal", "suggestion", title, "正文", True)


def test_what_is_removed_is_not_found(put: Put) -> None:
    subject = put("关于路灯的建议")
    search.index(subject, "answer", "suggestion", "关于路灯的答复", "已安装", True)
    search.remove(subject, "answer")
    assert subjects("安装") == []
    assert subjects("路灯") == [subject]
    search.remove(subject)
    search.remove(subject)
    assert subjects("路灯") == []


def test_a_transaction_that_fails_leaves_nothing_in_the_index(put: Put) -> None:
    kept = put("关于路灯的建议")

    @transaction.atomic
    def failing() -> None:
        search.index(kept, "proposal", "suggestion", "关于油烟的建议", "", True)
        put("关于河道的建议")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        failing()
    assert subjects("路灯") == [kept]
    assert subjects("油烟") == subjects("河道") == []


def test_without_a_congress_nothing_is_written_or_found(db: None) -> None:
    with pytest.raises(NoCongress):
        search.index(uuid7(), "proposal", "suggestion", "标题", "", True)
    with pytest.raises(NoCongress):
        search.find("标题")
    with pytest.raises(NoCongress):
        search.similar("正文", "标题")


def test_text_that_no_database_takes_is_taken(put: Put) -> None:
    subject = put("零\x00字符\ud800路灯", "正\x00文" * 10)
    assert subjects("路灯") == [subject]


def test_very_long_texts_are_cut_and_found_by_what_is_kept(put: Put) -> None:
    subject = put("很长的标题" * 100, "路灯" + "建议加强道路照明。" * 20_000 + "油烟")
    row = SearchDocument.objects.get()
    assert (len(row.title), len(row.text)) == (writing.LONGEST_TITLE, writing.LONGEST_TEXT)
    assert subjects("照明") == [subject]
    assert subjects("油烟") == []


def test_a_rebuild_keeps_what_is_given_and_drops_the_rest(put: Put, congress: Congress, neighbour: Congress) -> None:
    kept, dropped = put("关于路灯的建议"), put("关于油烟的建议")
    with congress_scope(neighbour):
        search.index(dropped, "proposal", "suggestion", "关于油烟的建议", "", True)
    given = [search.Document(kept, "proposal", "suggestion", "关于路灯照明的建议")]
    given += [search.Document(uuid7(), "proposal", "suggestion", f"关于第{number}号河道的建议") for number in range(24)]
    assert list(search.reindex(congress, iter(given), batch=10)) == [10, 20, 25]
    assert subjects("照明") == [kept]
    assert len(search.find("河道", limit=50)) == 24
    assert subjects("油烟") == []
    with congress_scope(neighbour):
        assert subjects("油烟") == [dropped]


def test_a_new_dictionary_segments_the_old_texts_again(put: Put, congress: Congress) -> None:
    for number in range(7):
        put(f"关于第{number}号路灯的建议")
    SearchDocument.objects.filter(title__contains="3号").update(dictionary="older", terms="")
    SearchDocument.objects.filter(title__contains="5号").update(dictionary="older", terms="")
    assert len(search.find("路灯")) == 5
    assert list(search.reindex(congress, batch=1)) == [1, 2]
    assert len(search.find("路灯")) == 7
    assert list(search.reindex(congress)) == []
    assert set(SearchDocument.objects.values_list("dictionary", flat=True)) == {search.dictionary()}


def test_compacting_the_database_file_keeps_words_and_rows_together(tmp_path: Path) -> None:
    """SQLite may number the rows of a table anew when it is compacted; the word index must not follow that number."""
    file = sqlite3.connect(tmp_path / "file.sqlite3", isolation_level=None)
    file.execute(f"CREATE TABLE {word_index.TABLE} (id char(32) PRIMARY KEY, terms text NOT NULL)")
    for statement in word_index.SQLITE:
        file.execute(statement)
    file.executemany(
        f"INSERT INTO {word_index.TABLE} VALUES (?, ?)", [("a", "x:路灯"), ("b", "x:油烟"), ("c", "x:河道")]
    )
    file.execute(f"DELETE FROM {word_index.TABLE} WHERE id = 'a'")
    file.execute("VACUUM")
    file.execute(f"UPDATE {word_index.TABLE} SET terms = 'x:停车' WHERE id = 'b'")

    def found(term: str) -> list[str]:
        rows = "SELECT document FROM search_row, search_word WHERE number = search_word.rowid AND search_word MATCH ?"
        return [row[0] for row in file.execute(rows, [f'"{term}"'])]

    assert [found(f"x:{word}") for word in ("路灯", "油烟", "停车", "河道")] == [[], [], ["b"], ["c"]]
    file.close()


def test_nothing_is_left_in_the_word_index_after_removal(put: Put) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps the words in the row itself")
    for title in ("关于路灯的建议", "关于油烟的建议"):
        search.remove(put(title, "夜间照明不足"))
    with connection.cursor() as cursor:
        cursor.execute("CREATE VIRTUAL TABLE temp.search_left USING fts5vocab(main, search_word, 'row')")
        cursor.execute("SELECT count(*) FROM temp.search_left")
        assert cursor.fetchone() == (0,)
        cursor.execute("DROP TABLE temp.search_left")
        cursor.execute("SELECT count(*) FROM search_row")
        assert cursor.fetchone() == (0,)
