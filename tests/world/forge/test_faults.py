"""A GitLab and a Gitea that go away, before and after they did what they were asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from releasio.errors.forge.answers import ForgeUnreachable
from releasio.rules.forge.place import ForgePlace
from releasio.rules.forge.pull_request import PullRequestText
from releasio.rules.forge.release import ReleaseText
from releasio.world.build.digest import sha256_of
from tests.forges.gitea import FaultyGitea
from tests.forges.gitlab import FaultyGitLab
from tests.sampled import sampled
from tests.world.forge.branches import branch
from tests.world.forge.connecting import Connecting

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from werkzeug.wrappers import Response

    from releasio.standins.forge.served import Call
    from releasio.world.forge.forge import Forge
    from tests.fakes.repository import Repository

TEXT = ReleaseText("v1.0", "demo v1.0", "All of it.\n")
PULL = PullRequestText("Release 1.0", "", "releasio/release", "main")
GITLAB = {
    "upload": "PUT /projects/:id/packages/generic/:name/:version/:file",
    "publish": "POST /projects/:id/releases",
    "open": "POST /projects/:id/merge_requests",
}
GITEA = {
    "create": "POST /repos/:owner/:repo/releases",
    "upload": "POST /repos/:owner/:repo/releases/:release/assets",
    "publish": "PATCH /repos/:owner/:repo/releases/:release",
    "open": "POST /repos/:owner/:repo/pulls",
}
# of a document nothing is left to break in the middle
LOST = ["reset-before", "reset-after", "502-before", "502-after", "html-200"]
SPOILT = ["garbage", "truncated", "cut"]
FAULTS = [(step, how) for step in ("upload", "publish") for how in (*LOST, *SPOILT)]
FAULTS += [("upload", "reset-middle")]


@pytest.fixture
def gitlab(project: Repository) -> Iterator[FaultyGitLab]:
    with FaultyGitLab(project.path.with_name("remote.git")) as fake:
        fake.git.set_ref("refs/tags/v1.0", fake.git.ref("refs/heads/main") or "")
        yield fake


@pytest.fixture
def gitea(project: Repository) -> Iterator[FaultyGitea]:
    with FaultyGitea(project.path.with_name("remote.git")) as fake:
        fake.git.set_ref("refs/tags/v1.0", fake.git.ref("refs/heads/main") or "")
        yield fake


@pytest.fixture
def on_gitlab(gitlab: FaultyGitLab) -> Iterator[Forge]:
    place = ForgePlace("gitlab", gitlab.web[7:], "acme/tools", "demo", gitlab.url, gitlab.web)
    with Connecting(place) as connecting:
        yield connecting({"GITLAB_TOKEN": gitlab.token()})


@pytest.fixture
def on_gitea(gitea: FaultyGitea) -> Iterator[Forge]:
    place = ForgePlace("gitea", gitea.web[7:], "acme", "demo", gitea.url, gitea.web)
    with Connecting(place) as connecting:
        yield connecting({"GITEA_TOKEN": gitea.token()})


@pytest.fixture
def wheel(tmp_path: Path) -> Path:
    path = tmp_path / "demo-1.0-py3-none-any.whl"
    path.write_bytes(b"wheel")
    return path


def publish(client: Forge, wheel: Path) -> None:
    """Do what a release does, each time from what is there."""
    release = client.release("v1.0") or client.create_release(TEXT)
    if sha256_of(wheel) not in [client.sha256_of(asset) for asset in release.assets]:
        client.upload_asset(release, wheel, wheel.name)
    client.publish_release(release, TEXT)


@pytest.mark.parametrize(("step", "how"), sampled(FAULTS, 2))
def test_running_again_finishes_what_a_fault_of_gitlab_cut_short(
    gitlab: FaultyGitLab, on_gitlab: Forge, wheel: Path, step: str, how: str
) -> None:
    gitlab.fail(how, GITLAB[step])
    with pytest.raises(ForgeUnreachable, match="gave no usable answer"):
        publish(on_gitlab, wheel)
    publish(on_gitlab, wheel)

    assert [how] == [exchange.fault for exchange in gitlab.log if exchange.fault]
    assert [wheel.name] == [link.name for link in gitlab.release("v1.0").links]
    assert 1 == len(gitlab.state.releases)
    assert 1 == len(gitlab.state.packages[0].files)


@pytest.mark.parametrize(
    ("step", "how"), sampled([*FAULTS, *(("create", how) for how in (*LOST, *SPOILT))], 3)
)
def test_running_again_finishes_what_a_fault_of_gitea_cut_short(
    gitea: FaultyGitea, on_gitea: Forge, wheel: Path, step: str, how: str
) -> None:
    gitea.fail(how, GITEA[step])
    with pytest.raises(ForgeUnreachable, match="gave no usable answer"):
        publish(on_gitea, wheel)
    publish(on_gitea, wheel)

    assert [how] == [exchange.fault for exchange in gitea.log if exchange.fault]
    assert [wheel.name] == [one.name for one in gitea.release("v1.0").attachments]
    assert 1 == len(gitea.state.releases)
    assert not gitea.release("v1.0").draft


class Hasty(FaultyGitLab):
    """A GitLab on which another run makes the release in the last moment."""

    def respond(self, call: Call) -> Response:
        if call.exchange.operation == GITLAB["publish"] and not self.state.releases:
            super().respond(call)
            self.release("v1.0").links.clear()
        return super().respond(call)


def test_of_two_runs_at_once_on_gitlab_both_end_well(project: Repository, wheel: Path) -> None:
    with Hasty(project.path.with_name("remote.git")) as fake:
        fake.git.set_ref("refs/tags/v1.0", fake.git.ref("refs/heads/main") or "")
        place = ForgePlace("gitlab", fake.web[7:], "acme/tools", "demo", fake.url, fake.web)
        with Connecting(place) as connecting:
            publish(connecting({"GITLAB_TOKEN": fake.token()}), wheel)

    assert 1 == len(fake.state.releases)
    assert [wheel.name] == [link.name for link in fake.release("v1.0").links]


@pytest.mark.parametrize("how", ["429", "429-wait"])
def test_who_asks_for_patience_gets_it(
    gitlab: FaultyGitLab, on_gitlab: Forge, wheel: Path, how: str
) -> None:
    for operation in GITLAB.values():
        gitlab.fail(how, operation, seconds=2)
    publish(on_gitlab, wheel)

    assert 2 == len([exchange for exchange in gitlab.log if exchange.fault])
    assert 1 == len(gitlab.state.releases)


def test_reading_is_tried_again(gitea: FaultyGitea, on_gitea: Forge, wheel: Path) -> None:
    gitea.fail("reset-before", "GET /repos/:owner/:repo/releases/tags/:tag", times=4)
    publish(on_gitea, wheel)

    assert not gitea.release("v1.0").draft


def test_a_pull_request_whose_answer_was_lost_is_found(
    gitlab: FaultyGitLab, on_gitlab: Forge, gitea: FaultyGitea, on_gitea: Forge
) -> None:
    branch(gitlab.git, PULL.head, "chore: release 1.0")
    gitlab.fail("reset-after", GITLAB["open"])
    gitea.fail("reset-after", GITEA["open"])
    for client in (on_gitlab, on_gitea):
        with pytest.raises(ForgeUnreachable):
            client.create_pull_request(PULL)

    assert [1] == [request.number for request in on_gitlab.pull_requests(PULL.head)]
    assert [1] == [request.number for request in on_gitea.pull_requests(PULL.head)]
