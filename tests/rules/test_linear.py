"""A message of any size takes time in proportion to it: the steps are counted, not the seconds."""

from __future__ import annotations

import inspect
import re
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from releasio.config.tables.model import ChangelogConfig, CommitsConfig, Config
from releasio.rules.commits.footers import trailer
from releasio.rules.commits.reading import read_changes
from releasio.rules.conventions.conventional import KNOWN_TYPES, _entry_pattern
from releasio.rules.notes.listed import listed
from releasio.rules.notes.notes import render_notes
from releasio.text.pattern import pattern as lazy_pattern
from releasio.text.plaintext import inert, printable
from tests.rules.calls import calls_of
from tests.rules.history import commit
from tests.rules.matching_steps import nodes_of, steps_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.rules.matching_steps import Node

# what reads the text of commits, or shows it
MODULES = (
    "rules.commits.breaking",
    "rules.notes.breaking_note",
    "rules.commits.reading",
    "rules.conventions.conventional",
    "rules.conventions.gitmoji",
    "rules.conventions.kernel",
    "rules.conventions.prefix",
    "rules.conventions.pull_requests",
    "rules.notes.by_pull_request",
    "rules.notes.entry",
    "rules.notes.escape",
    "rules.notes.own_words",
    "rules.notes.people",
    "rules.notes.references",
    "rules.commits.footers",
    "rules.commits.left_out",
    "rules.contents.tag_message",
    "rules.changelog.markdown",
    "rules.commits.own_words",
    "text.plaintext",
    "rules.commits.reverts",
    "rules.credentials.secret",
)
LAZY = type(lazy_pattern(""))
OF_SETTINGS = {"rules.notes.entry._EMPTY_SCOPE"}  # reads the project's own template, no commit
SMALL, LARGE = 40, 80
MOST = 3  # times as many steps for twice the text: 2 is linear, 4 quadratic


def methods_of(variable: str, source: str) -> list[str]:
    """Return by which of its methods *source* uses an expression; all others do as `search`."""
    methods = re.findall(rf"\b{variable}\.(\w+)", source)
    return sorted({name if name in {"match", "fullmatch"} else "search" for name in methods})


def expressions() -> Iterator[tuple[str, re.Pattern[str], str]]:
    """Yield name, expression and method of all that stand in the modules."""
    for name in MODULES:
        module = import_module(f"releasio.{name}")
        source = inspect.getsource(module)
        for variable, value in vars(module).items():
            if isinstance(value, (re.Pattern, LAZY)) and f"{name}.{variable}" not in OF_SETTINGS:
                compiled = re.compile(value.pattern, value.flags)
                for method in methods_of(variable, source) or ["search"]:
                    yield f"{name}.{variable}.{method}", compiled, method
            elif isinstance(getattr(value, "__self__", None), re.Pattern):
                yield f"{name}.{variable}", value.__self__, value.__name__
    yield "conventional._entry_pattern", _entry_pattern(KNOWN_TYPES), "search"
    yield "footers.trailer", trailer(), "match"


def letters_of(nodes: Node) -> Iterator[str]:
    """Yield one letter for each place of an expression that letters can stand in."""
    for node in nodes:
        kind, about = str(node[0]), node[1]
        if kind in {"LITERAL", "NOT_LITERAL"}:
            yield chr(about)
        elif kind == "RANGE":
            yield chr(about[0])
        elif kind == "IN":
            yield from letters_of(about)
        elif kind == "BRANCH":
            yield from (letter for way in about[1] for letter in letters_of(way))
        elif kind == "SUBPATTERN":
            yield from letters_of(about[3])
        elif kind.endswith("REPEAT"):
            yield from letters_of(about[2])
        elif kind.startswith("ASSERT"):
            yield from letters_of(about[1])


def sample_of(nodes: Node) -> str:
    """Return a text that an expression nearly matches: what its prefixes lead into."""
    text = ""
    for node in nodes:
        kind, about = str(node[0]), node[1]
        if kind == "BRANCH":
            text += sample_of(about[1][0])
        elif kind == "SUBPATTERN":
            text += sample_of(about[3])
        elif kind.endswith("REPEAT"):
            text += sample_of(about[2]) * max(about[0], 1)
        elif kind in {"LITERAL", "IN"}:
            text += next(letters_of([node]), "x")
        elif kind in {"ANY", "NOT_LITERAL"}:
            text += "x"
    return text


