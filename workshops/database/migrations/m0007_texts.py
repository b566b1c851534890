"""A group's own texts: revisions, and the editions that they and sessions need."""

from typing import Any

from tortoise import fields
from tortoise.fields.base import OnDelete
from tortoise.migrations import Migration as Steps

from workshops.database.migrations.m0001_first import flag, key, text
from workshops.database.operations import CreateTable


def edition(name: str, column: str, **options: Any) -> Any:
    kept: dict[str, Any] = {"source_field": column, "to_field": "digest", "on_delete": OnDelete.RESTRICT}
    return fields.ForeignKeyField("models.Edition", related_name=name, **kept, **options)


class Migration(Steps):
    """Creates editions, each under the digest of its text, and the numbered revisions of each path."""

    dependencies = [("models", "m0006_feeds")]  # noqa: RUF012 (Tortoise's own way of declaring them)
    operations = [  # noqa: RUF012 (the same)
        CreateTable("Edition", "edition", [("digest", key(32)), ("text", fields.TextField())]),
        CreateTable(
            "Revision",
            "revision",
            [
                ("id", key()),
                ("path", text(160)),
                ("number", fields.IntField()),
                ("edition", edition("revisions", "edition_id")),
                ("released", edition("followed_by", "released_id", null=True)),
                ("handle", text(40)),
                ("day", fields.DateField()),
                ("note", text(200)),
                ("published", flag()),
            ],
            checks={"path": "path <> ''", "number": "number >= 1"},
            unique_together=(("path", "number"),),
        ),
    ]
