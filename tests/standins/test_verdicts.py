"""
Distributions of every kind, uploaded by real twine, real uv and ours, and installed by pip and uv.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from releasio.errors.base import ReleasioError
from releasio.rules.credentials.credential import Credential
from releasio.rules.credentials.secret import Secret
from releasio.rules.index.registry import Registry
from releasio.world.build.metadata import upload_fields
from tests.standins.kinds import TWINE_ALONE, kinds
from tests.standins.test_clients import UV, run
from tests.steps.scene import world_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.embedded.index import EmbeddedIndex
    from tests.fakes.repository import Repository
    from tests.standins.conftest import Visitor

pytestmark = pytest.mark.journey


PURE = "-py3-none-any.whl"
# twine and we leave out `License-File` of a metadata version that does not know it; uv sends it,
# and the index then says what is wrong with it
SENT_AS_IT_IS = "a licence before its time"
TOO_EARLY = "license-file introduced in metadata version 2.4, not 2.1."


def disagreements(index: EmbeddedIndex, said: Mapping[str, str]) -> dict[str, str]:
    """
    Return the kinds of files that ended otherwise than the table says, and how.

    What the client itself refused to send is refused as well; what was sent and refused must
    have been refused with the table's words, and the user must have read them.
    """
    found = {}
    for kind in kinds():
        name = kind.package.filename
        stored = name in index.files(kind.project)
        answers = [r.status for r in index.log if r.kind == "upload" and r.filename == name]
        read = kind.says in " ".join(said[name].split())
        as_told = [200] if stored else [400] * len(answers)
        if stored != (kind.says == "") or answers != as_told or (answers == [400] and not read):
            found[kind.title] = f"stored: {stored}, answers: {answers}: {said[name]}"
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "dist"
    made.mkdir()
    for kind in kinds():
        (made / kind.package.filename).write_bytes(kind.package.data)
    return made


def with_twine(index: EmbeddedIndex, folder: Path) -> dict[str, str]:
    done = run(
        *(sys.executable, Path(__file__).with_name("twine_each.py"), index.upload_url),
        *(folder / kind.package.filename for kind in kinds()),
        TWINE_USERNAME="__token__",
        TWINE_PASSWORD=index.user_token(),
        COLUMNS="2000",
    )
    assert 0 == done.returncode, done.stderr
    return {Path(path).name: text for path, (_, text) in json.loads(done.stdout).items()}


def with_uv(index: EmbeddedIndex, folder: Path) -> dict[str, str]:
    options = ("--no-config", "--trusted-publishing", "never", "--publish-url", index.upload_url)
    token = index.user_token()
    done = {
        kind.package.filename: run(
            UV, "publish", *options, folder / kind.package.filename, UV_PUBLISH_TOKEN=token
        )
        for kind in kinds()
    }
    return {name: each.stdout + each.stderr for name, each in done.items()}


def with_ours(index: EmbeddedIndex, folder: Path, repository: Path) -> dict[str, str]:
    world, _ = world_of(repository)
    client = world.index(Registry("rehearsal", index.upload_url, index.simple_url))
    credential = Credential("__token__", Secret(index.user_token()), "RELEASIO_TOKEN")
    said = {}
    for kind in kinds():
        path = folder / kind.package.filename
        try:
            client.upload(
                path,
                upload_fields(path),
                lambda _expired: credential,
                sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
                go_on=lambda: None,
            )
            said[path.name] = ""
        except ReleasioError as error:
            said[path.name] = str(error)
    world.close()
    return said


class TestUploads:
    def test_by_twine_end_as_the_table_says(self, index: EmbeddedIndex, folder: Path) -> None:
        said = with_twine(index, folder)
        found = disagreements(index, said)

        assert "'9' is not a valid metadata version" in found.pop(TWINE_ALONE)
        assert {} == found

    def test_by_uv_end_as_the_table_says(self, index: EmbeddedIndex, folder: Path) -> None:
        said = with_uv(index, folder)
        found = disagreements(index, said)

        assert TOO_EARLY in found.pop(SENT_AS_IT_IS)
        assert {} == found

    def test_by_us_end_as_the_table_says(
        self, index: EmbeddedIndex, folder: Path, repo: Repository
    ) -> None:
        repo.commit("feat: begin")
        said = with_ours(index, folder, repo.path)

        assert {} == disagreements(index, said)


class TestInstallers:
    """All that the index took and that runs everywhere."""

    @pytest.fixture
    def wanted(self, visitor: Visitor, token: str) -> list[str]:
        taken = [k for k in kinds() if not k.says and k.package.filename.endswith(PURE)]
        for kind in taken:
            visitor.upload(kind.package, token).raise_for_status()
        assert len(taken) > 5
        return [f"{kind.project}=={kind.package.fields['version']}" for kind in taken]

    def test_pip_installs_it(self, index: EmbeddedIndex, wanted: list[str], tmp_path: Path) -> None:
        done = run(
            *(sys.executable, "-m", "pip", "install", "--quiet", "--no-input", "--isolated"),
            *("--disable-pip-version-check", "--no-cache-dir", "--no-deps"),
            *("--target", tmp_path, "--index-url", index.simple_url, *wanted),
        )

        assert 0 == done.returncode, done.stderr
        assert len(wanted) == len(list(tmp_path.glob("kind_*.dist-info")))

    def test_uv_installs_it(self, index: EmbeddedIndex, wanted: list[str], tmp_path: Path) -> None:
        done = run(
            *(UV, "pip", "install", "--no-config", "--no-cache", "--no-deps"),
            *("--python", sys.executable, "--target", tmp_path),
            *("--default-index", index.simple_url, *wanted),
        )

        assert 0 == done.returncode, done.stderr
        assert len(wanted) == len(list(tmp_path.glob("kind_*.dist-info")))
