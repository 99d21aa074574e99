"""What doctor says: where something will go wrong, why, and what mends it."""

from __future__ import annotations

from inspect import get_annotations
from typing import TYPE_CHECKING, ClassVar, Literal, dataclass_transform

from releasio.errors.base import as_code
from releasio.errors.template import filled
from releasio.frozen import bound

if TYPE_CHECKING:
    from typing import Self

    from releasio.setup.patches.patch import Patch

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")


@dataclass_transform(eq_default=False, kw_only_default=False)
class Finding:
    """
    One thing that will go wrong, or may.

    A class declares its words and the values in them, as an error does (`releasio.errors.base`):

        class IdentityNotAllowed(Finding):
            severity = "error"
            message = "job {job} publishes without a token, but may not ask for an identity"
            why = "..."
            fix = "Add `id-token: write` to the job's permissions."
            job: str

    The first sentence of its docstring is the explanation, then come cause and remedy.

    Attributes:
        code: Its stable name, the anchor of its documentation: that of the class in kebab-case. A
            class that gets another name keeps its code, and says it.
        severity: `error`: a release will fail, or do what nobody wants. `warning`: it works and
            is a risk. `note`: good to know; never a reason to exit with anything but 0.
        message: What is wrong, with the values; one sentence.
        why: Why it will fail, or what the risk is.
        fix: What to do.
        path: The file that shows it, in the repository, with `/`; empty: it is in none.
        line: The 1-based line in it.
        patch: The edit that mends it, where that is one in a file; None: only a person can.
    """

    code: ClassVar[str]
    severity: Severity
    message: str
    why: str
    fix: str
    path: str = ""
    line: int | None = None
    patch: Patch | None = None

    def __init_subclass__(cls) -> None:
        """Give what can be said the code that its name is, where it has no other."""
        if hasattr(cls, "message") and "code" not in vars(cls):
            cls.code = as_code(cls.__name__)

    def __init__(self, *args: object, **given: object) -> None:
        """Take the fields; type checkers know them, as those of a dataclass."""
        kind = type(self)
        self.__dict__.update(bound(kind, _fields(kind), args, given))
        for name in ("message", "why", "fix"):
            setattr(self, name, filled(getattr(kind, name), self))

    def at(self, path: str, line: int | None = None, patch: Patch | None = None) -> Self:
        """Say what shows it, and what mends it; return itself."""
        self.path, self.line, self.patch = path, line, patch
        return self

    def weighed(self, severity: Severity) -> Self:
        """Say how grave it is here, where that is not as usual; return itself."""
        self.severity = severity
        return self

    @property
    def place(self) -> str:
        """The file and the line, as editors take them; empty: it is in no file."""
        return f"{self.path}:{self.line}" if self.path and self.line else self.path


def _fields(kind: type[Finding]) -> tuple[str, ...]:
    """Return the fields that *kind* declares, those of its bases first."""
    bases = reversed(kind.__mro__[: kind.__mro__.index(Finding)])
    return tuple(dict.fromkeys(name for base in bases for name in get_annotations(base)))


def in_order(findings: list[Finding]) -> tuple[Finding, ...]:
    """Return *findings*, the gravest first, then by file and line; none of them twice."""
    distinct = {(each.code, each.place, each.message): each for each in findings}
    return tuple(
        sorted(
            distinct.values(),
            key=lambda each: (
                SEVERITIES.index(each.severity),
                each.path,
                each.line or 0,
                each.code,
                each.message,
            ),
        )
    )
