"""The pages at the door: all that each may show."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from workshops.web.forms import Fault


@dataclass(frozen=True, slots=True)
class SignInPage:
    """Where staff sign in."""

    template: ClassVar[str] = "staff/sign_in.html"

    values: Mapping[str, str] = field(default_factory=dict)
    faults: Mapping[str, Fault] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class InvitationPage:
    """Where the code of an invitation becomes an account."""

    template: ClassVar[str] = "staff/invitation.html"

    values: Mapping[str, str] = field(default_factory=dict)
    faults: Mapping[str, Fault] = field(default_factory=dict)
