"""What the tests of staff share."""

from pathlib import Path

import pytest

from workshops.vault import Vault, make_vault


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return make_vault(tmp_path / "keys")
