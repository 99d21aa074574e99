"""
Every project of the zoo, changed as people change files: the right edit, or a clear refusal.

What is right is known without the rules that are tested: the same change of the files as they
are after the release.
"""

from __future__ import annotations

import random
import tempfile
from contextlib import suppress
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from packaging.version import Version

from releasio.config.reading.load import load
from releasio.errors.base import ReleasioError
from releasio.release.edits import version_edits, version_remarks
from releasio.release.facts import PackageFacts, ReleaseTag
from releasio.rules.commits.reading import Reading
from releasio.rules.project.manifest import read_manifest
from releasio.rules.project.project_files import ProjectFiles
from releasio.rules.versions.tag_form import TagForm
from tests.zoo.mutations import MUTATIONS, Mutation, kind_of
from tests.zoo.zoo import READ, REFUSED, Project

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from releasio.config.tables.model import Config

WRITTEN = [project for project in READ if project.changes]


@cache
def settings(content: bytes | None) -> Config:
    """Return the settings that the manifest *content* has."""
    with tempfile.TemporaryDirectory() as folder:
        if content is not None:
            Path(folder, "pyproject.toml").write_bytes(content)
        return load(Path(folder), {}).config


def packaged(project: Project, files: Mapping[str, bytes]) -> tuple[PackageFacts, Config]:
    """
    Return what is known of the project with *files*, and its settings.

    Raises:
        ReleasioError: They do not say a version.
    """
    config = settings(project.files.get(f"{project.folder}/pyproject.toml".lstrip("/")))
    manifest = read_manifest(ProjectFiles.of(files, project.folder), config.version)
    last = ReleaseTag(f"v{project.version}", Version(project.version))
    package = PackageFacts(
        project.folder, manifest, last, (last.name,), TagForm("v"), Reading(()), files
    )
    return package, config


def after(project: Project) -> dict[str, bytes]:
    """Return the files as zoo.toml says that they are after the release."""
    files, (old, new) = project.files, project.written
    for path, line in project.changes.items():
        lines = files[path].decode().splitlines(keepends=True)
        line_before = line.replace(new, old, 1)
        number = [text.rstrip("\r\n") for text in lines].index(line_before)
        lines[number] = lines[number].replace(line_before, line)
        files[path] = "".join(lines).encode()
    return files


def mutated(
    project: Project, files: Mapping[str, bytes], mutations: Sequence[Mutation], version: str
) -> dict[str, bytes]:
    """Return *files*, in which those that say *version* were changed by *mutations*."""
    changed, decoy = dict(files), project.written[0]
    for mutation in mutations:
        for path in project.changes:
            change = mutation.changes.get(kind_of(path))
            if change and not path.endswith(".lock"):
                changed[path] = change(changed[path].decode(), version, decoy).encode()
    return changed


def verdict(project: Project, mutations: Sequence[Mutation]) -> str:
    """Return `as before`, `edited`, `refused`, `said` in a remark, or the files that are wrong."""
    old, new = project.written
    before = mutated(project, project.files, mutations, old)
    if before == project.files:
        return "as before"
    try:
        package, config = packaged(project, before)
        edits = version_edits(package, Version(project.next), config)
    except ReleasioError:
        return "refused"
    edited = {edit.path: edit.after for edit in edits}
    wanted = mutated(project, after(project), mutations, new)
    wrong = {
        path: text.decode() for path, text in (before | edited).items() if text != wanted[path]
    }
    remarks = " ".join(version_remarks(package, Version(project.next), config))
    if wrong and all(path in remarks and path not in edited for path in wrong):
        return "said"
    return f"wrong: {wrong}" if wrong else "edited"


def kinds(project: Project) -> set[str]:
    return {kind_of(path) for path in project.changes if not path.endswith(".lock")}


def source_kind(project: Project) -> str:
    """Return the kind of the file that the others repeat."""
    return kind_of(next(iter(project.changes)))


def package_of(project: Project) -> str:
    """Return the module that is imported as `demo`; empty: there is none in a folder."""
    names = (path for path in project.files if path.endswith("demo/__init__.py"))
    return next(names, "")


@pytest.mark.parametrize("mutation", MUTATIONS, ids=str)
def test_the_version_is_edited_or_refused(mutation: Mutation) -> None:
    verdicts = {project.name: verdict(project, [mutation]) for project in WRITTEN}
    expected = {
        project.name: "edited" if kinds(project) <= mutation.edited else "refused"
        for project in WRITTEN
        if kinds(project) <= mutation.edited
        or kind_of(next(iter(project.changes))) in mutation.refused
    }

    assert {*verdicts.values()} - {"as before"}
    assert {} == {name: said for name, said in verdicts.items() if said.startswith("wrong")}
    assert {} == {
        name: verdicts[name]
        for name, verdict in expected.items()
        if verdicts[name] not in {verdict, "as before"}
    }


PAIRS = [*combinations(MUTATIONS, 2)]


def wrong_pairs(
    project: Project, pairs: Iterable[tuple[Mutation, Mutation]]
) -> list[tuple[str, ...]]:
    return [tuple(map(str, pair)) for pair in pairs if verdict(project, pair).startswith("wrong")]


@pytest.mark.parametrize("project", WRITTEN, ids=str)
def test_so_is_what_was_changed_twice(project: Project) -> None:
    choice = random.Random(project.name)  # noqa: S311 -- nothing secret

    assert [] == wrong_pairs(project, choice.sample(PAIRS, 16))


@pytest.mark.journey
@pytest.mark.parametrize("project", WRITTEN, ids=str)
def test_so_is_every_pair(project: Project) -> None:
    assert [] == wrong_pairs(project, PAIRS)


@pytest.mark.parametrize("project", [one for one in WRITTEN if package_of(one)], ids=str)
def test_a_package_that_says_another_version_is_refused(project: Project) -> None:
    path = package_of(project)
    files = project.files
    files[path] += b'\n__version__ = "0.9.7"\n'
    try:
        package, config = packaged(project, files)
        version_edits(package, Version(project.next), config)
    except ReleasioError as error:
        problem = str(error)
    else:  # it is what the backend is told to read
        problem = str(package.manifest.version)

    assert "0.9.7" in problem


@pytest.mark.parametrize("project", [one for one in READ if not one.changes], ids=str)
def test_a_version_from_tags_is_written_nowhere(project: Project) -> None:
    files = project.files | {"VERSION": b"1.2.0\n"}
    if path := package_of(project):
        files[path] += b'\n__version__ = "1.2.0"\n'
    package, config = packaged(project, files)

    assert package.manifest.is_from_tags
    assert () == version_edits(package, Version(project.next), config)


@pytest.mark.parametrize("project", REFUSED, ids=str)
def test_what_only_code_would_tell_is_read_by_no_mutation(project: Project) -> None:
    read = {}
    for mutation in MUTATIONS:
        files = {
            path: mutation.changes[kind_of(path)](content.decode(), "1.2.0", "1.2.0").encode()
            for path, content in project.files.items()
            if kind_of(path) in mutation.changes
        }
        with suppress(ReleasioError):
            read[mutation.name] = packaged(project, project.files | files)[0].manifest.source

    assert {} == read
