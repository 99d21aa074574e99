"""Hooks, builds and installations that fail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import DISAGREES, NO_ANSWER, USAGE, ReleasioError

if TYPE_CHECKING:
    from collections.abc import Sequence


class HookFailed(ReleasioError):
    """
    A command line from the `[hooks]` settings ended with a failure.

    Hooks are part of the release: when one fails, the release stops there.
    Before the push nothing has changed that others can see. A `post_release` hook
    runs when the release is complete; one that fails is not run again.
    """

    code = "hook-failed"

    def __init__(self, name: str, command: str, *, status: int, tail: Sequence[str]) -> None:
        how = f"was ended by signal {-status}" if status < 0 else f"exited with status {status}"
        if name == "post_release":
            hint = (
                "The release itself is complete. Run this hook by hand, for no later run of "
                "releasio does; hooks run without credentials."
            )
        else:
            hint = (
                f"Run it by hand, repair it, or take it out of hooks.{name}; then run again. Hooks "
                "run without credentials, in the tree of the release commit."
            )
        super().__init__(f"hook {name} {how}: {command}{quoted(tail)}", hint=hint)
        self.tail = tuple(tail)


class WorkTreeGone(ReleasioError):
    """
    A hook removed the work tree it ran in, or its tie to the repository.

    The release commit is made in a temporary work tree. The file `.git` in it
    says which repository it belongs to; without it nothing can be committed.
    """

    code = "work-tree-gone"

    def __init__(self, name: str, command: str) -> None:
        super().__init__(
            f"after hook {name} its work tree is none of this repository: {command}",
            hint="Nothing was changed. Let the hook leave .git as it is: what it writes beside it "
            "becomes part of the release commit.",
        )


class HookValueUnsafe(ReleasioError):
    """
    A value has characters that could turn into commands where a hook puts it.

    Branch names and paths come from outside. Plain values are put into a hook's
    command line as they are; others are passed through the environment. Inside
    quotes, whose text often is a program for another interpreter (`sh -c "..."`),
    and in cmd.exe, that is not safe for every character.
    """

    code = "hook-value-unsafe"
    exit_code = USAGE

    def __init__(self, name: str, value: str, variable: str, *, quoted: bool) -> None:
        where = "inside quotes " if quoted else ""
        away = f"Write {{{name}}} without quotes around it, or let" if quoted else "Let"
        super().__init__(
            f"{{{name}}} stands {where}in a hook, and its value {value!r} has characters that "
            "would be acted on there",
            hint=f"{away} the program read the environment variable {variable} itself.",
        )


class BuildFailed(ReleasioError):
    """
    The project could not be built from the release commit.

    The build runs isolated, in a clean copy of exactly that commit: files that
    are not committed, and packages that are not build requirements, are not there.
    Nothing has been pushed or uploaded.
    """

    code = "build-failed"

    def __init__(
        self, *, status: int | None, tail: Sequence[str], hint: str, what: str = "the build"
    ) -> None:
        how = "failed" if status is None else f"ended with status {status}"
        if status is not None and status < 0:
            how = f"was ended by signal {-status}"
        super().__init__(f"{what} {how}{quoted(tail)}", hint=hint)
        self.tail = tuple(tail)


class BuildRequirementsUnreachable(ReleasioError):
    """
    The build requirements could not be fetched, because the package index did not answer.

    Building in isolation installs what `[build-system] requires` names into a
    fresh environment, from the index that pip or uv is configured for.
    """

    code = "build-requirements-unreachable"
    exit_code = NO_ANSWER

    def __init__(self, tail: Sequence[str]) -> None:
        super().__init__(
            f"the build requirements could not be fetched{quoted(tail)}",
            hint="Check the network, proxy and index settings of pip (PIP_INDEX_URL, pip.conf) or "
            "uv (UV_DEFAULT_INDEX), then run again.",
        )
        self.tail = tuple(tail)


class SdistUnusable(ReleasioError):
    """
    The sdist was built, but no wheel can be built from it.

    The wheel is built from the sdist, so that whoever installs from either gets the
    same. So the sdist must have one folder with everything in it, and nothing that leads
    out of it.
    """

    code = "sdist-unusable"

    def __init__(self, name: str, why: str) -> None:
        super().__init__(
            f"no wheel can be built from {name}: {why}",
            hint="Look into it with `tar --list --file`, and at what the build backend is told to "
            "include. A link must lead to something inside.",
        )


class NothingBuilt(ReleasioError):
    """
    There is no distribution, though the build, or the hook that builds, ended well.

    With `hooks.build` set, releasio collects the `.tar.gz` and `.whl` files that
    the command puts into `dist/` of the project or of the repository; files that
    were there before do not count.
    """

    code = "nothing-built"

    def __init__(self, looked_in: Sequence[str], *, command: str | None = None) -> None:
        what = f"hook build ran ({command}) but left" if command else "there is"
        super().__init__(
            f"{what} no new .tar.gz or .whl in {' or '.join(looked_in)}",
            hint="Let hooks.build write its files into {project_path}/dist."
            if command
            else "Run `python -m build` in a fresh clone to see what the backend does.",
        )


def quoted(tail: Sequence[str], lines: int = 10) -> str:
    """Return the last lines of a child's output, set off from the message."""
    shown = [line for line in tail if line.strip()][-lines:]
    return "".join(f"\n    {line}" for line in shown)


