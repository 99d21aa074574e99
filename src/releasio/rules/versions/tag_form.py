"""How the tags of a package's releases are named: reads and writes their names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from releasio.frozen import frozen, replace
from releasio.rules.versions.version import version_or_none
from releasio.rules.versions.version_form import written_like
from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from packaging.version import Version

VERSION = "{version}"
NAME = "{name}"


@frozen
class TagForm:
    """
    What stands before and behind the version in the names of tags.

    Attributes:
        before: What stands before it in new tags.
        after: What stands behind it.
        also: Beginnings of other names that releases of the same package have; these count
            as releases, and no new tag is named so.
        learnt: Whether the tags of the repository tell it, and not a setting.
        examples: Versions as the project writes them, the newest first.
        resembling: A tag that looks like the present version, and names another package;
            only where no tag is a release.
    """

    before: str = "v"
    after: str = ""
    also: tuple[str, ...] = ()
    learnt: bool = False
    examples: tuple[str, ...] = ()
    resembling: str = ""

    @classmethod
    def of_setting(cls, text: str, name: str) -> TagForm:
        """
        Read `version.tag_prefix`: a prefix, or a template with `{version}`.

        Args:
            text: What was set. `{name}` stands for the package's name in both.
            name: The package's name, as pyproject.toml has it.
        """
        before, _, after = text.replace(NAME, name).partition(VERSION)
        return cls(before, after)

    def __str__(self) -> str:
        """Return the form as a template, as the setting takes it: `v{version}`."""
        return f"{self.before}{VERSION}{self.after}"

    def name(self, version: Version | str) -> str:
        """Return the name of the tag of *version*; a version that is text is taken as it is."""
        if isinstance(version, str):
            return f"{self.before}{version}{self.after}"
        dotted = [example.replace("_", ".") for example in self.examples]
        usual = f"{self.before}{written_like(version, *dotted)}{self.after}"
        if self.examples and _UNDERSCORED.fullmatch(self.examples[0]):
            text = written_like(version, *dotted).replace(".", "_")
            name = f"{self.before}{text}{self.after}"
            return name if self.version(name) == version else usual
        return usual

    def like(self, tags: Sequence[str], requested: str | None = None) -> TagForm:
        """
        Return this form, with the versions of *tags* as examples to write others by.

        Args:
            tags: As `newest` returns them.
            requested: A version as somebody wrote it for this run; counts least.
        """
        texts = (self._text(tag) for tag in tags[:_EXAMPLES])
        return replace(self, examples=(*filter(None, texts), *([requested] if requested else [])))

    def _text(self, tag: str) -> str:
        """Return the version in the name *tag* as it is written."""
        for prefix in (self.before, *self.also):
            if tag.startswith(prefix) and tag[len(prefix) :][:1].isdigit():
                return tag[len(prefix) : len(tag) - len(self.after)]
        return ""

    def version(self, tag: str) -> Version | None:
        """
        Return the version that *tag* names, or `None` when it names none.

        All spellings that are equal by PEP 440 count: with `v` before,
        `v0.5.10-dev-20250820` is 0.5.10.dev20250820. Behind a prefix, `rel_2_0_41` is 2.0.41.
        """
        if tag.startswith(self.before) and tag.endswith(self.after):
            text = tag[len(self.before) : len(tag) - len(self.after)]
            version = _version(text, self.before)
            if version is not None:
                return version
        prefixes = (prefix for prefix in self.also if tag.startswith(prefix))
        versions = (_version(tag[len(prefix) :], prefix) for prefix in prefixes)
        return next((version for version in versions if version is not None), None)

    def newest(self, tags: Iterable[str]) -> list[str]:
        """
        Return the *tags* that are versions, the highest version first.

        Much cheaper than `version` for each: tags of the form 1.2.3 are ordered
        without making a `Version`. Of equal versions a name of the form for new tags comes
        first, then the longer one, so that `v2.0.0` is before the moving tag `v2`.
        """
        prefixes = [self.before, *(self.also if not self.after else ())]
        beginnings = "|".join(re.escape(prefix) for prefix in prefixes)
        numbers = re.compile(
            rf"({beginnings})([0-9]+)\.([0-9]+)\.([0-9]+){re.escape(self.after)}"
        ).fullmatch
        plain: list[tuple[int, int, int, bool, int, str]] = []
        unusual: list[tuple[int, tuple[int, ...], _Rank, bool, int, str]] = []
        own = self.before
        for tag in tags:
            if match := numbers(tag):
                prefix_of_tag, major, minor, patch = match.groups()
                plain.append(
                    (int(major), int(minor), int(patch), prefix_of_tag == own, len(tag), tag)
                )
            elif version := self.version(tag):
                is_own = tag.startswith(own) and tag.endswith(self.after)
                unusual.append((*_order(version), is_own, len(tag), tag))
        if not unusual:  # flat keys compare twice as fast
            return [key[-1] for key in sorted(plain, reverse=True)]
        unusual += [(0, key[:3], _FINAL, *key[3:]) for key in plain]
        return [key[-1] for key in sorted(unusual, reverse=True)]

    def finals(self, tags: Iterable[str]) -> list[str]:
        """Return those *tags* whose version is final, or a post-release of it, in their order."""
        versions = ((tag, self.version(tag)) for tag in tags)
        return [tag for tag, version in versions if version and not version.is_prerelease]

    def named(self, version: Version | None, tags: Iterable[str]) -> str | None:
        """Return the one of *tags* that names *version*; `None`: none does."""
        return next((tag for tag in tags if version and self.version(tag) == version), None)

    def find(self, release: str, tags: Sequence[str]) -> str:
        """
        Return which of *tags* is *release*, a tag's name or a version in any spelling.

        Raises:
            UnknownRelease: None is.
        """
        if release in tags:
            return release
        version = _version(release) or self.version(release)
        matching = (tag for tag in tags if version is not None and self.version(tag) == version)
        tag = next(matching, None)
        if tag is None:
            from releasio.errors.request import UnknownRelease

            raise UnknownRelease(release, str(self))
        return tag


_UNDERSCORED = pattern(r"[0-9]+(?:_[0-9]+)+(?:(?:a|b|rc)[0-9]+)?")
_EXAMPLES = 50  # tags that are looked at for how versions are written
_FIRST = frozenset("0123456789vV")
_FINAL = (3, 0, -1, float("inf"), "")  # phase, number, post, dev, local; see _order
_RANKS = {"a": 0, "b": 1, "rc": 2}

_Rank = tuple[int, int, int, float, str]


def _version(text: str, before: str = "") -> Version | None:
    if not text or text[:1] not in _FIRST:
        return None
    # without a prefix it may be a date, or anything
    if before and "_" in text and _UNDERSCORED.fullmatch(text):
        text = text.replace("_", ".")
    return version_or_none(text)


def _order(version: Version) -> tuple[int, tuple[int, ...], _Rank]:
    """Return what orders versions as PEP 440 does, with at least three numbers."""
    release = (*version.release, 0, 0)
    while len(release) > len(("major", "minor", "patch")) and not release[-1]:
        release = release[:-1]
    post = -1 if version.post is None else version.post
    dev = float("inf") if version.dev is None else version.dev
    phase, number = (3, 0)
    if version.pre:
        phase, number = _RANKS[version.pre[0]], version.pre[1]
    elif version.post is None and version.dev is not None:
        phase = -1
    return version.epoch, release, (phase, number, post, dev, version.local or "")
