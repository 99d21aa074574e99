from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from releasio.errors.index.answers import DistributionUnreadable
from releasio.world.build.metadata import upload_fields
from tests.fakes.wheels import sdist, wheel

if TYPE_CHECKING:
    from pathlib import Path

RICH = """\
Metadata-Version: 2.5
Name: Some_Thing
Version: 1.0
Summary: A demonstration
Keywords: one,two
Classifier: Topic :: Software Development
Classifier: Typing :: Typed
Project-URL: Home, https://example.org/
Project-URL: Notes, https://example.org/notes
Requires-Dist: click>=8
Requires-Dist: httpx; python_version>"3.11"
Provides-Extra: fast
License-Expression: MIT
Import-Name: some_thing
Import-Namespace: some
Description-Content-Type: text/markdown

# Some thing

With an ümlaut.
"""


def test_a_wheel_tells_what_it_is(tmp_path: Path) -> None:
    fields = dict(upload_fields(wheel(tmp_path)))

    assert ("demo", "1.0") == (fields["name"], fields["version"])
    assert ("bdist_wheel", "py3") == (fields["filetype"], fields["pyversion"])


def test_an_sdist_tells_what_it_is(tmp_path: Path) -> None:
    fields = dict(upload_fields(sdist(tmp_path)))

    assert ("sdist", "source") == (fields["filetype"], fields["pyversion"])


def test_the_form_holds_every_field_under_the_indexs_name_for_it(tmp_path: Path) -> None:
    file = wheel(tmp_path, "Some_Thing", metadata=RICH)

    fields = upload_fields(file)

    assert sorted(fields) == sorted(
        [
            ("metadata_version", "2.5"),
            ("name", "Some_Thing"),
            ("version", "1.0"),
            ("summary", "A demonstration"),
            ("keywords", "one,two"),
            ("classifiers", "Topic :: Software Development"),
            ("classifiers", "Typing :: Typed"),
            ("project_urls", "Home, https://example.org/"),
            ("project_urls", "Notes, https://example.org/notes"),
            ("requires_dist", "click>=8"),
            ("requires_dist", 'httpx; python_version>"3.11"'),
            ("provides_extra", "fast"),
            ("license_expression", "MIT"),
            ("import_name", "some_thing"),
            ("import_namespace", "some"),
            ("description_content_type", "text/markdown"),
            ("description", "# Some thing\n\nWith an ümlaut.\n"),
            ("filetype", "bdist_wheel"),
            ("pyversion", "py3"),
        ]
    )


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("demo-1.0-py3-none-any.whl", b"not a zip", ""),
        ("demo-1.0.tar.gz", b"not a tar", ""),
        ("demo-1.0.tar.gz", b"\x1f\x8b\x08cut", ""),
        ("demo.txt", b"", "it is neither a wheel nor a .tar.gz"),
    ],
)
def test_what_cannot_be_read_is_named(
    tmp_path: Path, name: str, content: bytes, problem: str
) -> None:
    file = tmp_path / name
    file.write_bytes(content)

    with pytest.raises(DistributionUnreadable) as caught:
        upload_fields(file)

    assert str(caught.value).startswith(f"the metadata of {name} cannot be read: {problem}")
    assert str(tmp_path) not in str(caught.value)
    assert caught.value.hint.startswith("Build it again")


@pytest.mark.parametrize(
    "metadata",
    ["Metadata-Version: 2.1\nName: demo\n", "Metadata-Version: 2.1\nName: demo\nVersion: dog\n"],
)
def test_nonsense_in_it_is_named(tmp_path: Path, metadata: str) -> None:
    with pytest.raises(DistributionUnreadable, match="version"):
        upload_fields(wheel(tmp_path, metadata=metadata))
