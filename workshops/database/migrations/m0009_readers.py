"""Who put a revision on the pages, and who read what others saved."""

from tortoise import fields
from tortoise.migrations import Migration as Steps

from workshops.database.migrations.m0001_first import text
from workshops.database.operations import AddColumn


def with_its_day(handle: str, day: str) -> str:
    return f"({handle} IS NULL) = ({day} IS NULL) AND ({handle} IS NULL OR {handle} <> '')"


class Migration(Steps):
    """Adds who published a revision, who read it for somebody else to publish, and on which days."""

    dependencies = [("models", "m0008_waiting_slips")]  # noqa: RUF012 (Tortoise's own way of declaring them)
    operations = [  # noqa: RUF012 (the same)
        AddColumn("Revision", "revision", "published_on", fields.DateField(null=True)),
        AddColumn(
            "Revision",
            "revision",
            "published_by",
            text(40, null=True),
            {"published_by": with_its_day("published_by", "published_on")},
        ),
        AddColumn("Revision", "revision", "read_on", fields.DateField(null=True)),
        AddColumn(
            "Revision", "revision", "read_by", text(40, null=True), {"read_by": with_its_day("read_by", "read_on")}
        ),
    ]
