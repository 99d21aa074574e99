from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import httpx
import pytest
from packaging.version import Version

from releasio.errors.index.answers import IndexRefused
from releasio.release.reading.missing_files import lacks_files
from releasio.release.reading.package_at_head import PackageAtHead
from releasio.release.standing import Unfinished
from releasio.rules.index.registry import PYPI, Registry
from releasio.rules.running.job import NO_JOB
from tests.fakes.index import PRIVATE, FakeIndex
from tests.fakes.world import ShelfWorld, with_index
from tests.known import HEAD, facts
from tests.steps.scene import world_of

if TYPE_CHECKING:
    from tests.fakes.repository import Repository
    from tests.fakes.screen import Quiet

WHEEL, SDIST = "demo-1.0-py3-none-any.whl", "demo-1.0.tar.gz"


def shelf_in(repo: Repository, fake: FakeIndex) -> tuple[ShelfWorld, Quiet]:
    """Return the world around *repo* with the index *fake*, and what its screen heard."""
    repo.commit("feat: begin")
    world, screen = world_of(repo.path)
    return with_index(world, fake.client()), screen


def lacks(shelf: ShelfWorld, registry: Registry, unfinished: Unfinished) -> bool:
    """Whether *registry* lacks files of the release of `demo` that is *unfinished*."""
    known = facts()
    demo = known.packages[0]
    package = PackageAtHead(
        shelf,
        known.config,
        known.routes,
        known.request,
        NO_JOB,
        HEAD,
        "main",
        None,
        None,
        "",
        demo.manifest,
        ["v1.0"],
        demo.tag_form,
        None,
    )
    return lacks_files(package, registry, unfinished)


@pytest.mark.parametrize(
    ("uploaded", "registry", "expected"),
    [
        ("2026-01-01T00:00:00Z", PYPI, True),
        ("2025-12-19T03:04:00Z", PYPI, False),
        ("2025-12-19T03:04:00Z", PRIVATE, True),
    ],
    ids=["open", "closed", "nobody knows"],
)
def test_a_release_that_takes_no_files_any_more_is_in_nobodys_way(
    repo: Repository, uploaded: str, registry: Registry, *, expected: bool
) -> None:
    fake = FakeIndex(registry)
    fake.list("demo", (WHEEL, b"wheel"), uploaded=uploaded)
    shelf, screen = shelf_in(repo, fake)
    named = Unfinished("v1.0", Version("1.0"), "a" * 40, {SDIST: "2" * 64})

    assert expected == lacks(shelf, registry, named)
    said = (
        "v1.0 lacks files on pypi, which takes none for it any more since 2026-01-02: the next "
        "version begins with all of its own"
    )
    assert ([] if expected else [said]) == screen.notes


class TestAnIndexWithoutHashes:
    """A name alone says nothing of the bytes behind it."""

    @staticmethod
    def fake(*listed: str) -> FakeIndex:
        fake = FakeIndex()
        page = "".join(f'<a href="/files/{each}">x</a>' for each in listed)
        html = {"Content-Type": "text/html"}
        fake.pages["/simple/demo/"] = httpx.Response(200, text=page, headers=html)
        return fake

    @staticmethod
    def named(**contents: bytes) -> Unfinished:
        names = {"wheel": WHEEL, "sdist": SDIST}
        files = {names[key]: hashlib.sha256(each).hexdigest() for key, each in contents.items()}
        return Unfinished("v1.0", Version("1.0"), "a" * 40, files)

    @pytest.mark.parametrize(("there", "expected"), [(b"wheel", False), (b"other", True)])
    def test_is_asked_for_the_bytes(
        self, repo: Repository, there: bytes, *, expected: bool
    ) -> None:
        fake = self.fake(WHEEL)
        fake.fail(f"/files/{WHEEL}", httpx.Response(200, content=iter([there])))
        shelf, _ = shelf_in(repo, fake)

        assert expected == lacks(shelf, PRIVATE, self.named(wheel=b"wheel"))

    def test_is_asked_once(self, repo: Repository) -> None:
        fake = self.fake(WHEEL)
        fake.fail(f"/files/{WHEEL}", httpx.Response(200, content=iter([b"wheel"])))
        shelf, _ = shelf_in(repo, fake)
        for _ in range(2):
            lacks(shelf, PRIVATE, self.named(wheel=b"wheel"))

        assert 1 == len(fake.asked(f"/files/{WHEEL}"))

    @pytest.mark.parametrize("other", ["", f"{SDIST}#sha256={'1' * 64}"])
    def test_is_not_asked_where_another_file_decides(self, repo: Repository, other: str) -> None:
        fake = self.fake(WHEEL, *filter(None, [other]))
        shelf, _ = shelf_in(repo, fake)
        named = self.named(wheel=b"wheel", sdist=b"sdist")

        assert lacks(shelf, PRIVATE, named)
        assert [] == fake.asked(f"/files/{WHEEL}")

    def test_that_does_not_give_the_file_leaves_it_open(self, repo: Repository) -> None:
        fake = self.fake(WHEEL)
        fake.fail(f"/files/{WHEEL}", httpx.Response(404))
        shelf, _ = shelf_in(repo, fake)

        with pytest.raises(IndexRefused, match="it does not give the file"):
            lacks(shelf, PRIVATE, self.named(wheel=b"wheel"))
