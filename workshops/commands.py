"""What an operator can ask for: the same commands, run here or handed to the server that is running."""

import os
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from anyio import to_thread

from workshops.clock import Clock
from workshops.curricula.state import Library
from workshops.errors import CannotStart
from workshops.keys import Purpose
from workshops.rotation import rotate, turn_keys
from workshops.schedule.acting import Acting
from workshops.schedule.revision import show_newest
from workshops.schedule.site import confirm_clock, freeze, start_deletion, stop_deletion, thaw
from workshops.settings import Settings
from workshops.staff.actions import invite
from workshops.staff.queries import first_invitation
from workshops.staff.rules import Role
from workshops.upkeep import sweep
from workshops.vault import Vault
from workshops.web.memory import Memory

OPERATOR = "-"  # whoever may run commands here; handles are longer
LEGAL_WARNING = (
    "If a legal demand for data has arrived (a court order, a letter from police or from a lawyer), do not start or "
    "change deletion: stop it and call a lawyer first."
)


@dataclass(frozen=True, slots=True)
class Tools:
    """What commands work with, inside an open database."""

    settings: Settings
    clock: Clock
    vault: Vault
    served: tuple[Library, Memory] | None = None  # by the process that runs the command

    @property
    def library(self) -> Library:
        """The texts of the process that runs the command."""
        return self.served[0] if self.served is not None else Library(self.settings)

    async def show(self) -> None:
        """Let public pages show at once what a command changed."""
        if self.served is not None:
            await show_newest(*self.served)


Command = Callable[[Tools, Sequence[str]], Awaitable[str]]


async def sweep_now(tools: Tools, _: Sequence[str]) -> str:
    """Settle, relabel and forget now instead of at the next quarter of an hour."""
    swept = await sweep(tools.settings, tools.clock())
    await turn_keys(tools.vault, tools.settings, tools.clock())
    await tools.show()
    return str(swept)


async def hide(tools: Tools, _: Sequence[str]) -> str:
    """Hide every session and all directions at once."""
    await freeze(OPERATOR, tools.clock())
    await tools.show()
    return "Everything is hidden. `workshops thaw` shows it again."


async def show_again(tools: Tools, _: Sequence[str]) -> str:
    """Show again what was hidden.

    Raises:
        DeletionWaits: it is about to be deleted.
    """
    await thaw(OPERATOR, tools.clock())
    await tools.show()
    return "Everything is shown again."


async def delete_soon(tools: Tools, _: Sequence[str]) -> str:
    """Hide everything and let it be deleted a quarter of an hour later.

    Raises:
        ClockDoubted: nobody knows when that would be.
    """
    due = await start_deletion(OPERATOR, tools.clock())
    await tools.show()
    return (
        f"Everything is hidden, and all registrations and directions are deleted at {due:%H:%M} UTC, by the server "
        "that runs or the next one to start. `workshops delete-now --stop` or any coordinator can stop it until then.\n"
        f"{LEGAL_WARNING}"
    )


async def keep(tools: Tools, _: Sequence[str]) -> str:
    """Stop a deletion that was started."""
    stopped = await stop_deletion(OPERATOR, tools.clock())
    return "Nothing will be deleted. Everything stays hidden." if stopped else "No deletion was started."


async def believe_clock(tools: Tools, _: Sequence[str]) -> str:
    """Believe the clock again after it jumped."""
    now = tools.clock()
    await confirm_clock(OPERATOR, now)
    await tools.show()
    return f"It is {now:%Y-%m-%d %H:%M} UTC. What is over is forgotten at the next quarter of an hour."


async def back_up(tools: Tools, arguments: Sequence[str]) -> str:
    """Write a backup into a new file, for one recipient.

    Raises:
        CannotStart: the file is there already or cannot be written, or this is no recipient.
    """
    from workshops.backup import make_backup  # noqa: PLC0415 (a server hardly ever needs it)

    path, recipient = arguments
    body = await make_backup(recipient)
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(body)
    except OSError as error:
        raise CannotStart(f"{path}: cannot be written ({error.strerror})") from None
    return f"{path} holds everything but participants. Keys are not in it: back {tools.settings.key_dir} up apart."


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


async def rotate_key(tools: Tools, purposes: Sequence[str]) -> str:
    """Make a new key for one purpose.

    Raises:
        CannotStart: no key has that purpose.
    """
    known = {purpose.value: purpose for purpose in Purpose}
    if len(purposes) != 1 or purposes[0] not in known:
        raise CannotStart(f"no key is called {' '.join(purposes)}; take {', '.join(known)}")
    try:
        key = await rotate(known[purposes[0]], tools.vault, tools.settings.key_dir, tools.clock())
    except OSError as error:
        raise CannotStart(f"WORKSHOPS_KEY_DIR: {error.strerror}") from None
    return f"{key.id} is used from now on. Older ones are destroyed once nothing names them. Back the keys up again."


async def export_texts(tools: Tools, arguments: Sequence[str]) -> str:
    """Write every text into a folder or an archive; a second word asks for what was saved last.

    Raises:
        CannotStart: it cannot be written there.
        ArchiveRefused: the folder is not empty.
    """
    from workshops.desk.texts.exchange import texts_of_all, write_texts  # noqa: PLC0415 (most commands read no YAML)

    target, drafts = Path(arguments[0]), len(arguments) > 1
    texts = await texts_of_all(tools.library, drafts=drafts)
    try:
        await to_thread.run_sync(write_texts, texts, target)
    except OSError as error:
        raise CannotStart(f"{target}: {error.strerror}") from None
    return f"{len(texts)} texts are in {target}."


async def import_texts(tools: Tools, arguments: Sequence[str]) -> str:
    """Take every text of a folder or an archive in as a revision that nobody has published, or none of them.

    Raises:
        CannotStart: it cannot be read.
        ArchiveRefused: something in it is no text.
    """
    from workshops.desk.texts.exchange import read_texts, take_in  # noqa: PLC0415 (the same)

    source = Path(arguments[0])
    try:
        found = await to_thread.run_sync(read_texts, source)
    except OSError as error:
        raise CannotStart(f"{source}: {error.strerror}") from None
    acting = Acting(OPERATOR, tools.clock(), tools.settings, tools.vault, tools.library)
    return f"{await take_in(found, acting)} of {len(found)} texts are new revisions; a coordinator can publish them."


COMMANDS: Mapping[str, Command] = {
    "backup": back_up,
    "curricula export": export_texts,
    "curricula import": import_texts,
    "sweep": sweep_now,
    "freeze": hide,
    "thaw": show_again,
    "delete-now": delete_soon,
    "delete-now --stop": keep,
    "confirm-clock": believe_clock,
    "rotate-key": rotate_key,
    "invite": invite_staff,
    "welcome": welcome,
    "migrate": migrate_nothing,
}
