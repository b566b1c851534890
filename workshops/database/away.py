"""One name for every way in which a database can be out of reach, busy or full."""


class DatabaseAway(Exception):  # noqa: N818 (the edge answers it: ask again, it is safe)
    """The database could not do it now: unreachable, too slow, locked, full or read-only.

    Both backends translate their driver's errors into this one, and never one that says that a
    value was refused or a statement is wrong. Nothing of the transaction was kept, unless the
    connection broke while the database was confirming it.
    """


def away_line(away: DatabaseAway) -> str:
    """What an operator is told whose command met it."""
    return f"the database is away ({away}); nothing was changed, ask again"
