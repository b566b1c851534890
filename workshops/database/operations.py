"""Steps of migrations that Tortoise lacks."""

from collections.abc import Mapping, Sequence
from typing import Any

from tortoise.migrations.operations import AddField, CreateModel, TortoiseOperation
from tortoise.migrations.schema_editor.base import BaseSchemaEditor
from tortoise.migrations.schema_generator.state import State

from workshops.database.fields import UtcDatetimeField


def one_of(column: str, *words: str) -> str:
    """The condition that a column holds one of these words."""
    listed = ", ".join(f"'{word}'" for word in words)
    return f"{column} IN ({listed})"


class SqlOf(TortoiseOperation):
    """Runs other statements on each database, for what they do not spell alike.

    On SQLite most changes of a column need the table made anew: create, copy, drop, rename, and
    every index again, all of it here. References are not enforced meanwhile, but checked at the end.
    """

    def __init__(self, *, sqlite: Sequence[str], postgresql: Sequence[str]) -> None:
        self.statements = {"sqlite": sqlite, "postgres": postgresql}

    async def database_forward(
        self,
        app_label: str,  # noqa: ARG002 (Tortoise's signature)
        old_state: State,  # noqa: ARG002
        new_state: State,  # noqa: ARG002
        state_editor: BaseSchemaEditor | None = None,
    ) -> None:
        assert state_editor is not None
        for statement in self.statements[state_editor.DIALECT]:
            await state_editor.client.execute_script(statement)


class CreateTable(CreateModel):
    """Creates a table together with its `CHECK`s, and on SQLite without row numbers.

    A hidden row number would tell the order in which people registered. `checks` maps the name
    of each constraint to its condition, in words that both databases read alike. On SQLite,
    where a moment is text, every moment must also end in the offset of UTC.
    """

    def __init__(
        self,
        name: str,
        table: str,
        fields: Sequence[tuple[str, Any]],
        checks: Mapping[str, str] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(name, list(fields), {"table": table, **options}, bases=["Model"])
        self.table = table
        self.checks = dict(checks or {})

    async def database_forward(
        self, app_label: str, old_state: State, new_state: State, state_editor: BaseSchemaEditor | None = None
    ) -> None:
        assert state_editor is not None
        on_sqlite = state_editor.DIALECT == "sqlite"
        checks = self.checks | (self._utc_checks() if on_sqlite else {})
        lines = [f'CONSTRAINT "{self.table}_{name}" CHECK ({condition})' for name, condition in checks.items()]
        body = ",\n    ".join(["{fields}", *lines])
        ending = "{extra} WITHOUT ROWID{comment};" if on_sqlite else "{extra}{comment};"
        state_editor.TABLE_CREATE_TEMPLATE = f"CREATE TABLE {{table_name}} ({body}){ending}"
        try:
            await super().database_forward(app_label, old_state, new_state, state_editor)
        finally:
            del state_editor.TABLE_CREATE_TEMPLATE  # the class's own shows again

    def _utc_checks(self) -> dict[str, str]:
        return {
            f"{name}_utc": f"{name} LIKE '%+00:00'"
            for name, field in self.fields
            if isinstance(field, UtcDatetimeField)
        }


class AddColumn(AddField):
    """Adds a column to a table that may have rows, together with its `CHECK`s.

    Rows that are there get the field's default. `checks` are named as those of `CreateTable`
    are, and may speak of the table's other columns too.
    """

    def __init__(self, model: str, table: str, name: str, field: Any, checks: Mapping[str, str] | None = None) -> None:
        super().__init__(model, name, field)
        self.table = table
        self.checks = dict(checks or {})

    async def database_forward(
        self, app_label: str, old_state: State, new_state: State, state_editor: BaseSchemaEditor | None = None
    ) -> None:
        assert state_editor is not None
        model = new_state.apps.get_model(f"{app_label}.{self.model_name}")
        column = model._meta.fields_map[self.name]  # noqa: SLF001 (Tortoise's own way to its fields)
        ending = ""
        if column.default is not None:
            value = column.to_db_value(column.default, model)
            ending += f" DEFAULT {state_editor._escape_default_value(value)}"  # noqa: SLF001 (as its own `db_default`)
        checks = dict(self.checks)
        if state_editor.DIALECT == "sqlite" and isinstance(column, UtcDatetimeField):
            checks[f"{self.name}_utc"] = f"{self.name} LIKE '%+00:00'"
        for name, condition in checks.items():
            ending += f' CONSTRAINT "{self.table}_{name}" CHECK ({condition})'
        state_editor.ADD_FIELD_TEMPLATE = f"ALTER TABLE {{table}} ADD COLUMN {{definition}}{ending}"
        try:
            await super().database_forward(app_label, old_state, new_state, state_editor)
        finally:
            del state_editor.ADD_FIELD_TEMPLATE  # the class's own shows again
