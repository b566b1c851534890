"""Statements written once: several models in a row, several changes in a step, a mark beside a question."""

import asyncio
import contextvars

import pytest
from tortoise.exceptions import IntegrityError

from workshops.database.connection import Database, transaction
from workshops.database.postgresql_texts import marking
from workshops.database.statements import (
    Insertion,
    Row,
    Statement,
    change,
    change_given,
    look_up,
    look_up_and_mark,
    new_row,
    read_row,
)
from workshops.schedule.models import Area, Schedule, Venue

pytestmark = pytest.mark.data

ADD_AREA = Insertion(Area)
RENAME = Statement("UPDATE area SET label = ? WHERE label = ? RETURNING id")
RENAME_GIVEN = Statement("UPDATE area SET label = ? WHERE label = ?{given} RETURNING label")
ADD_NEW = Statement("INSERT INTO area (id, label) VALUES (?, ?) ON CONFLICT DO NOTHING RETURNING id")
HIDE = Statement("UPDATE schedule SET frozen = TRUE WHERE NOT frozen")
THAW = Statement("UPDATE schedule SET frozen = FALSE WHERE frozen")
HIDDEN = Statement("SELECT frozen FROM schedule")
LABELS = Statement("SELECT label FROM area ORDER BY label")
ROOM = Statement(
    "SELECT {v}, {a}, {m} FROM venue v JOIN area a ON a.id = v.area_id CROSS JOIN schedule m WHERE v.name = ?",
    v=Venue,
    a=Area,
    m=Schedule,
)


def areas(*labels: str) -> list[Area]:
    return [Area(label=label) for label in labels]


async def labels() -> list[str]:
    return [row["label"] for row in await look_up(LABELS())]


async def test_a_row_gives_back_each_of_its_models_as_tortoise_reads_them(database: Database) -> None:
    area = await Area.create(label="Harbour")
    await Venue.create(name="Room", area=area, zone="UTC", step_free=True, directions=b"\0sealed")

    (row,) = await look_up(ROOM("Room"))

    for model, letter in ((Venue, "v"), (Area, "a"), (Schedule, "m")):
        assert vars(read_row(model, row, letter)) == vars(await model.all().get())


async def test_a_new_row_is_what_tortoise_makes_of_the_same_values(database: Database) -> None:
    made = new_row(Venue, id="a", name="Room", area_id="b", zone="UTC")

    assert vars(made) == vars(Venue.construct(id="a", name="Room", area_id="b", zone="UTC"))


async def test_a_new_row_has_no_key_of_its_own(database: Database) -> None:
    with pytest.raises(AttributeError):
        _ = new_row(Venue, name="Room").id


async def test_the_rows_of_each_statement_come_back_in_their_order(database: Database) -> None:
    async with transaction():
        added, renamed, missed, found = await change(
            ADD_AREA(Area(label="Harbour")), RENAME("Docks", "Harbour"), RENAME("Docks", "Harbour"), LABELS()
        )

    assert (len(added), len(renamed), len(missed), [row["label"] for row in found]) == (1, 1, 0, ["Docks"])


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


async def test_changes_follow_where_what_they_hang_on_gave_a_row(database: Database) -> None:
    await change(ADD_AREA(Area(label="Bridge")))
    async with transaction():
        given = await change_given(
            ADD_NEW("one", "Harbour"), RENAME_GIVEN("Docks", "Bridge"), *map(ADD_AREA, areas("Mole", "Quay"))
        )

    assert (given[0], [row["label"] for row in given[1]], await labels()) == (
        True,
        ["Docks"],
        ["Docks", "Harbour", "Mole", "Quay"],
    )


async def test_nothing_follows_a_change_that_gave_no_row(database: Database) -> None:
    await change(ADD_AREA(Area(label="Harbour")))
    async with transaction():
        given = await change_given(
            ADD_NEW("one", "Harbour"), RENAME_GIVEN("Docks", "Harbour"), *map(ADD_AREA, areas("Mole", "Quay"))
        )

    assert (given, await labels()) == ((False, []), ["Harbour"])


async def test_the_rest_does_not_follow_a_second_change_that_gave_no_row(database: Database) -> None:
    async with transaction():
        given = await change_given(
            ADD_NEW("one", "Harbour"), RENAME_GIVEN("Docks", "Nowhere"), *map(ADD_AREA, areas("Mole", "Quay"))
        )

    assert (given, await labels()) == ((True, []), ["Harbour"])


async def test_a_chain_ends_where_a_change_gave_no_row(database: Database) -> None:
    async with transaction():
        given = await change_given(
            ADD_NEW("one", "Harbour"),
            ADD_AREA(Area(label="Quay")),
            RENAME_GIVEN("a", "b"),
            ADD_AREA(Area(label="Mole")),
        )

    assert (given[0], len(given[1]), await labels()) == (True, 1, ["Harbour", "Quay"])


async def test_a_refused_change_among_several_undoes_the_whole_transaction(database: Database) -> None:
    async def add_twice() -> None:
        async with transaction():
            await change_given(ADD_NEW("one", "Harbour"), *map(ADD_AREA, areas("Quay", "Quay")))

    with pytest.raises(IntegrityError):
        await add_twice()

    assert await labels() == []
    await change(ADD_AREA(Area(label="Harbour")))  # the connection is whole
    assert await labels() == ["Harbour"]


async def test_a_transaction_may_consist_of_nothing(database: Database) -> None:
    async with transaction():
        pass

    assert await labels() == []


async def test_a_mark_is_seen_after_the_question_that_left_it(database: Database) -> None:
    def is_due(row: Row) -> bool:
        return not row["frozen"]

    found = [(await look_up_and_mark(HIDDEN(), HIDE(), is_due))[0]["frozen"] for _ in range(2)]

    assert [bool(each) for each in found] == [False, True]


async def test_a_question_without_a_row_leaves_no_mark(database: Database) -> None:
    nothing = Statement("SELECT frozen FROM schedule WHERE id = ?")
    hide = Statement("UPDATE schedule SET frozen = TRUE WHERE id = ?")

    found = await look_up_and_mark(nothing(2), hide(2), lambda row: not row["frozen"])

    assert ([*found], [bool(row["frozen"]) for row in await look_up(HIDDEN())]) == ([], [False])


@pytest.mark.data(only="postgresql")
async def test_the_commit_of_a_mark_does_not_wait_for_the_disk_and_every_other_one_does(database: Database) -> None:
    says = Statement("SELECT current_setting('synchronous_commit') AS it")
    await look_up(Statement("SELECT set_config('synchronous_commit', 'local', FALSE)")())  # servers here do not wait

    await look_up_and_mark(HIDDEN(), HIDE(), lambda row: not row["frozen"])
    after = await look_up(says())
    during: list[Row] = []
    for _ in range(2):
        async with transaction() as client:
            await client.execute_query(marking(HIDDEN, THAW))  # the first time there is something to mark
            during += await look_up(says())

    assert [row["it"] for row in (*after, *during)] == ["local", "off", "local"]


async def test_values_are_values_however_they_read(database: Database) -> None:
    label = "'); DELETE FROM area; -- ? $1 {a}"

    await change(ADD_AREA(Area(label=label)))

    assert await labels() == [label]
