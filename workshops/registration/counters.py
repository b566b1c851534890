"""The counters of sessions that one transaction has locked: seats taken, people waiting, numbers given out."""

from collections.abc import Collection

from tortoise.expressions import F

from workshops.schedule.models import Session


def has_seat(session: Session, *, slip_seat: bool) -> bool:
    """Whether a seat is free, of the slips' share or of the others."""
    return session.slip_taken < session.slip_share if slip_seat else session.taken < session.registrable


class Counters:
    """Sessions that one transaction has locked, whose rows at hand say what the table says."""

    def __init__(self, sessions: Collection[Session]) -> None:
        self._sessions = {session.id: session for session in sessions}

    def count_in(self, session: Session) -> None:
        """Count in this row of a locked session from now on."""
        self._sessions[session.id] = session

    def session(self, session_id: str) -> Session | None:
        return self._sessions.get(session_id)

    async def claim(self, session: Session) -> bool:
        """Take a free seat for somebody who comes from elsewhere; nobody who waits is overtaken."""
        if session.waiting or not has_seat(session, slip_seat=False):
            return False
        await self.count(session, taken=1)
        return True

    async def join(self, session: Session) -> int | None:
        """Give out the next number of a queue; None where it is as long as it can be."""
        if session.waiting >= session.queue_limit:
            return None
        await self.count(session, waiting=1)
        await Session.filter(id=session.id).update(next_number=F("next_number") + 1)
        session.next_number += 1
        return session.next_number - 1

    async def count_seats(self, session: Session, more: int, *, slip_seat: bool) -> None:
        """Take so many seats more, of the slips' share or of the others."""
        await self.count(session, **{"slip_taken" if slip_seat else "taken": more})

    async def count(self, session: Session, *, taken: int = 0, waiting: int = 0, slip_taken: int = 0) -> None:
        """Move a session's counters, in the table and in the row at hand."""
        await Session.filter(id=session.id).update(
            taken=F("taken") + taken, waiting=F("waiting") + waiting, slip_taken=F("slip_taken") + slip_taken
        )
        session.taken += taken
        session.waiting += waiting
        session.slip_taken += slip_taken
