"""asyncpg's errors, told apart: away, refused, wrong."""

from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg  # type: ignore[import-untyped]  # it ships no types
from tortoise.exceptions import IntegrityError, OperationalError, TransactionManagementError

from workshops.database.away import DatabaseAway

AWAY_ERRORS = (
    OSError,  # refused, reset, unreachable; and TimeoutError
    asyncpg.PostgresConnectionError,
    asyncpg.InvalidAuthorizationSpecificationError,
    asyncpg.InvalidCatalogNameError,
    asyncpg.ReadOnlySQLTransactionError,
    asyncpg.IdleInTransactionSessionTimeoutError,
    asyncpg.TransactionRollbackError,  # a deadlock: asking again is right
    asyncpg.InsufficientResourcesError,  # disk full, too many connections
    asyncpg.LockNotAvailableError,
    asyncpg.OperatorInterventionError,  # shutting down, starting up, statement took too long
    asyncpg.PostgresSystemError,
    asyncpg.TargetServerAttributeNotMatched,  # a standby, or a server set to read-only
)


@contextmanager
def translated() -> Iterator[None]:
    """Turn asyncpg's errors into Tortoise's and ours; what names values is left behind.

    Raises:
        DatabaseAway: the server is out of reach, too slow, full or read-only.
        IntegrityError: a constraint refused the values.
    """
    try:
        yield
    except asyncpg.IntegrityConstraintViolationError as error:
        raise IntegrityError(str(error.args[0])) from None  # the rest of it quotes the row
    except AWAY_ERRORS as error:
        raise DatabaseAway(_message(error)) from error
    except asyncpg.InvalidTransactionStateError as error:
        raise TransactionManagementError(str(error)) from error
    except (asyncpg.SyntaxOrAccessError, asyncpg.exceptions.DataError) as error:
        raise OperationalError(str(error)) from error
    except asyncpg.InterfaceError as error:
        if "clos" in str(error):  # "connection is closed", "pool is closing"
            raise DatabaseAway(str(error)) from error
        raise


def _message(error: Exception) -> str:
    """What happened, without the details that asyncpg appends."""
    return str(error.args[0] if isinstance(error, asyncpg.PostgresError) else error) or type(error).__name__
