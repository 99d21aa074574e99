"""What doctor asks indexes."""

from __future__ import annotations

from datetime import timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING

import httpx
import pytest
from packaging.version import Version

from releasio.frozen import replace
from releasio.rules.identity.attestation import Signatory
from releasio.rules.index.registry import Registry
from releasio.setup.reading.indexes import read_indexes
from releasio.setup.situation.index_state import LastPublisher
from releasio.world.git.git import Git
from releasio.world.world import World
from tests.fakes.index import PRIVATE, START, FakeIndex
from tests.fakes.screen import Quiet
from tests.fakes.world import with_index

if TYPE_CHECKING:
    from tests.embedded.index import EmbeddedIndex
    from tests.fakes.repository import Repository

PAGE = "/simple/demo/"
JSON = "application/vnd.pypi.simple.v1+json"


@pytest.fixture
def fake() -> FakeIndex:
    return FakeIndex()


@pytest.fixture
def world(repo: Repository, fake: FakeIndex) -> World:
    world = World(
        git=Git.open(repo.path, {}),
        project=repo.path,
        env={},
        screen=Quiet(),
        clock=fake.clock,
        sleep=fake.clock.sleep,
    )
    return with_index(world, fake.client())


def page(*names: str, signed: tuple[str, ...] = (), **headers: str) -> httpx.Response:
    files = [
        {
            "filename": name,
            "url": f"/files/{name}",
            "hashes": {},
            **({"provenance": f"/files/{name}.provenance"} if name in signed else {}),
        }
        for name in names
    ]
    return httpx.Response(200, json={"files": files}, headers={"Content-Type": JSON, **headers})


def provenance(environment: str | None = "pypi") -> httpx.Response:
    publisher = {"kind": "GitHub", "repository": "acme/demo", "workflow": "release.yml"}
    publisher |= {"environment": environment} if environment else {}
    bundle = {"publisher": publisher, "attestations": [{}]}
    return httpx.Response(200, json={"version": 1, "attestation_bundles": [bundle]})


class TestProject:
    def test_is_there_with_its_versions(self, world: World, fake: FakeIndex) -> None:
        fake.fail(PAGE, page("demo-1.0.tar.gz", "demo-1.1.tar.gz", "other-2.0.tar.gz"))

        (state,) = read_indexes(world, [fake.registry], "Demo")

        assert (True, "") == (state.exists, state.trouble)
        assert [Version("1.1"), Version("1.0")] == list(state.files_by_version)

    def test_is_not_there(self, world: World, fake: FakeIndex) -> None:
        (state,) = read_indexes(world, [fake.registry], "demo")

        assert (False, (), "") == (state.exists, state.files, state.trouble)

    @pytest.mark.parametrize(
        ("name", "site", "similar"),
        [("de_mo", "https://index", "demo"), ("de_mo", None, ""), ("dem", "https://index", "")],
    )
    def test_that_is_not_there_may_be_similar_to_another(
        self, repo: Repository, name: str, site: str | None, similar: str
    ) -> None:
        fake = FakeIndex(replace(PRIVATE, site=site))
        fake.list("demo", ("demo-1.0.tar.gz", b"one"))
        world = World(
            git=Git.open(repo.path, {}), project=repo.path, env={}, screen=Quiet(), clock=fake.clock
        )

        (state,) = read_indexes(with_index(world, fake.client()), [fake.registry], name)

        assert (False, similar) == (state.exists, state.similar)

    def test_nobody_is_asked_offline_or_without_a_name(
        self, repo: Repository, fake: FakeIndex
    ) -> None:
        world = World(
            git=Git.open(repo.path, {}), project=repo.path, env={}, screen=Quiet(), offline=True
        )

        assert () == read_indexes(world, [fake.registry], "demo")
        assert () == read_indexes(with_index(world, fake.client()), [fake.registry], "")

    def test_the_embedded_index_answers(self, repo: Repository, index: EmbeddedIndex) -> None:
        index.create_project("demo")
        world = World(git=Git.open(repo.path, {}), project=repo.path, env={}, screen=Quiet())
        registry = Registry("private", index.upload_url, index.simple_url)

        try:
            (state,) = read_indexes(world, [registry], "demo")
        finally:
            world.close()

        assert (True, "") == (state.exists, state.trouble)
        assert state.clock_ahead == pytest.approx(0, abs=60)


