"""Write a version as a project writes its versions: 2024.01.6, 5.3, 1.2.0-rc.1."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from releasio.rules.versions.version import version_or_none
from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from packaging.version import Version

_NUMBERS = pattern(r"v?(?:[0-9]+!)?([0-9]+(?:\.[0-9]+)*)", re.IGNORECASE)
# PEP 440, appendix B: the words for the phases, and what may stand around them
_PHASE = pattern(r"([-_.]?)(alpha|a|beta|b|preview|pre|c|rc)([-_.]?)([0-9]*)", re.IGNORECASE)
_DEV = pattern(r"([-_.]?)dev([-_.]?)[0-9]*\Z")
_WORDS = {"a": ("a", "alpha"), "b": ("b", "beta"), "rc": ("rc", "rc")}
_LONG = {"alpha", "beta"}
_THREE = 3


def written_like(version: Version, *examples: str) -> str:
    """
    Return *version* in the form of *examples*.

    Zeros in front of a number (2024.01.5) and the way a pre-release is marked (1.2.0-rc.1)
    are kept, and a third number that is always there. The result is equal to *version*
    by PEP 440, in any case.

    Args:
        version: What is written.
        examples: Versions as the project writes them, what counts most first.
    """
    normal = str(version)
    numbers = _padded(version, list(filter(None, map(_numbers, examples))))
    epoch = f"{version.epoch}!" if version.epoch else ""
    begin = f"{epoch}{'.'.join(map(str, version.release))}"
    suffix = normal.removeprefix(begin)
    if version.pre:
        mark = f"{version.pre[0]}{version.pre[1]}"
        suffix = _mark(version.pre, examples) + suffix.removeprefix(mark)
    if version.dev is not None:
        suffix = suffix.removesuffix(f".dev{version.dev}") + _dev(version.dev, examples)
    text = f"{epoch}{numbers}{suffix}"
    return text if version_or_none(text) == version else normal


def numbered_like(
    version: Version, current: Version, others: Callable[[], Collection[Version]]
) -> Version:
    """
    Return *version* without a third number that is 0, where the project writes none.

    A *current* 1.1.0 in its files is followed by 1.2.0, whatever its tags are called. Otherwise
    the highest of *others* with no third number but 0 tells: after 1.1 and 1.1.1 comes 1.2, after
    1.1.0 and 1.1.1 comes 1.2.0. They are asked for where it matters.
    """
    if len(version.release) != _THREE or version.release[-1]:
        return version
    if len(current.release) == _THREE and not current.release[-1]:
        return version
    firsts = [v for v in others() if 1 < len(v.release) <= _THREE and not any(v.release[2:])]
    newest = max(firsts, key=lambda first: (first, len(first.release)), default=version)
    if len(newest.release) == _THREE:
        return version
    epoch = f"{version.epoch}!" if version.epoch else ""
    major, minor, _ = version.release
    suffix = str(version).removeprefix(f"{epoch}{major}.{minor}.0")
    return type(version)(f"{epoch}{major}.{minor}{suffix}")


def semantic(version: Version, example: str = "") -> str | None:
    """
    Return *version* as Cargo wants it: 1.2.0-rc.1, with three numbers.

    Args:
        version: What is written.
        example: Another one as the file has it, for the form of its pre-releases.

    Returns:
        `None`: there is no such form; Cargo knows no post-releases, for one.

    Source: https://doc.rust-lang.org/cargo/reference/manifest.html#the-version-field
    """
    numbers = (*version.release, 0, 0)
    if version.epoch or version.post is not None or any(numbers[_THREE:]):
        return None
    begin = ".".join(map(str, numbers[:_THREE]))
    if version.pre is None:
        return begin if version.dev is None else f"{begin}-dev.{version.dev}"
    if version.dev is not None:
        return None
    marked = _mark(version.pre, [example])
    word = _WORDS[version.pre[0]][1]
    return f"{begin}{marked if marked.startswith('-') else f'-{word}.{version.pre[1]}'}"


def _numbers(text: str) -> list[str]:
    match = _NUMBERS.match(text.strip())
    return match[1].split(".") if match else []


def _padded(version: Version, examples: list[list[str]]) -> str:
    """Return the numbers of *version*, each as wide as the first example that tells it."""
    firsts = (numbers for numbers in examples if numbers[1:] and not any(_third(numbers)))
    is_first = not any(version.release[2:])
    shortest = len(next(firsts, examples[0]) if is_first else examples[0]) if examples else 0
    numbers = version.release + (0,) * (shortest - len(version.release))
    return ".".join(
        str(number).zfill(_width(place, examples)) for place, number in enumerate(numbers)
    )


def _third(numbers: Sequence[str]) -> list[int]:
    return [int(number) for number in numbers[2:]]


def _width(place: int, examples: Iterable[list[str]]) -> int:
    """Return how many digits the number at *place* has at least: one below ten tells it."""
    texts = (numbers[place] for numbers in examples if len(numbers) > place)
    return next((len(text) for text in texts if text.startswith("0") or len(text) == 1), 1)


def _mark(pre: tuple[str, int], examples: Iterable[str]) -> str:
    """Return how a pre-release is marked, by the first example that is one."""
    for example in examples:
        numbers = _NUMBERS.match(example.strip())
        match = _PHASE.match(example.strip(), numbers.end()) if numbers else None
        if match:
            before, word, between, _ = match.groups()
            short, long = _WORDS[pre[0]]
            spelled = long if word.lower() in _LONG or before else short
            return f"{before}{spelled}{between}{pre[1]}"
    return f"{pre[0]}{pre[1]}"


def _dev(number: int, examples: Iterable[str]) -> str:
    """Return how a development version is marked, by the first example that is one."""
    match = next(filter(None, map(_DEV.search, examples)), None)
    before, between = match.groups() if match else (".", "")
    return f"{before}dev{between}{number}"
