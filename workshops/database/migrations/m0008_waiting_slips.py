"""Whoever waits with a slip waits for a seat of the slips' share too, and is kept it for a while like anybody."""

from tortoise.migrations import Migration as Steps

from workshops.database.operations import SqlOf

CHECK = 'CONSTRAINT "place_slip_seat" CHECK (NOT {column} OR (vouched AND NOT target))'


class Migration(Steps):
    """Lets `slip_seat` be true of places that are held or wait; on SQLite a check goes only with its column."""

    dependencies = [("models", "m0007_texts")]  # noqa: RUF012 (Tortoise's own way of declaring them)
    operations = [  # noqa: RUF012 (the same)
        SqlOf(
            sqlite=(
                f"ALTER TABLE place ADD COLUMN of_slips INT NOT NULL DEFAULT 0 {CHECK.format(column='of_slips')}",
                "UPDATE place SET of_slips = slip_seat",
                "ALTER TABLE place DROP COLUMN slip_seat",
                "ALTER TABLE place RENAME COLUMN of_slips TO slip_seat",
            ),
            postgresql=(
                "ALTER TABLE place DROP CONSTRAINT place_slip_seat",
                f"ALTER TABLE place ADD {CHECK.format(column='slip_seat')}",
            ),
        ),
    ]
