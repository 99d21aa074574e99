"""Frozen values that cost nothing at start-up."""

from __future__ import annotations

from inspect import get_annotations
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar, dataclass_transform

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class _Anew:
    def __init__(self, factory: Callable[[], object]) -> None:
        self.factory = factory


def anew(*, factory: Callable[[], Any]) -> Any:  # noqa: ANN401 -- stands for a value of any field
    """Return the default of a field that each value gets a new one of: a dictionary, a function."""
    return _Anew(factory)


@dataclass_transform(frozen_default=True, field_specifiers=(anew,))
def frozen(cls: type[T]) -> type[T]:
    """
    Make *cls* what `dataclass(frozen=True)` makes it, in a tenth of the time.

    A dataclass compiles its methods anew in every process: half a millisecond
    each, and a preview needs fifty. These share one implementation. Readers and
    type checkers see a frozen dataclass: annotated fields, those of its bases
    first, defaults that are values, equality by type and fields, a hash, a repr,
    and matching by position. Equality, hash and repr that the class has itself stay.
    """
    names = tuple(dict.fromkeys((*getattr(cls, "__match_args__", ()), *get_annotations(cls))))
    has_new_ones = any(isinstance(getattr(cls, name, None), _Anew) for name in names)
    attributes: dict[str, Any] = {
        "__match_args__": names,
        "__init__": _init_anew if has_new_ones else _init,
        "__setattr__": _refuse,
        "__delattr__": _refuse,
    }
    usual = {"__eq__": _eq, "__hash__": _hash, "__repr__": _repr}
    # a class that has `__eq__` alone has None for a hash
    attributes |= {name: method for name, method in usual.items() if vars(cls).get(name) is None}
    for name, attribute in attributes.items():
        setattr(cls, name, attribute)
    return cls


def replace(value: T, **changes: object) -> T:
    """Return *value* with some fields changed, as `dataclasses.replace` does."""
    return type(value)(**{name: getattr(value, name) for name in _names(value)} | changes)


def _names(value: object) -> tuple[str, ...]:
    names: tuple[str, ...] = type(value).__match_args__  # type: ignore[attr-defined] # set above
    return names


def bound(
    kind: type, names: tuple[str, ...], args: tuple[object, ...], given: dict[str, object]
) -> dict[str, object]:
    """
    Return the values of *kind*'s fields by their *names*, without those left to their defaults.

    Raises:
        TypeError: They are not what the fields ask for.
    """
    values = dict(zip(names, args, strict=False)) | given
    wrong = len(args) > len(names) or len(values) < len(args) + len(given)
    missing = [name for name in names if name not in values and not hasattr(kind, name)]
    if wrong or missing or values.keys() - names:
        msg = f"{kind.__name__}({', '.join(names)}) was given {args!r} and {sorted(given)}"
        raise TypeError(msg)
    return values


def _init(self: object, *args: object, **given: object) -> None:
    self.__dict__.update(bound(type(self), _names(self), args, given))


def _init_anew(self: object, *args: object, **given: object) -> None:
    values = bound(type(self), _names(self), args, given)
    for name in _names(self):
        default = getattr(type(self), name, None)
        if name not in values and isinstance(default, _Anew):
            values[name] = default.factory()
    self.__dict__.update(values)


def _values(self: object) -> tuple[object, ...]:
    return tuple(getattr(self, name) for name in _names(self))


def _eq(self: object, other: object) -> bool:
    return type(self) is type(other) and _values(self) == _values(other)


def _hash(self: object) -> int:
    return hash((type(self), _values(self)))


def _repr(self: object) -> str:
    listed = ", ".join(f"{name}={getattr(self, name)!r}" for name in _names(self))
    return f"{type(self).__name__}({listed})"


def _refuse(self: object, name: str, *_: object) -> NoReturn:
    msg = f"{type(self).__name__} is frozen: {name} stays as it is"
    raise AttributeError(msg)
