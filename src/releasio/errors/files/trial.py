"""What was installed, and does not work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import ReleasioError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from dataclasses import KW_ONLY


class ImportFailed(ReleasioError):
    """
    An installed distribution cannot be imported.

    Users would meet the same error. Usually a file is missing from the wheel,
    or a dependency from `[project] dependencies`.
    """

    message = """
        installed, but `import {modules:joined}` {seconds:?does not end within %.0f
        s|fails}{tail:indented}"""
    hint = """
        {seconds:?Look at what the modules do while they are imported, outside of functions.|Look
        into the wheel for missing files (`python -m zipfile -l dist/*.whl`) and at [project]
        dependencies.}"""
    modules: Sequence[str]
    tail: Sequence[str]
    _: KW_ONLY
    seconds: float | None = None


class OtherVersionReported(ReleasioError):
    """
    What was installed says another version than the one that was released.

    The module's `__version__` and `importlib.metadata` are what users and their bug reports
    go by. Mostly a file that repeats the version was not written with it.
    """

    message = "installed, but {said}, and the release is {version}"
    hint = """
        Read it with importlib.metadata, or name the file that repeats the version in
        version.version_files."""
    reported: Mapping[str, str]
    version: str

    @property
    def said(self) -> str:
        """What says it, and what it says."""
        return " and ".join(f"{what} is {one}" for what, one in self.reported.items())


class ScriptFailed(ReleasioError):
    """
    A program that the installed distribution brings cannot print its help.

    It was installed into a fresh environment and started with `--help`, as a user's first
    step would be. Breaking down there mostly means that its entry point names something
    that does not exist, or that a dependency is missing.
    """

    message = "installed, but `{script} --help` {problem}{tail:indented}"
    hint = "Look at {script} in [project.scripts], and at [project] dependencies."
    script: str
    problem: str
    tail: Sequence[str]
