"""Which curricula people are shown, and in what order: rights and working conditions lead."""

from collections.abc import Iterable

from workshops.curricula.rules import Area, Curriculum

# Rest comes last: it is no answer to what rights and terms are about.
LEADING = (
    Area.LAW_AND_ADVOCACY,
    Area.HARM_REDUCTION,
    Area.SOCIAL_SUPPORT,
    Area.MENTAL_HEALTH,
    Area.PHYSICAL_HEALTH,
)
TEAM = ("facilitators",)  # an audience for whom there is no evening on public lists


def for_people_who_come(curricula: Iterable[Curriculum]) -> list[Curriculum]:
    """What a list for everybody holds, by what each is about first, then by title."""
    public = (each for each in curricula if each.audience != TEAM)
    return sorted(public, key=lambda each: (LEADING.index(Area(each.areas[0])), each.title))
