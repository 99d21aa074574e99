"""
The repositories that are measured: the demo's, this one, and generated ones of known size.

The generated ones are the same in every run, and made once per machine.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from releasio.rehearsal.demo import write_demo

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

VERSION = 2  # raise it when what is generated changes, so that no old one is measured
_START = 1_500_000_000
_IDENTITY = b"%s <%s@example.org> %d +0000"
_PEOPLE = (b"ada", b"grace", b"linus", b"guido", b"barbara", b"edsger", b"donald", b"alan")
_SUBJECTS = (
    b"feat(area%d): add the thing number %d (#%d)",
    b"fix(area%d): mend what %d broke (#%d)",
    b"docs: describe area %d of %d (#%d)",
    b"chore(deps): raise library%d to 1.%d (#%d)",
    b"refactor(area%d): make %d readable (#%d)",
    b"fix: area %d no longer loses %d items (#%d)",
)
_BODY = b"\n\nThe reason is told here, in two lines or three,\nas people do.\n\nRefs: #%d\n"
_SETTINGS = {
    "user.name": "Ada",
    "user.email": "ada@example.org",
    "gc.auto": "0",
    "remote.origin.url": "https://git.example.org/ada/demo",  # never asked
}
_MERGE_EVERY = 25  # commits; the branch that is merged is two commits long
_PYPROJECT = b"""\
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "demo"
version = "%s"
description = "A project for measuring."
requires-python = ">=3.11"
"""


@dataclass(frozen=True)
class Recipe:
    """
    How large a repository is.

    Attributes:
        name: What it is called in the tables.
        commits: On the main branch and the merged ones together.
        tags: Annotated, evenly spread, versions ascending.
        since: Commits after the last tag.
        lines: Of its changelog; 0: it has none.
    """

    name: str
    commits: int
    tags: int
    since: int
    lines: int = 0


RECIPES = {
    recipe.name: recipe
    for recipe in (
        Recipe("1k", 1_000, 20, 20, 330),
        Recipe("20k", 20_000, 100, 200, 6_600),
        Recipe("100k", 100_000, 100, 1_000, 33_000),
        Recipe("12k-tags", 25_000, 12_000, 30),
    )
}


DEMO = "demo"  # what `releasio rehearse --demo` releases
THIS = "this"  # the repository that this file is in
NAMES = (DEMO, THIS, *RECIPES)
_IDENTITY_OF_DEMO = {
    f"GIT_{role}_{key}": value
    for role in ("AUTHOR", "COMMITTER")
    for key, value in (("NAME", "Ada"), ("EMAIL", "ada@example.org"))
}


def repository(name: str, *, fresh: bool = False) -> Path:
    """Return the work tree of the repository *name*, made now unless it was before."""
    make = {DEMO: _make_demo, THIS: _clone}.get(name) or _maker(RECIPES[name])
    fresh = fresh or name == THIS  # it grows
    folder = Path(tempfile.gettempdir()) / f"releasio-bench-{VERSION}"
    path = folder / name
    if fresh:
        shutil.rmtree(path, ignore_errors=True)
    if not path.exists():
        half_made = folder / f".{name}"
        shutil.rmtree(half_made, ignore_errors=True)
        make(half_made)
        half_made.rename(path)
    return path


def _make_demo(path: Path) -> None:
    write_demo(path, os.environ | _IDENTITY_OF_DEMO)
    _configure(path)


def _clone(path: Path) -> None:
    _git(Path(__file__).parent, "clone", "--quiet", "--origin=upstream", "..", str(path))
    _git(path, "checkout", "--quiet", "-B", "main")  # whatever is checked out here
    _configure(path)


def _maker(recipe: Recipe) -> Callable[[Path], None]:
    return lambda path: _make(path, recipe)


def _make(path: Path, recipe: Recipe) -> None:
    path.mkdir(parents=True)
    _git(path, "init", "--quiet", "--initial-branch=main")
    _configure(path)
    importing = ["git", "fast-import", "--quiet"]
    with subprocess.Popen(importing, cwd=path, stdin=subprocess.PIPE) as child:
        assert child.stdin is not None  # noqa: S101 -- it is a pipe
        for part in _stream(recipe):
            child.stdin.write(part)
    if child.returncode:
        msg = f"git fast-import exited with {child.returncode}"
        raise RuntimeError(msg)
    _git(path, "pack-refs", "--all")
    _git(path, "reset", "--quiet", "--hard")


def _stream(recipe: Recipe) -> Iterator[bytes]:
    """Yield what `git fast-import` reads."""
    tagged = _tagged(recipe)
    main = side = 0
    for mark in range(1, recipe.commits + 1):
        place = mark % _MERGE_EVERY
        if place in {_MERGE_EVERY - 2, _MERGE_EVERY - 1}:  # two commits beside the main line
            side = side if place == _MERGE_EVERY - 1 else main
            yield _commit(mark, b"refs/heads/topic", side, 0)
            side = mark
            continue
        merged = side if place == 0 and side else 0
        yield _commit(mark, b"refs/heads/main", main, merged)
        main = mark
        if mark in tagged:
            yield _tag(tagged[mark], mark)
    yield _manifest(recipe, main)


def _tagged(recipe: Recipe) -> dict[int, bytes]:
    """Return the commits that get a tag, all on the main line, with their versions."""
    last = recipe.commits - recipe.since
    on_main = [m for m in range(1, last + 1) if m % _MERGE_EVERY < _MERGE_EVERY - 2]
    chosen = [on_main[(len(on_main) * n) // recipe.tags - 1] for n in range(1, recipe.tags + 1)]
    return {mark: b"%d.%d.%d" % _version(n) for n, mark in enumerate(chosen, 1)}


def _version(number: int) -> tuple[int, int, int]:
    return 1 + number // 400, number // 20 % 20, number % 20


def _commit(mark: int, branch: bytes, parent: int, merged: int) -> bytes:
    subject = _SUBJECTS[mark % len(_SUBJECTS)] % (mark % 9, mark, mark)
    message = b"Merge pull request #%d from ada/topic" % mark if merged else subject
    message += _BODY % mark if mark % 3 == 0 else b"\n"
    person = _PEOPLE[mark % len(_PEOPLE)]
    lines = [
        b"commit %s\nmark :%d" % (branch, mark),
        b"committer " + _IDENTITY % (person, person, _START + 600 * mark),
        b"data %d\n%s" % (len(message), message),
    ]
    lines += [b"from :%d" % parent] if parent else []
    lines += [b"merge :%d" % merged] if merged else []
    lines += [b"M 644 inline src/demo/part%d.py" % (mark % 60), b"data 8\n%07d\n" % mark]
    return b"\n".join(lines) + b"\n"


def _tag(version: bytes, mark: int) -> bytes:
    tagger = _IDENTITY % (b"ada", b"ada", _START + 600 * mark)
    message = b"Release v%s\n" % version
    head = b"tag v%s\nfrom :%d\ntagger %s\n" % (version, mark, tagger)
    return head + b"data %d\n%s\n" % (len(message), message)


def _manifest(recipe: Recipe, parent: int) -> bytes:
    """Write pyproject.toml, with the version of the last tag, and the changelog as last commit."""
    text = _PYPROJECT % (b"%d.%d.%d" % _version(recipe.tags))
    committer = _IDENTITY % (b"ada", b"ada", _START + 600 * (recipe.commits + 1))
    head = b"commit refs/heads/main\ncommitter %s\ndata 12\nchore: build\n" % committer
    body = b"from :%d\nM 644 inline pyproject.toml\ndata %d\n%s\n" % (parent, len(text), text)
    package = b"M 644 inline src/demo/__init__.py\ndata 0\n\n"
    if recipe.lines:
        notes = "\n".join(_changelog(recipe)).encode()
        package += b"M 644 inline CHANGELOG.md\ndata %d\n%s\n" % (len(notes), notes)
    return head + body + package + b"reset refs/heads/topic\nfrom %s\n" % (b"0" * 40)


def _changelog(recipe: Recipe) -> Iterator[str]:
    """Yield the lines of a changelog that has a section for each tag, the newest first."""
    yield from ("# Changelog", "", "## [Unreleased]", "")
    for number in range(recipe.tags, 0, -1):
        day = datetime.fromtimestamp(_START + 86_400 * number, UTC).date()
        version = ".".join(map(str, _version(number)))
        yield from (f"## [{version}] - {day}", "", "### Fixed", "")
        for entry in range(recipe.lines // recipe.tags - 5):
            yield f"- **area{entry % 9}:** mend what {entry} broke (#{number * 1_000 + entry})"
        yield ""


def _configure(path: Path) -> None:
    for key, value in _SETTINGS.items():
        _git(path, "config", key, value)


def _git(path: Path, *args: str) -> None:
    subprocess.run(["git", *args], cwd=path, check=True)
