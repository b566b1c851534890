"""Statements written down once, for what nearly every visitor's request asks or changes.

Tortoise builds a statement anew each time it is asked one, and takes longer for that than SQLite takes to answer.
The few that every registration needs are therefore texts, and go together where one need not wait for another.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import count
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

    `{alias}` stands for all columns of the model with that alias, which is what its table is called in the text.
    """

    def __init__(self, *pieces: str, **models: type[Model]) -> None:
        self._text = " ".join(pieces)
        self._models = models

    def __call__(self, *values: Any) -> Bound:
        return Bound(self, values)

    @cached_property
    def questioned(self) -> str:
        """As SQLite reads it."""
        return self._text.format(**{alias: _columns(model, alias) for alias, model in self._models.items()})

    @cached_property
    def numbered(self) -> str:
        """As PostgreSQL reads it: values have numbers."""
        return self.numbered_from(1)

    def numbered_from(self, number: int) -> str:
        """The same with another number for its first value."""
        first, *rest = self.questioned.split("?")
        return first + "".join(f"${each}{part}" for each, part in zip(count(number), rest, strict=False))


class Insertion(Statement):
    """Adds one row, given as a new model."""

    def __init__(self, model: type[Model]) -> None:
        self._model = model

    def __call__(self, *values: Any) -> Bound:
        (row,) = values
        return Bound(self, [getattr(row, name) for name in _names(self._model)])

    @cached_property
    def questioned(self) -> str:
        names = _names(self._model)
        listed, places = ", ".join(f'"{name}"' for name in names), ", ".join("?" * len(names))
        return f'INSERT INTO "{self._model._meta.db_table}" ({listed}) VALUES ({places})'  # noqa: S608, SLF001


async def look_up(question: Bound) -> Sequence[Row]:
    """Ask for a few rows by their key.

    On SQLite, outside of a transaction, it is answered at once: a thread to wait in costs ten times as much.
    """
    client: Any = get_connection(ALIAS)
    rows: Sequence[Row] = await client.look_up(question)
    return rows


async def change(*statements: Bound) -> Sequence[Sequence[Row]]:
    """Run statements one after the other inside the caller's transaction; the rows of each.

    Outside of one it takes a single statement, which is kept at once.
    """
    client: Any = get_connection(ALIAS)
    rows: Sequence[Sequence[Row]] = await client.change(statements)
    return rows


def change_at_the_end(*statements: Bound) -> None:
    """Make these changes last in the caller's transaction, as it is kept; it raises what they raise.

    None of them may need what another one of them changes.
    """
    client: Any = get_connection(ALIAS)
    client.last = statements


def read_row(model: type[Table], row: Row, alias: str) -> Table:
    """The model that a row holds under an alias."""
    return model._init_from_db(**{name: row[under] for name, under in _under(model, alias)})  # noqa: SLF001 (Tortoise's own way)


def _columns(model: type[Model], alias: str) -> str:
    return ", ".join(f'{alias}."{name}" AS "{under}"' for name, under in _under(model, alias))


@cache
def _under(model: type[Model], alias: str) -> Sequence[tuple[str, str]]:
    """The columns of a model, each with its name in rows that hold several models."""
    return [(name, f"{alias}.{name}") for name in _names(model)]


@cache
def _names(model: type[Model]) -> Sequence[str]:
    return list(model._meta.fields_db_projection.values())  # noqa: SLF001 (Tortoise's own way to its columns)
