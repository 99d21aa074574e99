"""GitLab on loopback, with faults to order."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from tests.forges.faults import Faulty
from tests.forges.whole_gitlab.gitlab import WholeGitLab

if TYPE_CHECKING:
    from pathlib import Path


class FaultyGitLab(Faulty, WholeGitLab):
    """`WholeGitLab` with `fail`, `go_down` and `heal`."""

    def __init__(
        self, bare_repository: Path, slug: str = "acme/tools/demo", *, root: str = ""
    ) -> None:
        self._faults = []
        self.stopping = threading.Event()
        super().__init__(bare_repository, slug, root=root)
