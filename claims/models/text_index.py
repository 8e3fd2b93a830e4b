"""Words of texts, to be searched without reading the texts: a table beside each searched one, kept by triggers.

PostgreSQL: a `tsvector` under a GIN index, in a table of its own because a row that is updated would otherwise enter
all its words anew. SQLite: an FTS5 table without content. Both find what begins with a word, in any case; a word is
what their tokenisers take for one. Nothing here is a Django model: the triggers are made again after every migrate,
since SQLite drops them when a migration rebuilds a table.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, F, Func

SEARCHED_CHARACTERS = 200_000
"""Of each column: a tsvector holds less than a megabyte."""


@dataclass(frozen=True)
class TextIndex:
    """`name` is the table of the words of some columns of a table."""

    name: str
    table: str
    columns: Sequence[str]

    def hits(self, query: str, *, limit: int) -> list[int]:
        """Primary keys of rows that have what `query_of` asked for, in no order, at most `limit`."""
        match = "words @@ to_tsquery('simple', %s)" if connection.vendor == "postgresql" else f"{self.name} MATCH %s"
        key = "id" if connection.vendor == "postgresql" else "rowid"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {key} FROM {self.name} WHERE {match} LIMIT %s", [query, limit])
            return [pk for (pk,) in cursor.fetchall()]

    def query_of(self, text: str) -> str:
        """All words of `text` at once, each at the beginning of a word; "" if it has none."""
        words = [word for word in text.split() if any(map(str.isalnum, word))]
        if connection.vendor == "postgresql":
            quoted = [word.replace("\\", "\\\\").replace("'", "''") for word in words]
            return " & ".join(f"'{word}':*" for word in quoted)
        quoted = [word.replace('"', '""') for word in words]
        return " AND ".join(f'"{word}" *' for word in quoted)


class HasWords(Func):
    """Whether the row of `index` that an expression names has what `query` asks for; looked up row by row."""

    output_field = BooleanField()

    def __init__(self, index: TextIndex, query: str, column: str) -> None:
        self.index, self.query = index, query
        super().__init__(F(column))

    def as_sql(  # type: ignore[override]
        self, compiler: Any, connection: BaseDatabaseWrapper, **options: Any
    ) -> tuple[str, list[Any]]:
        key, parameters = compiler.compile(self.get_source_expressions()[0])
        name = self.index.name
        if connection.vendor == "postgresql":
            sql = f"(SELECT w.words @@ to_tsquery('simple', %s) FROM {name} w WHERE w.id = {key})"
        else:
            sql = f"(SELECT COUNT(*) FROM {name} w WHERE w.{name} MATCH %s AND w.rowid = {key})"
        return sql, [self.query, *parameters]


OF_REPORTS = TextIndex("claims_report_words", "claims_report", ("title", "body", "url"))
OF_OUTLETS = TextIndex("claims_report_outlet_words", "claims_report", ("outlet",))
OF_FINDINGS = TextIndex("claims_finding_words", "claims_finding", ("sentence",))
OF_WORDINGS = TextIndex("claims_claimwording_words", "claims_claimwording", ("text", "aliases"))
TEXT_INDEXES = (OF_REPORTS, OF_OUTLETS, OF_FINDINGS, OF_WORDINGS)


def create_tables(connection: BaseDatabaseWrapper) -> None:
    """And enter the texts that are there already."""
    with connection.cursor() as cursor:
        for index in TEXT_INDEXES:
            for statement in _tables(index, connection.vendor):
                cursor.execute(statement)


def drop_tables(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        for index in TEXT_INDEXES:
            for statement in _without_triggers(index, connection.vendor):
                cursor.execute(statement)
            cursor.execute(f"DROP TABLE IF EXISTS {index.name}")


def create_triggers(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        for index in TEXT_INDEXES:
            for statement in (*_without_triggers(index, connection.vendor), *_triggers(index, connection.vendor)):
                cursor.execute(statement)


def _tables(index: TextIndex, vendor: str) -> list[str]:
    name, table = index.name, index.table
    if vendor == "postgresql":
        return [
            f"CREATE TABLE {name} (id bigint PRIMARY KEY, words tsvector NOT NULL)",
            f"INSERT INTO {name} SELECT t.id, {_vector(index, 't')} FROM {table} t",
            f"CREATE INDEX {name}_gin ON {name} USING gin (words)",
        ]
    return [
        f"CREATE VIRTUAL TABLE {name} USING fts5(words, content='', tokenize='unicode61 remove_diacritics 0')",
        f"INSERT INTO {name} (rowid, words) SELECT t.id, {_text(index, 't')} FROM {table} t",
    ]


def _triggers(index: TextIndex, vendor: str) -> list[str]:
    name, table = index.name, index.table
    changed = ", ".join(index.columns)
    if vendor == "postgresql":
        return [
            f"""
CREATE OR REPLACE FUNCTION {name}_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN DELETE FROM {name} WHERE id = OLD.id; RETURN NULL; END IF;
  INSERT INTO {name} VALUES (NEW.id, {_vector(index, "NEW")}) ON CONFLICT (id) DO UPDATE SET words = EXCLUDED.words;
  RETURN NULL;
END $$""",
            f"CREATE TRIGGER {name} AFTER INSERT OR DELETE OR UPDATE OF {changed} ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION {name}_keep()",
        ]
    enter = f"INSERT INTO {name} (rowid, words) VALUES (NEW.id, {_text(index, 'NEW')});"
    leave = f"INSERT INTO {name} ({name}, rowid, words) VALUES ('delete', OLD.id, {_text(index, 'OLD')});"
    return [
        f"CREATE TRIGGER {name}_insert AFTER INSERT ON {table} BEGIN {enter} END",
        f"CREATE TRIGGER {name}_delete AFTER DELETE ON {table} BEGIN {leave} END",
        f"CREATE TRIGGER {name}_update AFTER UPDATE OF {changed} ON {table} BEGIN {leave} {enter} END",
    ]


def _without_triggers(index: TextIndex, vendor: str) -> list[str]:
    if vendor == "postgresql":
        return [f"DROP TRIGGER IF EXISTS {index.name} ON {index.table}"]
    return [f"DROP TRIGGER IF EXISTS {index.name}_{when}" for when in ("insert", "delete", "update")]


def _vector(index: TextIndex, row: str) -> str:
    return f"to_tsvector('simple', {_joined(index, row, 'left({}::text, {})')})"


def _text(index: TextIndex, row: str) -> str:
    return _joined(index, row, "substr({}, 1, {})")


def _joined(index: TextIndex, row: str, cut: str) -> str:
    return " || ' ' || ".join(cut.format(f"{row}.{column}", SEARCHED_CHARACTERS) for column in index.columns)
