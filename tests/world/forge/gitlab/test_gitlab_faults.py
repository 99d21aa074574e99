"""A GitLab that goes away, before and after it did what it was asked for."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from werkzeug.wrappers import Response

from releasio.errors.forge.answers import ForgeUnreachable
from releasio.rules.forge.place import ForgePlace
from releasio.rules.forge.pull_request import PullRequestText
from releasio.rules.forge.release import ReleaseText
from releasio.standins.forge.gitlab.gitlab import FakeGitLab
from tests.embedded.site import reset
from tests.world.forge.branches import branch
from tests.world.forge.connecting import Connecting

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from releasio.standins.forge.served import Call
    from releasio.world.forge.forge import Forge
    from tests.fakes.repository import Repository

TEXT = ReleaseText("v1.0", "demo v1.0", "All of it.\n")
PAGE = Response("<html><form>Log in to this network</form></html>", mimetype="text/html")


@dataclass
class Fault:
    """What goes wrong with the requests of a method, so many times; `after` it was done."""

    method: str
    answer: Response | None
    after: bool
    times: int = 1
    met: list[str] = field(default_factory=list)


class FaultyGitLab(FakeGitLab):
    """A GitLab with one fault."""

    fault: Fault | None = None

    def respond(self, call: Call) -> Response:
        fault = self.fault
        if fault is None or not fault.times or call.request.method != fault.method:
            return super().respond(call)
        fault.times -= 1
        if fault.after:
            super().respond(call)
        fault.met.append(call.exchange.operation)
        call.request.get_data()
        if fault.answer is None:
            reset(call.environ)
        assert fault.answer is not None
        return fault.answer


@pytest.fixture
def faulty(project: Repository) -> Iterator[FaultyGitLab]:
    with FaultyGitLab(project.path.with_name("remote.git"), "acme/demo") as fake:
        fake.git.set_ref("refs/tags/v1.0", fake.git.ref("refs/heads/main") or "")
        yield fake


@pytest.fixture
def client(faulty: FaultyGitLab) -> Iterator[Forge]:
    place = ForgePlace("gitlab", faulty.web[7:], "acme", "demo", faulty.url, faulty.web)
    with Connecting(place) as connecting:
        yield connecting({"GITLAB_TOKEN": faulty.token()})


def publish(client: Forge, wheel: Path) -> None:
    """Do what a release does, each time from what is there."""
    release = client.release("v1.0") or client.create_release(TEXT)
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    if digest not in [asset.sha256 for asset in release.assets]:
        client.upload_asset(release, wheel, wheel.name)
    client.publish_release(release, TEXT)


FAULTS = [
    pytest.param(None, False, id="reset-before"),
    pytest.param(None, True, id="reset-after"),
    pytest.param(Response("{}", 502), True, id="502-after"),
    pytest.param(PAGE, False, id="login-page"),
    pytest.param(PAGE, True, id="login-page-after"),
    pytest.param(Response('{"id": 1, "tag_na', 201), True, id="truncated"),
    pytest.param(Response("{}", 201), True, id="empty-document"),
]


@pytest.mark.parametrize("method", ["PUT", "POST"])
@pytest.mark.parametrize(("answer", "after"), FAULTS)
def test_running_again_finishes_what_a_fault_cut_short(
    faulty: FaultyGitLab,
    client: Forge,
    tmp_path: Path,
    method: str,
    answer: Response | None,
    after: bool,  # noqa: FBT001 -- a parameter of the test
) -> None:
    wheel = tmp_path / "demo-1.0.whl"
    wheel.write_bytes(b"wheel")
    faulty.fault = fault = Fault(method, answer, after)
    with pytest.raises(ForgeUnreachable) as failure:
        publish(client, wheel)
    publish(client, wheel)

    assert 1 == len(fault.met)
    assert "gave no usable answer" in failure.value.message
    assert ["demo-1.0.whl"] == [link.name for link in faulty.release("v1.0").links]
    assert 1 == len(faulty.state.releases)
    assert 1 == len(faulty.state.packages[0].files)


@pytest.mark.parametrize("times", [1, 4])
def test_reading_is_tried_again(
    faulty: FaultyGitLab, client: Forge, tmp_path: Path, times: int
) -> None:
    wheel = tmp_path / "demo-1.0.whl"
    wheel.write_bytes(b"wheel")
    faulty.fault = Fault("GET", None, after=False, times=times)
    publish(client, wheel)

    assert 1 == len(faulty.state.releases)


def test_a_merge_request_whose_answer_was_lost_is_found(
    faulty: FaultyGitLab, client: Forge
) -> None:
    branch(faulty.git, "releasio/release", "chore: release 1.0")
    text = PullRequestText("Release 1.0", "", "releasio/release", "main")
    faulty.fault = Fault("POST", None, after=True)
    with pytest.raises(ForgeUnreachable):
        client.create_pull_request(text)

    assert [1] == [request.number for request in client.pull_requests("releasio/release")]
