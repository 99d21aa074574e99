"""The grammar of commit messages: Conventional Commits 1.0.0 and what squash merges make of it."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# Types that everybody's tools know; in a body only these and configured ones count, because
# there any word with a colon ("Note: ...") looks like a type.
KNOWN_TYPES = frozenset(
    (
        *("feat", "fix", "perf", "docs", "refactor", "test", "build", "ci", "style", "chore"),
        *("revert", "security", "deprecate"),
    )
)


NOT_CONVENTIONAL = "not a conventional commit"


class Entry(NamedTuple):
    """One line that says what changed: `feat(api)!: add a thing`."""

    type: str
    scope: str | None
    marked: bool  # with the exclamation mark
    description: str
    start: int = 0  # where it stands in the body
    bullet: str = ""  # what stands before it there


SUBJECT = pattern(
    r"([A-Za-z][\w-]*)(?:\(([^()]*)\))?(!?):[ \t]+(\S.*)"  # type, scope, mark, description
)
_WORD = pattern(r"[A-Za-z][\w-]*")
_HEAD = pattern(r"(!?)(?:\([^()]*\))?(!?)")


def parse_subject(subject: str) -> Entry | None:
    """Return what a conventional *subject* says; the type comes in lower case."""
    match = SUBJECT.match(subject)
    if match is None:
        return None
    type_, scope, mark, description = match.groups()
    return Entry(type_.lower(), scope or None, bool(mark), description)


def why_not(subject: str) -> str:
    """Say why *subject* is no conventional one."""
    word = _WORD.match(subject) if ":" in subject else None
    if word is None or word[0].lower() not in KNOWN_TYPES:
        return NOT_CONVENTIONAL
    before, colon, behind = subject[word.end() :].partition(":")
    head = _HEAD.fullmatch("".join(before.split()))
    if not colon or head is None:
        return NOT_CONVENTIONAL
    if not behind.strip():
        return f"{NOT_CONVENTIONAL}: the description is missing"
    if head[1] and "(" in head[0]:
        return f"{NOT_CONVENTIONAL}: the ! stands behind the scope, as in `{word[0]}(scope)!: ...`"
    if before.strip() != before or " " in before.partition("(")[0]:
        return f"{NOT_CONVENTIONAL}: write `type(scope): description`, without a space before the :"
    return f"{NOT_CONVENTIONAL}: write `type(scope): description`, with a space behind the :"


def nearly_breaking(subject: str) -> bool:
    """Whether *subject* has the mark of a breaking change, but is no conventional one."""
    word = _WORD.match(subject) if "!" in subject else None
    if word is None or word[0].lower() not in KNOWN_TYPES or parse_subject(subject):
        return False
    before, colon, _ = subject[word.end() :].partition(":")
    return bool(colon) and "!" in before and bool(_HEAD.fullmatch("".join(before.split())))


# --- several entries in one body -------------------------------------------------------------

_NOT_COMMITS = pattern(r"^(?:#{1,6} |<details|[-*_]{3,}[ \t]*$)", re.MULTILINE)


def end_of_commits(words: str) -> int:
    """Return where a description or somebody else's notes begin in a squash merge's body."""
    section = _NOT_COMMITS.search(words)
    return section.start() if section else len(words)


@cache
def _entry_pattern(types: frozenset[str]) -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, types)))
    bullet = r" {0,3}(?:[*+-]|\d+[.)])[ \t]+"
    tail = r"(?:\(([^()\n]*)\))?(!?):[ \t]+(\S[^\n]*)"
    # the newline in front makes the search fast: only beginnings of lines are looked at
    return re.compile(rf"\n(?:({bullet})(?i:({words}))|({words})){tail}")


def entries_of(words: str, types: frozenset[str] = KNOWN_TYPES) -> Sequence[Entry]:
    """
    Return the conventional lines of a squash merge's body.

    GitHub writes `* feat: x` per commit, people write `- fix: y`, GitLab and
    Azure keep the lines bare, at the beginning of a paragraph or one below the
    other. Only *types* count. What stands below a heading, a rule or
    `<details>` is a description of the pull request or somebody else's release notes,
    not commits.

    Args:
        words: The body without what is quoted in it: `own_words(body)`.
        types: In lower case, none of them empty.
    """
    if ":" not in words or not types:
        return ()
    matches = [*_entry_pattern(types).finditer(f"\n{words}")]
    return [*_entries(matches, words, end_of_commits(words))] if matches else ()


def _entries(matches: Iterable[re.Match[str]], words: str, end: int) -> Iterator[Entry]:
    after_entry = 0  # where the line after the last entry begins
    for match in matches:
        bullet, bullet_type, bare_type, scope, mark, description = match.groups()
        start = match.start()
        if start >= end:
            return
        if bullet or start == after_entry or words.endswith("\n\n", 0, start):
            after_entry = match.end()
            type_ = (bullet_type or bare_type).lower()
            text = description.rstrip()
            yield Entry(type_, scope or None, bool(mark), text, start, bullet or "")
