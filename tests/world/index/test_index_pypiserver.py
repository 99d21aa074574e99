"""A foreign index: no JSON, no sha256, users and passwords, and no love for repetition."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from releasio.errors.auth.publisher import TrustedPublishingUnsupported
from releasio.errors.index.answers import UploadForbidden
from releasio.errors.index.release import FileDiffers
from releasio.rules.credentials.credential import Credential
from releasio.rules.credentials.secret import Secret
from releasio.rules.index.registry import resolve
from tests.fakes.foreign import client_of, running_pypiserver, upload
from tests.fakes.wheels import sdist, sha256, wheel

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from releasio.world.index.index import Index


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_pypiserver(tmp_path_factory.mktemp("pypiserver") / "home") as address:
        yield address


@pytest.fixture
def index(url: str) -> Iterator[Index]:
    with client_of(resolve(url, {})) as made:
        yield made


def test_files_arrive_and_are_seen(index: Index, tmp_path: Path) -> None:
    files = [wheel(tmp_path, "alpha"), sdist(tmp_path, "alpha")]

    for file in files:
        upload(index, file)

    expected = {file.name: sha256(file) for file in files}
    assert index.wait_until_visible("alpha", "1.0", expected, 5).complete
    found = index.files("alpha", "1.0") or ()
    assert {file.sha256 for file in found} == {None}


def test_a_project_it_lacks_is_not_looked_for_elsewhere(index: Index) -> None:
    """
    pypiserver answers with a redirect to the public index for what it does not have.
    """
    assert index.files("never-heard-of") is None


def test_the_same_file_again_is_fine(index: Index, tmp_path: Path) -> None:
    """
    pypiserver refuses it with 409 and tells no sha256: the bytes are compared.
    """
    for file in (wheel(tmp_path, "beta"), sdist(tmp_path, "beta")):
        upload(index, file)

        upload(index, file)


def test_another_file_of_the_same_name_is_not(index: Index, tmp_path: Path) -> None:
    first = sha256(wheel(tmp_path, "gamma"))
    upload(index, wheel(tmp_path, "gamma"))
    changed = wheel(tmp_path, "gamma", text="# another\n")

    with pytest.raises(FileDiffers) as caught:
        upload(index, changed)

    assert first in str(caught.value)
    assert sha256(changed) in str(caught.value)


def test_a_wrong_password_is_said_and_not_shown(index: Index, tmp_path: Path) -> None:
    wrong = Credential("ada", Secret("not-her-password"), "test")

    with pytest.raises(UploadForbidden) as caught:
        upload(index, wheel(tmp_path, "delta"), wrong)

    assert str(caught.value).startswith("127.0.0.1:")
    assert "refused delta-1.0-py3-none-any.whl (403): " in str(caught.value)
    assert "not-her-password" not in str(caught.value)
    assert caught.value.hint == (
        "Check that the credential belongs to this index and may upload to this project."
    )


def test_it_has_no_trusted_publishing(index: Index) -> None:
    with pytest.raises(TrustedPublishingUnsupported):
        index.audience()
