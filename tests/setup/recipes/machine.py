"""The scripts of a job, in a real bash on a machine that has releasio already."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tests.action.runner import BASH, bash

if TYPE_CHECKING:
    from collections.abc import Mapping

# what a job installs, releasio too, comes from the environment that the tests run in
PYTHON = f"""\
#!/bin/sh
case "$*" in "-m pip install "*) exit 0 ;; esac
exec "{Path(sys.executable).as_posix()}" "$@"
"""


def run_script(
    machine: Path, workspace: Path, script: str, env: Mapping[str, str]
) -> tuple[int, str]:
    """Run *script* in *workspace*, and return its exit code and what it printed."""
    file = machine / "script.sh"
    file.write_text(script, encoding="utf-8", newline="\n")
    tools = machine / "tools"
    tools.mkdir(exist_ok=True)
    (tools / "python").write_text(PYTHON, encoding="utf-8", newline="\n")
    (tools / "python").chmod(0o755)
    done = subprocess.run(
        [bash(), *BASH, str(file)],
        cwd=workspace,
        env={**os.environ, **env, "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    return done.returncode, done.stdout
