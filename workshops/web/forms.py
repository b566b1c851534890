"""Text from a form: bounded when read, cleaned before anyone looks at it."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from workshops.errors import N_

BODY_LIMIT = 64 * 1024
FIELD_LIMIT = 100

Values = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Fault:
    """What does not read in one field; a sentence for the catalogue and its places."""

    message: str
    places: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rejected:
    """A form that does not read: everything that was typed, and the faults by field."""

    values: Mapping[str, Any]
    faults: Mapping[str, Fault]


async def read_form(request: Request[Any], *, longest: int = BODY_LIMIT, most: int = FIELD_LIMIT) -> Values:
    """The fields of a posted form, each with all its values.

    Raises:
        HTTPException: 413 for more than `most` fields or one of more than `longest` bytes, 415 for files and
            whatever else is no form, 400 for a form that does not read.
    """
    kind, _, parameters = request.headers.get("content-type", "").lower().partition(";")
    if kind.strip() == "application/x-www-form-urlencoded":
        return _gathered(await _pairs(request, longest, most))
    if kind.strip() != "multipart/form-data" or "charset" in parameters:  # some charsets decode to no text
        raise HTTPException(415)
    try:
        form = await request.form(max_files=0, max_fields=most, max_part_size=longest)
    except HTTPException as error:
        raise HTTPException(_status(error)) from None
    return _gathered((name, value) for name, value in form.multi_items() if isinstance(value, str))


async def _pairs(request: Request[Any], longest: int, most: int) -> Sequence[tuple[str, str]]:
    """Names and values of the usual kind of form, which need no parser that reads in pieces."""
    try:
        pairs = parse_qsl((await request.body()).decode("latin-1"), keep_blank_values=True, max_num_fields=most)
    except ValueError:
        raise HTTPException(413) from None
    if any(len(value) > longest for _, value in pairs):
        raise HTTPException(413)
    return pairs


def _gathered(pairs: Iterable[tuple[str, str]]) -> Values:
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    return values


def _status(fault: HTTPException) -> int:
    """What Starlette found in a form, which it tells apart by words alone."""
    if fault.detail.startswith("Too many files"):
        return 415
    return 413 if fault.detail.startswith(("Too many", "Field exceeded", "Part exceeded")) else fault.status_code


async def read_file(request: Request[Any], name: str, longest: int) -> bytes:
    """The bytes of a file that a form sends; none where it sends no file of that name.

    Raises:
        HTTPException: 413 for a longer one.
    """
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        raise HTTPException(415)
    async with request.form(max_files=1, max_fields=FIELD_LIMIT) as form:
        found = form.get(name)
        content = await found.read(longest + 1) if isinstance(found, UploadFile) else b""
    if len(content) > longest:
        raise HTTPException(413)
    return content


def first(values: Values, name: str) -> str:
    """The first value of a field, empty when it was not sent."""
    return next(iter(values.get(name, ())), "")


def ticked(values: Values, name: str) -> bool:
    return first(values, name) != ""


def is_plain(text: str) -> bool:
    """Whether a text holds no control and no invisible direction characters (line breaks are plain)."""
    return not any(
        unicodedata.category(each) in {"Cc", "Cs", "Cn"} or each in HIDDEN for each in text if each not in "\r\n\t"
    )


HIDDEN = frozenset("\u061c\u200b\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")

NOT_PLAIN = N_("There are invisible characters in this field. Type it again.")
MISSING = N_("This field is needed.")
TOO_LONG = N_("This is too long: at most %(most)s characters.")


def short_text(values: Values, name: str, most: int, faults: dict[str, Fault], *, needed: bool = False) -> str:
    """One line of text as a coordinator typed it; what is wrong with it goes into `faults`."""
    text = " ".join(first(values, name).split(" ")).strip()
    if not is_plain(text) or "\n" in text or "\r" in text:
        faults[name] = Fault(NOT_PLAIN)
    elif needed and not text:
        faults[name] = Fault(MISSING)
    elif len(text) > most:
        faults[name] = Fault(TOO_LONG, {"most": most})
    return text
