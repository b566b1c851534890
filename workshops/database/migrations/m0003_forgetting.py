"""Hiding the whole site, and deleting soon."""

from tortoise import fields
from tortoise.migrations import Migration as Steps

from workshops.database.fields import UtcDatetimeField
from workshops.database.operations import AddColumn


class Migration(Steps):
    """Adds what the schedule's one row says of the site as a whole."""

    dependencies = [("models", "m0002_slips")]  # noqa: RUF012 (Tortoise's own way of declaring them)
    operations = [  # noqa: RUF012 (the same)
        AddColumn("Schedule", "schedule", "frozen", fields.BooleanField(default=False)),
        AddColumn(
            "Schedule",
            "schedule",
            "deletion_due",
            UtcDatetimeField(null=True),
            checks={"deletion": "deletion_due IS NULL OR frozen"},
        ),
    ]
