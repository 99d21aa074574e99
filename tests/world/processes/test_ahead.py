"""Importing while others wait."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from releasio.world.processes.ahead import Ahead

if TYPE_CHECKING:
    from pathlib import Path


def test_what_is_there_is_imported_and_the_rest_left_to_whoever_needs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ahead_of_time.py").write_text("value = 1\n")
    monkeypatch.syspath_prepend(tmp_path)

    Ahead("no_such_module", "ahead_of_time").join()

    assert 1 == sys.modules.pop("ahead_of_time").value


def test_what_fails_meanwhile_does_not_leave_it_running(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "slow_to_load.py").write_text("import time\ntime.sleep(0.3)\nvalue = 1\n")
    monkeypatch.syspath_prepend(tmp_path)

    with pytest.raises(FileNotFoundError), Ahead("slow_to_load"):
        (tmp_path / "missing").read_bytes()

    assert 1 == sys.modules.pop("slow_to_load").value
