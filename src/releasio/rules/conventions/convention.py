"""The conventions that `commits.convention` chooses from."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.rules.conventions.conventional import NOT_CONVENTIONAL, Entry, end_of_commits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from releasio.rules.versions.version import Level

    ReadLine = Callable[[str], Entry | None]

# those of Angular's guidelines, and the ones of its earlier editions
# https://github.com/angular/angular/blob/main/contributing-docs/commit-message-guidelines.md
ANGULAR_TYPES = frozenset(
    ("build", "chore", "ci", "docs", "feat", "fix", "perf", "refactor", "revert", "style", "test")
)


@frozen
class Convention:
    """
    How subjects are read.

    Attributes:
        read: What a subject says; None when it does not follow this convention.
        read_item: The same for an item in the list of a squash merge.
        levels: What types raise that no other setting speaks of.
        types: The types of conventional commits that are read besides; None: all of them.
        lacks: Why a subject is left out that follows none of it.
        example: A subject that follows it.
    """

    read: ReadLine | None = None
    read_item: ReadLine | None = None
    levels: Mapping[str, Level] = MappingProxyType({})
    types: frozenset[str] | None = None
    lacks: str = NOT_CONVENTIONAL
    example: str = "fix(parser): accept empty input"


CONVENTIONAL = Convention()


def convention_of(name: str) -> Convention:
    """Return what a value of `commits.convention` stands for; only the chosen one is loaded."""
    match name:
        case "angular":
            return Convention(
                types=ANGULAR_TYPES, lacks="not a conventional commit of a type that Angular has"
            )
        case "gitmoji":
            from releasio.rules.conventions import gitmoji

            return Convention(
                read=gitmoji.read,
                read_item=gitmoji.read,
                levels=gitmoji.LEVELS,
                lacks=gitmoji.LACKS,
                example=":bug: (parser): accept empty input",
            )
        case "prefix":
            from releasio.rules.conventions import prefix

            return Convention(
                read=prefix.read,
                read_item=prefix.read_line,
                levels=prefix.LEVELS,
                lacks=prefix.LACKS,
                example="[Fix] accept empty input",
            )
        case "kernel":
            from releasio.rules.conventions import kernel

            return Convention(
                read=kernel.read,
                levels=kernel.LEVELS,
                types=frozenset(),
                lacks=kernel.LACKS,
                example="parser: accept empty input",
            )
        case _:
            return CONVENTIONAL


def items_of(words: str, read_item: ReadLine) -> Iterator[Entry]:
    """
    Yield what the items of a list in *words* say, as GitHub lists the commits of a squash merge.

    Args:
        words: The body without what is quoted in it: `own_words(body)`.
        read_item: Reads one of them.
    """
    start = 0
    for line in words[: end_of_commits(words)].split("\n"):
        text = line.lstrip(" ")
        if text[:2] in {"* ", "- "} and len(line) - len(text) < len("    "):
            bullet = line[: len(line) - len(text) + 2]
            if entry := read_item(text[2:].strip()):
                yield entry._replace(start=start, bullet=bullet)
        start += len(line) + 1
