"""What participants are told of what is kept and of what cannot be hidden."""

import re

from tests.client import Client


async def test_what_we_hold_says_it_in_plain_words_before_the_first_column(client: Client) -> None:
    page = (await client.get("/what-we-hold")).text

    assert page.index("In plain words") < page.index("What is on paper") < page.index("What others can still see")
    assert page.index("What others can still see") < page.index("<code")
    assert page.count("Until when:") == 8
    assert 'or <bdi dir="ltr">24</bdi> hours after the evening' in page
    assert all(f">{table}</code>" in page for table in ("place", "session_sum", "browser_session", "lease"))


async def test_the_safety_page_promises_no_more_than_leaving_can_do(client: Client) -> None:
    page = (await client.get("/safety")).text

    words = re.sub(r"<[^>]+>|\s+", " ", page)
    for told in ("does not delete your history", "looks through the phone later", "private window", "waits outside"):
        assert told in words
    assert len(page.encode()) < 12_000
