"""The forge of a rehearsal: a stand-in in front of its remote, of the kind of the real one."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from releasio.config.reading.load import load
from releasio.frozen import frozen
from releasio.rehearsal.pages import pull_request_page, release_page
from releasio.rules.forge.place import NAMES, ForgePlace, forge_place
from releasio.rules.forge.token import VARIABLES
from releasio.rules.running.environment import without_forge_tokens
from releasio.standins.forge.gitea.gitea import FakeGitea
from releasio.standins.forge.github.github import FakeGitHub
from releasio.standins.forge.gitlab.gitlab import FakeGitLab

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from releasio.rehearsal.pages import PullRequestPage, ReleasePage
    from releasio.rehearsal.stage import Stage
    from releasio.rules.forge.place import Kind
    from releasio.world.world import World

EXAMPLE = "example/hello-releasio"  # the forge's name of a repository that has no remote
_STAND_INS: Mapping[Kind, type[FakeGitHub | FakeGitLab | FakeGitea]] = {
    "github": FakeGitHub,
    "gitlab": FakeGitLab,
    "gitea": FakeGitea,
}
# what only the real repository has: people, workflows, checks that a merge awaits
_OF_THE_REAL_ONE: Mapping[str, object] = {
    "github.dispatch": [],
    "github.release_pr_assignees": [],
    "github.release_pr_auto_merge": "never",
    "github.release_pr_reviewers": [],
}


@frozen
class StandIn:
    """
    A forge of the rehearsal.

    Attributes:
        forge: The stand-in.
        place: Where its repository is.
        shown_as: Where the pages of the real forge begin; of the stand-in, if there is no other.
        proposes: Whether the project releases by pull requests.
    """

    forge: FakeGitHub | FakeGitLab | FakeGitea
    place: ForgePlace
    shown_as: str
    proposes: bool

    @property
    def settings(self) -> Mapping[str, object]:
        """Settings by which the stand-in is the forge, and no other one."""
        return {
            "github.kind": self.place.kind,
            "github.owner": self.place.owner,
            "github.repo": self.place.repo,
            "github.api_url": self.place.api,
            **_OF_THE_REAL_ONE,
        }

    def environment(self, env: Mapping[str, str]) -> dict[str, str]:
        """Return *env* with a token for the stand-in, and none for anybody else."""
        variable = VARIABLES[self.place.kind][0]
        return {**without_forge_tokens(env), variable: self.forge.token()}

    def release_page(self, world: World, tag: str) -> ReleasePage | None:
        """Return the page of the release *tag*; `None`: there is none."""
        client = world.forge(self.place)
        release = client.release(tag) if client else None
        if release is None:
            return None
        return release_page(release, site=self.place.web, shown_as=self.shown_as)

    def pull_request_page(self, world: World, head: str) -> PullRequestPage | None:
        """Return the page of the pull request that comes from the branch *head*."""
        client = world.forge(self.place)
        for pull_request in client.pull_requests(head) if client else ():
            return pull_request_page(pull_request, site=self.place.web, shown_as=self.shown_as)
        return None


@contextmanager
def stand_in_for(stage: Stage) -> Iterator[StandIn]:
    """
    Serve a forge with the remote of *stage*, called as the project's own repository.

    It is of the real one's kind; a GitHub where there is none, or none that is known.

    Raises:
        Problems: All mistakes in the project's settings.
        ForgeAddressContradicts: `github.api_url` is of another kind of forge.
    """
    config = load(stage.project, stage.env, {}).config
    real = forge_place(config.github, stage.remote_url, stage.env)
    kind = real.kind if real else "github"
    slug = real.slug if real else EXAMPLE
    with _STAND_INS[kind](stage.folder / "remote.git", slug) as forge:
        category = config.github.release_discussion_category
        if category and isinstance(forge, FakeGitHub):
            forge.settings.discussion_categories = (category,)
        web, (owner, _, repo) = forge.site, slug.rpartition("/")
        host = web.partition("://")[2]
        place = ForgePlace(kind, host, owner, repo, forge.url, web)
        stage.screen.note(f"the stand-in for the forge is at {web}; it is not {NAMES[kind]}")
        shown_as = real.page.removesuffix(f"/{slug}") if real else web
        yield StandIn(forge, place, shown_as, config.mode == "pull-request")
