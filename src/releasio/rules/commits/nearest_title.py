"""The title that somebody probably meant, where theirs is no conventional commit."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from releasio.rules.conventions.conventional import KNOWN_TYPES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

# what people write for a type
_ALIASES = {
    **dict.fromkeys(("feature", "features", "feats", "enhancement", "enh", "new"), "feat"),
    **dict.fromkeys(("bug", "bugfix", "bugfixes", "hotfix", "fixes", "fixed", "fixup"), "fix"),
    **dict.fromkeys(("doc", "document", "documentation", "readme"), "docs"),
    **dict.fromkeys(("tests", "testing", "tst"), "test"),
    **dict.fromkeys(("refac", "refactoring", "refactored", "cleanup"), "refactor"),
    **dict.fromkeys(("performance", "optimisation", "optimization"), "perf"),
    **dict.fromkeys(("chores", "maintenance", "maint", "misc"), "chore"),
    **dict.fromkeys(("sec",), "security"),
    **dict.fromkeys(("formatting", "format", "lint", "linting"), "style"),
    **dict.fromkeys(("deps", "dependencies", "packaging"), "build"),
    **dict.fromkeys(("workflow", "workflows", "pipeline"), "ci"),
    **dict.fromkeys(("breaking", "breaking-change"), "feat!"),
}
# the first word of a title that begins with a verb; the verb of the second group says no more
# than the type does
_VERBS = {
    "feat": "add adds added adding implement implements implemented support supports introduce "
    "introduces introduced allow allows enable enables",
    "docs": "document documents documented describe explain",
    "refactor": "refactor refactors rename renames renamed simplify simplifies restructure "
    "reorganise reorganize clean",
    "build": "bump bumps upgrade upgrades pin unpin",
    "perf": "speed optimise optimize optimised optimized",
}
_SAID_BY_TYPE = {"fix": "fix fixes fixed fixing repair repairs correct corrects"}
_TYPE = r"(?P<type>[A-Za-z][\w-]*|breaking[ -]change)"
_LOOSE = re.compile(
    rf"\W*{_TYPE}\W?\s*(?:\((?P<scope>[^()]*)\))?\s*(?P<mark>!?)\s*"
    r"(?:[:\uff1a]+|\s[-\u2013\u2014]+\s|/)\s*(?P<text>\S.*)",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"\W*\[(?P<type>[A-Za-z][\w-]*)\](?P<mark>!?)[\s:-]*(?P<text>\S.*)")
_BARE = re.compile(r"\W*(?P<type>[A-Za-z][\w-]*)(?:\((?P<scope>[^()]*)\))?\s+(?P<text>\S.*)")
_CLOSE = 0.7  # of two words; `faet` is feat, and `test` is no feat


def nearest_titles(title: str, types: Collection[str] = ()) -> Iterator[str]:
    """
    Yield conventional titles that *title* may have been meant for, the likeliest first.

    Args:
        title: As somebody wrote it.
        types: Types that the settings name besides those that everybody knows.
    """
    known_types = {*KNOWN_TYPES, *types}
    for pattern in (_LOOSE, _IN_BRACKETS):
        if (match := pattern.fullmatch(title)) and (type_ := _type_of(match["type"], known_types)):
            yield _written(type_, match)
    if match := _BARE.fullmatch(title):
        word = match["type"].lower()
        type_ = _ALIASES.get(word, word)
        if type_.rstrip("!") in known_types and not _is_verb(word):
            yield _written(type_, match)
        yield from _by_verb(word, match)


def _type_of(word: str, known_types: Collection[str]) -> str | None:
    """Return the type that *word* stands for, or is misspelt of."""
    word = re.sub(r"\s", "-", word.lower())
    type_ = _ALIASES.get(word, word)
    if type_.rstrip("!") in known_types:
        return type_
    close = get_close_matches(word, sorted({*known_types, *_ALIASES}), n=1, cutoff=_CLOSE)
    return _ALIASES.get(close[0], close[0]) if close else None


def _written(type_: str, match: re.Match[str]) -> str:
    groups = match.groupdict()
    scope = (groups.get("scope") or "").strip()
    mark = "!" if groups.get("mark") or type_.endswith("!") else ""
    text = _lowered(groups["text"].strip())
    return f"{type_.rstrip('!')}{f'({scope})' if scope else ''}{mark}: {text}"


def _lowered(text: str) -> str:
    """Return *text* with its first letter small, unless its first word is a name: `PEP 440`."""
    first = text.split(maxsplit=1)[0]
    is_plain = first[:1].isupper() and (first[1:].islower() or len(first) == 1)
    return f"{text[0].lower()}{text[1:]}" if is_plain else text


def _is_verb(word: str) -> bool:
    return any(word in verbs.split() for verbs in (*_VERBS.values(), *_SAID_BY_TYPE.values()))


def _by_verb(word: str, match: re.Match[str]) -> Iterator[str]:
    for type_, verbs in _SAID_BY_TYPE.items():
        if word in verbs.split():
            yield f"{type_}: {_lowered(match['text'].strip())}"
    for type_, verbs in _VERBS.items():
        if word in verbs.split():
            yield f"{type_}: {word} {match['text'].strip()}"
