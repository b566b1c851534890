"""What coordinators do that concerns two features at once; one transaction each."""

from collections.abc import Collection

from workshops.database.connection import transaction
from workshops.registration.locking import locked_queues
from workshops.schedule import actions as schedule
from workshops.schedule.acting import Acting
from workshops.schedule.plans import Plan
from workshops.staff import actions as staff
from workshops.staff.rules import Role
from workshops.staff.tokens import Token


async def change_session(session_id: str, plan: Plan, seen: str, acting: Acting) -> None:
    """Let a session follow another plan; seats that this adds pass to who waits for one.

    Raises:
        Absent: there is no such session.
        StaysCancelled, EveningOver, ChangedMeanwhile, PlacesGiven, NotReady: see `schedule.actions.change_session`.
    """
    async with locked_queues([session_id], acting.settings, acting.now, with_schedule=True) as queues:
        session = await schedule.locked_session(session_id)
        queues.count_in(session)
        await queues.settle(session)
        await schedule.change_session(session, plan, seen, acting)
        await queues.settle(session)


async def invite(roles: Collection[Role], acting: Acting) -> Token:
    """Make an invitation, having written down who did; its code is shown once."""
    async with transaction():
        await staff.record(acting.handle, "invited", acting.now)
    return await staff.invite(acting.vault, roles, acting.now)
