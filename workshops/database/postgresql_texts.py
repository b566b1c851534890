"""Statements as PostgreSQL reads them: values have numbers, and several go together as one where one way is enough."""

from functools import cache
from itertools import count

from workshops.database.statements import Statement


@cache
def numbered(statement: Statement) -> str:
    return _numbered(statement.text)


@cache
def given(first: Statement, then: Statement, *rest: Statement) -> str:
    """A change, where it gave a row a second one, and where that did the rest.

    Always at least one row: `firsts` and `thens` count the rows of both, all else is of the second.
    """
    # The conditions are also what locks rows in this order, whichever plan is made.
    after_first, after_second = (f" AND EXISTS (SELECT FROM change_{number})" for number in (0, 1))
    texts = (first.text, then.text_given(after_first), *(each.text_given(after_second) for each in rest))
    changes = ", ".join(f"change_{number} AS ({text})" for number, text in enumerate(texts))
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
