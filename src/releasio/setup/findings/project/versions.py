"""The version, and who says another one."""

from __future__ import annotations

from releasio.setup.finding import Finding


class VersionDiffers(Finding):
    """
    The import package says another version than the project.

    Built files are called after the version that the manifest says, and people who import the
    package see the other one. That happens where one of the two is changed by hand, or a tool that
    bumps it knows only one place.
    """

    severity = "warning"
    message = "{what} says {says}, and {manifest} says {version}"
    why = "The files on the index are called {version}, and who imports the package sees {says}."
    fix = "Let one of them say the version, or both the same."
    what: str
    says: str
    manifest: str
    version: str


class LockBehind(Finding):
    """
    The project's own entry in a lock file has another version.

    `uv sync --locked`, `uv lock --check` and the like end with "The lockfile needs to be updated"
    in every job that uses them.
    """

    severity = "warning"
    message = "the entry of {name} in {lock} is not of {version}, which {manifest} says"
    why = 'Jobs that insist on the lock end with "The lockfile at {lock} needs to be updated".'
    fix = "Lock again, in the same commit that changes the version."
    name: str
    lock: str
    version: str
    manifest: str


class ChangelogBehind(Finding):
    """
    The changelog has no section for the version that was released last.

    It has sections for older ones, so it seems to have been forgotten, or a tool that should write
    it did not find the place.
    """

    severity = "note"
    message = "{changelog} has no section for {version}, which is tagged as {tag}"
    why = "Its newest one is {newest}: whoever reads it does not learn what was released since."
    fix = "Write the section, or stop keeping the file."
    changelog: str
    version: str
    tag: str
    newest: str


class VersionNotTagged(Finding):
    """
    The index has a version that no tag is of.

    What comes next is numbered after the last tag, so a number may come up that is on the index
    already. No index takes other files under a number that it has, not even after the old ones were
    deleted.
    """

    severity = "warning"
    message = "{index} has {version}, and the newest tag is {tag}"
    why = 'An upload under a number that is there is refused: "File already exists".'
    fix = "Tag the commit that {version} was built from, or release a higher number next."
    index: str
    version: str
    tag: str


class LocalVersionRefused(Finding):
    """
    The version has a local part.

    What stands behind the `+` is for copies that one has made for oneself; PyPI and TestPyPI take
    no such version. Some projects have it between releases, and take it out for each.
    """

    code = "version-is-local"
    severity = "note"
    message = "{version} has a local part, {local}"
    why = "As it is, the index refuses it: {words}"
    fix = "Release {public}."
    version: str
    local: str
    words: str
    public: str
