"""Statements written once: several models in a row, several statements in a step, the last ones with the commit."""

import asyncio
import contextvars

import pytest
from tortoise.exceptions import IntegrityError

from workshops.database.connection import Database, transaction
from workshops.database.statements import Insertion, Statement, change, change_at_the_end, look_up, read_row
from workshops.schedule.models import Area, Schedule, Venue

pytestmark = pytest.mark.data

ADD_AREA = Insertion(Area)
RENAME = Statement("UPDATE area SET label = ? WHERE label = ? RETURNING id")
LABELS = Statement("SELECT label FROM area ORDER BY label")
ROOM = Statement(
    "SELECT {v}, {a}, {m} FROM venue v JOIN area a ON a.id = v.area_id CROSS JOIN schedule m WHERE v.name = ?",
    v=Venue,
    a=Area,
    m=Schedule,
)


async def labels() -> list[str]:
    return [row["label"] for row in await look_up(LABELS())]


async def test_a_row_gives_back_each_of_its_models_as_tortoise_reads_them(database: Database) -> None:
    area = await Area.create(label="Harbour")
    await Venue.create(name="Room", area=area, zone="UTC", step_free=True, directions=b"\0sealed")

    (row,) = await look_up(ROOM("Room"))

    for model, letter in ((Venue, "v"), (Area, "a"), (Schedule, "m")):
        columns = model._meta.db_fields  # noqa: SLF001 (Tortoise's own way to its columns)
        read, kept = read_row(model, row, letter), await model.all().get()
        assert [getattr(read, each) for each in columns] == [getattr(kept, each) for each in columns]


async def test_the_rows_of_each_statement_come_back_in_their_order(database: Database) -> None:
    async with transaction():
        added, renamed, missed, found = await change(
            ADD_AREA(Area(label="Harbour")), RENAME("Docks", "Harbour"), RENAME("Docks", "Harbour"), LABELS()
        )

    assert (len(added), len(renamed), len(missed), [row["label"] for row in found]) == (0, 1, 0, ["Docks"])


async def test_a_statement_outside_of_a_transaction_is_kept_at_once(database: Database) -> None:
    await change(ADD_AREA(Area(label="Harbour")))

    assert await labels() == ["Harbour"]


async def test_a_look_up_inside_a_transaction_sees_what_it_wrote_and_nobody_else_does(database: Database) -> None:
    async def elsewhere() -> list[str]:
        with database.entered():
            return await labels()

    async with transaction():
        await change(ADD_AREA(Area(label="Harbour")))
        inside = await labels()
        outside = await asyncio.create_task(elsewhere(), context=contextvars.Context())

    assert (inside, outside) == (["Harbour"], [])


async def test_the_last_statements_are_kept_with_all_else(database: Database) -> None:
    async with transaction():
        await change(ADD_AREA(Area(label="Harbour")))
        change_at_the_end(ADD_AREA(Area(label="Docks")), RENAME("Old town", "Harbour"))

    assert await labels() == ["Docks", "Old town"]


async def test_a_refused_last_statement_undoes_the_whole_transaction(database: Database) -> None:
    async def add_twice() -> None:
        async with transaction():
            await change(ADD_AREA(Area(label="Harbour")))
            change_at_the_end(ADD_AREA(Area(label="Docks")), ADD_AREA(Area(label="Harbour")))

    with pytest.raises(IntegrityError):
        await add_twice()

    assert await labels() == []
    await change(ADD_AREA(Area(label="Harbour")))  # the connection is whole
    assert await labels() == ["Harbour"]


async def test_last_statements_of_a_transaction_that_fails_never_run(database: Database) -> None:
    async def fail() -> None:
        async with transaction():
            change_at_the_end(ADD_AREA(Area(label="Harbour")))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()

    assert await labels() == []


async def test_a_transaction_may_consist_of_its_last_statements_or_of_nothing(database: Database) -> None:
    async with transaction():
        change_at_the_end(ADD_AREA(Area(label="Harbour")))
    async with transaction():
        pass

    assert await labels() == ["Harbour"]


async def test_values_are_values_however_they_read(database: Database) -> None:
    label = "'); DELETE FROM area; -- ? $1 {a}"

    await change(ADD_AREA(Area(label=label)))

    assert await labels() == [label]
