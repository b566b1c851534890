"""The first schema: staff, schedule, registrations, and what belongs to no feature."""

from typing import Any

from tortoise import fields
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import Migration as Steps
from tortoise.migrations.operations import RunSQL

from workshops.database.fields import UtcDatetimeField
from workshops.database.operations import CreateTable, one_of


def text(length: int, **options: Any) -> Any:
    return fields.CharField(max_length=length, **options)


def flag(*, default: bool = False) -> Any:
    return fields.BooleanField(default=default)


def key(length: int = 12) -> Any:
    return fields.CharField(max_length=length, primary_key=True)


def reference(model: str, on_delete: OnDelete, **options: Any) -> Any:
    column = f"{model.lower()}_id"
    return fields.ForeignKeyField(f"models.{model}", source_field=column, to_field="id", on_delete=on_delete, **options)


STAFF = [
    CreateTable(
        "Account",
        "account",
        [
            ("id", key()),
            ("handle", text(40, unique=True)),
            ("coordinator", flag()),
            ("facilitator", flag()),
            ("reporter", flag()),
            ("active", flag(default=True)),
            ("password", text(200)),
            ("one_time_key", fields.BinaryField(null=True)),
            ("one_time_step", fields.BigIntField(null=True)),
        ],
        checks={
            "handle": "length(handle) > 0",
            "one_time_step": "one_time_step IS NULL OR (one_time_key IS NOT NULL AND one_time_step >= 0)",
        },
    ),
    CreateTable(
        "Invitation",
        "invitation",
        [
            ("digest", key(64)),
            ("key_id", text(8)),
            ("coordinator", flag()),
            ("facilitator", flag()),
            ("reporter", flag()),
            ("expires_at", UtcDatetimeField()),
        ],
    ),
    CreateTable(
        "BrowserSession",
        "browser_session",
        [
            ("digest", key(64)),
            ("key_id", text(8)),
            ("account", reference("Account", OnDelete.CASCADE)),
            ("factor_level", fields.SmallIntField(default=1)),
            ("fresh_until", UtcDatetimeField(null=True)),
            ("expires_at", UtcDatetimeField()),
        ],
        checks={"factor_level": "factor_level IN (1, 2)"},
    ),
    CreateTable(
        "StaffAction",
        "staff_action",
        [("id", key()), ("handle", text(40)), ("verb", text(32)), ("day", fields.DateField())],
    ),
]

