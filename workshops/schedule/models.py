"""Tables of the schedule; the counters of a session are claimed by conditional updates only."""

from datetime import timedelta

from tortoise import fields

from workshops.database.fields import UtcDatetimeField, id_field
from workshops.database.table import Table
from workshops.schedule.interpreting import Interpreting, interpreting_of
from workshops.schedule.moments import Span
from workshops.schedule.rules import Availability, DirectionsWindow, Opening, Seats, SessionState
from workshops.staff.models import Account


class Schedule(Table):
    """The one row that says which state of the public pages is the newest."""

    id = fields.SmallIntField(primary_key=True, generated=False, default=1)
    revision = fields.BigIntField(default=1)
    high_water = UtcDatetimeField(null=True)  # the latest hour this installation has lived through
    frozen = fields.BooleanField(default=False)  # nothing of sessions and directions is told
    deletion_due = UtcDatetimeField(null=True)  # everything about participants is deleted then

    class Meta:
        table = "schedule"


class Area(Table):
    """The public part of town."""

    id = id_field()
    label = fields.CharField(max_length=60, unique=True)

    class Meta:
        table = "area"


class Venue(Table):
    """Where: a room, a meeting point, a phone line or an online room."""

    id = id_field()
    name = fields.CharField(max_length=60)  # for staff only
    kind = fields.CharField(max_length=16, default="room")
    area: fields.ForeignKeyRelation[Area] = fields.ForeignKeyField("models.Area", on_delete=fields.RESTRICT)
    area_id: str
    zone = fields.CharField(max_length=40)
    step_free = fields.BooleanField(default=False)
    last_transport = fields.CharField(max_length=200, default="")
    directions = fields.BinaryField(null=True)  # sealed
    keep_directions = fields.BooleanField(default=False)
    retired = fields.BooleanField(default=False)

    class Meta:
        table = "venue"


class Series(Table):
    """Sessions of the same curriculum to choose among."""

    id = id_field()
    name = fields.CharField(max_length=60)  # for staff only

    class Meta:
        table = "series"


class Session(Table):
    """One dated meeting that teaches one form of one curriculum at one venue."""

    id = id_field()
    series: fields.ForeignKeyNullableRelation[Series] = fields.ForeignKeyField(
        "models.Series", null=True, on_delete=fields.SET_NULL
    )
    series_id: str | None
    curriculum = fields.CharField(max_length=64)
    form = fields.CharField(max_length=8, default="standard")
    language = fields.CharField(max_length=16)
    revision = fields.CharField(max_length=64, default="")  # of the curriculum it was published with
    letter = fields.CharField(max_length=2, default="A")
    venue: fields.ForeignKeyRelation[Venue] = fields.ForeignKeyField("models.Venue", on_delete=fields.RESTRICT)
    venue_id: str
    starts_at = UtcDatetimeField()
    ends_at = UtcDatetimeField()
    state = fields.CharField(max_length=12, default="draft")
    frozen = fields.BooleanField(default=False)
    epoch = fields.IntField(default=0)  # raised to make every open take form void
    visibility = fields.CharField(max_length=8, default="open")
    audience = fields.CharField(max_length=12, default="allies")
    audience_shown = fields.BooleanField(default=True)
    sample = fields.BooleanField(default=False)

    capacity = fields.IntField()
    walk_in_share = fields.IntField(default=0)  # seats
    slip_share = fields.IntField(default=0)  # seats
    slip_taken = fields.IntField(default=0)  # of the slips' share
    registrable = fields.IntField()  # capacity less the shares
    taken = fields.IntField(default=0)  # confirmed and held
    waiting = fields.IntField(default=0)
    next_number = fields.IntField(default=1)
    queue_limit = fields.IntField()
    recent_takes = fields.IntField(default=0)  # halved each quarter of an hour; no time is kept
    availability = fields.CharField(max_length=8, default="free")  # as pages say it, moved on the quarter hour
    closes_before = fields.IntField(default=0)  # minutes before the start
    last_call = fields.IntField(default=180)  # minutes before the start
    asks_again = fields.BooleanField(default=False)  # who has a place, whether they still come
    asked = fields.BooleanField(default=False)
    moves_freely = fields.BooleanField(default=False)  # also for who has seen the way

    moved_on = fields.DateField(null=True)  # the last day on which its time or venue was changed
    directions_revision = fields.IntField(default=1)  # raised with what people with a place are told of the way
    directions_mode = fields.CharField(max_length=16, default="placed")
    directions = fields.BinaryField(null=True)  # sealed copy, deleted the day after
    directions_from = fields.IntField(default=1440)  # minutes before the start
    directions_until = fields.IntField(default=30)  # minutes after the end
    evening_word = fields.CharField(max_length=24, default="")

    cost = fields.CharField(max_length=100, default="")  # empty: free
    travel_money = fields.BooleanField(default=False)
    food = fields.BooleanField(default=False)
    child_care = fields.BooleanField(default=False)
    concerns = fields.CharField(max_length=300, default="")  # person of trust, and what they must pass on
    interpreters = fields.CharField(max_length=40, default="")  # codes of languages, with blanks between
    interpreters_until = fields.DateField(null=True)  # the last day on which one can be asked for

    sequence = fields.IntField(default=0)
    modified_at = UtcDatetimeField()  # to the hour
    cancelled_on = fields.DateField(null=True)
    forgotten = fields.BooleanField(default=False)  # its registrations are deleted
    facilitators: fields.ReverseRelation["SessionFacilitator"]
    hushed = False  # no column: this visitor is told no way there, whatever the window says

    class Meta:
        table = "session"
        indexes = (("state", "starts_at"),)

    @property
    def span(self) -> Span:
        return Span(self.starts_at, self.ends_at)

    @property
    def seats(self) -> Seats:
        return Seats(self.registrable, self.taken, self.waiting)

    @property
    def opening(self) -> Opening:
        return Opening(SessionState(self.state), self.frozen, self.span, timedelta(minutes=self.closes_before))

    @property
    def interpreting(self) -> Interpreting:
        return interpreting_of(self.interpreters, self.interpreters_until)

    @property
    def shown_availability(self) -> Availability:
        return Availability(self.availability)

    @property
    def directions_window(self) -> DirectionsWindow:
        before, after = timedelta(minutes=self.directions_from), timedelta(minutes=self.directions_until)
        return DirectionsWindow(self.span, before, after)


class SessionFacilitator(Table):
    """Who runs a session."""

    id = id_field()
    session: fields.ForeignKeyRelation[Session] = fields.ForeignKeyField(
        "models.Session", related_name="facilitators", on_delete=fields.CASCADE
    )
    session_id: str
    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField("models.Account", on_delete=fields.CASCADE)
    account_id: str

    class Meta:
        table = "session_facilitator"
        unique_together = (("session", "account"),)


class SessionSum(Table):
    """What remains of a session's registrations once they are deleted: sums."""

    session_id = fields.CharField(max_length=12, primary_key=True)
    confirmed = fields.IntField()
    waiting = fields.IntField()

    class Meta:
        table = "session_sum"
