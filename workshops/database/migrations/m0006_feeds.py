"""Private feeds of codes."""

from tortoise import fields
from tortoise.fields.base import OnDelete
from tortoise.migrations import Migration as Steps

from workshops.database.migrations.m0001_first import key, reference, text
from workshops.database.operations import CreateTable, one_of


class Migration(Steps):
    """Creates the table of private feeds: the digest of a token, and the title that was chosen."""

    dependencies = [("models", "m0005_asking")]  # noqa: RUF012 (Tortoise's own way of declaring them)
    operations = [  # noqa: RUF012 (the same)
        CreateTable(
            "Feed",
            "feed",
            [
                ("digest", key(64)),
                ("key_id", text(8)),
                ("registration", reference("Registration", OnDelete.CASCADE, related_name="feeds")),
                ("title", text(10)),
                ("changes", fields.IntField(default=0)),
            ],
            checks={
                "title": one_of("title", "meeting", "course", "reminder", "reserved"),
                "changes": "changes >= 0",
            },
            unique_together=(("registration",),),
        ),
    ]
