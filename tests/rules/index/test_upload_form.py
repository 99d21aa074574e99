from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from packaging.metadata import parse_email
from twine.package import PackageFile

from releasio.rules.index.upload_form import upload_form
from releasio.world.build.metadata import upload_fields
from tests.fakes.wheels import sdist, wheel

if TYPE_CHECKING:
    from pathlib import Path

OLD = """\
Metadata-Version: 1.2
Name: demo
Version: 1.0
Platform: any
Platform: win32
Supported-Platform: ubuntu
Summary: A demonstration
Home-page: https://example.org
Author: Ada
Author-email: ada@example.org
Maintainer: Bob
Maintainer-email: bob@example.org
License: MIT
License-File: LICENSE
Download-URL: https://example.org/demo
Keywords: one two
Classifier: Typing :: Typed
Requires-Dist: click
Requires-External: libpng
Provides-Dist: demo-extra
Obsoletes-Dist: old-demo
Requires-Python: >=3.11
Project-URL: Home, https://example.org

About it.
"""
NEW = """\
Metadata-Version: 2.4
Name: demo
Version: 1.0
Dynamic: classifier
Dynamic: keywords
License-Expression: MIT
License-File: LICENSE
License-File: NOTICE
Provides-Extra: fast
Provides-Extra: slow
Description-Content-Type: text/markdown; charset=UTF-8; variant=GFM

# Zoë's demo
"""
BARE = "Metadata-Version: 2.1\nName: demo\nVersion: 1.0\nSummary: \n"


def form_of_twine(path: Path) -> list[tuple[str, str]]:
    """Return what twine would send, as parts of a form; without digests."""
    told = PackageFile.from_filename(str(path), comment=None).metadata_dictionary()
    parts: list[tuple[str, str]] = []
    for name, value in told.items():
        match value:
            case dict():
                parts += [(name, f"{label}, {url}") for label, url in value.items()]
            case list() if name == "keywords":
                parts.append((name, ",".join(value)))
            case list():
                parts += [(name, one) for one in value]
            case _:
                parts.append((name, str(value)))
    return sorted(part for part in parts if not part[0].endswith("_digest") and part[1])


@pytest.mark.parametrize("metadata", [OLD, NEW, BARE], ids=["old", "new", "bare"])
@pytest.mark.parametrize("kind", [wheel, sdist])
def test_the_form_is_the_one_that_twine_sends(tmp_path: Path, kind: object, metadata: str) -> None:
    file = kind(tmp_path, metadata=metadata)  # type: ignore[operator] # one of the two above

    assert form_of_twine(file) == sorted(upload_fields(file))


def test_the_name_keeps_its_spelling() -> None:
    raw, _ = parse_email(BARE.replace("demo", "Some_Demo"))

    assert ("name", "Some_Demo") in upload_form(raw, "some_demo-1.0.tar.gz")


@pytest.mark.parametrize(
    ("filename", "told"),
    [
        ("demo-1.0.tar.gz", ("sdist", "source")),
        ("demo-1.0-py3-none-any.whl", ("bdist_wheel", "py3")),
        ("demo-1.0-1-cp311.cp312-abi3-win32.whl", ("bdist_wheel", "cp311.cp312")),
    ],
)
def test_the_file_name_tells_its_kind(filename: str, told: tuple[str, str]) -> None:
    raw, _ = parse_email(BARE)
    form = dict(upload_form(raw, filename))

    assert told == (form["filetype"], form["pyversion"])
