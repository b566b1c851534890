"""What many tries cost, and what moved since people last looked."""

from tortoise.migrations import Migration as Steps
from tortoise.migrations.operations import Operation


class Migration(Steps):
    """Adds nothing yet."""

    dependencies = [("models", "m0003_forgetting")]  # noqa: RUF012 (Tortoise's own way of declaring them)
    operations: list[Operation] = []  # noqa: RUF012
