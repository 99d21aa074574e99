"""What every error of releasio is."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Self


FAILED = 1
USAGE = 2
DISAGREES = 4
NO_CREDENTIAL = 5
NO_ANSWER = 6

_GRAVITY = (USAGE, DISAGREES, NO_CREDENTIAL, FAILED, NO_ANSWER, 0)


class ReleasioError(Exception):
    """
    A foreseen problem: what is wrong, and what to do about it.

    Attributes:
        code: Stable name of the problem, the anchor of its documentation.
        exit_code: What the process exits with when nobody handles it.
        hint: What to do, when we know; one or more sentences.
        path: The file it is about, relative to the project, when there is one.
        line: The 1-based line in `path`, when known.
    """

    code: ClassVar[str]
    exit_code: ClassVar[int] = FAILED

    def __init__(
        self, message: str, *, hint: str = "", path: str | None = None, line: int | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.path = path
        self.line = line

    @property
    def lasting(self) -> bool:
        """Whether running the same command again will never help."""
        return False

    @property
    def anothers(self) -> bool:
        """Whether the index has a project of this name that is not the uploader's."""
        return False

    def about(self, setting: str) -> Self:
        """Say which *setting* it is about, and return itself."""
        self.args = (f"{setting}: {self.message}",)
        return self


class Problems(ReleasioError):
    """Several problems that were found together and are shown together."""

    code = "several-problems"

    def __init__(self, problems: Sequence[ReleasioError]) -> None:
        super().__init__(f"{len(problems)} problems stand in the way")
        self.problems = tuple(problems)

    @property
    def worst(self) -> int:
        """The exit code that stands for them all: what trying again helps least against."""
        return min((error.exit_code for error in self.problems), key=_GRAVITY.index)


def raise_all(problems: Sequence[ReleasioError]) -> None:
    """
    Raise what there is; nothing, if there is nothing.

    Raises:
        ReleasioError: The only one.
        Problems: Several.
    """
    if problems:
        raise together(problems)


def together(problems: Sequence[ReleasioError]) -> ReleasioError:
    """Return the only one of *problems*, of which there is one at least, or all as one."""
    return Problems(problems) if problems[1:] else problems[0]
