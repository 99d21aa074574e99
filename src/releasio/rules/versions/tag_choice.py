"""Which form the tags of a package have, where the settings do not say: its releases do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.rules.versions.tag_form import TagForm
from releasio.rules.versions.version import is_version
from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from packaging.version import Version

# a word that names no package, and what joins it to the rest: release-1.2.0, version/1.2.0
_WORD = r"(?:(?:releases?|rel|versions?|ver)[-_/.]?)?"
_JOINED = r"(?:==|[-_/@])"
_ENDING_VERSION = pattern(r"(?:^|[^0-9.])(\d+(?:\.\d+)+[^/]*)$")


@frozen
class Owner:
    """
    The package whose tags are looked for.

    Attributes:
        name: Its name, as pyproject.toml has it; empty: not known.
        version: The version that pyproject.toml says; `None`: not known.
        folder: Its folder in the repository; empty for the root.
    """

    name: str
    version: Version | None = None
    folder: str = ""


def learnt_form(
    tags: Collection[str],
    owner: Owner,
    usual: str = "v",
    reachable: Callable[[], Collection[str]] | None = None,
) -> TagForm:
    """
    Return the form in which the releases of *owner* are tagged.

    A form is a version with something before it that names no other package: nothing, `v`,
    `V`, a word such as `release-`, and the package's own name before these. Where all tags
    share one, it is that. Where there are several, it is that of the highest release that
    HEAD descends from; the others count as earlier releases.

    Args:
        tags: All names of tags.
        owner: The package.
        usual: What stands before the version where no tag tells.
        reachable: Returns the tags HEAD descends from; asked for when forms are mixed.
            `None`: all are taken for such, and what is in doubt is not refused.

    Raises:
        TagFormsMixed: The highest release does not tell it.
    """
    beginning = _beginning(owner.name)
    forms = sorted(set(re.findall(rf"(?m)^{beginning}(?=[0-9])", "\n".join(tags))))
    if forms == [usual]:
        return TagForm(usual, learnt=True)
    releases = _by_form(tags, beginning, forms)
    if not releases:
        return TagForm(usual, learnt=True, resembling=_resembling(tags, owner))
    if len(releases) == 1:
        return TagForm(next(iter(releases)), learnt=True)
    doubts = reachable is not None
    if reachable is not None:
        releases = _reachable_only(releases, reachable()) or releases
    if owner.folder:
        releases = _named_like_package(releases, owner) or releases
    own_form = _form_of_highest(releases, owner, doubts=doubts)
    other_forms = sorted(releases.keys() - {own_form}, key=len, reverse=True)
    return TagForm(own_form, also=tuple(other_forms), learnt=True)


def refuse_other_form(form: TagForm, tags: Collection[str], owner: Owner) -> None:
    """
    Make sure that no tag names the version of pyproject.toml in another form than *form*, as set.

    *form* passes where it has tags of its own, and where packages share a repository: there,
    a tag of another form may belong to another package.

    Raises:
        TagOfAnotherForm: One does: what was released in the old form would be once more.
    """
    if owner.folder or owner.version is None or any(map(form.version, tags)):
        return
    learnt = learnt_form(tags, owner)
    old_tag = next((tag for tag in tags if learnt.version(tag) == owner.version), None)
    if old_tag is not None:
        from releasio.errors.project.tag_form import TagOfAnotherForm

        raise TagOfAnotherForm(old_tag, form.name(owner.version), str(form))


def why_form(form: TagForm, tags: Sequence[str]) -> str | None:
    """Return the sentence that says where *form* is from; `None`: it is the usual one, or set."""
    if form.resembling:
        return (
            f"{form.resembling} looks like this version and does not count: it names another "
            "package (version.tag_prefix)"
        )
    digit = len(form.before)
    own_tags = (
        tag for tag in tags if tag.startswith(form.before) and tag[digit : digit + 1].isdigit()
    )
    example = next(own_tags, None)
    if not form.learnt or example is None or (form.before == "v" and not form.also):
        return None
    return f"tags are named {form}, as {example} is (version.tag_prefix)"


def _resembling(tags: Iterable[str], owner: Owner) -> str:
    """Return a tag that ends in the version of pyproject.toml; empty: none does."""
    ends_in_version = re.compile(rf".*[^0-9.]{re.escape(str(owner.version))}").fullmatch
    return next((tag for tag in tags if ends_in_version(tag)), "") if owner.version else ""


def _beginning(name: str) -> str:
    """Return a pattern for what may stand before a version in a tag of the package *name*."""
    pieces = [re.escape(piece) for piece in re.split(r"[-_.]+", name) if piece]
    own = rf"(?:{'[-_.]+'.join(pieces)}{_JOINED})?" if pieces else ""
    return rf"(?i:{_WORD}{own}v?)"


def _by_form(
    tags: Iterable[str], beginning: str, forms: Collection[str]
) -> dict[str, tuple[list[str], Version]]:
    """Return each form with its releases, highest first, and the highest version."""
    match = re.compile(rf"({beginning})[0-9]").match
    groups: dict[str, list[str]] = {form: [] for form in forms}
    for tag in tags:
        if form_match := match(tag):
            groups[form_match[1]].append(tag)
    releases = {}
    for form, names in groups.items():
        ranked = TagForm(form).newest(names)
        # a number alone may be anything: a year, a ticket
        if form.lower() == "v" or any({".", "_"} & {*name[len(form) :]} for name in ranked):
            releases.update(_entry(form, ranked))
    return releases


def _entry(form: str, ranked: list[str]) -> dict[str, tuple[list[str], Version]]:
    highest = TagForm(form).version(ranked[0]) if ranked else None
    return {form: (ranked, highest)} if highest is not None else {}


def _reachable_only(
    releases: Mapping[str, tuple[list[str], Version]], reachable_tags: Collection[str]
) -> dict[str, tuple[list[str], Version]]:
    """Leave out what HEAD does not descend from."""
    reachable: dict[str, tuple[list[str], Version]] = {}
    for form, (ranked, _) in releases.items():
        reachable.update(_entry(form, [tag for tag in ranked if tag in reachable_tags]))
    return reachable


def _named_like_package(
    releases: Mapping[str, tuple[list[str], Version]], owner: Owner
) -> dict[str, tuple[list[str], Version]]:
    """
    Return the forms with the package's name, where pyproject.toml speaks for these.

    Beside a package in a folder there may be others, and a tag without a name may be theirs.
    """
    pieces = "".join(re.split(r"[-_.]+", owner.name)).lower()
    own = {
        form: entry
        for form, entry in releases.items()
        if pieces and pieces in re.sub(r"[-_.]+", "", form).lower()
    }
    if owner.version is not None and any(owner.version == highest for _, highest in own.values()):
        return own
    return {}


def _form_of_highest(
    releases: Mapping[str, tuple[list[str], Version]], owner: Owner, *, doubts: bool
) -> str:
    """
    Return the form of the highest version.

    Raises:
        TagFormsMixed: Two forms have it; or pyproject.toml says a lower version, as though
            the last release were one of another form.
    """
    best = max(highest for _, highest in releases.values())
    tied = [form for form, (_, highest) in releases.items() if highest == best]
    # `v1` moves along beside 1.0.0, which is the release
    parts = {form: releases[form][0][0].count(".") for form in tied}
    tied = [form for form in tied if parts[form] == max(parts.values())]
    current = owner.version
    lower = [
        form
        for form, (_, highest) in releases.items()
        if current is not None and highest <= current < best and any(current.release)
    ]
    if lower and current in map(TagForm(tied[0]).version, releases[tied[0]][0]):
        lower = []  # the present version is tagged in this form; the last release is of a branch
    if doubts and (tied[1:] or lower):
        names = [releases[form][0][0] for form in (*tied, *lower)]
        from releasio.errors.project.tag_form import TagFormsMixed

        raise TagFormsMixed(names, [*tied, *lower], said=str(current), highest=str(best))
    return tied[0]


def highest_version(tags: Iterable[str]) -> str:
    """Return the highest version that one of *tags* ends with; empty: none does."""
    from packaging.version import Version  # 10 ms, for errors

    endings = (match[1] for tag in tags if (match := _ENDING_VERSION.search(tag)))
    versions = [Version(ending) for ending in endings if is_version(ending)]
    return str(max(versions)) if versions else ""
