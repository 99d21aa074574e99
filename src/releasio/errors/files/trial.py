"""What was installed, and does not work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import ReleasioError
from releasio.errors.files.build import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class ImportFailed(ReleasioError):
    """
    An installed distribution cannot be imported.

    Users would meet the same error. Usually a file is missing from the wheel,
    or a dependency from `[project] dependencies`.
    """

    code = "import-failed"

    def __init__(
        self, modules: Sequence[str], tail: Sequence[str], *, seconds: float | None = None
    ) -> None:
        ends = "fails" if seconds is None else f"does not end within {seconds:.0f} s"
        hint = (
            "Look into the wheel for missing files (`python -m zipfile -l dist/*.whl`) and at "
            "[project] dependencies."
        )
        if seconds is not None:
            hint = "Look at what the modules do while they are imported, outside of functions."
        super().__init__(
            f"installed, but `import {', '.join(modules)}` {ends}{quoted(tail)}", hint=hint
        )
        self.modules = tuple(modules)
        self.tail = tuple(tail)


class OtherVersionReported(ReleasioError):
    """
    What was installed says another version than the one that was released.

    The module's `__version__` and `importlib.metadata` are what users and their bug reports
    go by. Mostly a file that repeats the version was not written with it.
    """

    code = "other-version-reported"

    def __init__(self, reported: Mapping[str, str], version: str) -> None:
        said = " and ".join(f"{what} is {one}" for what, one in reported.items())
        super().__init__(
            f"installed, but {said}, and the release is {version}",
            hint="Read it with importlib.metadata, or name the file that repeats the version in "
            "version.version_files.",
        )


class ScriptFailed(ReleasioError):
    """
    A program that the installed distribution brings cannot print its help.

    It was installed into a fresh environment and started with `--help`, as a user's first
    step would be. Breaking down there mostly means that its entry point names something
    that does not exist, or that a dependency is missing.
    """

    code = "script-failed"

    def __init__(self, script: str, problem: str, tail: Sequence[str]) -> None:
        super().__init__(
            f"installed, but `{script} --help` {problem}{quoted(tail)}",
            hint=f"Look at {script} in [project.scripts], and at [project] dependencies.",
        )
        self.tail = tuple(tail)
