"""A schema as a value: read from SQLite, read from PostgreSQL, or derived from models and migrations."""

import pkgutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from tortoise import Model
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.indexes import Index
from tortoise.models import MetaInfo

from workshops.database import migrations
from workshops.database.operations import AddColumn, CreateTable

BOOK = "tortoise_migrations"
ALIKE = {  # what each database calls the types of our columns
    "INT": "integer",
    "SMALLINT": "smallint",
    "BIGINT": "bigint",
    "BLOB": "bytes",
    "bytea": "bytes",
    "BYTEA": "bytes",
    "TIMESTAMP": "moment",
    "TIMESTAMPTZ": "moment",
    "timestamp with time zone": "moment",
    "DATE": "date",
    "TEXT": "text",
    "BOOL": "boolean",
}


@dataclass(slots=True)
class Table:
    """Everything about a table that a row can run into."""

    columns: dict[str, tuple[str, bool]] = field(default_factory=dict)  # type, may be empty
    keys: set[tuple[str, ...]] = field(default_factory=set)  # primary and unique
    indexes: set[tuple[str, ...]] = field(default_factory=set)
    references: set[tuple[str, str, str]] = field(default_factory=set)  # column, table, on delete
    checks: set[str] = field(default_factory=set)


def alike(name: str) -> str:
    return ALIKE.get(name, name.replace("character varying", "VARCHAR"))


def checks_of_migrations() -> dict[str, str]:
    """Every check by its full name, with its condition."""
    return {f"{step.table}_{name}": condition for step in _steps() for name, condition in step.checks.items()}


def _steps() -> Iterator[CreateTable | AddColumn]:
    """Every step of every migration that brings checks."""
    for found in pkgutil.iter_modules(migrations.__path__):
        module = import_module(f"{migrations.__name__}.{found.name}")
        yield from (step for step in module.Migration.operations if isinstance(step, CreateTable | AddColumn))


def from_models(models: Iterable[type[Model]], dialect: str) -> dict[str, Table]:
    tables = (model._meta for model in models)  # noqa: SLF001 (Tortoise's public name for it)
    return {meta.db_table: _from_meta(meta, dialect) for meta in tables}


def _from_meta(meta: MetaInfo, dialect: str) -> Table:
    table = Table()
    for name, column in meta.fields_db_projection.items():
        each: Any = meta.fields_map[name]
        table.columns[column] = (alike(each.get_for_dialect(dialect, "SQL_TYPE")), each.null)
        if each.unique or each.pk:
            table.keys.add((column,))
    for name in meta.fk_fields:
        key: Any = meta.fields_map[name]
        other = key.related_model._meta.db_table  # noqa: SLF001 (the same)
        table.references.add((f"{name}_id", other, str(key.on_delete)))
    column_of = {name: f"{name}_id" for name in meta.fk_fields}
    table.keys |= {tuple(column_of.get(name, name) for name in names) for names in meta.unique_together}
    for index in meta.indexes:
        names = index.fields if isinstance(index, Index) else index
        table.indexes.add(tuple(column_of.get(name, name) for name in names))
    table.checks = {name for name in checks_of_migrations() if _belongs(name, meta.db_table)}
    return table


def _belongs(check: str, table: str) -> bool:
    owner = [step.table for step in _steps() if check in {f"{step.table}_{name}" for name in step.checks}]
    return owner == [table]


async def from_sqlite(client: BaseDBAsyncClient) -> dict[str, Table]:
    """Read the schema; the checks that only SQLite has, on the offset of moments, are left out."""
    tables = {}
    for row in await client.execute_query_dict("SELECT name, sql FROM sqlite_master WHERE type = 'table'"):
        name, sql = row["name"], row["sql"]
        if name == BOOK or name.startswith("sqlite_"):
            continue
        table = tables[name] = Table()
        for column in await client.execute_query_dict(f"PRAGMA table_info({name})"):
            kind = column["type"]
            table.columns[column["name"]] = (alike(kind), not column["notnull"])
        for index in await client.execute_query_dict(f"PRAGMA index_list({name})"):
            parts = await client.execute_query_dict(f"PRAGMA index_info({index['name']})")
            columns = tuple(part["name"] for part in parts)
            (table.keys if index["unique"] else table.indexes).add(columns)
        for key in await client.execute_query_dict(f"PRAGMA foreign_key_list({name})"):
            table.references.add((key["from"], key["table"], key["on_delete"]))
        named = (part.partition('"')[0] for part in sql.split('CONSTRAINT "')[1:])
        table.checks = {each for each in named if not each.startswith("uid_") and not each.endswith("_utc")}
    return tables


COLUMNS = """
SELECT relname, attname, format_type(atttypid, atttypmod) AS kind, NOT attnotnull AS empty
FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND attnum > 0 AND NOT attisdropped
"""
CONSTRAINTS = """
SELECT relname, conname, contype::text, confdeltype::text, confrelid::regclass::text AS other,
       (SELECT array_agg(attname::text ORDER BY n) FROM unnest(conkey) WITH ORDINALITY k(num, n)
        JOIN pg_attribute ON attrelid = conrelid AND attnum = num) AS columns
FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid WHERE connamespace = 'public'::regnamespace
"""
INDEXES = """
SELECT relname, (SELECT array_agg(attname::text ORDER BY n) FROM unnest(indkey) WITH ORDINALITY k(num, n)
                 JOIN pg_attribute ON attrelid = indrelid AND attnum = num) AS columns
FROM pg_index JOIN pg_class ON pg_class.oid = indrelid
WHERE relnamespace = 'public'::regnamespace AND NOT indisunique
"""
ON_DELETE = {"c": "CASCADE", "r": "RESTRICT", "n": "SET NULL", "a": "NO ACTION"}


async def from_postgresql(client: BaseDBAsyncClient) -> dict[str, Table]:
    tables: dict[str, Table] = {}
    for row in await client.execute_query_dict(COLUMNS):
        table = tables.setdefault(row["relname"], Table())
        table.columns[row["attname"]] = (alike(row["kind"]), row["empty"])
    for row in await client.execute_query_dict(CONSTRAINTS):
        table, columns = tables[row["relname"]], tuple(row["columns"])
        if row["contype"] == "c":
            table.checks.add(row["conname"])
        elif row["contype"] == "f":
            table.references.add((columns[0], row["other"], ON_DELETE[row["confdeltype"]]))
        else:
            table.keys.add(columns)
    for row in await client.execute_query_dict(INDEXES):
        tables[row["relname"]].indexes.add(tuple(row["columns"]))
    del tables[BOOK]
    return tables
