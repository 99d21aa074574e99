"""What every error of releasio is."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, dataclass_transform

from releasio.errors.template import filled
from releasio.frozen import bound

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Self


FAILED = 1
USAGE = 2
DISAGREES = 4
NO_CREDENTIAL = 5
NO_ANSWER = 6

_GRAVITY = (USAGE, DISAGREES, NO_CREDENTIAL, FAILED, NO_ANSWER, 0)


@dataclass_transform(eq_default=False)
class ReleasioError(Exception):
    """
    A foreseen problem: what is wrong, and what to do about it.

    A class declares its words and the values in them, as a dataclass does:

        class RefMoved(ReleasioError):
            message = "{ref} is not what it was: {said}"
            hint = "Run again."
            ref: str
            said: str

    The gaps are filled from the fields, and from properties where something is to be
    chosen (`releasio.errors.template`). Fields after `_: KW_ONLY` are given by name. One that is
    called `hint`, `path`, `line` or `lasting` is what it is called; a hint that is
    given is shown as it is, and an empty one leaves that of the class.

    Attributes:
        code: Stable name of the problem, the anchor of its documentation: the name of the class in
            kebab-case. A class that gets another name keeps its code, and says it.
        exit_code: What the process exits with when nobody handles it.
        message: Of a class the template, of an error the sentence; one line or more.
        hint: What to do, when we know; one or more sentences; likewise.
        path: The file it is about, relative to the project, when there is one.
        line: The 1-based line in `path`, when known.
        lasting: Whether running the same command again will never help.
        anothers: Whether the index has a project of this name that is not the uploader's.
    """

    code: ClassVar[str]
    exit_code: ClassVar[int] = FAILED
    message: str
    hint: str = ""
    path: str | None = None
    line: int | None = None
    lasting: bool = False
    anothers: bool = False

    def __init_subclass__(cls) -> None:
        """Give what can be said the code that its name is, where it has no other."""
        if hasattr(cls, "message") and "code" not in vars(cls):
            cls.code = as_code(cls.__name__)

    def __init__(self, *args: object, **given: object) -> None:
        """Take the fields; type checkers know them, as those of a dataclass."""
        kind = type(self)
        self.__dict__.update(bound(kind, _fields(kind), args, given))
        self.message = filled(kind.message, self)
        self.hint = self.__dict__.get("hint") or filled(kind.hint, self)
        super().__init__(self.message)

    def about(self, setting: str) -> Self:
        """Say which *setting* it is about, and return itself."""
        self.args = (f"{setting}: {self.message}",)
        return self


def as_code(name: str) -> str:
    """Return the *name* of a class in kebab-case."""
    return "".join(f"-{sign.lower()}" if sign.isupper() else sign for sign in name)[1:]


def _fields(kind: type[ReleasioError]) -> tuple[str, ...]:
    """Return the fields of *kind*, those of its bases first, and last what is given by name."""
    in_order: dict[str, None] = {}
    by_name: dict[str, None] = {}
    for base in reversed(kind.__mro__[: kind.__mro__.index(ReleasioError)]):
        group = in_order
        for name in base.__annotations__:
            if name == "_":
                group = by_name
            else:
                group[name] = None
    return (*in_order, *by_name)


class Problems(ReleasioError):
    """Several problems that were found together and are shown together."""

    code = "several-problems"
    message = "{problems:#problem} stand in the way"
    problems: tuple[ReleasioError, ...]

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
    return Problems(tuple(problems)) if problems[1:] else problems[0]
