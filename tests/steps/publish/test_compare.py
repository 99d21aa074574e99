"""The look at the release before, with an index that has one."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from releasio.errors.index.previous import FilesFewer, ProjectNameRefused
from releasio.frozen import replace
from releasio.rules.credentials.policy import Policy
from releasio.rules.index.registry import resolve
from releasio.steps.publish.compare import Compare
from releasio.steps.publish.delivery import Delivery
from releasio.steps.publish.upload import Upload
from releasio.steps.step import Blocked, Omitted, Todo
from releasio.world.build.dist_folder import built_file
from releasio.world.run import Run
from tests.fakes.wheels import sdist, wheel
from tests.steps.scene import world_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.fakes.repository import Repository
    from tests.steps.index_scene import IndexScene


def release_before(
    shop: IndexScene, version: str = "0.9", *, size: int = 0, only_sdist: bool = False
) -> None:
    """Let the index have demo 0.9: a wheel and an sdist, or one of them."""
    folder = shop.folder.with_name("before")
    folder.mkdir()
    made = [sdist(folder, version=version)]
    if not only_sdist:
        made.append(wheel(folder, version=version, text="".join(f"# {n}\n" for n in range(size))))
    files = tuple(built_file(path) for path in made)
    shop.hold_token()
    Upload(Delivery(shop.registry, "demo", version, files, folder), policy=Policy()).apply(
        shop.world, shop.run
    )


def without(shop: IndexScene, ending: str) -> Delivery:
    """Return the delivery of what is built, but for files of one kind."""
    made = shop.delivery()
    files = tuple(file for file in made.files or () if not file.name.endswith(ending))
    return replace(made, files=files)


class TestCompare:
    def test_says_what_it_compares_with(self, shop: IndexScene) -> None:
        assert "compare with what the last release has on rehearsal" == str(
            Compare(shop.delivery())
        )

    def test_has_nothing_to_say_of_the_first_release(self, shop: IndexScene) -> None:
        expected = Todo("rehearsal has no release of demo")

        assert expected == Compare(shop.delivery()).probe(shop.world)
        assert expected == Compare(shop.foreseen()).probe(shop.world)

    def test_before_the_build_says_what_the_last_one_has(self, shop: IndexScene) -> None:
        release_before(shop)

        assert Todo("0.9 has 1 wheel and an sdist") == Compare(shop.foreseen()).probe(shop.world)

    def test_is_content_when_nothing_is_missing(self, shop: IndexScene) -> None:
        release_before(shop)

        assert Todo("nothing is missing that 0.9 has") == Compare(shop.delivery()).probe(shop.world)

    def test_a_missing_wheel_stops_the_release(self, shop: IndexScene) -> None:
        release_before(shop)
        state = Compare(without(shop, ".whl")).probe(shop.world)

        assert isinstance(state, Blocked)
        assert isinstance(state.error, FilesFewer)
        assert "1.0 lacks what 0.9 has: every wheel" == state.error.message
        assert (
            "Build what is missing, and publish with all files. If it is meant to go: "
            "publish.allow_fewer_files = true, for this run by "
            "RELEASIO_PUBLISH_ALLOW_FEWER_FILES=true in the environment."
        ) == state.error.hint

    def test_a_missing_file_that_may_go_is_a_note(self, shop: IndexScene) -> None:
        release_before(shop)
        step = Compare(without(shop, ".tar.gz"), allow_fewer=True)
        state = step.probe(shop.world)
        step.apply(shop.world, shop.run)

        assert Todo("it differs from 0.9") == state
        assert ["this release lacks the sdist, which 0.9 has"] == shop.screen.notes

    def test_a_pre_release_may_have_fewer_files(self, shop: IndexScene) -> None:
        release_before(shop)
        candidate = replace(without(shop, ".whl"), version="1.0rc1")

        assert Todo("it differs from 0.9") == Compare(candidate).probe(shop.world)

    def test_a_size_that_jumps_is_a_note(self, shop: IndexScene) -> None:
        release_before(shop, size=40_000)
        step = Compare(shop.delivery())
        state = step.probe(shop.world)
        step.apply(shop.world, shop.run)

        assert Todo("it differs from 0.9") == state
        (note,) = shop.screen.notes
        assert note.startswith("demo-1.0-py3-none-any.whl has ")

    def test_without_anything_to_compare_with_it_is_not_marked_as_done(
        self, shop: IndexScene
    ) -> None:
        first = Compare(shop.delivery()).apply(shop.world, shop.run)
        release_before(shop, "0.9rc1")
        candidate_only = Compare(shop.delivery()).apply(shop.world, shop.run)

        assert Omitted("rehearsal has no release of demo") == first
        assert Omitted("there is no final release to compare with") == candidate_only

    def test_asks_nobody_offline(self, shop: IndexScene) -> None:
        shop.world = replace(shop.world, offline=True)
        step = Compare(shop.delivery())
        state = step.probe(shop.world)
        step.apply(shop.world, shop.run)

        assert Todo("the index was not asked") == state
        assert [] == shop.asked()

    def test_asks_nobody_before_the_build_if_nobody_is_to_be_asked(self, shop: IndexScene) -> None:
        step = Compare(replace(shop.foreseen(), check_existing=False))

        assert Todo("not asked: publish.check_existing_version = false") == step.probe(shop.world)
        assert [] == shop.asked()


class Attested(BaseHTTPRequestHandler):
    """A simple index whose demo 0.9 has attestations."""

    def do_GET(self) -> None:
        file = {
            "filename": "demo-0.9.tar.gz",
            "url": "/demo-0.9.tar.gz",
            "hashes": {},
            "provenance": "/integrity/demo/0.9/demo-0.9.tar.gz/provenance",
        }
        self.send_response(200)
        self.send_header("Content-Type", "application/vnd.pypi.simple.v1+json")
        self.end_headers()
        self.wfile.write(json.dumps({"files": [file]}).encode())

    def log_message(self, *_: object) -> None:  # type: ignore[override]
        """Be quiet."""


@pytest.fixture
def attested(shop: IndexScene) -> Iterator[Delivery]:
    """demo 1.0, on its way to an index whose 0.9 has attestations."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Attested) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        site = f"http://127.0.0.1:{server.server_address[1]}"
        registry = replace(shop.registry, index=f"{site}/simple/")
        yield replace(shop.delivery(), registry=registry)
        server.shutdown()


