"""
Every way an index refuses a new project or a file's identity, and what the user then reads.

The sentences are the embedded index's own. `GOLDEN=rewrite pytest
tests/standins/test_golden_refusals.py` writes the texts anew.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from releasio.errors.base import ReleasioError
from releasio.rules.credentials.credential import Credential
from releasio.rules.credentials.secret import Secret
from releasio.rules.index.registry import Registry
from releasio.world.build.metadata import upload_fields
from tests.fakes.index import FakeIndex
from tests.golden import Golden, words_of
from tests.standins.packages import Package, sdist, wheel
from tests.steps.scene import world_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.embedded.index import EmbeddedIndex
    from tests.fakes.repository import Repository
    from tests.standins.conftest import Clock, Visitor

TEXTS = Golden(Path(__file__).with_name("refusals"))


@dataclass
class Scene:
    """An index, somebody who was there before, and whose token is used."""

    index: EmbeddedIndex
    visitor: Visitor
    clock: Clock
    token: str

    def there(self, package: Package, token: str = "") -> None:
        """Let the index have *package*."""
        self.visitor.upload(package, token or self.token).raise_for_status()


def by_publisher(scene: Scene) -> Package:
    scene.index.trust("other", repository="acme/other", workflow="release.yml")
    job = scene.index.issuer.job(repository="acme/other", workflow="release.yml")
    scene.token = scene.visitor.minted(job)
    return wheel()


def closed_to_new(scene: Scene) -> Package:
    scene.index.fail(on="upload", how="registration-off")
    return wheel()


def too_many(scene: Scene) -> Package:
    scene.index.fail(on="upload", how="too-many-projects")
    return wheel()


def similar(scene: Scene) -> Package:
    scene.there(wheel("d-emo"))
    return wheel("demo")


def other_bytes(scene: Scene) -> Package:
    scene.there(sdist(note="then"))
    return sdist(note="now")


def same_bytes_elsewhere(scene: Scene) -> Package:
    scene.there(wheel())
    return wheel(filename="demo-1.0-7-py3-none-any.whl")


def same_bytes_in_another_project(scene: Scene) -> Package:
    """Somebody put our file's bytes into a project of theirs, by another name."""
    theirs = wheel("theirs")
    scene.there(theirs)
    return Package("demo-1.0-py3-none-any.whl", theirs.data, wheel().fields)


def deleted(scene: Scene) -> Package:
    scene.there(wheel())
    scene.index.delete_file(wheel().filename)
    return wheel()


def late(scene: Scene) -> Package:
    scene.there(wheel())
    scene.clock.pass_by(days=15)
    return sdist()


def second_sdist(scene: Scene) -> Package:
    scene.there(sdist(version="1.0"))
    return sdist(version="1.0.0")


CASES: dict[str, Callable[[Scene], Package]] = {
    "new-project-by-publisher": by_publisher,
    "new-projects-off": closed_to_new,
    "new-projects-too-many": too_many,
    "new-project-invalid": lambda _: wheel("demo-"),
    "new-project-standard-library": lambda _: wheel("asyncio"),
    "new-project-prohibited": lambda _: sdist("rrequirements.txt"),
    "new-project-similar": similar,
    "file-other-bytes": other_bytes,
    "file-same-bytes-other-name": same_bytes_elsewhere,
    "file-same-bytes-other-project": same_bytes_in_another_project,
    "file-name-deleted": deleted,
    "file-late": late,
    "file-second-sdist": second_sdist,
}
ANSWERED = {  # what the embedded index cannot come to say
    "new-project-exists-after-all": (
        409,
        "The name 'demo' conflicts with an existing project.",
    ),
    "new-project-bad-name": (400, "The name 'demo' is invalid."),
    "file-digest": (
        400,
        "The digest supplied does not match a digest calculated from the uploaded file.",
    ),
}


def compare(name: str, error: ReleasioError, *addresses: str) -> None:
    text = words_of(error)
    for address in addresses:
        text = text.replace(address, "…")
    # zlib does not pack the same everywhere
    text = re.sub("[0-9a-f]{64}", "<64 digits>", text)
    assert TEXTS.text(name, text) == text


@pytest.mark.parametrize("name", CASES)
def test_the_user_reads(
    name: str,
    index: EmbeddedIndex,
    visitor: Visitor,
    clock: Clock,
    repo: Repository,
    tmp_path: Path,
) -> None:
    repo.commit("feat: begin")
    scene = Scene(index, visitor, clock, index.user_token())
    package = CASES[name](scene)
    credential = Credential("__token__", Secret(scene.token), "RELEASIO_TOKEN")
    path = tmp_path / package.filename
    path.write_bytes(package.data)
    world, screen = world_of(repo.path)
    client = world.index(Registry("rehearsal", index.upload_url, index.simple_url))
    fields = [(field, str(value)) for field, value in package.fields.items()]
    digest = hashlib.sha256(package.data).hexdigest()
    before = len([request for request in index.log if request.kind == "upload"])

    with pytest.raises(ReleasioError) as caught:
        client.upload(path, fields, lambda _expired: credential, sha256=digest)

    world.close()
    assert before + 1 == len([request for request in index.log if request.kind == "upload"])
    assert [] == screen.notes
    compare(name, caught.value, index.url)


@pytest.mark.parametrize("name", ANSWERED)
def test_the_user_reads_of_an_answer(name: str, tmp_path: Path) -> None:
    status, said = ANSWERED[name]
    path = tmp_path / sdist().filename
    path.write_bytes(sdist().data)
    fake = FakeIndex()
    fake.fail("/legacy/", httpx.Response(status, json={"code": f"{status} {said}"}))
    credential = Credential("__token__", Secret("a-token-of-mine"), "RELEASIO_TOKEN")

    with pytest.raises(ReleasioError) as caught:
        fake.client().upload(
            path, upload_fields(path), lambda _expired: credential, sha256=sdist().sha256
        )

    compare(name, caught.value)


def test_no_text_is_left_over() -> None:
    assert {*CASES, *ANSWERED} == TEXTS.names()
