"""All that is kept about participants, until the day after the session."""

from tortoise import fields

from workshops.database.fields import UtcDatetimeField, id_field
from workshops.database.table import Table
from workshops.registration.rules import PlaceState, Standing
from workshops.registration.slip_rules import Reach
from workshops.schedule.models import Series, Session


class SlipBatch(Table):
    """Paper slips that were printed together, for one session, for a series or for any session."""

    id = id_field()
    kind = fields.CharField(max_length=10)
    placed = fields.BooleanField(default=False)  # each of its slips is a place already
    session: fields.ForeignKeyNullableRelation[Session] = fields.ForeignKeyField(
        "models.Session", null=True, on_delete=fields.CASCADE
    )
    session_id: str | None
    series: fields.ForeignKeyNullableRelation[Series] = fields.ForeignKeyField(
        "models.Series", null=True, on_delete=fields.CASCADE
    )
    series_id: str | None
    count = fields.SmallIntField()
    expires_at = UtcDatetimeField()  # to the hour

    class Meta:
        table = "slip_batch"

    @property
    def reach(self) -> Reach:
        return Reach(self.session_id, self.series_id)


class Slip(Table):
    """An invitation slip that was not used yet; the transaction that uses it deletes it."""

    digest = fields.CharField(max_length=64, primary_key=True)
    key_id = fields.CharField(max_length=8)
    batch: fields.ForeignKeyRelation[SlipBatch] = fields.ForeignKeyField("models.SlipBatch", on_delete=fields.CASCADE)
    batch_id: str

    class Meta:
        table = "slip"


class Registration(Table):
    """The row behind one code: its keyed digest, and whether the code was used since it was given."""

    id = id_field()
    digest = fields.CharField(max_length=64, unique=True)
    key_id = fields.CharField(max_length=8)
    used = fields.BooleanField(default=False)
    slip_batch: fields.ForeignKeyNullableRelation[SlipBatch] = fields.ForeignKeyField(
        "models.SlipBatch", null=True, related_name="registrations", on_delete=fields.SET_NULL
    )  # of a place slip, until its code is used
    slip_batch_id: str | None
    places: fields.ReverseRelation["Place"]

    class Meta:
        table = "registration"


class Feed(Table):
    """A private calendar of one code: the keyed digest of its token, which only its address has."""

    digest = fields.CharField(max_length=64, primary_key=True)
    key_id = fields.CharField(max_length=8)
    registration: fields.ForeignKeyRelation[Registration] = fields.ForeignKeyField(
        "models.Registration", related_name="feeds", on_delete=fields.CASCADE
    )
    registration_id: str
    title = fields.CharField(max_length=10)
    changes = fields.IntField(default=0)  # keeps the sequence rising when the place goes to another session

    class Meta:
        table = "feed"
        unique_together = (("registration",),)


class Place(Table):
    """A seat or a waiting spot; `target` is the spot in another session a code waits for."""

    id = id_field()
    registration: fields.ForeignKeyRelation[Registration] = fields.ForeignKeyField(
        "models.Registration", related_name="places", on_delete=fields.CASCADE
    )
    registration_id: str
    session: fields.ForeignKeyRelation[Session] = fields.ForeignKeyField(
        "models.Session", related_name="places", on_delete=fields.RESTRICT
    )
    session_id: str
    target = fields.BooleanField(default=False)
    state = fields.CharField(max_length=10)
    number = fields.IntField(null=True)  # in the queue, while waiting
    held_until = UtcDatetimeField(null=True)  # to the quarter hour
    lapses = fields.SmallIntField(default=0)
    needs = fields.IntField(default=0)  # ticked access needs, one bit each
    directions_shown = fields.BooleanField(default=False)
    directions_told = fields.IntField(default=0)  # the session's revision of them when they were shown first
    interpreters = fields.CharField(max_length=40, default="")  # codes of the languages asked for
    vouched = fields.BooleanField(default=False)  # came by slip or through staff: may read the way
    asked = fields.BooleanField(default=False)  # whether its owner still comes, and has not looked since
    slip_seat = fields.BooleanField(default=False)  # of the slips' share; while it waits: may have a seat of it
    tells_way = False  # no column: this answer may tell the way there, and the row says that it was shown
    waits_elsewhere: bool | None = None  # no column: whether it has a target; None where nobody has asked yet
    has_calendar: bool | None = None  # no column: whether its code has a feed; None as above

    class Meta:
        table = "place"
        unique_together = (("registration", "target"), ("session", "number"))

    @property
    def standing(self) -> Standing:
        return Standing(PlaceState(self.state), self.held_until)

    def stand(self, standing: Standing) -> None:
        """Take over a standing; whoever no longer waits has no number."""
        self.state = standing.state.value
        self.held_until = standing.held_until
        if standing.state is not PlaceState.WAITING:
            self.number = None


class UsedNonce(Table):
    """A nonce that has given a place, as a digest without session until its hour is over."""

    digest = fields.CharField(max_length=64, primary_key=True)
    key_id = fields.CharField(max_length=8)
    gone_at = UtcDatetimeField()  # to the hour

    class Meta:
        table = "used_nonce"
