"""What a later step may look like: a parent table is made anew, a child table gets a column."""

from tortoise import fields
from tortoise.migrations import Migration as Steps
from tortoise.migrations.operations import AddField

from workshops.database.operations import SqlOf

NEW_TABLE = """
CREATE TABLE new_registration (
    id VARCHAR(12) NOT NULL PRIMARY KEY, digest VARCHAR(64) NOT NULL UNIQUE,
    key_id VARCHAR(16) NOT NULL, used INT NOT NULL,
    slip_batch_id VARCHAR(12) REFERENCES slip_batch (id) ON DELETE SET NULL
) WITHOUT ROWID
"""
COLUMNS = "id, digest, key_id, used, slip_batch_id"
COPY = f"INSERT INTO new_registration ({COLUMNS}) SELECT {COLUMNS} FROM registration"


class Migration(Steps):
    """Makes room for longer key ids, on SQLite by making the table anew."""

    dependencies = [("models", "m0009_readers")]  # noqa: RUF012 (Tortoise's own way of declaring them)
    operations = [  # noqa: RUF012 (the same)
        SqlOf(
            sqlite=(NEW_TABLE, COPY, "DROP TABLE registration", "ALTER TABLE new_registration RENAME TO registration"),
            postgresql=("ALTER TABLE registration ALTER COLUMN key_id TYPE VARCHAR(16)",),
        ),
        AddField("Place", "note", fields.CharField(max_length=8, null=True)),
    ]
