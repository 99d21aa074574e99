"""What the Action installs is pinned by hash, and agrees with pyproject.toml."""

from __future__ import annotations

import re
import tomllib

import pytest
from packaging.requirements import Requirement

from tests.action.runner import ROOT

EXTRAS = ("api", "attestations", "templates")
MEND = "make lock"


def declared() -> dict[str, Requirement]:
    """What releasio and its build need, by name."""
    manifest = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = manifest["project"]["optional-dependencies"]
    lines = [
        *manifest["project"]["dependencies"],
        *(line for extra in EXTRAS for line in extras[extra]),
        *manifest["build-system"]["requires"],
    ]
    return {requirement.name: requirement for requirement in map(Requirement, lines)}


def blocks() -> list[str]:
    """The lock, a piece for each package."""
    text = (ROOT / "action/requirements.txt").read_text(encoding="utf-8")
    return re.split(r"\n(?=[a-z])", text)[1:]


def name_and_version(block: str) -> tuple[str, str]:
    match = re.match(r"([a-z0-9-]+)==(\S+)", block)
    assert match, block
    return match[1], match[2]


def test_every_package_has_one_version_and_hashes() -> None:
    for block in blocks():
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", block), block
    names = [name_and_version(block)[0] for block in blocks()]

    assert sorted(set(names)) == names


def test_what_pyproject_asks_for_is_what_is_pinned() -> None:
    pinned = dict(map(name_and_version, blocks()))
    requirements = declared()
    lacking = [
        str(requirement)
        for name, requirement in requirements.items()
        if name not in pinned or not requirement.specifier.contains(pinned[name], prereleases=True)
    ]
    named = {
        name_and_version(block)[0]
        for block in blocks()
        if "releasio (pyproject.toml)" in block or "# via" not in block  # what builds it
    }

    assert not lacking, MEND
    assert set(requirements) == named, MEND


@pytest.mark.parametrize("extra", EXTRAS)
def test_the_extras_are_those_that_make_lock_names(extra: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")

    assert f"--extra {extra}" in makefile


def test_names_no_address() -> None:
    text = (ROOT / "action/requirements.txt").read_text(encoding="utf-8")

    assert "://" not in text
    assert "index-url" not in text
