"""Statements as PostgreSQL reads them: values have numbers, and several go together as one where one way is enough."""

from functools import cache
from itertools import count

from workshops.database.statements import Statement


@cache
def numbered(statement: Statement) -> str:
    return _numbered(statement.text)


@cache
def chained(first: Statement, *others: Statement) -> str:
    """Changes of which each is made where the one before gave a row, which is also what locks rows in this order.

    Always at least one row: `firsts` and `thens` count the rows of the first two, all else is of the second.
    """
    given = (each.text_given(f" AND EXISTS (SELECT FROM change_{before})") for before, each in enumerate(others))
    changes = ", ".join(f"change_{number} AS ({text})" for number, text in enumerate((first.text, *given)))
    counts = "(SELECT count(*) FROM change_0) AS firsts, (SELECT count(*) FROM change_1) AS thens"
    return _numbered(f"WITH {changes} SELECT {counts}, change_1.* FROM (SELECT) AS one LEFT JOIN change_1 ON TRUE")  # noqa: S608


@cache
def marking(question: Statement, mark: Statement) -> str:
    """A question with a mark beside it; the transaction of both does not wait for the disk where it marks anything."""
    soon = "RETURNING set_config('synchronous_commit', 'off', TRUE)"
    return _numbered(f"WITH mark AS ({mark.text} {soon}) {question.text}")


def _numbered(text: str) -> str:
    head, *rest = text.split("?")
    return head + "".join(f"${number}{part}" for number, part in zip(count(1), rest, strict=False))
