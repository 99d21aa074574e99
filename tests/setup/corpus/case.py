"""A project of the corpus, made real in a git repository."""

from __future__ import annotations

import os
import shutil
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from releasio.config.reading.load import load
from releasio.frozen import replace
from releasio.setup.doctor import examine
from releasio.setup.fixing import fix_files
from releasio.setup.reading.lenient_settings import lenient_settings
from releasio.setup.reading.situation import read_situation
from releasio.world.git.git import Git
from releasio.world.world import World
from tests.fakes.screen import Quiet
from tests.setup.corpus.forge_facts import job_surroundings
from tests.setup.corpus.index_facts import index_states
from tests.setup.corpus.machine_facts import machine_state

if TYPE_CHECKING:
    from releasio.setup.finding import Finding
    from releasio.setup.situation.situation import Situation
    from tests.fakes.repository import Repository

CORPUS = Path(__file__).parent
NOW = datetime(2026, 11, 1, tzinfo=UTC)
REMOTE = "https://github.com/acme/demo.git"
MANIFEST = """\
[project]
name = "demo"
version = "1.2.0"
description = "Says hello."
requires-python = ">=3.9"
"""


class Case:
    """
    One directory of the corpus.

    Attributes:
        folder: Where it is.
        facts: What its `case.toml` says.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        file = folder / "case.toml"
        text = file.read_text(encoding="utf-8") if file.exists() else ""
        self.facts: dict[str, Any] = tomllib.loads(text)

    @property
    def expected(self) -> list[tuple[str, str]]:
        """Code and place of each finding, in their order."""
        return sorted((each["code"], each["place"]) for each in self.facts.get("finding", []))

    @property
    def after_fix(self) -> list[str] | None:
        """The codes of what is found after `--fix`; None: it changes nothing."""
        is_clean = self.facts.get("clean_after_fix", False)
        codes: list[str] | None = [] if is_clean else self.facts.get("after_fix")
        return codes

    @property
    def severities(self) -> set[tuple[str, str, str]]:
        """Code, place and severity of each finding that is expected with one."""
        return {
            (each["code"], each["place"], each["severity"])
            for each in self.facts.get("finding", [])
            if "severity" in each
        }

    def build(self, repo: Repository) -> None:
        """Make it real in *repo*, which is empty."""
        (repo.path / "pyproject.toml").write_text(MANIFEST, encoding="utf-8")
        for source in sorted(self.folder.rglob("*")):
            relative = source.relative_to(self.folder)
            if source.is_dir() or relative == Path("case.toml"):
                continue
            parts = [part.replace("dot-", ".", 1) for part in relative.parts]
            target = repo.path.joinpath(*parts)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
        repo.git("add", "--all", "--force")
        repo.git("commit", "--quiet", "--message", "feat: begin")
        for tag in self.facts.get("tags", ["v1.2.0"]):
            repo.git("tag", "--annotate", "--message", tag, tag)
        _fetched(repo, self.facts.get("remote", REMOTE), self.facts.get("branch", "main"))

    def situation(self, repo: Repository) -> Situation:
        """Read what doctor looks at; index and forge say what `case.toml` has."""
        env = {**os.environ, **self.facts.get("env", {})}
        project = repo.path / self.facts.get("folder", "")
        settings, problems = lenient_settings(lambda: load(project, env))
        world = World(
            git=Git.open(repo.path, env, read_once=False),
            project=project,
            env=env,
            screen=Quiet(),
            clock=lambda: NOW,
            offline=True,
        )
        situation = read_situation(world, settings, problems)
        indexes = index_states(self.facts.get("index", {}), situation.project.name)
        machine = machine_state(self.facts.get("machine", {}), situation.machine)
        is_shallow = self.facts.get("shallow", False)
        return replace(
            situation,
            git=replace(situation.git, is_shallow=is_shallow),
            indexes=indexes,
            surroundings=job_surroundings(self.facts.get("forge")),
            machine=machine,
            offline=not indexes,
        )

    def findings(self, repo: Repository) -> tuple[Finding, ...]:
        """Ask doctor."""
        return examine(self.situation(repo))

    def fix(self, repo: Repository) -> tuple[str, ...]:
        """Let doctor mend it; return the files that it changed."""
        changed_files, _ = fix_files(repo.path, lambda: self.situation(repo))
        return changed_files


def _fetched(repo: Repository, url: str, branch: str) -> None:
    """Write what git writes of a remote; three of its processes would take as long as the test."""
    folder = repo.path / ".git"
    with (folder / "config").open("a", encoding="utf-8", newline="\n") as config:
        refs = "+refs/heads/*:refs/remotes/origin/*"
        config.write(f'[remote "origin"]\n\turl = {url}\n\tfetch = {refs}\n')
    remote = folder / "refs/remotes/origin"
    for name, text in {branch: repo.head, "HEAD": f"ref: refs/remotes/origin/{branch}"}.items():
        repo.write(str((remote / name).relative_to(repo.path)), f"{text}\n")


def cases(kind: str) -> list[Path]:
    """Return the directories of *kind*: `broken` or `sound`."""
    return sorted(path for path in (CORPUS / kind).iterdir() if path.is_dir())
