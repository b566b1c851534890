"""Columns that keep the house's promises: moments in UTC, ids that tell no order."""

import secrets
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal, TypeVar, overload

from tortoise import Model, fields

Moment = TypeVar("Moment", datetime, datetime | None)

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
ID_LENGTH = 12


def random_id() -> str:
    """Twelve letters and digits, 60 random bits: an id that tells neither order nor time."""
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in secrets.token_bytes(ID_LENGTH))  # 256 is a multiple


def is_id(text: str) -> bool:
    """Whether a text could be the id of a row."""
    return len(text) == ID_LENGTH and set(text) <= set(ALPHABET)


def id_field() -> Any:
    """The primary key of every table whose rows have no natural one."""
    return fields.CharField(max_length=12, primary_key=True, default=random_id)


class UtcDatetimeField(fields.DatetimeField[Moment]):
    """A moment; refuses every value that is not aware and in UTC.

    SQLite compares moments as text, so one row in another offset would sort wrongly and
    silently; a new row, `filter` and `update` all pass their values through here.
    """

    if TYPE_CHECKING:  # `null=True` makes the attribute one that may be None

        @overload
        def __init__(self: "UtcDatetimeField[datetime]", *, null: Literal[False] = False, **options: Any) -> None: ...

        @overload
        def __init__(self: "UtcDatetimeField[datetime | None]", *, null: Literal[True], **options: Any) -> None: ...

        def __init__(self, **options: Any) -> None: ...

    def to_db_value(self, value: Any, instance: type[Model] | Model) -> Any:
        return super().to_db_value(self._in_utc(value), instance)

    def to_python_value(self, value: Any) -> datetime | None:
        if isinstance(value, str):  # of SQLite, whose rows hold what `isoformat` wrote
            value = datetime.fromisoformat(value)
        if isinstance(value, datetime) and value.tzinfo is UTC:
            return value
        moment = super().to_python_value(self._in_utc(value))
        return moment.astimezone(UTC) if moment is not None else None

    def _in_utc(self, value: Any) -> Any:
        if isinstance(value, datetime) and value.utcoffset() != timedelta(0):
            message = f"{self.model_field_name} takes moments in UTC only"
            raise ValueError(message)
        return value
