"""
release-please: `release-please-config.json`, or the inputs of its action.

Source: https://github.com/googleapis/release-please/blob/main/docs/manifest-releaser.md
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from releasio.setup.adoption.foreign_table import ForeignTable, json_table
from releasio.setup.adoption.project import Project, VersionPlaces
from releasio.setup.adoption.translation import Translation
from releasio.setup.adoption.used_actions import steps_using
from releasio.setup.adoption.words import ASK_FOR_ONE, TO_ONE

if TYPE_CHECKING:
    from releasio.setup.adoption.adopted import Adopted

TOOL = "release-please"
FILES = ("release-please-config.json", ".release-please-config.json")
_ACTIONS = ("googleapis/release-please-action", "google-github-actions/release-please-action")
# what the Python strategy shows, and so releases, where nobody says otherwise
_SHOWN = ("fix", "perf", "deps", "revert", "docs")
_MARK = re.compile(r"x-release-please-(?:version|start-version)")
_PYTHON = ("python", "simple")


def find(project: Project) -> Adopted | None:
    """
    Return what the tool was told; `None`: nothing.

    Raises:
        Unreadable: Its file is broken.
    """
    steps = steps_using(project.workflows, *_ACTIONS)
    table = project.first_table(FILES, json_table) or (steps[0].inputs if steps else None)
    if table is None:
        return None
    packages = table.at("packages")
    table = _of_one_package(table)
    translation = Translation(TOOL, table)
    if isinstance(packages, dict) and len(packages) > 1:
        translation.cannot(
            "releasing several packages of one repository comes in a later version",
            "Stay with release-please for now.",
            "packages",
        )
    translation.set("mode", "pull-request")
    _tags(table, translation)
    _versions(table, translation, project)
    _changelog(table, translation)
    _files(table, translation, project)
    _forge(table, translation)
    places = (step.place for step in steps)
    return translation.adopted(*(place for place in places if place != table.place()))


def _of_one_package(table: ForeignTable) -> ForeignTable:
    """Return *table* with what it says of its one package, which counts more, or of the first."""
    packages = table.at("packages")
    if not isinstance(packages, dict) or not packages:
        return table
    name = "." if "." in packages else next(iter(packages))
    own = packages[name] if isinstance(packages[name], dict) else {}
    begin = ("packages", name)
    own_lines = {keys[2:]: line for keys, line in table.lines.items() if keys[:2] == begin}
    own_lines.pop((), None)
    return ForeignTable(table.path, {**table.values, **own}, {**table.lines, **own_lines})


def _tags(table: ForeignTable, translation: Translation) -> None:
    mark = "" if table.flag("include-v-in-tag") is False else "v"
    if table.flag("include-component-in-tag"):
        separator = table.text("tag-separator") or "-"
        form = f"{{name}}{separator}{mark}"
        translation.set("version.tag_prefix", form, "include-component-in-tag")
    else:
        translation.set("version.tag_prefix", mark, "include-v-in-tag")


def _versions(table: ForeignTable, translation: Translation, project: Project) -> None:
    """Say what raises which number: what is shown makes a release, and a patch by itself."""
    key = "changelog-sections"
    rows = table.tables(key)
    shown_types = [str(row.get("type")) for row in rows if not row.get("hidden")]
    types = [type_ for type_ in shown_types or _SHOWN if type_ not in {"feat", "feature", "revert"}]
    translation.set("commits.types_patch", types, *([key] if rows else []))
    if table.flag("bump-patch-for-minor-pre-major"):
        translation.set("version.zero", "lower", "bump-patch-for-minor-pre-major")
    if project.version.startswith("0.") and not table.flag("bump-minor-pre-major"):
        translation.cannot(TO_ONE, ASK_FOR_ONE, "bump-minor-pre-major")
    if initial := table.text("initial-version"):
        translation.set("version.initial_version", initial, "initial-version")
    match table.text("versioning"):
        case None | "default":
            pass
        case "always-bump-patch":
            translation.set("commits.types_minor", [], "versioning")
            translation.set("commits.types_patch", ["feat", *types], "versioning")
        case name:
            translation.cannot(
                f"versions are not counted as {name!r} does",
                "See version.scheme, version.zero and [branches].",
                "versioning",
            )
    if table.text("release-type") not in {None, *_PYTHON}:
        translation.cannot(
            "releasio releases Python projects",
            "What else repeats the version goes into version.files.",
            "release-type",
        )


def _changelog(table: ForeignTable, translation: Translation) -> None:
    key = "changelog-sections"
    titles = {
        str(row["type"]): str(row["section"])
        for row in table.tables(key)
        if {"type", "section"} <= row.keys() and not row.get("hidden")
    }
    if titles:
        translation.set("changelog.section_headers", titles, key)
    if path := table.text("changelog-path"):
        translation.set("changelog.path", path, "changelog-path")
    if table.flag("skip-changelog"):
        translation.off("changelog.enabled", "skip-changelog")
    paths = table.words("exclude-paths") or ()
    patterns = [f"/{path.strip('/')}/" for path in paths if path.strip("/")]
    translation.set("changes.ignore", patterns, "exclude-paths")


def _files(table: ForeignTable, translation: Translation, project: Project) -> None:
    places = VersionPlaces(translation, project)
    entries = table.at("extra-files")
    for number, entry in enumerate(entries if isinstance(entries, list) else []):
        name = entry.get("path") if isinstance(entry, dict) else entry
        if not isinstance(name, str) or name.endswith("uv.lock"):
            continue
        marked = project.patterns(name, _MARK.search)
        patterns = marked or project.patterns(name, lambda line: "version" in line.lower())
        places.lines(name, patterns, "extra-files", number)
    places.finish()


def _forge(table: ForeignTable, translation: Translation) -> None:
    for key, ours in (
        ("draft", "github.draft_releases"),
        ("draft-pull-request", "github.release_pr_draft"),
    ):
        if table.flag(key):
            translation.on(ours, key)
    if table.flag("skip-github-release"):
        translation.off("github.releases", "skip-github-release")
    for key in ("pull-request-title-pattern", "pull-request-header", "pull-request-footer"):
        if table.at(key):
            translation.cannot(
                "the pull request is worded by releasio, and people may edit its text",
                "What is edited there stays.",
                key,
            )
    for key in ("plugins", "release-as", "prerelease", "prerelease-type"):
        if table.at(key):
            translation.cannot(
                "no setting says it",
                "See [branches] for pre-releases and the footer `Release-As:`.",
                key,
            )
