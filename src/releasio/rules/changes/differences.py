"""What differs between the promises of two releases, in words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from releasio.rules.changes.effect import Effect
from releasio.rules.changes.promises import COMMANDS, WINDOWED
from releasio.rules.project.project_name import normalized_name
from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from releasio.rules.changes.promises import Promises

_NAME = pattern(r"\s*([A-Za-z0-9][A-Za-z0-9._-]*)\s*(.*)$", re.DOTALL)
# what those who work on the project install, and no user does
_FOR_DEVELOPERS = frozenset(
    {
        *("dev", "develop", "development", "test", "tests", "testing", "doc", "docs"),
        *("documentation", "lint", "linting", "format", "style", "typing", "types", "mypy"),
        *("cov", "coverage", "ci", "bench", "benchmark", "benchmarks", "pre-commit", "qa"),
        *("build", "release"),
    }
)
_MINORS = ("2.7", *(f"3.{number}" for number in range(41)))
_ABOUT_DEPENDENCIES = ("dependency ", "new dependency ", "no dependency on ")
_LATE = 90  # a patch release that no Python reaches


def differences(before: Promises, after: Promises) -> Iterator[Effect]:
    """
    Yield what is different for whoever installs the newer one.

    Only what both say is compared. Names, specifiers and markers are compared by what they mean,
    not by how they are written. Extras of those who work on the project do not count.
    """
    if before.python is not None and after.python is not None:
        yield from _python(before.python, after.python)
    if before.dependencies is not None and after.dependencies is not None:
        for text in _requirements(before.dependencies, after.dependencies):
            yield Effect(text, "metadata")
    if before.extras is not None and after.extras is not None:
        yield from _extras(before.extras, after.extras)
    if before.entry_points is not None and after.entry_points is not None:
        yield from _entry_points(before.entry_points, after.entry_points)


def is_about_dependency(text: str) -> bool:
    """Whether the *text* of an effect is about what the project, or an extra of it, requires."""
    words = text.rpartition(": ")[2] if text.startswith("extra ") else text
    return text.startswith(_ABOUT_DEPENDENCIES) or words.startswith(_ABOUT_DEPENDENCIES)


def _python(before: str, after: str) -> Iterator[Effect]:
    if before == after or _canonical(f"python {before}") == _canonical(f"python {after}"):
        return
    text = f"requires-python: {_quoted(before)} -> {_quoted(after)}"
    yield Effect(text, "dropped" if _drops(before, after) else "metadata")


def _drops(before: str, after: str) -> bool:
    """Whether there is a Python that *before* allows and *after* does not."""
    from packaging.specifiers import InvalidSpecifier, SpecifierSet

    try:
        old, new = SpecifierSet(before), SpecifierSet(after)
    except InvalidSpecifier:
        return False
    versions = (f"{minor}.{_LATE}" for minor in _MINORS)
    return any(version in old and version not in new for version in versions)


def _requirements(before: Sequence[str], after: Sequence[str], of: str = "") -> Iterator[str]:
    """Yield what differs between two lists; *of* names whose they are."""
    if sorted(before) == sorted(after):
        return
    old, new = _by_name(before), _by_name(after)
    begin = f"{of}: " if of else ""
    for name in sorted(old.keys() | new.keys()):
        if name not in old:
            condition = " ".join(map(_quoted, filter(None, new[name])))
            yield f"{begin}new dependency {name} {condition}".rstrip()
        elif name not in new:
            yield f"{begin}no dependency on {name} any more"
        elif set(map(_canonical, _full(name, old))) != set(map(_canonical, _full(name, new))):
            old_text, new_text = (" and ".join(map(_quoted, texts[name])) for texts in (old, new))
            yield f"{begin}dependency {name}: {old_text} -> {new_text}"


def _quoted(text: str) -> str:
    """Return *text* as code, in notes as on a terminal; what asks for nothing takes any."""
    return f"`{text.replace('`', '')}`" if text else "any"


def _by_name(requirements: Sequence[str]) -> dict[str, list[str]]:
    """Return what is asked of each project, by its normalised name."""
    by_name: dict[str, list[str]] = {}
    for requirement in requirements:
        match = _NAME.match(requirement)
        name, rest = match.groups() if match else (requirement, "")
        by_name.setdefault(normalized_name(name), []).append(" ".join(rest.split()))
    return {name: sorted(rests) for name, rests in by_name.items()}


def _full(name: str, requirements: Mapping[str, Sequence[str]]) -> list[str]:
    return [f"{name} {rest}" for rest in requirements[name]]


def _canonical(requirement: str) -> object:
    """Return what *requirement* means; itself where it is none."""
    from packaging.requirements import InvalidRequirement, Requirement

    try:
        return Requirement(requirement)
    except InvalidRequirement:
        return requirement


def _extras(
    before: Mapping[str, Sequence[str]], after: Mapping[str, Sequence[str]]
) -> Iterator[Effect]:
    old, new = (
        {normalized_name(name): entry for name, entry in extras.items()}
        for extras in (before, after)
    )
    for name in sorted((old.keys() | new.keys()) - _FOR_DEVELOPERS):
        if name not in new:
            yield Effect(f"extra {name} is gone", "dropped")
        elif name not in old:
            yield Effect(f"new extra {name}", "metadata")
        else:
            for text in _requirements(old[name], new[name], f"extra {name}"):
                yield Effect(text, "metadata")


def _entry_points(
    before: Mapping[str, Mapping[str, str]], after: Mapping[str, Mapping[str, str]]
) -> Iterator[Effect]:
    for group in sorted(before.keys() | after.keys()):
        old, new = before.get(group, {}), after.get(group, {})
        is_command = group in {COMMANDS, WINDOWED}
        for name in sorted(old.keys() | new.keys()):
            title = f"command {name}" if is_command else f"entry point {name} of {group}"
            if name not in new:
                yield Effect(f"{title} is gone", "dropped")
            elif name not in old:
                yield Effect(f"new {title}", "metadata")
            # which function a command runs, nobody sees who runs it
            elif old[name] != new[name] and not is_command:
                text = f"{title}: {_quoted(old[name])} -> {_quoted(new[name])}"
                yield Effect(text, "metadata")
