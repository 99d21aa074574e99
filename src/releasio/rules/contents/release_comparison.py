"""What a release has, beside what the one before it had on the index."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from packaging.utils import InvalidWheelFilename, parse_wheel_filename

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from releasio.rules.contents.record import BuiltFile
    from releasio.rules.index.previous_release import Previous

JUMP = 3  # times larger or smaller is worth a word
_NEGLIGIBLE = 100 * 1024  # bytes; below this no difference in size is
_MOST_NAMED = 5
_PYTHON = re.compile(r"(?P<kind>[a-z]+)(?P<major>\d)(?P<minor>\d*)")
_ANY = "any"
# tags that say how old a system may be, which a newer build may well say otherwise
_FAMILIES = (
    (re.compile(r"manylinux(?:1|2010|2014|_\d+_\d+)_(.+)"), "manylinux {}"),
    (re.compile(r"musllinux_\d+_\d+_(.+)"), "musllinux {}"),
    (re.compile(r"macosx_\d+_\d+_(.+)"), "macOS {}"),
    (re.compile(r"ios_\d+_\d+_(.+)"), "iOS {}"),
    (re.compile(r"android_\d+_(.+)"), "Android {}"),
    (re.compile(r"pyemscripten_\d+_\d+_(.+)"), "Emscripten {}"),
)
_BOTH_MACS = ("macOS arm64", "macOS x86_64")


@dataclass(frozen=True)
class ReleaseComparison:
    """
    How a release differs from the one before.

    Attributes:
        lost: What installers could get of that one and cannot get of this one.
        remarks: What is worth knowing, as sentences.
    """

    lost: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, order=True)
class Leg:
    """What one wheel serves: a Python (`cp311`, `cp39 and newer`, `py3`) on a kind of system."""

    kind: str
    version: tuple[int, ...]
    abi: str  # "", "t" (free-threaded), "abi3", "none"
    platform: str

    def __str__(self) -> str:
        python = f"{self.kind}{''.join(map(str, self.version))}{'t' * (self.abi == 't')}"
        newer = " and newer" if self.abi == "abi3" else ""
        return f"{python}{newer}" + (f" on {self.platform}" if self.platform != _ANY else "")

    @property
    def is_pure(self) -> bool:
        """Whether it has nothing compiled in it: any system, any ABI."""
        return self.platform == _ANY and self.abi == "none"

    def serves(self, old: Leg) -> bool:
        """Whether users of *old* can use this."""
        if self.platform not in {_ANY, old.platform}:
            return False
        if self.kind == "py":  # code for any interpreter of that version
            return self.version[0] == old.version[0]
        if self.kind != old.kind or (self.abi == "t") != (old.abi == "t"):
            return False
        if self.abi == "abi3":
            return self.version <= old.version
        return self.version == old.version and old.abi != "abi3"


def compare_with(
    previous: Previous, built: Sequence[BuiltFile], *, attested: bool | None
) -> ReleaseComparison:
    """
    Compare the files of a release with those of the one before.

    Platforms are compared by their kind: a wheel for `manylinux_2_28_x86_64` takes the
    place of one for `manylinux2014_x86_64`. A wheel for the stable ABI, or without
    compiled code, takes the place of several; where the release before had one without
    compiled code already, it takes the place of none but that. A Python that is older than all the
    release has wheels for was dropped on purpose, and is only remarked.

    Args:
        previous: From `previous_release`.
        built: The files of this release.
        attested: Whether they get attestations; None: not known.
    """
    old_legs, new_legs = _legs(f.name for f in previous.files), _legs(f.name for f in built)
    # who had wheels of both kinds lets nobody fall back from the compiled to the other
    keeps_compiled = any(leg.is_pure for leg in old_legs)
    missing = [
        old
        for old in sorted(old_legs)
        if not any(
            new.serves(old) and not (keeps_compiled and new.is_pure > old.is_pure)
            for new in new_legs
        )
    ]
    outgrown = [leg for leg in missing if _is_outgrown(leg, new_legs)]
    lost = [leg for leg in missing if leg not in outgrown]
    sdist = _without_sdist(previous, built)
    wheels = _wheels_for(lost) if new_legs else ["every wheel"] * bool(lost)
    remarks = [
        *(f"{previous.version} has wheels for {leg}, this release has none" for leg in outgrown),
        *_jumps(previous, built),
    ]
    if previous.attested and attested is False:
        remarks.append(
            f"the files of {previous.version} have attestations, those of this release get none"
        )
    return ReleaseComparison((*sdist, *wheels), tuple(remarks))


def _without_sdist(previous: Previous, built: Iterable[BuiltFile]) -> Sequence[str]:
    had = any(not file.name.endswith(".whl") for file in previous.files)
    return ["the sdist"] if had and all(file.kind == "wheel" for file in built) else []


def _wheels_for(legs: Sequence[Leg]) -> Sequence[str]:
    remainder = [f"{len(legs) - _MOST_NAMED} more"] if legs[_MOST_NAMED:] else []
    return [f"wheels for {leg}" for leg in legs[:_MOST_NAMED]] + remainder


def _is_outgrown(leg: Leg, new_legs: Iterable[Leg]) -> bool:
    """Whether *leg* is of a Python older than all of its kind that there are wheels for now."""
    pythons = [new.version for new in new_legs if new.kind == leg.kind]
    return leg.version < max((3,), min(pythons, default=(3,)))


def _jumps(previous: Previous, built: Iterable[BuiltFile]) -> Iterator[str]:
    sizes = {_slot(file.name): file.size for file in previous.files if file.size is not None}
    for file in built:
        size_before = sizes.get(_slot(file.name))
        if not size_before or abs(file.size - size_before) < _NEGLIGIBLE:
            continue
        if file.size > size_before * JUMP or file.size * JUMP < size_before:
            yield (
                f"{file.name} has {_kib(file.size)} KiB; that of {previous.version} has "
                f"{_kib(size_before)} KiB"
            )


def _kib(size: int) -> int:
    return round(size / 1024)


def _slot(name: str) -> object:
    """Return what makes two files of two releases each other's counterparts."""
    return frozenset(_legs([name])) if name.endswith(".whl") else "sdist"


def _legs(names: Iterable[str]) -> set[Leg]:
    return {leg for name in names if name.endswith(".whl") for leg in _legs_of(name)}


def _legs_of(name: str) -> Iterator[Leg]:
    try:
        tags = parse_wheel_filename(name)[3]
    except InvalidWheelFilename:
        return
    for tag in tags:
        if not (python := _PYTHON.fullmatch(tag.interpreter)):
            continue
        version = tuple(int(python[part]) for part in ("major", "minor") if python[part])
        for platform in _platforms(tag.platform):
            yield Leg(python["kind"], version, _abi(tag.abi), platform)


def _abi(tag: str) -> str:
    if tag in {"abi3", "none"}:
        return tag
    return "t" if tag.endswith("t") else ""


def _platforms(tag: str) -> Sequence[str]:
    for pattern, text in _FAMILIES:
        if match := pattern.fullmatch(tag):
            family = text.format(match[1])
            return _BOTH_MACS if family == "macOS universal2" else (family,)
    return (tag,)
