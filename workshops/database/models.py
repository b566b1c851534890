"""The two tables that belong to no feature: who holds which lease, and which keys fit this database."""

from tortoise import fields

from workshops.database.fields import UtcDatetimeField
from workshops.database.table import Table


class Lease(Table):
    """Who may do a recurring task at present; a process takes it over once `until` has passed."""

    name = fields.CharField(max_length=32, primary_key=True)
    holder = fields.CharField(max_length=12)
    until = UtcDatetimeField()

    class Meta:
        table = "lease"


class KeyCheck(Table):
    """A value only the right key can make, so that wrong keys are refused at the start."""

    key_id = fields.CharField(max_length=8, primary_key=True)
    purpose = fields.CharField(max_length=16)
    check_value = fields.BinaryField()

    class Meta:
        table = "key_check"
