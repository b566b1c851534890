"""What is kept about participants, read off the live tables, each column with its plain sentence."""

from collections.abc import Mapping

from tortoise import Model

from workshops.errors import N_
from workshops.registration.models import Place, Registration, UsedNonce

SENTENCES: Mapping[tuple[str, str], str] = {
    ("registration", "id"): N_("A random name for the row; it tells nothing."),
    ("registration", "digest"): N_(
        "A fingerprint of your number, made with a key that lies elsewhere; not the number."
    ),
    ("registration", "key_id"): N_("Which key made the fingerprint."),
    ("registration", "used"): N_("Whether the number was ever used; no time."),
    ("place", "id"): N_("A random name for the row; it tells nothing."),
    ("place", "registration_id"): N_("Which fingerprint the place belongs to."),
    ("place", "session_id"): N_("Which evening the place is for."),
    ("place", "target"): N_("Whether it is a wish to move to this evening."),
    ("place", "state"): N_("Whether the place is confirmed, kept for you, or waiting."),
    ("place", "number"): N_("Your number in the waiting list, while you wait."),
    ("place", "held_until"): N_("Until when a place is kept for you, to the quarter of an hour."),
    ("place", "lapses"): N_("How often that seat was kept for somebody before you."),
    ("place", "needs"): N_("What you ticked, such as step-free."),
    ("place", "directions_shown"): N_("Whether the way there was shown; no time."),
    ("used_nonce", "digest"): N_("A fingerprint of a form that gave a place; it names no evening."),
    ("used_nonce", "key_id"): N_("Which key made that fingerprint."),
    ("used_nonce", "gone_at"): N_("The hour at which that fingerprint is deleted."),
}
MODELS: tuple[type[Model], ...] = (Registration, Place, UsedNonce)


def held_columns() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every table about participants with its columns and their sentences.

    Raises:
        LookupError: a column has no sentence; whoever adds a column says what it is for.
    """
    return [
        (model._meta.db_table, [(name, SENTENCES[model._meta.db_table, name]) for name in _columns(model)])  # noqa: SLF001 (Tortoise's own way to its tables)
        for model in MODELS
    ]


def _columns(model: type[Model]) -> list[str]:
    return list(model._meta.fields_db_projection.values())  # noqa: SLF001 (Tortoise's own way to its tables)
