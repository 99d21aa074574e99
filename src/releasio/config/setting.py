"""How a setting is written down once: a class per table, a line per key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, dataclass_transform

if TYPE_CHECKING:
    from typing import Self

REQUIRED: Any = object()  # the default of a key that has none
WEEK = 604_800  # seconds; sockets and clocks break down on some thousand years


class Setting:
    """
    One key: its default, its words, and what to check or to say about it.

    Attributes:
        default: The value when nobody sets the key; `REQUIRED` when somebody must.
        doc: What it does, in one or two sentences; Markdown.
        check: What the value must be besides its type: `regex`, `url`, `tag`,
            `path`, `template`, `branch`, `version`, `calver`, `range`, `user`, `word`, `audience`,
            `owner`, `repository`, `interface`, `workflow`, `title`, `positive`, `seconds` or
            `patience`; empty for anything of its type.
        later: Why setting it has no effect *yet*; said once when it differs from the default.
        dead: Why setting it never has an effect, and what to use instead; said once.
        rest: The key stands for all other keys of its table, which are names of the user.
    """

    __slots__ = ("check", "dead", "default", "doc", "later", "rest")

    def __init__(
        self, default: object, doc: str, *, check: str, later: str, dead: str, rest: bool
    ) -> None:
        self.default: Any = default
        self.doc = doc
        self.check = check
        self.later = later
        self.dead = dead
        self.rest = rest


def setting(
    *,
    default: object = REQUIRED,
    doc: str,
    check: str = "",
    later: str = "",
    dead: str = "",
    rest: bool = False,
) -> Any:  # noqa: ANN401 -- stands where a value of any key's type is declared
    """Describe one key; the attributes of `Setting` say what the words mean."""
    return Setting(default, doc, check=check, later=later, dead=dead, rest=rest)


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(setting,))
class Table:
    """
    A frozen table of settings; subclasses only list their keys.

    It looks like a frozen dataclass to readers and type checkers, and is not one
    because generating the methods of twenty dataclasses costs 14 ms at every start.
    """

    settings: ClassVar[dict[str, Setting]] = {}
    shorthand: ClassVar[str] = ""  # the key that a string in place of the table stands for

    def __init_subclass__(cls) -> None:
        own_settings = {name: s for name, s in vars(cls).items() if isinstance(s, Setting)}
        cls.settings = {**cls.settings, **own_settings}
        for name, setting in cls.settings.items():
            setattr(cls, name, setting.default)  # an instance holds only what was given to it

    def __init__(self, **given: object) -> None:
        required = {name for name, setting in self.settings.items() if setting.default is REQUIRED}
        if wrong := given.keys() - self.settings.keys() or required - given.keys():
            msg = f"{type(self).__name__}: {', '.join(sorted(wrong))} missing or not a setting"
            raise TypeError(msg)
        self.__dict__.update(given)

    def is_set(self, key: str) -> bool:
        """Whether somebody gave a value for *key*, be it the default's."""
        return key in self.__dict__

    def but(self, **changes: object) -> Self:
        """Return the same with *changes*, as if they had been given, too."""
        return type(self)(**(vars(self) | changes))

    def __setattr__(self, name: str, value: object) -> NoReturn:
        msg = f"{type(self).__name__} is frozen: {name} cannot be set"
        raise AttributeError(msg)

    def __delattr__(self, name: str) -> NoReturn:
        msg = f"{type(self).__name__} is frozen: {name} cannot be deleted"
        raise AttributeError(msg)

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and all(
            getattr(self, name) == getattr(other, name) for name in self.settings
        )

    __hash__ = None  # type: ignore[assignment]  # tables hold mappings

    def __repr__(self) -> str:
        values = ", ".join(f"{name}={value!r}" for name, value in vars(self).items())
        return f"{type(self).__name__}({values})"
