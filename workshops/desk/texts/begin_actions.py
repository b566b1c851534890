"""Keeping the first revision of a new text; one transaction each, and the schedule's row first."""

from workshops.curricula.beginning import Topic
from workshops.curricula.revising import TopicTaken
from workshops.database.connection import transaction
from workshops.desk.texts.actions import keep
from workshops.desk.texts.queries import is_taken, kept_at
from workshops.schedule.acting import Acting
from workshops.schedule.revision import lock_schedule


async def begin_text(path: str, text: str, note: str, acting: Acting) -> None:
    """Keep the first revision of a new text, unless there is one."""
    async with transaction():
        await lock_schedule()
        kept = await kept_at(path, acting.library)
        if kept.newest is None and kept.released is None:
            await keep(kept, text, "", note, acting)


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
