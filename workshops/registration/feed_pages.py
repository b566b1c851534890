"""What the page of a private feed may show."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class FeedPage:
    """What a private calendar shows to whom, the form that makes one, and its address in the answer to that form."""

    template: ClassVar[str] = "registration/feed.html"

    code: str = field(repr=False)
    nonce: str = field(repr=False)
    titles: Mapping[str, str]  # by the word a form sends
    kept: bool  # there is an address
    hours: int  # after the evening, until all is deleted
    address: str = field(default="", repr=False)
    stale: bool = False
    revoked: bool = False
