"""Slips in batches, and the places that were taken with one or through staff."""

from tortoise import fields
from tortoise.fields.base import OnDelete
from tortoise.migrations import Migration as Steps

from workshops.database.fields import UtcDatetimeField
from workshops.database.migrations.m0001_first import flag, key, reference, text
from workshops.database.operations import AddColumn, CreateTable, one_of


class Migration(Steps):
    """Creates batches and slips, counts seats given from the slips' share, and marks places that came by slip."""

    dependencies = [("models", "m0001_first")]  # noqa: RUF012 (Tortoise's own way of declaring them)
    operations = [  # noqa: RUF012 (the same)
        CreateTable(
            "SlipBatch",
            "slip_batch",
            [
                ("id", key()),
                ("kind", text(10)),
                ("placed", flag()),
                ("session", reference("Session", OnDelete.CASCADE, null=True)),
                ("series", reference("Series", OnDelete.CASCADE, null=True)),
                ("count", fields.SmallIntField()),
                ("expires_at", UtcDatetimeField()),
            ],
            checks={
                "kind": one_of("kind", "outreach", "partner", "door"),
                "count": "count >= 1",
                "reach": "session_id IS NULL OR series_id IS NULL",
                "placed": "NOT placed OR session_id IS NOT NULL",
            },
        ),
        CreateTable(
            "Slip",
            "slip",
            [
                ("digest", key(64)),
                ("key_id", text(8)),
                ("batch", fields.ForeignKeyField("models.SlipBatch", source_field="batch_id", to_field="id")),
            ],
        ),
        AddColumn(
            "Session",
            "session",
            "slip_taken",
            fields.IntField(default=0),
            {"slip_taken": "slip_taken >= 0 AND slip_taken <= slip_share"},
        ),
        AddColumn(
            "Registration",
            "registration",
            "slip_batch",
            fields.ForeignKeyField(
                "models.SlipBatch",
                source_field="slip_batch_id",
                to_field="id",
                null=True,
                related_name="registrations",
                on_delete=OnDelete.SET_NULL,
            ),
            {"slip_batch": "NOT used OR slip_batch_id IS NULL"},
        ),
        AddColumn("Place", "place", "vouched", flag()),
        AddColumn(
            "Place",
            "place",
            "slip_seat",
            flag(),
            {"slip_seat": "NOT slip_seat OR (vouched AND state = 'confirmed' AND NOT target)"},
        ),
    ]
