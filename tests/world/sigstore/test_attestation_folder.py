from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from releasio.world.sigstore.attestation_folder import AttestationFolder

if TYPE_CHECKING:
    from pathlib import Path

WHEEL = "demo-1.0-py3-none-any.whl"


def long_name(length: int, platform: str = "linux") -> str:
    """Return the name of a wheel with *length* characters."""
    end = f"-1.0-py3-none-{platform}.whl"
    return "d" * (length - len(end)) + end


def test_is_called_what_pep_740_calls_it(tmp_path: Path) -> None:
    AttestationFolder(tmp_path).write(WHEEL, "signed")

    assert [f"{WHEEL}.publish.attestation"] == [path.name for path in tmp_path.iterdir()]


@pytest.mark.parametrize("length", [110, 111, 143, 225, 226, 250, 255])
def test_is_kept_for_names_of_any_length(tmp_path: Path, length: int) -> None:
    kept, name = AttestationFolder(tmp_path), long_name(length)
    kept.write(name, "signed")

    assert (True, "signed") == (name in kept, kept.read(name))
    # with room for the name it is written under first, on file systems that encrypt names, too
    assert all(len(path.name) <= 130 for path in tmp_path.iterdir())


def test_long_names_are_told_apart_by_their_ends(tmp_path: Path) -> None:
    kept, linux, windows = AttestationFolder(tmp_path), long_name(250), long_name(250, "win32")
    kept.write(linux, "for linux")

    assert windows not in kept
    kept.write(windows, "for windows")
    assert ("for linux", "for windows") == (kept.read(linux), kept.read(windows))
