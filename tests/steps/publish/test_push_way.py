"""Which way a release takes by the rules of its forge, asked before anything is done."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from releasio.errors.base import Problems
from releasio.errors.forge.answers import ForgeUnreachable
from releasio.errors.git.push import BranchDemands, TagDemands
from releasio.frozen import replace
from releasio.rules.credentials.secret import Secret
from releasio.rules.forge.place import ForgePlace
from releasio.rules.forge.rights import BranchRules
from releasio.rules.running.remote import Remote
from releasio.steps.publish.push import Push
from releasio.steps.publish.tag_object import NewTag
from releasio.steps.step import Blocked, State, Todo
from releasio.world.tokens.git_login import pushes_with
from tests.fakes.git_http import git_over_http
from tests.steps.scene import ORIGIN, TAG, world_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.fakes.git_http import Remote as Served
    from tests.steps.scene import Scene

PLACE = ForgePlace("github", "github.com", "ada", "demo", "https://api.github.com")
TOKEN = "ghs_sesame"
FREE = BranchRules(known=True)
BY_PULL_REQUEST = BranchRules(known=True, pull_request=True, reason="ruleset main")


@dataclass
class Ruled:
    """A forge with rules that a test says."""

    branch: BranchRules = FREE
    tag: BranchRules = FREE
    place: ForgePlace = PLACE
    down: bool = False
    asked: list[str] = field(default_factory=list)

    def branch_rules(self, branch: str) -> BranchRules:
        self.asked.append(branch)
        if self.down:
            raise ForgeUnreachable(self.place.name, "no answer")
        return self.branch

    def tag_rules(self, tag: str) -> BranchRules:
        self.asked.append(tag)
        return self.tag

    def close(self) -> None:
        """There is no connection."""


@pytest.fixture
def served(scene: Scene) -> Iterator[Served]:
    """Serve the remote over HTTP."""
    with git_over_http(scene.remote.path) as remote:
        scene.repo.git("remote", "set-url", "origin", remote.url)
        yield remote


def same_login(scene: Scene, served: Served) -> None:
    """Let git push with the job's token, as actions/checkout does."""
    header = base64.b64encode(f"x-access-token:{TOKEN}".encode()).decode()
    address = served.url.rpartition("/")[0]
    scene.repo.git("config", f"http.{address}/.extraheader", f"AUTHORIZATION: basic {header}")


def probe(scene: Scene, served: Served, forge: Ruled, commit: str | None = None) -> State:
    world, _ = world_of(scene.repo.path, GITHUB_TOKEN=TOKEN, GITHUB_ACTIONS="")
    world = replace(world, _forges={PLACE: forge})
    remote = Remote("origin", served.url)
    step = Push(remote, "main", (NewTag(TAG, ""),), commit, scene.base, foresees=True, forge=PLACE)
    return step.probe(world)


