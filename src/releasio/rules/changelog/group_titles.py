"""What the groups of a section are called: as in the file, else as Keep a Changelog has it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from releasio.config.reading.generations import EMOJI_TITLES
from releasio.frozen import frozen
from releasio.rules.changelog.heading_style import is_unreleased, read_title
from releasio.rules.changelog.markup.markdown_markup import MARKDOWN
from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from releasio.config.tables.model import ChangelogConfig
    from releasio.rules.changelog.markup.markup import Markup

Family = Literal["keep-a-changelog", "emoji", "plain"]

# commit types that mean the same
_KINDS = {
    "add": "feat", "added": "feat", "feature": "feat", "new": "feat",
    "bug": "fix", "bugfix": "fix", "fixed": "fix", "hotfix": "fix",
    "performance": "perf",
    "sec": "security",
    "deprecated": "deprecate", "deprecation": "deprecate",
    "removal": "remove", "removed": "remove",
}  # fmt: skip
# titles in use, by the kind of change that stands below them: letters only, in lower case
_IN_USE = {
    "breaking": (
        "breaking changes", "breaking change", "breaking", "backwards incompatible changes",
        "backward incompatible changes", "backwards incompatibilities", "incompatible changes",
    ),
    "feat": (
        "added", "features", "feature", "new features", "new feature", "feat", "new", "additions",
        "enhancements", "enhancement", "implemented enhancements", "features and improvements",
        "new features and improvements",
    ),
    "fix": (
        "fixed", "bug fixes", "bug fix", "bugfixes", "bugfix", "fixes", "fix", "fixed bugs",
        "bugs fixed", "bugs",
    ),
    "perf": (
        "performance", "performance improvements", "performance improvement", "perf", "faster",
        "optimizations", "optimisations",
    ),
    "other": ("changed", "changes", "improvements", "other", "other changes", "others"),
    "security": ("security", "security fixes", "security updates"),
    "deprecate": ("deprecated", "deprecations", "deprecation"),
    "remove": ("removed", "removals", "removal"),
    "docs": ("documentation", "docs", "documentation changes"),
    "refactor": ("refactoring", "refactor", "code refactoring", "refactors"),
    "test": ("tests", "test", "testing"),
    "build": ("build", "build system", "packaging"),
    "ci": ("ci", "continuous integration"),
    "style": ("style", "styles", "styling"),
    "chore": ("chores", "chore", "maintenance", "miscellaneous tasks", "miscellaneous chores"),
    "revert": ("reverts", "reverted", "revert"),
}  # fmt: skip
_KIND_OF = {words: kind for kind, titles in _IN_USE.items() for words in titles}
# what stands in sections beside the groups of changes
_BESIDE = frozenset(
    {
        "what s changed",
        "new contributors",
        "contributors",
        "highlights",
        "dependencies",
        "upgrading",
    }
)
_KEEP_A_CHANGELOG = {
    "feat": "Added",
    "other": "Changed",
    "deprecate": "Deprecated",
    "remove": "Removed",
    "fix": "Fixed",
    "security": "Security",
}
_PLAIN = {
    "feat": "Features",
    "fix": "Bug Fixes",
    "perf": "Performance Improvements",
    "security": "Security",
    "deprecate": "Deprecations",
    "remove": "Removals",
    "docs": "Documentation",
    "refactor": "Code Refactoring",
    "test": "Tests",
    "build": "Build System",
    "ci": "Continuous Integration",
    "style": "Styles",
    "chore": "Chores",
    "revert": "Reverts",
    "other": "Other Changes",
}
_EMOJI = {
    **{kind: title for kind, title in EMOJI_TITLES.items() if kind != "other"},
    "security": "🔒 Security",
    "deprecate": "🗑️ Deprecations",
    "remove": "🗑️ Removals",
    "other": EMOJI_TITLES["other"],
}
_TITLES: Mapping[Family, Mapping[str, str]] = {
    "keep-a-changelog": _KEEP_A_CHANGELOG,
    "plain": _PLAIN,
    "emoji": _EMOJI,
}
_CODE = pattern(r":[a-z0-9_+-]+:")  # an emoji by its name
_NUMBER = pattern(r"[ ]+[-\u2013\u2014:]?[ ]*v?\d+(?:\.\d+)+$")
_LETTERS = pattern(r"[^\W\d_]+")


@frozen
class GroupTitles:
    """
    The title of each group of a section.

    Attributes:
        named: Commit type to title, as the settings say.
        found: Kind of change to title, as the file has them.
        family: Where the others come from.
    """

    named: Mapping[str, str]
    found: Mapping[str, str]
    family: Family

    @property
    def breaking(self) -> str | None:
        """The title above breaking changes; `None`: each is marked in the group of its type."""
        if own := self.named.get("breaking") or self.found.get("breaking"):
            return own
        return _EMOJI["breaking"] if self.family == "emoji" else None

    def of(self, type_: str) -> str:
        """Return the title above changes of a commit type, which is in lower case."""
        if own := self.named.get(type_):
            return own
        if self._all_named:  # the settings name every title; all other types share one
            return self.named["other"]
        kind = _KINDS.get(type_, type_)
        return self.named.get(kind) or self.found.get(kind) or self._usual(kind)

    def order(self) -> Iterator[str]:
        """Yield the titles in their usual order; what the settings add comes behind."""
        if self.breaking:
            yield self.breaking
        usual = _TITLES["emoji" if self._all_named else self.family]
        yield from (self.of(kind) for kind in usual if kind != "breaking")
        yield from self.named.values()

    @property
    def last(self) -> str:
        """The title that comes behind all others, of changes without a group; empty for none."""
        if self.family == "keep-a-changelog" and "other" not in self.named:
            return ""
        return self.of("other")

    @property
    def _all_named(self) -> bool:
        return self.named.keys() >= EMOJI_TITLES.keys()

    def _usual(self, kind: str) -> str:
        usual = _TITLES[self.family]
        if "other" in self.found and not self.found.keys() & {"feat", "fix"}:
            return self.found["other"]  # such a file has one group for all of it
        if kind not in usual:
            if own := self.named.get("other") or self.found.get("other"):
                return own
            kind = "other"
        return self._like_the_others(usual[kind]) if self.family == "plain" else usual[kind]

    def _like_the_others(self, title: str) -> str:
        """Return *title* in small letters or bold, if the file's own are."""
        if any(re.search(r"\w [a-z]", own) for own in self.found.values()):
            title = title.capitalize()
        model = next(iter(self.found.values()), "")
        if not model.startswith("**"):
            if model.startswith("."):
                return f".{title}"
            return f"{title}:" if model.endswith(":") else title
        return f"**{title}:**" if ":" in model else f"**{title}**"


