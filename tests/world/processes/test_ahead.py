"""Importing while others wait."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from releasio.world.processes.ahead import Ahead

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_what_is_there_is_imported_and_the_rest_left_to_whoever_needs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ahead_of_time.py").write_text("value = 1\n")
    monkeypatch.syspath_prepend(tmp_path)

    Ahead("no_such_module", "ahead_of_time").join()

    assert 1 == sys.modules.pop("ahead_of_time").value
