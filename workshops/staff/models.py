"""Accounts of staff: a handle, roles and ways to sign in; nobody is recorded as anything else."""

from tortoise import fields

from workshops.database.fields import UtcDatetimeField, id_field
from workshops.database.table import Table
from workshops.staff.rules import Role, SignedIn


class Account(Table):
    """Somebody who runs evenings or keeps the schedule, under a handle of their choice."""

    id = id_field()
    handle = fields.CharField(max_length=40, unique=True)
    coordinator = fields.BooleanField(default=False)
    facilitator = fields.BooleanField(default=False)
    reporter = fields.BooleanField(default=False)
    active = fields.BooleanField(default=True)
    password = fields.CharField(max_length=200)  # argon2id, with its parameters
    one_time_key = fields.BinaryField(null=True)  # sealed
    one_time_step = fields.BigIntField(null=True)  # the last one used, against replay

    class Meta:
        table = "account"

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(role for role in Role if getattr(self, role.value))


class Invitation(Table):
    """A code that makes one account; only its digest is kept."""

    digest = fields.CharField(max_length=64, primary_key=True)
    key_id = fields.CharField(max_length=8)
    coordinator = fields.BooleanField(default=False)
    facilitator = fields.BooleanField(default=False)
    reporter = fields.BooleanField(default=False)
    expires_at = UtcDatetimeField()

    class Meta:
        table = "invitation"

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(role for role in Role if getattr(self, role.value))


class BrowserSession(Table):
    """The signed-in state of staff; the cookie holds a token, the table its digest."""

    digest = fields.CharField(max_length=64, primary_key=True)
    key_id = fields.CharField(max_length=8)
    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField("models.Account", on_delete=fields.CASCADE)
    account_id: str
    factor_level = fields.SmallIntField(default=1)
    fresh_until = UtcDatetimeField(null=True)  # the second factor counts as fresh until then
    expires_at = UtcDatetimeField()

    class Meta:
        table = "browser_session"

    @property
    def signed_in(self) -> SignedIn:
        """Who this is; the row must have been read together with its account."""
        account = self.account
        return SignedIn(account.id, account.handle, account.roles, self.factor_level, self.fresh_until)


class StaffAction(Table):
    """Who did what on which day, kept for 30 days; never about a place."""

    id = id_field()
    handle = fields.CharField(max_length=40)
    verb = fields.CharField(max_length=32)
    day = fields.DateField()

    class Meta:
        table = "staff_action"
