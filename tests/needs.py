"""Tests that need a program the machine may lack say so: `@pytest.mark.needs("chromium")`.

`script/test` installs what it can and puts the names of the rest, with spaces between, into
`WORKSHOPS_TEST_MISSING`; their tests are skipped and `script/test` names them at the end. Without that
variable nothing counts as missing: a test then fails where its program is not found.
"""

import os

import pytest

TOOLS = frozenset({"chromium", "libical", "mounts", "nginx", "node", "poppler", "postgresql", "prints", "qpdf"})


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "needs(*tools): runs only where these are installed: " + ", ".join(sorted(TOOLS))
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    missing = set(os.environ.get("WORKSHOPS_TEST_MISSING", "").split())
    for item in items:
        needed = {tool for mark in item.iter_markers("needs") for tool in mark.args}
        if needed - TOOLS:
            reason = f"{item.nodeid} needs {', '.join(sorted(needed - TOOLS))}, which script/test does not know"
            raise pytest.UsageError(reason)
        if needed & missing:
            item.add_marker(pytest.mark.skip(reason="needs " + ", ".join(sorted(needed & missing))))
