"""Tables of a group's own texts: what somebody saved, and texts that must not be lost."""

from datetime import date

from tortoise import fields

from workshops.database.fields import id_field
from workshops.database.table import Table


class Edition(Table):
    """A text as it stood once, for revisions and for sessions that were published with it; never changed."""

    digest = fields.CharField(max_length=32, primary_key=True)  # of the text
    text = fields.TextField()

    class Meta:
        table = "edition"


class Revision(Table):
    """A text as somebody saved it; at most one of a path is published, and stands in the place of the released file."""

    id = id_field()
    path = fields.CharField(max_length=160)  # below the folder of released files: `rest-and-routine/en.md`
    number = fields.IntField()  # from 1, for each path
    edition: fields.ForeignKeyRelation[Edition] = fields.ForeignKeyField(
        "models.Edition", related_name="revisions", on_delete=fields.RESTRICT
    )
    edition_id: str
    released: fields.ForeignKeyNullableRelation[Edition] = fields.ForeignKeyField(
        "models.Edition", related_name="followed_by", null=True, on_delete=fields.RESTRICT
    )  # the released file when this was saved; a later release with another text is told from it
    released_id: str | None
    handle = fields.CharField(max_length=40)
    day: date = fields.DateField()
    note = fields.CharField(max_length=200)
    published = fields.BooleanField(default=False)
    published_on: date | None = fields.DateField(null=True)
    published_by = fields.CharField(max_length=40, null=True)  # a handle; stays when another takes its place
    read_on: date | None = fields.DateField(null=True)
    read_by = fields.CharField(max_length=40, null=True)  # a handle: of who read what others saved, up to this one

    class Meta:
        table = "revision"
        unique_together = (("path", "number"),)