def group_titles(
    text: str | None, settings: ChangelogConfig, markup: Markup = MARKDOWN
) -> GroupTitles:
    """
    Return what the groups of the next section are called.

    Those that the settings name come first, then those that the changelog *text* uses,
    its newest ones first; all others are in the manner of these.
    """
    titles: dict[str, str] = {}
    family: Family | None = None
    for title in _groups_in(text or "", markup):
        kind = _KIND_OF.get(_words(title))
        own = _family(title)
        if kind is None or (own and family and own != family):
            continue
        family = family or own
        titles.setdefault(kind, _NUMBER.sub("", title))
    return GroupTitles(settings.section_headers, titles, family or "keep-a-changelog")


def is_known_title(text: str) -> bool:
    """Whether a heading is one that groups of changes have."""
    words = _words(text)
    return words in _KIND_OF or words in _BESIDE


def _groups_in(text: str, markup: Markup) -> Iterator[str]:
    """Yield the headings below the versions in *text*, else the bold lines that stand for them."""
    iterator = markup.headings(text)
    sections = (heading for heading in iterator if is_unreleased(heading) or read_title(heading))
    first = next(sections, None)
    if first is None:
        return
    titles = [heading.text for heading in iterator if is_known_title(heading.text)]
    yield from titles
    for line in () if titles else markup.bold_lines(text):
        if line.start > first.start and is_known_title(line.text):
            yield line.text


def _family(title: str) -> Family | None:
    """Return the manner that *title* belongs to; `None`: to several."""
    if title in EMOJI_TITLES.values():
        return "emoji"
    if title in _KEEP_A_CHANGELOG.values():
        return None if title in {"Security", "Deprecated", "Removed"} else "keep-a-changelog"
    return "plain"


def _words(title: str) -> str:
    return " ".join(_LETTERS.findall(_CODE.sub("", title).casefold()))
