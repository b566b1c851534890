"""What many tries cost."""

from tortoise import fields
from tortoise.migrations import Migration as Steps
from tortoise.migrations.operations import Operation

from workshops.database.operations import AddColumn


class Migration(Steps):
    """Adds to each session how many takes it had of late."""

    dependencies = [("models", "m0003_forgetting")]  # noqa: RUF012 (Tortoise's own way of declaring them)
    operations: list[Operation] = [  # noqa: RUF012
        AddColumn(
            "Session",
            "session",
            "recent_takes",
            fields.IntField(default=0),
            checks={"recent_takes": "recent_takes >= 0"},
        ),
    ]
