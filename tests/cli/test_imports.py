"""What `releasio check` loads: its time is spent before anything is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.program import Program

# packages that cost time and that no plan needs; httpx itself is a placeholder until it is used
NOT_WANTED = {
    *("asyncio", "build", "cryptography", "email", "git", "hashlib", "html", "http", "httpcore"),
    *("json", "keyring", "logging", "multiprocessing", "pypi_attestations", "readme_renderer"),
    *("regex", "requests", "rich", "shutil", "sigstore", "ssl"),
    *("tarfile", "tomlkit", "trove_classifiers", "twine", "uv", "werkzeug", "zipfile"),
}
# of ours: what acts, and what other commands are for
NOT_WANTED_OF_OURS = {
    "releasio.world.archives",
    "releasio.rehearsal",
    "releasio.standins",
    "releasio.world.build.builder",
    "releasio.world.build.installer",
    "releasio.world.build.twine_opinion",
    "releasio.world.sigstore.attestor",
}
LIST = """
import sys
from releasio.__main__ import main

try:
    main()
finally:
    sys.stderr.write("\\n".join(["loaded:", *sys.modules]))
"""


@pytest.mark.parametrize("words", [("check", "--offline"), ("update", "--offline")])
def test_a_preview_loads_nothing_that_it_does_not_need(
    releasio: Program, words: tuple[str, ...]
) -> None:
    releasio.driver = ("-c", LIST)
    run = releasio(*words)
    loaded = set(run.err.partition("loaded:\n")[2].split("\n"))

    assert "releasio.release.decision" in loaded
    assert set() == NOT_WANTED & {name.partition(".")[0] for name in loaded}
    assert set() == {
        name
        for name in loaded
        for ours in NOT_WANTED_OF_OURS
        if name == ours or name.startswith(f"{ours}.")
    }
