"""The command line: what whoever runs this machine can ask of the program."""

import asyncio
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from workshops.loading import quick_imports
from workshops.settings import Settings, load_settings
from workshops.terminal import FAULT, command, content_of, handed_over, or_fault, restored, write_privately

# Commands import what they need when they run: `serve` must answer within a second of its start.
# ruff: noqa: PLC0415

cli = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Workshops: evenings without a list of people.",
)
staff = typer.Typer(
    no_args_is_help=True, help="`staff invite ROLE` lets people in who run evenings and keep the schedule."
)
cli.add_typer(staff, name="staff")
keys = typer.Typer(no_args_is_help=True, help="`keys rotate PURPOSE` exchanges a key for a new one.")
cli.add_typer(keys, name="keys")
curricula = typer.Typer(
    no_args_is_help=True, help="`curricula export FOLDER`, `curricula import FOLDER`: teaching texts out and in."
)
cli.add_typer(curricula, name="curricula")


@cli.command()
def serve(*, empty: Annotated[bool, typer.Option("--empty", help="Leave out the sample evenings.")] = False) -> None:
    """Serve the site, after bringing its database up to date."""

    def run() -> None:
        with quick_imports():
            from workshops.starting import start

        start(with_samples=not empty)

    or_fault(run)


@cli.command()
def migrate() -> None:
    """Bring the database up to date."""

    def run() -> None:
        from workshops.database.migrate import migrate as run_migrations

        settings = load_settings()
        said = handed_over(settings, "migrate", [])
        typer.echo(said or "\n".join(asyncio.run(run_migrations(settings))) or "The schema is up to date.")

    or_fault(run)


@cli.command()
def check(
    folder: Annotated[Path | None, typer.Argument(help="Folder of curricula; the site's own by default.")] = None,
    *,
    translations: Annotated[bool, typer.Option("--translations", help="Show which languages are up to date.")] = False,
    report: Annotated[bool, typer.Option("--report", help="Show reviews, reading ages, ends and sources.")] = False,
) -> None:
    """List faults and notes of the curricula; faults end with status 2."""

    def run() -> None:
        from workshops.clock import utc_now
        from workshops.curricula.check import check as check_folder
        from workshops.curricula.days import day_in

        settings = load_settings()
        where = folder or settings.curricula_dir
        today = day_in(utc_now(), settings.zone)
        own = {} if folder else {"area": settings.area, "site_name": settings.site_name}
        found = check_folder(where, today=today, exposure=settings.exposure, **own)
        if translations or report:
            surveys = _surveys(where, settings, today, translations=translations, report=report)
            typer.echo("\n\n".join([*surveys, *(["\n".join(map(str, found.faults))] if found.faults else [])]))
        else:
            typer.echo(str(found.seen_from(where, Path.cwd())) or "No faults, no notes.")
        if found.faults:
            raise typer.Exit(FAULT)

    or_fault(run)


def _surveys(folder: Path, settings: Settings, today: date, *, translations: bool, report: bool) -> Iterator[str]:
    from workshops.curricula.account import account_of
    from workshops.curricula.exposure import Neutral
    from workshops.curricula.library import read_catalogue
    from workshops.curricula.texts import texts_in
    from workshops.curricula.translating import matrix_lines, matrix_of

    texts = texts_in(folder, settings.exposure)
    catalogue = read_catalogue(texts)
    if translations:
        yield "\n".join(matrix_lines(*matrix_of(catalogue.curricula)))
    if report:
        names = [(Neutral.SITE, settings.site_name)] if folder == settings.curricula_dir else []
        yield str(account_of(catalogue, texts, today, names))


@cli.command()
def sweep() -> None:
    """Settle holds and forget what is over, now instead of at the next quarter of an hour."""
    or_fault(lambda: typer.echo(command(load_settings(), "sweep", [])))


@cli.command()
def freeze() -> None:
    """Hide every evening and all directions at once; `thaw` undoes it."""
    or_fault(lambda: typer.echo(command(load_settings(), "freeze", [])))


@cli.command()
def thaw() -> None:
    """Show again what `freeze` hid."""
    or_fault(lambda: typer.echo(command(load_settings(), "thaw", [])))


@cli.command("delete-now")
def delete_now(
    *, stop: Annotated[bool, typer.Option("--stop", help="Stop a deletion that was started.")] = False
) -> None:
    """Hide everything and delete all registrations and directions a quarter of an hour later.

    If a legal demand for data has arrived, do not start or change deletion: call a lawyer first.
    """
    or_fault(lambda: typer.echo(command(load_settings(), "delete-now --stop" if stop else "delete-now", [])))


@cli.command("confirm-clock")
def confirm_clock() -> None:
    """Say that the machine's clock is right, after it jumped by more than 48 hours."""
    or_fault(lambda: typer.echo(command(load_settings(), "confirm-clock", [])))


@cli.command()
def backup(
    file: Annotated[Path, typer.Argument(help="The new file.")],
    to: Annotated[str, typer.Option("--to", help="Whom it is for: age1…; the key to it lies elsewhere.")],
) -> None:
    """Write everything but participants into an age file."""
    or_fault(lambda: typer.echo(command(load_settings(), "backup", [str(file.absolute()), to])))


@cli.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A file made by `workshops backup`.")],
    key: Annotated[Path, typer.Option("--key", help="The file of the private key that opens it.")],
) -> None:
    """Fill a new installation from a backup; its keys must be in their folder."""

    def run() -> None:
        sealed, identity = content_of(file), content_of(key).decode("ascii", "replace")
        typer.echo(asyncio.run(restored(load_settings(), sealed, identity)))

    or_fault(run)


@keys.command("rotate")
def keys_rotate(
    purpose: Annotated[str, typer.Argument(help="code-digest, code-derivation, nonce, seal, token, feed-token")],
) -> None:
    """Make a new key for one purpose; nobody loses a place, nobody is signed out."""
    or_fault(lambda: typer.echo(command(load_settings(), "rotate-key", [purpose])))


@curricula.command("export")
def curricula_export(
    target: Annotated[Path, typer.Argument(help="A new or empty folder, or a file that ends in .zip.")],
    *,
    drafts: Annotated[bool, typer.Option("--drafts", help="As they were saved last, published or not.")] = False,
) -> None:
    """Write every text as it stands on the pages, byte for byte."""
    words = [str(target.resolve()), *(["drafts"] if drafts else [])]
    or_fault(lambda: typer.echo(command(load_settings(), "curricula export", words)))


@curricula.command("import")
def curricula_import(
    source: Annotated[Path, typer.Argument(help="A folder, or a file that ends in .zip.")],
) -> None:
    """Keep every text that differs as a new revision that nobody has published; all of them or none."""
    or_fault(lambda: typer.echo(command(load_settings(), "curricula import", [str(source.resolve())])))


@staff.command("invite")
def staff_invite(
    roles: Annotated[list[str], typer.Argument(help="coordinator, facilitator, reporter")],
) -> None:
    """Make an invitation; its code goes to a terminal, or else into a file only you can read."""

    def run() -> None:
        settings = load_settings()
        code = command(settings, "invite", roles)
        typer.echo(code if sys.stdout.isatty() else f"The code is in {write_privately(settings, code)}")

    or_fault(run)


if __name__ == "__main__":
    cli(prog_name="workshops")
