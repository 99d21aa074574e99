"""The grammar of commit messages: Conventional Commits 1.0.0 and what squash merges make of it."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

# Types that everybody's tools know; in a body only these and configured ones count, because
# there any word with a colon ("Note: ...") looks like a type.
KNOWN_TYPES = frozenset(
    ("feat", "fix", "perf", "docs", "refactor", "test", "build", "ci", "style", "chore", "revert")
)


class Entry(NamedTuple):
    """One line that says what changed: `feat(api)!: add a thing`."""

    type: str
    scope: str | None
    marked: bool  # with the exclamation mark
    description: str
    start: int = 0  # where it stands in the body


_SUBJECT = re.compile(
    r"([A-Za-z][\w-]*)(?:\(([^()]*)\))?(!?):[ \t]+(\S.*)"  # type, scope, mark, description
).match
_ALMOST = re.compile(r"([A-Za-z][\w-]*)[ \t]*(\([^()]*\))?[ \t]*(!?)[ \t]*:(.*)").match


def parse_subject(subject: str) -> Entry | None:
    """Return what a conventional *subject* says; the type comes in lower case."""
    match = _SUBJECT(subject)
    if match is None:
        return None
    type_, scope, mark, description = match.groups()
    return Entry(type_.lower(), scope or None, bool(mark), description)


def why_not(subject: str) -> str:
    """Say why *subject* is no conventional one."""
    match = _ALMOST(subject)
    if match is None or match[1].lower() not in KNOWN_TYPES:
        return "not a conventional commit"
    if not match[4].strip():
        return "not a conventional commit: the description is missing"
    return "not a conventional commit: write `type(scope): description`, with a space behind the :"


# --- several entries in one body -------------------------------------------------------------

_FENCED = re.compile(r"^ {0,3}(```|~~~).*?(?:^ {0,3}\1[^\n]*$|\Z)", re.MULTILINE | re.DOTALL)
_NOT_COMMITS = re.compile(r"^(?:#{1,6} |<details|[-*_]{3,}[ \t]*$)", re.MULTILINE)


@cache
def _entry_pattern(types: frozenset[str]) -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, types)))
    bullet = r" {0,3}(?:[*+-]|\d+[.)])[ \t]+"
    tail = r"(?:\(([^()\n]*)\))?(!?):[ \t]+(\S[^\n]*)"
    return re.compile(rf"^(?:({bullet})(?i:({words}))|({words})){tail}$", re.MULTILINE)


def entries_of(body: str, types: Collection[str] = KNOWN_TYPES) -> Iterator[Entry]:
    """
    Yield the conventional lines of a squash *body*.

    GitHub writes `* feat: x` per commit, people write `- fix: y`, GitLab and
    Azure keep the lines bare, at the beginning of a paragraph or one below the
    other. Only *types* count. What stands below a heading, a rule or
    `<details>`, or in a code block, is a description of the pull request or
    somebody else's release notes, not commits.
    """
    if ":" not in body:
        return
    if "```" in body or "~~~" in body:
        body = _FENCED.sub(lambda match: " " * len(match[0]), body)
    if cut := _NOT_COMMITS.search(body):
        body = body[: cut.start()]
    after_entry = 0  # where the line after the last entry begins
    for match in _entry_pattern(frozenset(types)).finditer(body):
        bullet, listed, bare, scope, mark, description = match.groups()
        start = match.start()
        if bullet or start == after_entry or body[:start].endswith("\n\n"):
            after_entry = match.end() + 1
            type_ = (listed or bare).lower()
            yield Entry(type_, scope or None, bool(mark), description.rstrip(), start)


# --- footers ---------------------------------------------------------------------------------

_FOOTER = re.compile(r"(?:[A-Za-z][\w-]*|BREAKING[ -]CHANGE)(?:: | #)\S|[*+-] |#{1,6} ")
_RELEASE_AS = re.compile(r"^[ \t]*Release-As:[ \t]*(\S*)[ \t]*$", re.MULTILINE | re.IGNORECASE)


def note_behind(body: str, end: int) -> str:
    """
    Return the text of the footer whose mark ends at *end*, on one line.

    It goes on until the next footer, bullet or heading, or until the end of
    its first paragraph.
    """
    words: list[str] = []
    for number, line in enumerate(body[end:].split("\n")):
        text = line.strip()
        if number and _FOOTER.match(text):
            break
        if text:
            words.append(text)
        elif words:
            break
    return " ".join(words)


def release_as(message: str) -> str | None:
    """Return what a `Release-As:` footer names; the empty string when it names nothing."""
    if "elease-" not in message and "ELEASE-" not in message:
        return None
    found = _RELEASE_AS.findall(message)
    return str(found[-1]) if found else None


# --- pull requests ---------------------------------------------------------------------------

_AZURE = re.compile(r"Merged PR (\d+): ")
_MERGED = re.compile(r"Merge pull request #(\d+) |Merged in .* \(pull request #(\d+)\)$")
_GITLAB = re.compile(r"^See merge request \S*!(\d+)$", re.MULTILINE)


def split_reference(text: str) -> tuple[str, str]:
    """Split `add x (#12)` into the text and the reference `#12`, empty when there is none."""
    if text.endswith(")"):
        said, _, reference = text[:-1].rpartition("(")
        if reference[:1] in {"#", "!"} and reference[1:].isdecimal():
            return said.rstrip(" \t"), reference
    return text, ""


def unwrap_subject(subject: str, body: str) -> tuple[str, str]:
    """Take what a forge wrote around *subject*: return the title and the reference, if any."""
    if match := _AZURE.match(subject):
        return subject[match.end() :], f"!{match[1]}"
    if match := _MERGED.match(subject):
        return subject, f"#{match[1] or match[2]}"
    if "!" in body and (match := _GITLAB.search(body)):
        return subject, f"!{match[1]}"
    return subject, ""
