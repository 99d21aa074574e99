from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from releasio.world.ci.machine import product_name

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("content", "expected"),
    [(b"Google Compute Engine\n", "Google Compute Engine"), (b"\xff\xfe", ""), (None, "")],
    ids=["a name", "no text", "no file"],
)
def test_the_machine_has_the_name_its_firmware_tells(
    tmp_path: Path, content: bytes | None, expected: str
) -> None:
    path = tmp_path / "product_name"
    if content is not None:
        path.write_bytes(content)

    assert expected == product_name(path)
