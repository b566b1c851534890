"""What many tries cost, what changed since people last looked, and who can interpret."""

from tortoise import fields
from tortoise.migrations import Migration as Steps

from workshops.database.migrations.m0001_first import text
from workshops.database.operations import AddColumn


class Migration(Steps):
    """Adds how many takes a session had of late, what tells people of changes, and which interpreters can be booked."""

    dependencies = [("models", "m0003_forgetting")]  # noqa: RUF012 (Tortoise's own way of declaring them)
    operations = [  # noqa: RUF012 (the same)
        AddColumn(
            "Session",
            "session",
            "recent_takes",
            fields.IntField(default=0),
            checks={"recent_takes": "recent_takes >= 0"},
        ),
        AddColumn("Session", "session", "moved_on", fields.DateField(null=True)),
        AddColumn(
            "Session",
            "session",
            "directions_revision",
            fields.IntField(default=1),
            {"directions_revision": "directions_revision >= 1"},
        ),
        AddColumn("Session", "session", "interpreters", text(40, default="")),
        AddColumn(
            "Session",
            "session",
            "interpreters_until",
            fields.DateField(null=True),
            {"interpreters": "(interpreters = '') = (interpreters_until IS NULL)"},
        ),
        AddColumn(
            "Place",
            "place",
            "directions_told",
            fields.IntField(default=0),
            {"directions_told": "directions_told >= 0"},
        ),
        AddColumn(
            "Place",
            "place",
            "interpreters",
            text(40, default=""),
            {"interpreters": "interpreters = '' OR (needs & 2) <> 0"},
        ),
    ]
