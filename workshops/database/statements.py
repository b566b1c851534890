"""Statements written down once, for what nearly every visitor's request asks or changes.

Tortoise builds a statement anew each time it is asked one, and takes longer for that than SQLite takes to answer.
The few that every registration needs are therefore texts, and several of them can go as one step.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any, TypeVar

from tortoise import Model
from tortoise.connection import get_connection

from workshops.database.config import ALIAS

Row = Mapping[str, Any]
Table = TypeVar("Table", bound=Model)


@dataclass(frozen=True, slots=True)
class Bound:
    """A statement together with its values."""

    statement: "Statement"
    values: Sequence[Any] = field(repr=False)


class Statement:
    """One statement in one or more pieces, with a `?` for each value.

    `{alias}` stands for all columns of the model with that alias, which is what its table is called in the text,
    and `{given}` for nothing, or for one condition more: see `change_given`.
    """

    def __init__(self, *pieces: str, **models: type[Model]) -> None:
        self._text = " ".join(pieces)
        self._models = models

    def __call__(self, *values: Any) -> Bound:
        return Bound(self, values)

    @cached_property
    def text(self) -> str:
        return self.text_given("")

    def text_given(self, condition: str) -> str:
        columns = {alias: _columns(model, alias) for alias, model in self._models.items()}
        return self._text.format(given=condition, **columns)


class Insertion(Statement):
    """Adds one row, given as a new model, where its condition holds."""

    def __init__(self, model: type[Model]) -> None:
        self._model = model

    def __call__(self, *values: Any) -> Bound:
        (row,) = values
        return Bound(self, [getattr(row, name) for name in _names(self._model)])

    def text_given(self, condition: str) -> str:
        names = _names(self._model)
        listed, places = ", ".join(f'"{name}"' for name in names), ", ".join("?" * len(names))
        meta = self._model._meta  # noqa: SLF001 (Tortoise's own way to its names)
        values = f"SELECT {places} WHERE TRUE{condition}"
        return f'INSERT INTO "{meta.db_table}" ({listed}) {values} RETURNING "{meta.db_pk_column}"'


async def look_up(question: Bound) -> Sequence[Row]:
    """Ask for a few rows by their key.

    On SQLite, outside of a transaction, it is answered at once: a thread to wait in costs ten times as much.
    """
    client: Any = get_connection(ALIAS)
    rows: Sequence[Row] = await client.look_up(question)
    return rows


async def look_up_and_mark(question: Bound, mark: Bound, due: Callable[[Row], bool]) -> Sequence[Row]:
    """Ask outside of a transaction, and leave a mark that others see from then on; the rows as they were before.

    The mark is an UPDATE that asks itself whether it is due, and `due` asks the same of a row, for SQLite, which
    looks first. PostgreSQL takes both in one way and does not wait for the disk: if it stops without warning,
    marks of the last half second or so are lost.
    """
    client: Any = get_connection(ALIAS)
    rows: Sequence[Row] = await client.look_up_and_mark(question, mark, due)
    return rows


async def change(*statements: Bound) -> Sequence[Sequence[Row]]:
    """Run statements one after the other inside the caller's transaction; the rows of each.

    Outside of one it takes a single statement, which is kept at once.
    """
    client: Any = get_connection(ALIAS)
    rows: Sequence[Sequence[Row]] = await client.change(statements)
    return rows


async def change_given(first: Bound, then: Bound, *rest: Bound) -> tuple[bool, Sequence[Row]]:
    """Make changes as one step of a transaction, each where the one before it gave a row.

    All but the first have `{given}` among their conditions. None may need to see what another one changes.

    Returns:
        Whether the first gave a row, and the rows of the second.
    """
    client: Any = get_connection(ALIAS)
    given: tuple[bool, Sequence[Row]] = await client.change_given(first, then, *rest)
    return given


def read_row(model: type[Table], row: Row, alias: str) -> Table:
    """The model that a row holds under an alias."""
    meta, found = model._meta, model.__new__(model)  # noqa: SLF001 (as Tortoise reads rows itself, but faster)
    kept = found.__dict__
    kept.update(_blank(model))
    for name, under in _under(model, alias):
        kept[name] = row[under]
    for _, name, column in meta.db_default_fields:
        if kept[name] is not None:
            kept[name] = column.field_type(kept[name])
    for _, name, column in meta.db_complex_fields:
        kept[name] = column.to_python_value(kept[name])
    return found


def new_row(model: type[Table], **values: Any) -> Table:
    """A new model with these values, its key among them, and defaults for all else; the database checks them."""
    made = model.__new__(model)
    made.__dict__.update(_defaults(model))
    made.__dict__.update(values)
    return made


def _columns(model: type[Model], alias: str) -> str:
    return ", ".join(f'{alias}."{name}" AS "{under}"' for name, under in _under(model, alias))


@cache
def _blank(model: type[Model]) -> Mapping[str, Any]:
    """The attributes of a model that Tortoise has read itself, from a row of nothing."""
    return vars(model._init_from_db(**dict.fromkeys(_names(model))))  # noqa: SLF001 (Tortoise's own way)


@cache
def _defaults(model: type[Model]) -> Mapping[str, Any]:
    """The attributes of a new model, without a key, which no two may share."""
    meta = model._meta  # noqa: SLF001 (Tortoise's own way to its names)
    others = [column for name, column in meta.fields_map.items() if name != meta.pk_attr]
    assert not any(callable(column.default) for column in others), "a default that is made anew each time"
    return {name: value for name, value in vars(model.construct()).items() if name != meta.pk_attr}


@cache
def _under(model: type[Model], alias: str) -> Sequence[tuple[str, str]]:
    """The columns of a model, each with its name in rows that hold several models."""
    return [(name, f"{alias}.{name}") for name in _names(model)]


@cache
def _names(model: type[Model]) -> Sequence[str]:
    return list(model._meta.fields_db_projection.values())  # noqa: SLF001 (Tortoise's own way to its columns)
