"""A step with a fault: it leaves places without their registrations."""

from tortoise.migrations import Migration as Steps
from tortoise.migrations.operations import RunSQL


class Migration(Steps):
    """Deletes rows that others refer to."""

    dependencies = [("models", "m0009_readers")]  # noqa: RUF012 (Tortoise's own way of declaring them)
    operations = [RunSQL("DELETE FROM registration")]  # noqa: RUF012 (the same)
