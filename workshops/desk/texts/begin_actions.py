"""Beginning a text, and taking it away again; one transaction each, and the schedule's row first."""

from workshops.curricula.beginning import Topic
from workshops.curricula.models import Revision
from workshops.curricula.queries import revisions_of
from workshops.curricula.revising import NotRemovable, TopicTaken
from workshops.database.connection import transaction
from workshops.desk.texts.actions import keep
from workshops.desk.texts.queries import is_taken, kept_at, may_remove
from workshops.schedule.acting import Acting
from workshops.schedule.revision import lock_schedule, taught_editions
from workshops.staff.actions import record


async def begin_text(path: str, text: str, note: str, acting: Acting) -> None:
    """Keep the first revision of a new text, unless there is one."""
    async with transaction():
        await lock_schedule()
        kept = await kept_at(path, acting.library)
        if kept.newest is None and kept.released is None:
            await keep(kept, text, "", note, acting)


async def remove_text(path: str, acting: Acting) -> None:
    """Take a text away that was begun by mistake, with all its revisions.

    Raises:
        NotRemovable: it stands on a page or in an evening, or somebody else changed it.
    """
    async with transaction():
        await lock_schedule()
        revisions, taught = await revisions_of(path), await taught_editions()
        kept = await kept_at(path, acting.library)
        if any(each.edition_id in taught for each in revisions) or not may_remove(kept, revisions, acting.handle):
            raise NotRemovable
        await Revision.filter(path=path).delete()
        await record(acting.handle, "removed text", acting.now)


async def begin_topic(topic: Topic, text: str, note: str, acting: Acting) -> None:
    """Keep the first revision of a topic of the group's own; beginning it twice is the same as once.

    Raises:
        TopicTaken: another text stands below its name, or did.
    """
    async with transaction():
        await lock_schedule()
        kept = await kept_at(topic.path, acting.library)
        if kept.newest is not None and kept.text == text:
            return
        if await is_taken(topic.id, acting.library):
            raise TopicTaken
        await keep(kept, text, "", note, acting)
