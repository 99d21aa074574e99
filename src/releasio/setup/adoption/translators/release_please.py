"""
release-please: `release-please-config.json`, or the inputs of its action.

Source: https://github.com/googleapis/release-please/blob/main/docs/manifest-releaser.md
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from releasio.setup.adoption.foreign_table import ForeignTable, json_table
from releasio.setup.adoption.project import Project, VersionPlaces
from releasio.setup.adoption.translation import Translation
from releasio.setup.adoption.used_actions import steps_using
from releasio.setup.adoption.words import ASK_FOR_ONE, TO_ONE

if TYPE_CHECKING:
    from collections.abc import Mapping

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
    tables = (json_table(name, text) for name in FILES if (text := project.text(name)) is not None)
    table = next(filter(None, tables), None)
    if table is None and not steps:
        return None
    if table is None:
        table = steps[0].inputs
    places = tuple(step.place for step in steps)
    translation = Translation(TOOL, table)
    options, keys = _options(table, translation)
    package = _Package(table, translation, options, keys)
    translation.set("mode", "pull-request")
    package.tags()
    package.versions(project)
    package.changelog()
    package.files(project)
    package.forge()
    return translation.adopted(*(place for place in places if place != table.place()))


def _options(
    table: ForeignTable, translation: Translation
) -> tuple[Mapping[str, Any], tuple[str, ...]]:
    """Return what is said of the one package, which comes before what is said of all."""
    packages = table.at("packages")
    if not isinstance(packages, dict) or not packages:
        return {}, ()
    name = "." if "." in packages else next(iter(packages))
    if len(packages) > 1:
        translation.cannot(
            "releasing several packages of one repository comes in a later version",
            "Stay with release-please for now.",
            "packages",
        )
    own = packages[name]
    return own if isinstance(own, dict) else {}, ("packages", name)


class _Package:
    """Translates the options of one package."""

    def __init__(
        self,
        table: ForeignTable,
        translation: Translation,
        options: Mapping[str, Any],
        keys: tuple[str, ...],
    ) -> None:
        self._table = table
        self._options = options
        self._keys = keys
        self._translation = translation

    def _at(self, key: str) -> Any:  # noqa: ANN401 -- whatever somebody wrote
        return self._options.get(key, self._table.at(key))

    def _flag(self, key: str) -> bool | None:
        own = ForeignTable(self._table.path, self._options, {})
        return own.flag(key) if key in self._options else self._table.flag(key)

    def _foreign(self, key: str) -> tuple[str, ...]:
        return (*self._keys, key) if key in self._options else (key,)

    def _cannot(self, key: str, reason: str, instead: str) -> None:
        self._translation.cannot(reason, instead, *self._foreign(key))

    def tags(self) -> None:
        """Say how tags are named."""
        mark = "" if self._flag("include-v-in-tag") is False else "v"
        before = ""
        if self._flag("include-component-in-tag"):
            before = f"{{name}}{self._at('tag-separator') or '-'}"
        key = "include-component-in-tag" if before else "include-v-in-tag"
        self._translation.set("version.tag_prefix", f"{before}{mark}", *self._foreign(key))

    def versions(self, project: Project) -> None:
        """Say what raises which number."""
        sections = self._at("changelog-sections")
        rows = [row for row in sections if isinstance(row, dict)] if sections else []
        shown = [str(row.get("type")) for row in rows if not row.get("hidden")]
        # whatever is shown makes a release, and what is no feature makes a patch
        types = [type_ for type_ in shown or _SHOWN if type_ not in {"feat", "feature", "revert"}]
        foreign = self._foreign("changelog-sections") if rows else ()
        self._translation.set("commits.types_patch", types, *foreign)
        if self._flag("bump-patch-for-minor-pre-major"):
            foreign = self._foreign("bump-patch-for-minor-pre-major")
            self._translation.set("version.zero", "lower", *foreign)
        if project.version.startswith("0.") and not self._flag("bump-minor-pre-major"):
            self._translation.cannot(TO_ONE, ASK_FOR_ONE, *self._foreign("bump-minor-pre-major"))
        if initial := self._at("initial-version"):
            foreign = self._foreign("initial-version")
            self._translation.set("version.initial_version", str(initial), *foreign)
        if self._at("versioning") == "always-bump-patch":
            foreign = self._foreign("versioning")
            self._translation.set("commits.types_minor", [], *foreign)
            self._translation.set("commits.types_patch", ["feat", *types], *foreign)
        elif self._at("versioning") not in {None, "default"}:
            self._cannot("versioning", "releasio has no such way of counting", "See versions.")
        if self._at("release-type") not in {None, *_PYTHON}:
            self._cannot("release-type", "releasio releases Python projects", "Look at the files.")

    def changelog(self) -> None:
        """Say what the changelog looks like."""
        rows = self._at("changelog-sections")
        titles = {
            str(row["type"]): str(row["section"])
            for row in (rows if isinstance(rows, list) else [])
            if isinstance(row, dict) and {"type", "section"} <= row.keys() and not row.get("hidden")
        }
        if titles:
            foreign = self._foreign("changelog-sections")
            self._translation.set("changelog.section_headers", titles, *foreign)
        if path := self._at("changelog-path"):
            self._translation.set("changelog.path", str(path), *self._foreign("changelog-path"))
        if self._flag("skip-changelog"):
            self._translation.off("changelog.enabled", *self._foreign("skip-changelog"))
        paths = self._at("exclude-paths")
        patterns = [f"/{str(path).strip('/')}/" for path in paths or () if isinstance(path, str)]
        self._translation.set("changes.ignore", patterns, *self._foreign("exclude-paths"))

    def files(self, project: Project) -> None:
        """Say which files repeat the version."""
        places = VersionPlaces(self._translation, project)
        entries = self._at("extra-files")
        for number, entry in enumerate(entries if isinstance(entries, list) else []):
            name = entry.get("path") if isinstance(entry, dict) else entry
            if not isinstance(name, str) or name.endswith("uv.lock"):
                continue
            marked = project.patterns(name, _MARK.search)
            patterns = marked or project.patterns(name, lambda line: "version" in line.lower())
            places.lines(name, patterns, *self._foreign("extra-files"), number)
        places.finish()

    def forge(self) -> None:
        """Say what the release and its pull request look like."""
        for key, ours in (
            ("draft", "github.draft_releases"),
            ("draft-pull-request", "github.release_pr_draft"),
        ):
            if self._flag(key):
                self._translation.on(ours, *self._foreign(key))
        if self._flag("skip-github-release"):
            self._translation.off("github.releases", *self._foreign("skip-github-release"))
        for key in ("pull-request-title-pattern", "pull-request-header", "pull-request-footer"):
            if self._at(key):
                self._cannot(
                    key,
                    "the pull request is worded by releasio, and people may edit its text",
                    "What is edited there stays.",
                )
        for key in ("plugins", "release-as", "prerelease", "prerelease-type"):
            if self._at(key):
                self._cannot(
                    key,
                    "no setting says it",
                    "See [branches] for pre-releases and the footer `Release-As:`.",
                )