class TestWay:
    def test_is_a_push_where_the_forge_takes_one(self, scene: Scene, served: Served) -> None:
        forge = Ruled()

        assert Todo("GitHub takes a push to main") == probe(scene, served, forge)
        assert {"main", TAG} == set(forge.asked)

    def test_is_the_tag_alone_where_nothing_has_to_be_committed(
        self, scene: Scene, served: Served
    ) -> None:
        forge = Ruled(branch=BY_PULL_REQUEST)
        same_login(scene, served)

        assert Todo("the tag goes alone: the commit is there") == (
            probe(scene, served, forge, scene.base)
        )
        assert [TAG] == forge.asked

    @pytest.mark.parametrize(
        ("rules", "message", "ways"),
        [
            (
                BY_PULL_REQUEST,
                "main on GitHub demands a pull request (ruleset main)",
                ('Set mode = "pull-request"', "Or let who pushes bypass the rule"),
            ),
            (
                replace(BY_PULL_REQUEST, merge_queue=True, checks=("ci", "lint"), reason=""),
                (
                    "main on GitHub demands a pull request and its merge queue and that ci and "
                    "lint have passed"
                ),
                ('Set mode = "pull-request"', "in Settings > Rules, or Settings > Branches"),
            ),
            (
                BranchRules(known=True, signatures=True),
                "main on GitHub demands signed commits, and nothing signs here",
                ("Sign here (git config commit.gpgSign true",),
            ),
            (
                BranchRules(known=True, locked=True),
                "main on GitHub demands an exemption of who pushes",
                ("Or let who pushes bypass the rule",),
            ),
        ],
    )
    def test_is_blocked_with_the_ways_on(
        self,
        scene: Scene,
        served: Served,
        rules: BranchRules,
        message: str,
        ways: tuple[str, ...],
    ) -> None:
        same_login(scene, served)
        state = probe(scene, served, Ruled(branch=rules))

        assert isinstance(state, Blocked)
        assert isinstance(state.error, BranchDemands)
        assert message == str(state.error)
        assert all(way in state.error.hint for way in ways)

    def test_is_open_where_the_commit_is_signed(self, scene: Scene, served: Served) -> None:
        scene.repo.git("config", "commit.gpgSign", "true")
        state = probe(scene, served, Ruled(branch=BranchRules(known=True, signatures=True)))

        assert isinstance(state, Todo)
        assert "GitHub takes a push to main" in state.detail

    def test_may_be_another_one_for_another_login(self, scene: Scene, served: Served) -> None:
        assert Todo(
            "main on GitHub demands a pull request (ruleset main); that is of the token, and git "
            "pushes to origin with a login of its own"
        ) == probe(scene, served, Ruled(branch=BY_PULL_REQUEST))

    def test_is_blocked_for_a_tag_that_the_token_may_not_make(
        self, scene: Scene, served: Served
    ) -> None:
        same_login(scene, served)
        rules = BranchRules(known=True, locked=True, reason="ruleset tags")
        state = probe(scene, served, Ruled(tag=rules))

        assert isinstance(state, Blocked)
        assert isinstance(state.error, TagDemands)
        assert f"GitHub does not let this token make the tag {TAG} (ruleset tags)" == str(
            state.error
        )
        assert (
            "Let who pushes make this tag, in Settings > Rules; a job's own token cannot bypass a "
            "rule."
        ) == state.error.hint

    def test_tells_all_at_once(self, scene: Scene, served: Served) -> None:
        same_login(scene, served)
        locked = BranchRules(known=True, locked=True)
        state = probe(scene, served, Ruled(BY_PULL_REQUEST, locked))

        assert isinstance(state, Blocked)
        assert isinstance(state.error, Problems)
        assert ["branch-demands", "tag-demands"] == [e.code for e in state.error.problems]

    @pytest.mark.parametrize(
        ("forge", "detail"),
        [
            (Ruled(branch=BranchRules()), ""),
            (
                Ruled(branch=BranchRules(reason="it is protected")),
                "not all that main demands is known: it is protected",
            ),
            (
                Ruled(down=True),
                "GitHub gave no usable answer: no answer; which rules it has is not known",
            ),
        ],
    )
    def test_that_nobody_knows_is_tried(
        self, scene: Scene, served: Served, forge: Ruled, detail: str
    ) -> None:
        assert Todo(detail) == probe(scene, served, forge)


class TestLogin:
    @pytest.mark.parametrize(
        ("address", "key", "value", "expected"),
        [
            ("https://x-access-token:ghs_sesame@github.com/ada/demo", "", "", True),
            ("https://ghs_sesame@github.com/ada/demo", "", "", True),
            ("https://ada:other@github.com/ada/demo", "", "", False),
            ("https://github.com/ada/demo", "", "", False),
            ("https://github.com/ada/demo", "http.https://github.com/", "basic {}", True),
            ("https://github.com/ada/demo", "http.https://github.com/ada", "Basic {}", True),
            ("https://github.com/ada/demo", "http.https://github.com.evil/", "basic {}", False),
            ("https://github.com/ada/demo", "http.https://github.com/", "bearer {}", False),
            ("https://github.com/ada/demo", "http.https://github.com/", "basic %", False),
            ("git@github.com:ada/demo.git", "http.https://github.com/", "basic {}", False),
        ],
    )
    def test_is_read_where_git_s_settings_tell(
        self, scene: Scene, address: str, key: str, value: str, *, expected: bool
    ) -> None:
        scene.repo.git("remote", "set-url", "origin", address)
        if key:
            pair = base64.b64encode(f"x-access-token:{TOKEN}".encode()).decode()
            scene.repo.git("config", f"{key}.extraheader", f"AUTHORIZATION: {value.format(pair)}")
        git = scene.world.git
        remote = git.remotes.chosen() or ORIGIN

        assert expected == pushes_with(git, remote, Secret(TOKEN))
