"""The words by which a changelog says that something is not released yet."""

from __future__ import annotations

import re

from releasio.text.pattern import pattern

# headings without a version, in letters only and lower case
_NAMES = frozenset(
    {
        "unreleased", "unreleased changes", "not released", "not yet released", "not released yet",
        "next", "next release", "next version", "the next release", "vnext", "v next",
        "upcoming", "upcoming changes", "upcoming release", "upcoming version",
        "latest", "latest changes", "changes since last release", "pending", "pending changes",
        "main", "master", "develop", "devel", "dev", "trunk", "head", "edge",
        "in development", "under development", "in progress", "work in progress", "wip",
        "coming soon", "tbd", "tba", "to be released", "development version",
    }
)  # fmt: skip
_NUMBER = r"[0-9yxmd?]"
# a date that is left open: 2026-XX-XX, YYYY-MM-DD, ??.??.2026
_OPEN_DATE = (
    r"(?<![\w?])(?=[0-9yxmd?./-]{0,13}[yxmd?])"
    rf"{_NUMBER}{{1,4}}([-./]){_NUMBER}{{1,4}}\1{_NUMBER}{{1,4}}(?![\w?])"
)
_MARK = pattern(
    rf"{_OPEN_DATE}|\b(?:un-?released|not[ ](?:yet[ ])?released(?:[ ]yet)?|to[ ]be[ ](?:released|"
    r"announced|determined|decided|defined)|tb[adc]|wip|work[ ]in[ ]progress|"
    r"in[ ](?:development|progress|the[ ]works)|under[ ]development|upcoming|coming[ ]soon|soon|"
    r"pending|planned|draft|next|future|dev|main|master|develop|trunk|head)\b",
    re.IGNORECASE,
)
_NOTHING_YET = r"(?:nothing|no changes?)(?: (?:has )?changed)? yet\.?[ \t]*"
_PLACEHOLDER = pattern(
    rf"^[-*+] {_NOTHING_YET}(?:\r?\n(?![ \t]+\S)|\Z)", re.IGNORECASE | re.MULTILINE
)
_ONLY_PLACEHOLDER = pattern(rf"\s*{_NOTHING_YET}\s*", re.IGNORECASE)
_TARGET = pattern(r"\]\([^)]*\)|\]\[[^\]]*\]")
_EMOJI = pattern(r":[a-z0-9_+-]+:")
_LETTERS = pattern(r"[^\W\d_]+")
LONGEST = 300  # characters; what is longer is no heading of a section, and takes time to read
_MOST_WORDS = 5  # words of a heading that is no sentence


def is_unreleased_name(text: str) -> bool:
    """Whether the heading *text*, which has no version, stands above what comes next."""
    if len(text) > LONGEST:
        return False
    words = _LETTERS.findall(_EMOJI.sub("", _TARGET.sub("]", text)).casefold())
    if " ".join(words) in _NAMES:
        return True
    return "unreleased" in words and len(words) <= _MOST_WORDS


def without_placeholders(text: str) -> str:
    """
    Return *text* without the items that only keep a place, such as `- Nothing changed yet.`.

    Below group headings, and beside code, all stays: nobody asked for another arrangement.
    """
    if any(line.startswith(("#", "```", "~~~")) for line in text.splitlines()):
        return text
    return "" if _ONLY_PLACEHOLDER.fullmatch(text) else _PLACEHOLDER.sub("", text)


def find_mark(text: str) -> re.Match[str] | None:
    """Return the words of *text*, beside a version, that say it is not released yet."""
    return _MARK.search(text)


def is_mark(line: str) -> bool:
    """Whether *line* says that and nothing else: `Unreleased`, `*Release date: TBD*`."""
    mark = find_mark(line)
    if mark is None or line.lstrip().startswith(("- ", "* ", "+ ")):
        return False
    other_words = _LETTERS.findall((line[: mark.start()] + " " + line[mark.end() :]).casefold())
    if set(other_words) - {"release", "released", "date", "on", "yet"}:
        return False
    return re.search(r"\d", line) is None
