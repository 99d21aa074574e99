"""The projects that other tests release are themselves beyond reproach."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from tests.fakes.projects import static_project

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fakes.repository import Repository


class TestStaticProject:
    def test_builds_without_network_and_passes_twine(
        self, repo: Repository, tmp_path: Path
    ) -> None:
        static_project(repo)

        subprocess.run(
            [sys.executable, "-m", "build", "--outdir", str(tmp_path / "out"), str(repo.path)],
            check=True,
            capture_output=True,
            env={"PIP_NO_INDEX": "1", "PATH": "", "SYSTEMROOT": "C:\\Windows"},
        )

        built = sorted(path.name for path in (tmp_path / "out").iterdir())
        assert ["demo-0.1.0-py3-none-any.whl", "demo-0.1.0.tar.gz"] == built
        subprocess.run(
            [sys.executable, "-m", "twine", "check", "--strict", *(tmp_path / "out").iterdir()],
            check=True,
            capture_output=True,
        )

    def test_leaves_a_clean_tree_with_one_commit(self, repo: Repository) -> None:
        static_project(repo, "some-thing", "1.2.0")

        assert "" == repo.git("status", "--porcelain")
        assert "feat: begin" == repo.git("log", "--format=%s")
