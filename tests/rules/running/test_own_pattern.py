"""Expressions of the project's own run with a bound."""

from __future__ import annotations

import pytest

from releasio.config.tables.model import CommitParser, CommitsConfig
from releasio.errors.project.pattern import PatternTooSlow
from releasio.rules.commits.reading import read_changes
from releasio.rules.running.own_pattern import OwnPattern, problem_of
from tests.rules.history import commit
from tests.sampled import sampled

ENDLESS = "(?:a|aa)+$"
TEXT = "a" * 60 + "!"  # tried in more ways than there are atoms


@pytest.mark.parametrize(
    ("settings", "key", "message"),
    sampled(
        [
            ({"breaking_pattern": ENDLESS}, "commits.breaking_pattern", f"fix: it\n\n{TEXT}"),
            ({"breaking_patterns": (ENDLESS,)}, "commits.breaking_patterns", f"fix: it\n\n{TEXT}"),
            ({"scope_regex": ENDLESS}, "commits.scope_regex", f"fix({TEXT}): it"),
            (
                {"commit_parsers": (CommitParser(pattern=ENDLESS),)},
                "commits.commit_parsers[0].pattern",
                TEXT,
            ),
        ],
        4,  # each takes the two seconds
    ),
)
def test_that_never_end_are_named(settings: dict[str, object], key: str, message: str) -> None:
    with pytest.raises(PatternTooSlow) as caught:
        read_changes([commit(message)], CommitsConfig(**settings))

    assert (
        f"`{key}` was not done after 2 seconds of work on one text, which begins with: "
        f"{'a' * 60}..."
    ) == caught.value.message
    assert (
        "Simplify the expression '(?:a|aa)+$': a part that is repeated must not match "
        "the same text in several ways."
    ) == caught.value.hint
    assert 2 == caught.value.exit_code


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("GONE:", "a GONE: b", (2, 7)),
        ("G.+E:", "a GONE: b", (2, 7)),
        ("^b+", "a\nbb", (2, 4)),
        ("(?i)gone{1}:", "GONE:", (0, 5)),
        ("x+", "a", None),
    ],
)
def test_match_as_those_of_re_do(pattern: str, text: str, found: tuple[int, int] | None) -> None:
    match = OwnPattern("key", pattern, lines=True).search(text)

    assert found == (match.span() if match else None)


def test_have_named_groups() -> None:
    pattern = OwnPattern("key", r"(?P<kind>\w+) (?P<text>.+)")
    match = pattern.match("ADD a thing")

    assert {"kind", "text"} == set(pattern.groups)
    assert match is not None
    assert ("ADD", "a thing") == (match["kind"], match["text"])


@pytest.mark.parametrize("pattern", ["(", "(+", "a{2", "x*(?P<a>y)"])
def test_are_looked_at_before_they_run(pattern: str) -> None:
    assert bool(problem_of(pattern)) is pattern.startswith("(")
