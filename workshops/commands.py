"""What an operator can ask for: the same commands, run here or handed to the server that is running."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from workshops.clock import Clock
from workshops.errors import CannotStart
from workshops.settings import Settings
from workshops.staff.actions import invite
from workshops.staff.queries import first_invitation
from workshops.staff.rules import Role
from workshops.upkeep import sweep
from workshops.vault import Vault


@dataclass(frozen=True, slots=True)
class Tools:
    """What commands work with, inside an open database."""

    settings: Settings
    clock: Clock
    vault: Vault


Command = Callable[[Tools, Sequence[str]], Awaitable[str]]


async def sweep_now(tools: Tools, _: Sequence[str]) -> str:
    """Settle, relabel and forget now instead of at the next quarter of an hour."""
    return str(await sweep(tools.settings, tools.clock()))


async def invite_staff(tools: Tools, roles: Sequence[str]) -> str:
    """Make an invitation; the answer is its code and nothing else.

    Raises:
        CannotStart: a role is none of ours.
    """
    known = {role.value: role for role in Role}
    unknown = [role for role in roles if role not in known]
    if unknown or not roles:
        raise CannotStart(f"no role is called {', '.join(unknown) or 'nothing'}; take {', '.join(known)}")
    token = await invite(tools.vault, [known[role] for role in roles], tools.clock())
    return "-".join(token.groups)


async def welcome(tools: Tools, _: Sequence[str]) -> str:
    """An invitation for the first coordinator; empty once there is one."""
    if not await first_invitation():
        return ""
    return await invite_staff(tools, [Role.COORDINATOR.value])


async def migrate_nothing(_: Tools, __: Sequence[str]) -> str:
    """A server that runs has today's schema, or it would not run."""
    return "The schema is up to date."


COMMANDS: Mapping[str, Command] = {
    "sweep": sweep_now,
    "invite": invite_staff,
    "welcome": welcome,
    "migrate": migrate_nothing,
}
