"""Whether people are still coming, where many wait."""

from tortoise.migrations import Migration as Steps

from workshops.database.migrations.m0001_first import flag
from workshops.database.operations import AddColumn


class Migration(Steps):
    """Adds the question to sessions, and to places that it was put to them."""

    dependencies = [("models", "m0004_cost")]  # noqa: RUF012 (Tortoise's own way of declaring them)
    operations = [  # noqa: RUF012 (the same)
        AddColumn("Session", "session", "asks_again", flag()),
        AddColumn("Session", "session", "asked", flag()),
        AddColumn("Place", "place", "asked", flag(), {"asked": "NOT asked OR state = 'confirmed'"}),
    ]