def texts(pattern: re.Pattern[str], size: int) -> Iterator[str]:
    """Yield texts of about *size* letters that give an expression much to try."""
    nodes = nodes_of(pattern)
    letters = list(dict.fromkeys([*letters_of(nodes), " ", "\n", "x", "1"]))[:12]
    sample = sample_of(nodes)[:16]
    for end in range(0, len(sample) + 1, max(1, len(sample) // 6)):
        for letter in letters:
            yield f"{sample[:end]}{letter * size}\0"
            yield f"{sample[:end]}{letter * size}{sample[end:]}\0"
    for letter in letters:
        yield f"{sample}{letter}" * (size // (len(sample) + 1) + 1)


@pytest.mark.parametrize(
    ("pattern", "method"),
    [pytest.param(pattern, method, id=name) for name, pattern, method in expressions()],
)
def test_every_expression_over_commits_is_linear(pattern: re.Pattern[str], method: str) -> None:
    pairs = zip(texts(pattern, SMALL), texts(pattern, LARGE), strict=True)
    slow = [
        small
        for small, large in pairs
        if steps_of(pattern, large, method) > MOST * steps_of(pattern, small, method) + LARGE
    ]

    assert [] == slow


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"^(\s*)::", lambda size: "\n" * size),
        (r"a*b?a*c", lambda size: "a" * size),
        (r"(a+)+$", lambda size: "a" * (size // 10) + "!"),
    ],
)
def test_the_count_finds_what_is_not(pattern: str, text: Callable[[int], str]) -> None:
    compiled = re.compile(pattern, re.MULTILINE)

    assert steps_of(compiled, text(LARGE)) > MOST * steps_of(compiled, text(SMALL)) + LARGE


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"a(b|c)*d", "abcbd"),
        (r"(?i)X+?y", "xxY"),
        (r"(?<=a)b(?!c)", "ab"),
        (r"(a)\1", "aa"),
        (r"(?:a++|b)\b", "aaa"),
        (r"^\w\s[^\d]$", "a x"),
    ],
)
def test_the_count_matches_as_re_does(pattern: str, text: str) -> None:
    """It could not count the steps of what it reads in another way."""
    compiled = re.compile(pattern)

    assert compiled.search(text)
    assert steps_of(compiled, text, "search") <= steps_of(compiled, text * 3, "search")


HOSTILE = {
    "release-as": lambda n: "Release-As:" + " " * n + "x y",
    "release-as lines": lambda n: "Release-As: x\n" * n,
    "breaking": lambda n: "BREAKING CHANGE: x\n" * n,
    "breaking on one line": lambda n: "BREAKING CHANGE: " * n,
    "nearly breaking": lambda n: "> Breaking change: x\n" * n,
    "own pattern": lambda n: "GONE: " * n,
    "paragraph": lambda n: "BREAKING CHANGE: x\n" + "y\n" * n,
    "items": lambda n: "BREAKING CHANGE: x\n" + "- y\n" * n,
    "entries": lambda n: "".join(f"* feat: a{number}\n" for number in range(n)),
    "the same entry": lambda n: "* feat: a\n\nBREAKING CHANGE: b\n\n" * n,
    "backticks": lambda n: " ".join("`" * (number % 40 + 1) for number in range(n)),
    "one run of backticks": lambda n: "BREAKING CHANGE: " + "`" * n + "x`",
    "fence": lambda n: "`" * n + "x`",
    "fences": lambda n: "```\n" * n,
    "newlines": lambda n: "\n" * n + "::set-output name=x::y",
    "spaces": lambda n: "feat" + " " * n + "!",
    "details": lambda n: "<details>" * n,
    "comments": lambda n: "<!-- \n" * n,
    "dashes": lambda n: "-" * n + "x",
    "references": lambda n: "(#1" * n,
    "reverts": lambda n: "This reverts commit " + "0123456 and " * n,
}


def read(message: str) -> None:
    """Read, list and show a commit with *message* as its body, and one with nothing else."""
    config = Config(
        commits=CommitsConfig(breaking_patterns=("GONE:",)), changelog=ChangelogConfig()
    )
    for text in (f"feat: it\n\n{message}", message):
        reading = read_changes([commit(text)], config.commits)
        shown = render_notes(listed(reading.changes, config), config.changelog)
        inert(printable("\n".join((shown, text, *reading.warnings))))


def calls_for(message: str) -> int:
    """Return how many functions are called to read *message*."""
    return calls_of(lambda: read(message))


@pytest.mark.parametrize("kind", HOSTILE)
def test_reading_a_hostile_message_is_linear(kind: str) -> None:
    """
    The last one is of a size that takes minutes where anything in it is quadratic.
    """
    message = HOSTILE[kind]

    assert calls_for(message(600)) <= MOST * calls_for(message(300)) + 1_000
    read(message(20_000))
