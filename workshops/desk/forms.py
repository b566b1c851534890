"""What the desk reads from forms besides plans and venues."""

import re
from collections.abc import Mapping
from typing import Any

from workshops.database.fields import random_id
from workshops.errors import N_
from workshops.staff.rules import Role
from workshops.web.forms import Fault, Rejected, Values, first, ticked

ID = re.compile(r"[0-9a-hjkmnp-tv-z]{12}", re.ASCII)
NO_ROLE = N_("Tick at least one.")


def read_new_id(values: Values) -> str:
    """The id that a form was given for what it adds, so that sending it twice adds one thing."""
    given = first(values, "id")
    return given if ID.fullmatch(given) else random_id()


def read_roles(values: Values) -> frozenset[Role] | Rejected:
    """The roles that an invitation gives."""
    roles = frozenset(role for role in Role if ticked(values, role.value))
    return roles or Rejected({}, {Role.FACILITATOR.value: Fault(NO_ROLE)})


def as_typed(values: Values) -> Mapping[str, Any]:
    """The fields of a session's form as they were sent, to be shown again."""
    return {name: first(values, name) for name in values} | {"facilitator": tuple(values.get("facilitator", ()))}
