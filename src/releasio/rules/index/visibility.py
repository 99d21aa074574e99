"""What installers see of a version, against what was uploaded."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Visibility:
    """
    The index's files against the expected ones, by name.

    Attributes:
        visible: There, with the right hash.
        missing: Not there (yet).
        different: There with another hash: name to that hash.
        trouble: Why the index could not be read, when it could not.
        lasting: Looking again in a while would show no more.
    """

    visible: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    different: Mapping[str, str] = field(default_factory=dict)
    trouble: str = ""
    lasting: bool = False

    @property
    def complete(self) -> bool:
        """Everything expected is there and right."""
        return not self.missing and not self.different


def compare(
    expected: Mapping[str, str],
    actual: Mapping[str, str],
    *,
    trouble: str = "",
    lasting: bool = False,
) -> Visibility:
    """Compare names and sha256 of what was uploaded with what is there."""
    return Visibility(
        visible=tuple(name for name in expected if actual.get(name) == expected[name]),
        missing=tuple(name for name in expected if name not in actual),
        different={
            name: actual[name]
            for name in expected
            if name in actual and actual[name] != expected[name]
        },
        trouble=trouble,
        lasting=lasting,
    )
