"""Hooks, builds and installations that fail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import DISAGREES, NO_ANSWER, USAGE, ReleasioError
from releasio.text.full_disk import tells_full_disk

if TYPE_CHECKING:
    from collections.abc import Sequence
    from dataclasses import KW_ONLY


class HookFailed(ReleasioError):
    """
    A command line from the `[hooks]` settings ended with a failure.

    Hooks are part of the release: when one fails, the release stops there.
    Before the push nothing has changed that others can see. A `post_release` hook
    runs when the release is complete; one that fails is not run again.
    """

    message = "hook {name} {end}: {command}{tail:indented}"
    hint = "{remedy}"
    name: str
    command: str
    _: KW_ONLY
    status: int
    tail: Sequence[str]

    @property
    def end(self) -> str:
        """How it ended."""
        status = self.status
        return f"was ended by signal {-status}" if status < 0 else f"exited with status {status}"

    @property
    def remedy(self) -> str:
        """What is left to do."""
        if self.name == "post_release":
            return (
                "The release itself is complete. Run this hook by hand, for no later run of "
                "releasio does; hooks run without credentials."
            )
        return (
            f"Run it by hand, repair it, or take it out of hooks.{self.name}; then run again. "
            "Hooks run without credentials, in the tree of the release commit."
        )


class WorkTreeGone(ReleasioError):
    """
    A hook removed the work tree it ran in, or its tie to the repository.

    The release commit is made in a temporary work tree. The file `.git` in it
    says which repository it belongs to; without it nothing can be committed.
    """

    message = "after hook {name} its work tree is none of this repository: {command}"
    hint = """
        Nothing was changed. Let the hook leave .git as it is: what it writes beside it becomes part
        of the release commit."""
    name: str
    command: str


class HookValueUnsafe(ReleasioError):
    """
    A value has characters that could turn into commands where a hook puts it.

    Branch names and paths come from outside. Plain values are put into a hook's
    command line as they are; others are passed through the environment. Inside
    quotes, whose text often is a program for another interpreter (`sh -c "..."`),
    and in cmd.exe, that is not safe for every character.
    """

    exit_code = USAGE
    message = """
        {{{name}}} stands {quoted:?inside quotes }in a hook, and its value {value!r} has characters
        that would be acted on there"""
    hint = "{away} the program read the environment variable {variable} itself."
    name: str
    value: str
    variable: str
    _: KW_ONLY
    quoted: bool

    @property
    def away(self) -> str:
        """How the hook does without it."""
        return f"Write {{{self.name}}} without quotes around it, or let" if self.quoted else "Let"


class BuildFailed(ReleasioError):
    """
    The project could not be built from the release commit.

    The build runs isolated, in a clean copy of exactly that commit: files that
    are not committed, and packages that are not build requirements, are not there.
    Nothing has been pushed or uploaded.
    """

    message = "{what} {end}{tail:indented}"
    _: KW_ONLY
    status: int | None
    tail: Sequence[str]
    hint: str
    what: str = "the build"

    @property
    def end(self) -> str:
        """How it ended."""
        if self.status is None:
            return "failed"
        status = self.status
        return f"was ended by signal {-status}" if status < 0 else f"ended with status {status}"


class BuildRequirementsUnreachable(ReleasioError):
    """
    The build requirements could not be fetched, because the package index did not answer.

    Building in isolation installs what `[build-system] requires` names into a
    fresh environment, from the index that pip or uv is configured for.
    """

    exit_code = NO_ANSWER
    message = "the build requirements could not be fetched{tail:indented}"
    hint = """
        Check the network, proxy and index settings of pip (PIP_INDEX_URL, pip.conf) or uv
        (UV_DEFAULT_INDEX), then run again."""
    tail: Sequence[str]


class SdistUnusable(ReleasioError):
    """
    The sdist was built, but no wheel can be built from it.

    The wheel is built from the sdist, so that whoever installs from either gets the
    same. So the sdist must have one folder with everything in it, and nothing that leads
    out of it.
    """

    message = "no wheel can be built from {name}: {why}"
    hint = """
        Look into it with `tar --list --file`, and at what the build backend is told to include. A
        link must lead to something inside."""
    name: str
    why: str


class NothingBuilt(ReleasioError):
    """
    There is no distribution, though the build, or the hook that builds, ended well.

    With `hooks.build` set, releasio collects the `.tar.gz` and `.whl` files that
    the command puts into `dist/` of the project or of the repository; files that
    were there before do not count.
    """

    message = """
        {command:?hook build ran (%s) but left|there is} no new .tar.gz or .whl in {looked_in:or}"""
    hint = "{remedy}"
    looked_in: Sequence[str]
    _: KW_ONLY
    command: str | None = None

    @property
    def remedy(self) -> str:
        """Where to look."""
        if self.command:
            return "Let hooks.build write its files into {project_path}/dist."
        return "Run `python -m build` in a fresh clone to see what the backend does."


class EnvironmentNotMade(ReleasioError):
    """
    Python could not make a virtual environment.

    Some systems split what is needed for it off into a package of its own.
    """

    message = """
        no virtual environment could be made at {place}{seconds:?: it did not end within %.0f
        s}{tail:indented}"""
    hint = "{remedy}"
    place: str
    tail: Sequence[str]
    _: KW_ONLY
    seconds: float | None = None

    @property
    def remedy(self) -> str:
        """What to do about it."""
        if self.seconds is not None:
            return (
                "Look at what makes this machine slow: its disk, or what watches it. TMPDIR, on "
                "Windows TEMP, puts the environment on another one."
            )
        said = "\n".join(self.tail).lower()
        if tells_full_disk(said):
            return "Make space there, or put temporary files on another disk (TMPDIR, TEMP)."
        if "permission denied" in said or "read-only file system" in said:
            return "Give yourself the right to write there and to run what is named."
        return "On Debian and Ubuntu: apt install python3-venv."


class InstallFailed(ReleasioError):
    """
    A distribution could not be installed into a fresh environment.

    What users would do with the release was tried and did not work: the file is
    not where installers look, does not fit this Python or platform, or one of
    its dependencies cannot be had.
    """

    message = """
        {requirement} could not be installed from {source}{seconds:?: it did not end within %.0f
        s}{tail:indented}"""
    hint = """
        {seconds:?The last lines tell what it waited for. What has no wheel for this Python is
        compiled, which may take long: try the same installation by hand.|Compare requires-python,
        dependencies and the wheel's tags with this machine.}{passing:? If they fit, the index gave
        the installer an older page, or none: look again in some minutes.}"""
    requirement: str
    source: str
    tail: Sequence[str]
    _: KW_ONLY
    seconds: float | None = None

    @property
    def passing(self) -> bool:
        """Whether it may go well soon: pip or uv said that the index has no such version."""
        said = ("No matching distribution found", "there is no version of", "was not found in")
        return any(words in line for line in self.tail for words in said)


class InstallSourceUnreachable(InstallFailed):
    """
    A distribution could not be tried out, because the index did not answer the installer.

    pip and uv talk to the index by themselves, with proxies, certificates and patience of
    their own. What was released is neither proven nor disproven by that.
    """

    exit_code = NO_ANSWER
    passing = True
    message = """
        {requirement} could not be installed: {source} gave the installer no answer{seconds:?: it
        did not end within %.0f s}{tail:indented}"""
    hint = "Run the same command again in a while. The release is as it was; only the trial failed."


class RehearsalExtraMissing(ReleasioError):
    """
    The embedded index needs libraries that a plain installation does not have.

    Releasing needs neither a web server nor token signing; rehearsing does, so
    they come with the extra `rehearsal`.
    """

    exit_code = USAGE
    message = "the rehearsal needs {missing:and}, which is not installed"
    hint = 'pip install "releasio[rehearsal]>=3"'
    missing: Sequence[str]


class NothingToRehearse(ReleasioError):
    """
    There was nothing to release in the clone, not even a patch release.

    A rehearsal clones what is committed. Where no commit calls for a release it
    tries a patch release; say another version with `--version`.
    """

    exit_code = DISAGREES
    message = "there is nothing to rehearse: {reason}"
    hint = "Say what to release with --version."
    reason: str
