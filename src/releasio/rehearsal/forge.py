"""The forge of a rehearsal: a stand-in in front of its remote, whatever the real one is."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from releasio.config.reading.load import load
from releasio.frozen import frozen
from releasio.rehearsal.pages import pull_request_page, release_page
from releasio.rules.forge.place import forge_place
from releasio.rules.running.environment import without_forge_tokens
from releasio.standins.forge.github.github import FakeGitHub

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from releasio.rehearsal.pages import PullRequestPage, ReleasePage
    from releasio.rehearsal.stage import Stage

EXAMPLE = "example/hello-releasio"  # the forge's name of a repository that has no remote


@frozen
class StandIn:
    """
    A GitHub of the rehearsal.

    Attributes:
        github: The stand-in.
        shown_as: Where the pages of the real forge begin, if that is a GitHub.
        proposes: Whether the project releases by pull requests.
    """

    github: FakeGitHub
    shown_as: str
    proposes: bool

    @property
    def settings(self) -> Mapping[str, object]:
        """Settings by which the stand-in is the forge, and no other one."""
        return {
            "github.kind": "github",
            "github.owner": self.github.owner,
            "github.repo": self.github.repo,
            "github.api_url": self.github.url,
            "github.dispatch": [],  # it starts no workflows
        }

    def environment(self, env: Mapping[str, str]) -> dict[str, str]:
        """Return *env* with a token for the stand-in, and none for anybody else."""
        return {**without_forge_tokens(env), "GITHUB_TOKEN": self.github.token()}

    def release_page(self, tag: str) -> ReleasePage | None:
        """Return the page of the release *tag*; `None`: there is none."""
        try:
            release = self.github.release(tag)
        except KeyError:
            return None
        return release_page(release, site=self.github.site, shown_as=self.shown_as)

    def pull_request_page(self, number: int) -> PullRequestPage:
        """Return the page of a pull request."""
        pull = self.github.pull(number)
        return pull_request_page(pull, site=self.github.site, shown_as=self.shown_as)


@contextmanager
def stand_in_for(stage: Stage) -> Iterator[StandIn]:
    """
    Serve a GitHub with the remote of *stage*, called as the project's own repository.

    Raises:
        Problems: All mistakes in the project's settings.
        ForgeAddressContradicts: `github.api_url` is of another kind of forge.
    """
    config = load(stage.project, stage.env, {}).config
    place = forge_place(config.github, stage.remote_url, stage.env)
    # GitHub has no groups within groups
    slug = f"{place.owner.rpartition('/')[2]}/{place.repo}" if place else EXAMPLE
    with FakeGitHub(stage.folder / "remote.git", slug) as github:
        is_like_it = place is not None and place.kind == "github"
        shown_as = place.page.removesuffix(f"/{slug}") if place and is_like_it else github.site
        stage.screen.note(f"the stand-in for the forge is at {github.site}; it is not GitHub")
        yield StandIn(github, shown_as, config.mode == "pull-request")
