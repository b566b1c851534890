"""What is kept about participants, read off the live tables, each column with its plain sentence."""

from collections.abc import Mapping

from tortoise import Model

from workshops.errors import N_
from workshops.registration.models import Place, Registration, Slip, SlipBatch, UsedNonce

SENTENCES: Mapping[tuple[str, str], str] = {
    ("registration", "id"): N_("A random name for the row; it tells nothing."),
    ("registration", "digest"): N_(
        "A fingerprint of your number, made with a key that lies elsewhere; not the number."
    ),
    ("registration", "key_id"): N_("Which key made the fingerprint."),
    ("registration", "used"): N_("Whether the number was ever used; no time."),
    ("registration", "slip_batch_id"): N_("For a paper slip that is a place: its batch, until the slip is first used."),
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
    ("place", "directions_told"): N_(
        "Which wording of the way was shown first, so that a newer one is marked; no time."
    ),
    ("place", "interpreters"): N_("The languages for which you asked for an interpreter."),
    ("place", "vouched"): N_("Whether you came with a paper slip or through staff; not which slip."),
    ("place", "slip_seat"): N_("Whether the seat is one of those kept for slips."),
    ("slip", "digest"): N_("A fingerprint of a paper slip that nobody has used yet; using it deletes this row."),
    ("slip", "key_id"): N_("Which key made that fingerprint."),
    ("slip", "batch_id"): N_("Which batch it was printed with."),
    ("slip_batch", "id"): N_("A random name for the row; it tells nothing."),
    ("slip_batch", "kind"): N_("Which kind of people gave the slips out, such as outreach."),
    ("slip_batch", "placed"): N_("Whether each slip is a place already."),
    ("slip_batch", "session_id"): N_("The one evening that the slips are for, if they are for one."),
    ("slip_batch", "series_id"): N_(
        "The evenings that the slips are for, if they are for several that belong together."
    ),
    ("slip_batch", "count"): N_("How many slips were printed; not how many were used."),
    ("slip_batch", "expires_at"): N_("The hour at which the batch and its unused slips are deleted."),
    ("used_nonce", "digest"): N_("A fingerprint of a form that gave a place; it names no evening."),
    ("used_nonce", "key_id"): N_("Which key made that fingerprint."),
    ("used_nonce", "gone_at"): N_("The hour at which that fingerprint is deleted."),
}
MODELS: tuple[type[Model], ...] = (Registration, Place, Slip, SlipBatch, UsedNonce)


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
