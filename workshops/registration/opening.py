"""Acting upon a place with its code, inside the transaction that has locked its session: the code is used by that."""

from workshops.registration.models import Place, Registration
from workshops.registration.queries import own_place
from workshops.registration.queue import Queues


async def opened(found: Place, queues: Queues) -> Place | None:
    """The place as it stands once what is over at home has ended, with its session.

    A place slip that is used is a place like any other: nothing leads from its batch to it any more.
    """
    home = queues.session(found.session_id)
    assert home is not None  # a session with places cannot be deleted
    await queues.settle(home)
    place = await own_place(found.registration_id)
    if place is None:
        return None
    session = queues.session(place.session_id)
    assert session is not None  # a place moves only between locked sessions
    place.session = session
    if not place.registration.used:
        place.registration.used, place.registration.slip_batch_id = True, None
        await Registration.filter(id=place.registration_id).update(used=True, slip_batch_id=None)
    return place
