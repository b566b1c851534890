"""What is kept about participants, read off the live tables, each column with its plain sentence."""

from collections.abc import Mapping

from tortoise import Model

from workshops.errors import N_
from workshops.registration.models import Feed, Place, Registration, Slip, SlipBatch, UsedNonce

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
    ("place", "asked"): N_("Whether you were asked if you still come and have not looked since; no time."),
    ("place", "slip_seat"): N_("Whether the seat is one of those kept for slips, or may be once you have one."),
    ("feed", "digest"): N_("A fingerprint of the secret in your calendar's address, if you made one; not the secret."),
    ("feed", "key_id"): N_("Which key made that fingerprint."),
    ("feed", "registration_id"): N_("Which number the calendar belongs to."),
    ("feed", "title"): N_("What the entries are called: one of four words, which you chose."),
    ("feed", "changes"): N_("How much the entries have changed, so that calendars notice; no time."),
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
    ("used_nonce", "digest"): N_(
        "A fingerprint of a form that gave a place or a calendar's address; it names no evening."
    ),
    ("used_nonce", "key_id"): N_("Which key made that fingerprint."),
    ("used_nonce", "gone_at"): N_("The hour at which that fingerprint is deleted."),
}
MODELS: tuple[type[Model], ...] = (Registration, Place, Feed, Slip, SlipBatch, UsedNonce)

# Until when a row stays; `hours` is the setting WORKSHOPS_FORGET_AFTER.
UNTIL: Mapping[str, str] = {
    "registration": N_(
        "Until you give the place back, until it goes to the next person, or %(hours)s hours after the evening."
    ),
    "place": N_("Until you give it back, until it goes to the next person, or %(hours)s hours after the evening."),
    "feed": N_("Until you end the address or make another, and no longer than the number it belongs to."),
    "slip": N_("Until the slip is used or withdrawn, or until the batch expires."),
    "slip_batch": N_("Until it is withdrawn or expires."),
    "used_nonce": N_("One to two hours."),
    "session": N_("The numbers of places go to 0 with the places themselves; the evening's row stays."),
    "session_sum": N_("It stays: groups report with it to those who pay for the evenings."),
}

# Numbers that arise from participants, in tables that are about something else.
SUMS: Mapping[tuple[str, str], str] = {
    ("session", "taken"): N_("How many places are given."),
    ("session", "slip_taken"): N_("How many of them are out of those kept for slips."),
    ("session", "waiting"): N_("How many wait."),
    ("session", "next_number"): N_("The next number in the waiting list: so also how many have ever waited."),
    ("session", "availability"): N_("What the page says of it: free, few or a waiting list; moved each quarter hour."),
    ("session", "recent_takes"): N_("How many places were asked for of late; it is halved each quarter of an hour."),
    ("session_sum", "session_id"): N_("Which evening the sums are of."),
    ("session_sum", "confirmed"): N_("How many places were confirmed when the places were deleted."),
    ("session_sum", "waiting"): N_("How many still waited."),
}

ELSEWHERE: Mapping[str, str] = {
    "schedule": N_("One row: which state the pages have, the last hour the program lived through, what is hidden."),
    "area": N_("The names of parts of town."),
    "venue": N_("Rooms and meeting points; the way there is sealed."),
    "series": N_("Names for evenings that belong together."),
    "session_facilitator": N_("Which handle runs which evening."),
    "account": N_("People who run evenings: a handle, roles, a password as a fingerprint; no name and no address."),
    "invitation": N_("Fingerprints of invitations to such people, for two days."),
    "browser_session": N_("Who of them is signed in; participants never are."),
    "edition": N_("Teaching texts as they stood once, for as long as an evening or a saved change needs them."),
    "revision": N_(
        "Changes of teaching texts: who of the team saved, read and published which, on which day, with a short note."
    ),
    "staff_action": N_("What such people did: handle, one word or two, the day; never a place. For 30 days."),
    "lease": N_("Which process tidies up just now."),
    "key_check": N_("Values by which the program tells its own keys from others."),
}


def held_columns() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every table about participants with its columns and their sentences.

    Raises:
        LookupError: a column has no sentence; whoever adds a column says what it is for.
    """
    return [
        (model._meta.db_table, [(name, SENTENCES[model._meta.db_table, name]) for name in _columns(model)])  # noqa: SLF001 (Tortoise's own way to its tables)
        for model in MODELS
    ]


def sum_columns() -> list[tuple[str, list[tuple[str, str]]]]:
    """The numbers that arise from participants, by the tables they stand in."""
    tables = dict.fromkeys(table for table, _ in SUMS)
    return [(table, [(name, text) for (each, name), text in SUMS.items() if each == table]) for table in tables]


def _columns(model: type[Model]) -> list[str]:
    return list(model._meta.fields_db_projection.values())  # noqa: SLF001 (Tortoise's own way to its tables)