def overdue(seconds: float | None) -> str:
    """Return that a child was ended after *seconds*; `None`: it ended by itself."""
    return "" if seconds is None else f": it did not end within {seconds:.0f} s"


class EnvironmentNotMade(ReleasioError):
    """
    Python could not make a virtual environment.

    Some systems split what is needed for it off into a package of its own.
    """

    code = "environment-not-made"

    def __init__(self, path: str, tail: Sequence[str], *, seconds: float | None = None) -> None:
        hint = "On Debian and Ubuntu: apt install python3-venv."
        if seconds is not None:
            hint = (
                "Look at what makes this machine slow: its disk, or what watches it. TMPDIR, on "
                "Windows TEMP, puts the environment on another one."
            )
        late = overdue(seconds)
        super().__init__(
            f"no virtual environment could be made at {path}{late}{quoted(tail)}", hint=hint
        )
        self.tail = tuple(tail)


class InstallFailed(ReleasioError):
    """
    A distribution could not be installed into a fresh environment.

    What users would do with the release was tried and did not work: the file is
    not where installers look, does not fit this Python or platform, or one of
    its dependencies cannot be had.
    """

    code = "install-failed"

    def __init__(
        self, requirement: str, source: str, tail: Sequence[str], *, seconds: float | None = None
    ) -> None:
        late = overdue(seconds)
        super().__init__(f"{requirement} could not be installed from {source}{late}{quoted(tail)}")
        self.tail = tuple(tail)
        self.hint = "Compare requires-python, dependencies and the wheel's tags with this machine."
        if seconds is not None:
            self.hint = (
                "The last lines tell what it waited for. What has no wheel for this Python is "
                "compiled, which may take long: try the same installation by hand."
            )
        if self.passing:
            self.hint += (
                " If they fit, the index gave the installer an older page, or none: look again in "
                "some minutes."
            )

    @classmethod
    def of(
        cls, requirement: str, source: str, tail: Sequence[str], *, seconds: float | None = None
    ) -> InstallFailed:
        """Return the error for what the installer printed last: the release's, or the index's."""
        from releasio.rules.running.build_failure import no_answer  # noqa: PLC0415 -- only in this trouble

        kind = InstallSourceUnreachable if no_answer(tail) else InstallFailed
        return kind(requirement, source, tail, seconds=seconds)

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

    code = "install-source-unreachable"
    exit_code = NO_ANSWER
    passing = True

    def __init__(
        self, requirement: str, source: str, tail: Sequence[str], *, seconds: float | None = None
    ) -> None:
        ReleasioError.__init__(
            self,
            f"{requirement} could not be installed: {source} gave the installer no answer"
            f"{overdue(seconds)}{quoted(tail)}",
            hint="Run the same command again in a while. The release is as it was; only the trial "
            "failed.",
        )
        self.tail = tuple(tail)


class RehearsalExtraMissing(ReleasioError):
    """
    The embedded index needs libraries that a plain installation does not have.

    Releasing needs neither a web server nor token signing; rehearsing does, so
    they come with the extra `rehearsal`.
    """

    code = "rehearsal-extra-missing"
    exit_code = USAGE

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__(
            f"the rehearsal needs {' and '.join(missing)}, which is not installed",
            hint='pip install "releasio[rehearsal]>=3"',
        )


class NothingToRehearse(ReleasioError):
    """
    There was nothing to release in the clone, not even a patch release.

    A rehearsal clones what is committed. Where no commit calls for a release it
    tries a patch release; say another version with `--version`.
    """

    code = "nothing-to-rehearse"
    exit_code = DISAGREES

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"there is nothing to rehearse: {reason}", hint="Say what to release with --version."
        )
