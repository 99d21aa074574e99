"""What `releasio check` loads and starts: that is what it takes its time for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.fakes.wheels import wheel

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tests.cli.program import Program
    from tests.fakes.repository import Repository

# packages that cost time and that no plan needs; httpx itself is a placeholder until it is used
NOT_WANTED = {
    *("asyncio", "build", "configparser", "cryptography", "dataclasses", "email", "git", "hashlib"),
    *(
        "html",
        "http",
        "httpcore",
        "json",
        "keyring",
        "logging",
        "multiprocessing",
        "pypi_attestations",
    ),
    *("readme_renderer", "regex", "requests", "rich", "shutil", "sigstore", "ssl"),
    *("tarfile", "tomlkit", "trove_classifiers", "twine", "uv", "werkzeug", "zipfile"),
}
# of ours: what acts, and what other commands are for
NOT_WANTED_OF_OURS = {
    "releasio.world.archives",
    "releasio.rehearsal",
    "releasio.standins",
    "releasio.world.build",
    "releasio.world.git.deepen",
    "releasio.world.git.scratch",
    "releasio.world.git.submodules",
    "releasio.world.sigstore.attestor",
    "releasio.world.lock",
    "releasio.world.run",
    "releasio.world.landing",
    "releasio.world.processes.ahead",
    "releasio.world.processes.ending",
    "releasio.world.processes.programs",
    "releasio.cli.show.credentials",
    "releasio.cli.show.data",
    "releasio.cli.show.job",
    "releasio.cli.show.outputs",
    "releasio.cli.show.progress",
    "releasio.config.reading.checks",
    "releasio.release.changed_defaults",
    "releasio.release.journal",
    "releasio.steps.build.fetch",
    "releasio.steps.prepare.run_hook",
    "releasio.steps.publish.merging",
    "releasio.rules.changes.setup_promises",
    "releasio.rules.running.git_refusal",
    "releasio.rules.running.own_pattern",
    "releasio.rules.project.meson",
    "releasio.rules.project.setup_files",
    "releasio.errors.auth",
    "releasio.errors.config",
    "releasio.errors.files",
    "releasio.errors.git.push",
    "releasio.errors.git.repository",
    "releasio.errors.git.surroundings",
    "releasio.errors.git.tag",
    "releasio.errors.index",
    "releasio.errors.project.changelog",
    "releasio.errors.project.lock",
    "releasio.errors.project.pattern",
    "releasio.errors.project.tag_form",
    "releasio.errors.project.version_source",
    "releasio.errors.request",
}
# what files that were built need not
NOT_WANTED_BY_PUBLISH = {
    "releasio.release.changelog.section_edit",
    "releasio.release.decision",
    "releasio.release.plans.build",
    "releasio.release.plans.prepare",
    "releasio.release.stages",
    "releasio.rules.bump.choice",
    "releasio.rules.changelog",
    "releasio.rules.notes",
    "releasio.steps.build.fetch",
    "releasio.release.plans.pages",
    "releasio.steps.forge.attach",
    "releasio.steps.forge.page",
    "releasio.world.index.minting",
    "releasio.world.index.question",
}
MOST_OF_OURS = 259  # modules and rooms; each takes a tenth of a millisecond, however little it has
MOST_GITS = 7  # processes; one of them reads all files and folders
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
    assert MOST_OF_OURS >= sum(name.partition(".")[0] == "releasio" for name in loaded)
    assert set() == NOT_WANTED & {name.partition(".")[0] for name in loaded}
    assert [] == below(NOT_WANTED_OF_OURS, loaded)


def test_an_upload_loads_nothing_of_what_comes_before_it(
    laptop: Program, project: Repository
) -> None:
    (project.path / "dist").mkdir()
    wheel(project.path / "dist")
    laptop.driver = ("-c", LIST)
    run = laptop("publish", "dist", "--no-tag-check", "-x")
    loaded = set(run.err.partition("loaded:\n")[2].split("\n"))

    assert "releasio.steps.publish.upload" in loaded, run.err
    assert "httpcore" in loaded
    assert [] == below(NOT_WANTED_BY_PUBLISH, loaded)


def below(rooms: Iterable[str], loaded: Iterable[str]) -> list[str]:
    """Return what of *loaded* is one of *rooms*, or in it."""
    return sorted(
        name for name in loaded for room in rooms if name == room or name.startswith(f"{room}.")
    )


def test_a_preview_that_asks_nobody_starts_few_gits(
    project: Repository, releasio: Program, tmp_path: Path
) -> None:
    project.write("CHANGELOG.md", "# Changelog\n")
    project.commit("docs: begin a changelog")
    trace = tmp_path / "trace"

    run = releasio("check", "--offline", GIT_TRACE2_EVENT=str(trace))

    starts = [line for line in trace.read_text(encoding="utf-8").splitlines() if '"start"' in line]
    assert 0 == run.code
    assert MOST_GITS >= len(starts)
