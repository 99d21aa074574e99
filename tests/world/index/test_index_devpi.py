"""A foreign index: JSON and sha256, users and passwords, and files that stay as they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from releasio.errors.auth.publisher import TrustedPublishingUnsupported
from releasio.errors.index.answers import UploadForbidden, UploadRefused
from releasio.errors.index.release import FileDiffers
from releasio.rules.credentials.credential import Credential
from releasio.rules.credentials.secret import Secret
from releasio.rules.index.registry import Registry, resolve
from tests.fakes.foreign import client_of, upload
from tests.fakes.wheels import sdist, sha256, wheel

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from releasio.world.index.index import Index

pytestmark = pytest.mark.journey  # it takes twelve seconds until it answers


@dataclass(frozen=True)
class Named:
    """A `[registries.NAME]` table."""

    url: str
    index: str | None
    username: str = "ada"
    audience: str | None = None
    takes_questions: bool = False


def registry(url: str, pages: str) -> Registry:
    return resolve("devpi", {"devpi": Named(url, f"{url}{pages}")})


@pytest.fixture
def index(devpi: str) -> Iterator[Index]:
    with client_of(registry(devpi, "+simple/")) as made:
        yield made


@pytest.fixture
def blind(devpi: str) -> Iterator[Index]:
    """The same, looked for where it has no pages."""
    with client_of(registry(devpi, "+nothing/")) as made:
        yield made


def test_files_arrive_and_are_seen_with_their_hashes(index: Index, tmp_path: Path) -> None:
    files = [wheel(tmp_path, "alpha"), sdist(tmp_path, "alpha")]

    for file in files:
        upload(index, file)

    found = index.files("alpha", "1.0") or ()
    assert {file.name: sha256(file) for file in files} == {f.name: f.sha256 for f in found}


def test_what_it_lacks_it_says_so(index: Index) -> None:
    assert index.files("never-heard-of") is None


def test_the_same_file_again_is_fine(index: Index, tmp_path: Path) -> None:
    for file in (wheel(tmp_path, "beta"), sdist(tmp_path, "beta")):
        upload(index, file)
        upload(index, file)

    found = index.files("beta", "1.0") or ()
    files = [wheel(tmp_path, "beta"), sdist(tmp_path, "beta")]
    assert {file.name: sha256(file) for file in files} == {f.name: f.sha256 for f in found}


def test_another_file_of_the_same_name_is_not(index: Index, tmp_path: Path) -> None:
    first = sha256(wheel(tmp_path, "gamma"))
    upload(index, wheel(tmp_path, "gamma"))
    changed = wheel(tmp_path, "gamma", text="# another\n")

    with pytest.raises(FileDiffers) as caught:
        upload(index, changed)

    assert first in str(caught.value)
    assert sha256(changed) in str(caught.value)


def test_where_no_page_tells_which_file_is_there_it_says_what_to_do(
    index: Index, blind: Index, tmp_path: Path
) -> None:
    upload(index, wheel(tmp_path, "delta"))

    with pytest.raises(UploadRefused) as caught:
        upload(blind, wheel(tmp_path, "delta", text="# another\n"))

    assert "devpi refused delta-1.0-py3-none-any.whl (409): " in str(caught.value)
    assert caught.value.hint == (
        "The index has a file of this name, or these bytes under another name, and shows no page "
        "of it that could tell whether it is the same one. If its simple index is elsewhere, set "
        "the registry's `index`; if the file is another one, release a new version (releasio "
        "release --version 1.0.1 --execute)."
    )


def test_a_wrong_password_is_said_and_not_shown(index: Index, tmp_path: Path) -> None:
    wrong = Credential("ada", Secret("not-her-password"), "test")

    with pytest.raises(UploadForbidden) as caught:
        upload(index, wheel(tmp_path, "epsilon"), wrong)

    assert "devpi refused epsilon-1.0-py3-none-any.whl (401): " in str(caught.value)
    assert "not-her-password" not in str(caught.value)
    assert "TWINE_USERNAME" in caught.value.hint


def test_it_has_no_trusted_publishing(index: Index) -> None:
    with pytest.raises(TrustedPublishingUnsupported):
        index.audience()