class TestAttestationsThatTheLastReleaseHas:
    GONE = "the files of 0.9 have attestations, those of this release get none"

    def test_are_told_before_the_build(self, shop: IndexScene, attested: Delivery) -> None:
        foreseen = replace(attested, files=None, folder=None)

        expected = Todo("0.9 has an sdist, with attestations; this release gets none")
        assert expected == Compare(foreseen).probe(shop.world)

    @pytest.mark.parametrize("policy", [None, Policy(trusted_publishing=False)])
    def test_are_missed_where_none_can_be_made(
        self, shop: IndexScene, attested: Delivery, policy: Policy | None
    ) -> None:
        step = Compare(attested, policy=policy)
        state = step.probe(shop.world)
        step.apply(shop.world, shop.run)

        assert Todo("it differs from 0.9") == state
        assert [self.GONE] == shop.screen.notes

    def test_are_not_missed_where_trusted_publishing_is_possible(
        self, repo: Repository, attested: Delivery
    ) -> None:
        world, screen = world_of(repo.path, RELEASIO_OIDC_TOKEN="e30.e30.x")
        Compare(attested, policy=Policy()).apply(world, Run(world))
        world.close()

        assert [] == screen.notes


class TestTheNameOfANewProject:
    def test_is_judged_where_an_index_has_the_form_of_pypi(self, shop: IndexScene) -> None:
        assert shop.registry.upload.endswith("/legacy/")
        state = Compare(replace(shop.foreseen(), project="asyncio")).probe(shop.world)

        assert isinstance(state, Blocked)
        assert isinstance(state.error, ProjectNameRefused)

    def test_that_a_public_index_never_takes_is_named(self, shop: IndexScene) -> None:
        public = replace(shop.registry, site=resolve("pypi", {}).site)
        delivery = replace(shop.foreseen(), registry=public, project="asyncio")
        state = Compare(delivery).probe(shop.world)

        assert isinstance(state, Blocked)
        assert isinstance(state.error, ProjectNameRefused)
        assert (
            "rehearsal has no project asyncio, and would not take it: The name 'asyncio' isn't "
            "allowed (conflict with Python Standard Library module name)."
        ) == state.error.message
        assert (
            "Choose another [project] name in pyproject.toml; what is imported can keep its name."
        ) == state.error.hint

    def test_is_nobodys_business_on_an_index_of_ones_own(self, shop: IndexScene) -> None:
        there = replace(shop.registry, upload=f"{shop.index.url}/simple-repo/")
        delivery = replace(shop.foreseen(), registry=there, project="asyncio")

        assert Todo("rehearsal has no release of asyncio") == Compare(delivery).probe(shop.world)


class TestFirstRelease:
    def test_of_a_project_that_is_on_the_index_may_be_somebody_else_s(
        self, shop: IndexScene
    ) -> None:
        release_before(shop, "5.0")
        said = "demo is on rehearsal with 5.0; if it is not yours, choose another name"

        for delivery in (shop.foreseen(), shop.delivery()):
            assert Todo(said) == Compare(delivery, first=True).probe(shop.world)

    def test_says_so_before_what_differs(self, shop: IndexScene) -> None:
        release_before(shop, "0.9")
        Compare(shop.delivery(), first=True).apply(shop.world, shop.run)

        assert ["demo is on rehearsal with 0.9; if it is not yours, choose another name"] == (
            shop.screen.notes[-1:]
        )

    def test_of_a_project_without_files_does_too(self, shop: IndexScene) -> None:
        shop.index.create_project("demo")
        said = "demo is on rehearsal without files; if it is not yours, choose another name"

        assert Todo(said) == Compare(shop.foreseen(), first=True).probe(shop.world)

    def test_still_lacks_what_the_index_has(self, shop: IndexScene) -> None:
        release_before(shop)
        state = Compare(without(shop, ".whl"), first=True).probe(shop.world)

        assert isinstance(state, Blocked)
        assert isinstance(state.error, FilesFewer)

    def test_of_a_name_that_is_free_has_nothing_to_say(self, shop: IndexScene) -> None:
        expected = Todo("rehearsal has no release of demo")

        assert expected == Compare(shop.foreseen(), first=True).probe(shop.world)