SCHEDULE = [
    CreateTable(
        "Schedule",
        "schedule",
        [
            ("id", fields.SmallIntField(primary_key=True, generated=False, default=1)),
            ("revision", fields.BigIntField(default=1)),
            ("high_water", UtcDatetimeField(null=True)),
        ],
        checks={"single": "id = 1", "revision": "revision >= 1"},
    ),
    RunSQL("INSERT INTO schedule (id, revision) VALUES (1, 1)"),
    CreateTable("Area", "area", [("id", key()), ("label", text(60, unique=True))]),
    CreateTable(
        "Venue",
        "venue",
        [
            ("id", key()),
            ("name", text(60)),
            ("kind", text(16, default="room")),
            ("area", reference("Area", OnDelete.RESTRICT)),
            ("zone", text(40)),
            ("step_free", flag()),
            ("last_transport", text(200, default="")),
            ("directions", fields.BinaryField(null=True)),
            ("keep_directions", flag()),
            ("retired", flag()),
        ],
        checks={"kind": one_of("kind", "room", "meeting", "phone", "online")},
    ),
    CreateTable("Series", "series", [("id", key()), ("name", text(60))]),
    CreateTable(
        "Session",
        "session",
        [
            ("id", key()),
            ("series", reference("Series", OnDelete.SET_NULL, null=True)),
            ("curriculum", text(64)),
            ("form", text(8, default="standard")),
            ("language", text(16)),
            ("revision", text(64, default="")),
            ("letter", text(2, default="A")),
            ("venue", reference("Venue", OnDelete.RESTRICT)),
            ("starts_at", UtcDatetimeField()),
            ("ends_at", UtcDatetimeField()),
            ("state", text(12, default="draft")),
            ("frozen", flag()),
            ("epoch", fields.IntField(default=0)),
            ("visibility", text(8, default="open")),
            ("audience", text(12, default="allies")),
            ("audience_shown", flag(default=True)),
            ("sample", flag()),
            ("capacity", fields.IntField()),
            ("walk_in_share", fields.IntField(default=0)),
            ("slip_share", fields.IntField(default=0)),
            ("registrable", fields.IntField()),
            ("taken", fields.IntField(default=0)),
            ("waiting", fields.IntField(default=0)),
            ("next_number", fields.IntField(default=1)),
            ("queue_limit", fields.IntField()),
            ("availability", text(8, default="free")),
            ("closes_before", fields.IntField(default=0)),
            ("last_call", fields.IntField(default=180)),
            ("moves_freely", flag()),
            ("directions_mode", text(16, default="placed")),
            ("directions", fields.BinaryField(null=True)),
            ("directions_from", fields.IntField(default=1440)),
            ("directions_until", fields.IntField(default=30)),
            ("evening_word", text(24, default="")),
            ("cost", text(100, default="")),
            ("travel_money", flag()),
            ("food", flag()),
            ("child_care", flag()),
            ("concerns", text(300, default="")),
            ("sequence", fields.IntField(default=0)),
            ("modified_at", UtcDatetimeField()),
            ("cancelled_on", fields.DateField(null=True)),
            ("forgotten", flag()),
        ],
        checks={
            "form": one_of("form", "short", "standard", "long"),
            "span": "ends_at > starts_at",
            "state": one_of("state", "draft", "published", "cancelled"),
            "cancelled": "(state = 'cancelled') = (cancelled_on IS NOT NULL)",
            "visibility": one_of("visibility", "open", "slip", "unlisted"),
            "audience": one_of("audience", "workers", "allies", "providers"),
            "shares": "walk_in_share >= 0 AND slip_share >= 0",
            "registrable": "registrable >= 0 AND registrable = capacity - walk_in_share - slip_share",
            "taken": "taken >= 0 AND taken <= registrable",
            "waiting": "waiting >= 0 AND waiting <= queue_limit",
            "next_number": "next_number >= 1",
            "counters": "epoch >= 0 AND sequence >= 0",
            "availability": one_of("availability", "free", "few", "queue"),
            "minutes": "closes_before >= 0 AND last_call >= 0 AND directions_from >= 0 AND directions_until >= 0",
            "directions_mode": one_of("directions_mode", "public", "placed", "slips", "meeting"),
        },
        indexes=[Index(fields=["state", "starts_at"])],
    ),
    CreateTable(
        "SessionFacilitator",
        "session_facilitator",
        [
            ("id", key()),
            ("session", reference("Session", OnDelete.CASCADE, related_name="facilitators")),
            ("account", reference("Account", OnDelete.CASCADE)),
        ],
        unique_together=(("session", "account"),),
    ),
    CreateTable(
        "SessionSum",
        "session_sum",
        [("session_id", key()), ("confirmed", fields.IntField()), ("waiting", fields.IntField())],
        checks={"sums": "confirmed >= 0 AND waiting >= 0"},
    ),
]

REGISTRATION = [
    CreateTable(
        "Registration",
        "registration",
        [("id", key()), ("digest", text(64, unique=True)), ("key_id", text(8)), ("used", flag())],
    ),
    CreateTable(
        "Place",
        "place",
        [
            ("id", key()),
            ("registration", reference("Registration", OnDelete.CASCADE, related_name="places")),
            ("session", reference("Session", OnDelete.RESTRICT, related_name="places")),
            ("target", flag()),
            ("state", text(10)),
            ("number", fields.IntField(null=True)),
            ("held_until", UtcDatetimeField(null=True)),
            ("lapses", fields.SmallIntField(default=0)),
            ("needs", fields.IntField(default=0)),
            ("directions_shown", flag()),
        ],
        checks={
            "state": one_of("state", "confirmed", "held", "waiting"),
            "number": "(state = 'waiting') = (number IS NOT NULL)",
            "number_counts": "number IS NULL OR number >= 1",
            "held": "(state = 'held') = (held_until IS NOT NULL)",
            "target": "NOT target OR state = 'waiting'",
            "counters": "lapses >= 0 AND needs >= 0",
        },
        unique_together=(("registration", "target"), ("session", "number")),
    ),
    CreateTable(
        "UsedNonce",
        "used_nonce",
        [("digest", key(64)), ("key_id", text(8)), ("gone_at", UtcDatetimeField())],
    ),
]

HOUSE = [
    CreateTable("Lease", "lease", [("name", key(32)), ("holder", text(12)), ("until", UtcDatetimeField())]),
    CreateTable(
        "KeyCheck",
        "key_check",
        [("key_id", key(8)), ("purpose", text(16)), ("check_value", fields.BinaryField())],
    ),
]


class Migration(Steps):
    """Creates every table of the first schema, and the one row of the schedule."""

    initial = True
    operations = [*STAFF, *SCHEDULE, *REGISTRATION, *HOUSE]  # noqa: RUF012 (Tortoise's own way of declaring them)
