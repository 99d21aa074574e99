"""
Subjects that begin with a word for what was done: `[Fix] ...`, `(feat) ...`, `BUG: ...`.

Sources:
    https://numpy.org/doc/stable/dev/development_workflow.html#writing-the-commit-message
    https://www.odoo.com/documentation/18.0/contributing/development/git_guidelines.html
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from releasio.rules.conventions.conventional import Entry
from releasio.rules.versions.version import Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LACKS = "not a conventional commit, and begins with no known prefix"
LEVELS = {
    "security": Level.PATCH,
    "deprecate": Level.MINOR,
    "improve": Level.PATCH,
    "remove": Level.PATCH,
}

_BREAKING = frozenset(("api", "breaking", "breaking change", "breaking-change", "break"))
_WORDS = {
    "api": "api breaking breaking-change break",
    "feat": "feat feature features enh enhancement enhancements new add added",
    "deprecate": "dep depr deprecate deprecated deprecation",
    "fix": "fix fixes fixed bug bugs bugfix bugfixes bug-fix hotfix regr regression",
    "security": "sec security",
    "perf": "perf performance",
    "improve": "imp improvement improvements improve",
    "remove": "rem remove removed removal",
    "revert": "rev revert",
    "refactor": "ref refactor refactoring refac cln clean cleanup mov move",
    "docs": "doc docs documentation",
    "test": "tst test tests testing",
    "build": "bld build packaging",
    "ci": "ci",
    "style": "sty style lint",
    "chore": "chore mnt maint maintenance misc dev rel release bench typ typing wip deps",
}
_TYPES = {word: type_ for type_, words in _WORDS.items() for word in words.split()} | {
    "breaking change": "api"
}
_RANK = {type_: rank for rank, type_ in enumerate(_WORDS)}  # of several words the first counts
_UNIMPORTANT = frozenset(("skip ci", "ci skip", "no ci"))

_BRACKET = re.compile(r"\[([^\[\]]{1,60})\][ \t]*").match
_PARENTHESES = re.compile(r"\(([A-Za-z][\w/&, +-]{0,60})\)(!?):?[ \t]+(\S.*)").fullmatch
_HEAD = re.compile(r"(?:\(([^()]*)\))?(!?)[ \t]*[:-]?[ \t]*(\S.*)").fullmatch
_COLON = re.compile(
    r"([A-Za-z][\w-]{0,20}(?:[ \t]?[/,&+|][ \t]?[A-Za-z][\w-]{0,20}){0,3})"
    r"(?:\(([^()]*)\))?(!?):[ \t]+(\S.*)"
).fullmatch
# as scikit-learn has it; words that begin sentences, too, are not among them
_BARE = re.compile(
    r"((?:ENH|FIX|BUG|DOC|DOCS|MNT|MAINT|TST|CI|BLD|PERF|REF|STY|TYP|DEP|DEPR)"
    r"(?:/(?:ENH|FIX|BUG|DOC|MNT|MAINT|TST|CI|PERF))?)[ \t]+(\S.*)"
).fullmatch
_SEPARATORS = re.compile(r"[ \t]*[/,&+|][ \t]*").split


def read(subject: str) -> Entry | None:
    """Return what *subject* says; None when it begins with no word that is known."""
    if entry := read_line(subject):
        return entry
    bare = _BARE(subject)
    return _entry([bare[1]], None, "", bare[2]) if bare else None


def read_line(line: str) -> Entry | None:
    """Return what *line* says where marks set the word off: brackets, parentheses or a colon."""
    if line.startswith("["):
        return _in_brackets(line)
    if line.startswith("("):
        head = _PARENTHESES(line)
        return _entry([head[1]], None, head[2], head[3]) if head else None
    head = _COLON(line)
    return _entry([head[1]], head[2], head[3], head[4]) if head else None


def _in_brackets(line: str) -> Entry | None:
    groups, end = [], 0
    while match := _BRACKET(line, end):
        groups.append(match[1].strip())
        end = match.end()
    head = _HEAD(line[end:])
    return _entry(groups, head[1], head[2], head[3]) if head else None


def _entry(groups: Sequence[str], scope: str | None, mark: str, description: str) -> Entry | None:
    """Return what *groups* of words say; those that are not known are the scope."""
    known: list[str] = []
    unknown: list[str] = []
    for group in groups:
        words = _words(group)
        if all(word in _TYPES for word in words):
            known += words
        elif group.lower() not in _UNIMPORTANT:
            unknown.append(group)
    if not known:
        return None
    type_ = min((_TYPES[word] for word in known), key=_RANK.__getitem__)
    breaks = bool(mark) or not _BREAKING.isdisjoint(known)
    return Entry(type_, scope or ", ".join(unknown) or None, breaks, description.rstrip())


def _words(group: str) -> Sequence[str]:
    words: Iterable[str] = _SEPARATORS(group.lower())
    return tuple(word.strip() for word in words)