class TestTrouble:
    def test_is_told_and_waited_for_some_seconds_only(self, world: World, fake: FakeIndex) -> None:
        fake.fail(PAGE, *[httpx.ConnectError("refused")] * 5)

        (state,) = read_indexes(world, [fake.registry], "demo")

        assert state.exists is None
        expected = "private gave no usable answer after 3 tries: ConnectError (refused)"
        assert expected == state.trouble
        assert fake.clock() - START < timedelta(seconds=5)

    def test_of_one_index_does_not_hide_another(
        self, repo: Repository, index: EmbeddedIndex
    ) -> None:
        world = World(
            git=Git.open(repo.path, {}),
            project=repo.path,
            env={},
            screen=Quiet(),
            sleep=lambda _: None,
        )
        silent = Registry("silent", "http://127.0.0.1:9/legacy/", "http://127.0.0.1:9/simple/")
        there = Registry("there", index.upload_url, index.simple_url)

        try:
            states = read_indexes(world, [silent, there], "demo")
        finally:
            world.close()

        assert [None, False] == [state.exists for state in states]

    def test_certificates_that_are_not_there_are_told(self, repo: Repository) -> None:
        world = World(
            git=Git.open(repo.path, {}),
            project=repo.path,
            env={"SSL_CERT_FILE": "/nowhere.pem"},
            screen=Quiet(),
        )

        (state,) = read_indexes(world, [FakeIndex().registry], "demo")

        assert "SSL_CERT_FILE is /nowhere.pem, which does not exist" == state.trouble

    def test_of_pages_that_need_not_be_read_says_nothing_of_the_project(
        self, repo: Repository, fake: FakeIndex
    ) -> None:
        fake.fail(PAGE, httpx.Response(403))
        world = World(
            git=Git.open(repo.path, {}), project=repo.path, env={}, screen=Quiet(), clock=fake.clock
        )

        states = read_indexes(
            with_index(world, fake.client(must_read=False)), [fake.registry], "demo"
        )

        assert [(None, "private does not let it be read")] == [
            (state.exists, state.trouble) for state in states
        ]


class TestPublisher:
    def test_is_that_of_the_newest_final_release(self, world: World, fake: FakeIndex) -> None:
        new, newer = "demo-1.1.tar.gz", "demo-1.2rc1.tar.gz"
        fake.fail(PAGE, page("demo-1.0.tar.gz", new, newer, signed=(new,)))
        fake.fail(f"/files/{new}.provenance", provenance())

        (state,) = read_indexes(world, [fake.registry], "demo")

        signatory = Signatory("GitHub", "acme/demo", "release.yml")
        assert LastPublisher(Version("1.1"), new, signatory, "pypi") == state.publisher

    def test_may_have_no_environment(self, world: World, fake: FakeIndex) -> None:
        fake.fail(PAGE, page("demo-1.0.tar.gz", signed=("demo-1.0.tar.gz",)))
        fake.fail("/files/demo-1.0.tar.gz.provenance", provenance(None))

        (state,) = read_indexes(world, [fake.registry], "demo")

        assert state.publisher is not None
        assert "" == state.publisher.environment

    @pytest.mark.parametrize("answer", [httpx.Response(404), httpx.Response(200, json={})])
    def test_is_not_known_where_the_index_does_not_say(
        self, world: World, fake: FakeIndex, answer: httpx.Response
    ) -> None:
        fake.fail(PAGE, page("demo-1.0.tar.gz", signed=("demo-1.0.tar.gz",)))
        fake.fail("/files/demo-1.0.tar.gz.provenance", answer)

        (state,) = read_indexes(world, [fake.registry], "demo")

        assert (True, None, "") == (state.exists, state.publisher, state.trouble)

    def test_is_not_that_of_an_older_release(self, world: World, fake: FakeIndex) -> None:
        fake.fail(PAGE, page("demo-1.0.tar.gz", "demo-1.1.tar.gz", signed=("demo-1.0.tar.gz",)))

        (state,) = read_indexes(world, [fake.registry], "demo")

        assert state.publisher is None


class TestClock:
    @pytest.mark.parametrize(
        ("behind", "age", "ahead"),
        [
            (0, "", 0.0),
            (-400, "", -400.0),  # it is later there
            (400, "", 400.0),
            (400, "400", 0.0),  # out of a cache, which may keep the date
            (400, "90", 310.0),
            (-30, "90", -30.0),
        ],
    )
    def test_is_compared(
        self, world: World, fake: FakeIndex, behind: int, age: str, ahead: float
    ) -> None:
        date = format_datetime(START.replace(microsecond=0) - timedelta(seconds=behind))
        fake.fail(PAGE, page(Date=date, **({"Age": age} if age else {})))

        (state,) = read_indexes(world, [fake.registry], "demo")

        assert ahead == state.clock_ahead

    @pytest.mark.parametrize("date", ["", "yesterday", "Mon, 99 Feb 2026 00:00:00 GMT"])
    def test_is_not_known_without_a_date(self, world: World, fake: FakeIndex, date: str) -> None:
        fake.fail(PAGE, page(Date=date))

        (state,) = read_indexes(world, [fake.registry], "demo")

        assert state.clock_ahead is None

    def test_is_compared_where_the_index_refuses(self, world: World, fake: FakeIndex) -> None:
        date = format_datetime(START + timedelta(hours=1))
        fake.fail(PAGE, httpx.Response(403, headers={"Date": date}))

        (state,) = read_indexes(world, [fake.registry], "demo")

        assert state.trouble
        assert -3600.0 == state.clock_ahead
