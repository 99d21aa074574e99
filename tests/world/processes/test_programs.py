"""Where programs are looked for, on this system and on the other kind."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from releasio.world.processes.programs import find_program, places

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("name", "path", "expected"),
    [
        ("op.exe", r"C:\bin;D:\more", [r"C:\bin\op.exe", r"D:\more\op.exe"]),
        ("op", r'"C:\bin"', [r"C:\bin\op.EXE", r"C:\bin\op.CMD"]),
        ("op.CMD", r";.;bin;\bin;C:bin;C:\bin", [r"C:\bin\op.CMD"]),
        ("op", "", []),
        (r"tools\op.cmd", r"C:\bin", [r"tools\op.cmd"]),
    ],
)
def test_on_windows_a_program_is_on_path_and_never_in_the_checkout(
    name: str, path: str, expected: list[str]
) -> None:
    env = {"Path": path, "PATHEXT": ".EXE;.CMD"}

    assert expected == places(name, env, windows=True)


def test_elsewhere_a_program_is_on_path_too() -> None:
    env = {"PATH": ":.:bin:/usr/bin:/bin"}

    assert ["/usr/bin/op", "/bin/op"] == places("op", env, windows=False)
    assert ["./op"] == places("./op", env, windows=False)


def test_what_lies_in_the_current_directory_is_not_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("tool", "tool.exe"):
        (tmp_path / name).write_text("#!/bin/sh\n", encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    monkeypatch.chdir(tmp_path)

    assert find_program("tool", {"PATH": os.pathsep.join(["", "."])}) is None
    assert find_program("tool", {"PATH": str(tmp_path)}) is not None
