"""Records that another index can take up later."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from releasio.standins.store import (
    File,
    Identity,
    Key,
    Pending,
    Project,
    Publisher,
    Records,
    Release,
    User,
)
from tests.embedded.states import PastStore

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class KeptStore(PastStore):
    """The records, in `index.json` below *root*: read first, and written on each change."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self._memory = root / "index.json"
        if self._memory.exists():
            self.records = _restored(json.loads(self._memory.read_text(encoding="utf-8")))

    @contextmanager
    def transaction(self) -> Iterator[Records]:
        with super().transaction() as records:
            try:
                yield records
            finally:
                fresh = self._memory.with_suffix(".new")
                fresh.write_text(json.dumps(asdict(records), indent=1), encoding="utf-8")
                fresh.replace(self._memory)


def _restored(data: dict[str, Any]) -> Records:
    def identity(record: dict[str, Any]) -> dict[str, Any]:
        return record | {"identity": Identity(**record["identity"])}

    def project(record: dict[str, Any]) -> Project:
        releases = {key: Release(**release) for key, release in record["releases"].items()}
        return Project(**record | {"releases": releases})

    return Records(
        serial=data["serial"],
        projects={key: project(record) for key, record in data["projects"].items()},
        files={key: File(**record) for key, record in data["files"].items()},
        used_names=data["used_names"],
        publishers=[Publisher(**identity(record)) for record in data["publishers"]],
        pending=[Pending(**identity(record)) for record in data["pending"]],
        users={key: User(**record) for key, record in data["users"].items()},
        keys={key: Key(**record) for key, record in data["keys"].items()},
        spent=data["spent"],
    )
