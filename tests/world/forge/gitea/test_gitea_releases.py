"""Releases on Gitea: drafts, their files without a digest, and who may make them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest
from werkzeug.wrappers import Response

from releasio.errors.forge.answers import (
    ForgeForbids,
    ForgeNotFound,
    ForgeRefused,
    ForgeUnreachable,
)
from releasio.frozen import replace
from releasio.rules.forge.release import ReleaseText
from releasio.rules.forge.rights import BranchRules
from tests.fakes.scripted import scripted
from tests.forges.whole_gitea.state import Protection, TagProtection

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from releasio.world.forge.gitea.client import Gitea
    from tests.forges.whole_gitea.gitea import WholeGitea

    Connect = Callable[..., Gitea]

TEXT = ReleaseText("v1.0", "demo v1.0", "All of it.\n", prerelease=True)
ALL = {"contents", "pull-requests", "issues", "workflows"}


@pytest.fixture
def wheel(tmp_path: Path) -> Path:
    path = tmp_path / "demo-1.0-py3-none-any.whl"
    path.write_bytes(b"wheel" * 10_000)
    return path


class TestReleases:
    def test_a_draft_is_filled_and_published(
        self, fake: WholeGitea, client: Gitea, wheel: Path
    ) -> None:
        draft = client.create_release(TEXT)
        asset = client.upload_asset(draft, wheel, wheel.name)
        was_draft = fake.release("v1.0").draft
        release = client.publish_release(draft, TEXT)

        assert client.has_drafts
        assert was_draft
        assert draft.draft
        assert not fake.release("v1.0").draft
        assert ("demo v1.0", "All of it.\n", True, False) == (
            release.title,
            release.body,
            release.prerelease,
            release.draft,
        )
        assert (asset,) == release.assets
        assert (wheel.name, 50_000, None) == (asset.name, asset.size, asset.sha256)
        assert f"{fake.web}/acme/demo/releases/tag/v1.0" == release.url

    def test_a_file_is_downloaded_for_its_digest(
        self, fake: WholeGitea, client: Gitea, wheel: Path
    ) -> None:
        fake.settings.private = True
        asset = client.upload_asset(client.create_release(TEXT), wheel, "demo 1!0.whl")

        assert hashlib.sha256(wheel.read_bytes()).hexdigest() == client.sha256_of(asset)

    @pytest.mark.parametrize("hides_drafts", [True, False])
    def test_a_draft_is_found_again(
        self,
        fake: WholeGitea,
        client: Gitea,
        hides_drafts: bool,  # noqa: FBT001 -- a parameter of the test
    ) -> None:
        fake.settings.hides_drafts = hides_drafts
        nothing = client.release("v1.0")
        draft = client.create_release(TEXT)

        assert None is nothing
        assert draft == client.release("v1.0")
        assert None is client.release("v2.0")

    def test_editing_leaves_a_draft_one(self, fake: WholeGitea, client: Gitea) -> None:
        draft = client.create_release(TEXT)
        edited = client.edit_release(draft, ReleaseText("v1.0", "Another", "New."))

        assert edited.draft
        assert ("Another", "New.", False) == (edited.title, edited.body, edited.prerelease)
        assert "New." == fake.release("v1.0").body

    def test_publishing_makes_no_tag(self, fake: WholeGitea, client: Gitea) -> None:
        text = ReleaseText("v9", "nine", "")
        draft = client.create_release(text)
        with pytest.raises(ForgeRefused) as failure:
            client.publish_release(draft, text)

        assert "refused to publish a release (404): there is no tag v9" in failure.value.message
        assert "Push the tag, then run again: git push origin v9" == failure.value.hint
        assert None is fake.git.ref("refs/tags/v9")
        assert fake.release("v9").draft

    def test_of_two_runs_the_second_takes_the_draft_of_the_first(
        self, fake: WholeGitea, client: Gitea
    ) -> None:
        first, second = client.create_release(TEXT), client.create_release(TEXT)

        assert first == second
        assert 1 == len(fake.state.releases)

    def test_a_file_is_taken_away(self, fake: WholeGitea, client: Gitea, wheel: Path) -> None:
        draft = client.create_release(TEXT)
        client.delete_asset(draft, client.upload_asset(draft, wheel, wheel.name))

        assert [] == fake.release("v1.0").attachments

    def test_a_tag_may_have_a_slash(self, fake: WholeGitea, client: Gitea) -> None:
        fake.git.set_ref("refs/tags/demo/v1", fake.git.ref("refs/heads/main") or "")
        text = ReleaseText("demo/v1", "one", "")
        client.publish_release(client.create_release(text), text)
        release = client.release("demo/v1")

        assert release is not None
        assert not release.draft


class TestRights:
    def test_what_the_user_may_not_the_token_may_not(
        self, fake: WholeGitea, connect: Connect
    ) -> None:
        rights = connect(fake.token(user=fake.user("eve", role="read"))).rights()

        assert ALL == rights.missing
        assert ("eve", "personal", "GITEA_TOKEN") == (rights.login, rights.kind, rights.source)

    def test_what_a_token_may_is_told_to_nobody(self, client: Gitea) -> None:
        rights = client.rights()

        assert set() == rights.missing
        assert set() == rights.granted

    def test_a_token_for_one_repository_does_not_say_whose_it_is(
        self, fake: WholeGitea, connect: Connect
    ) -> None:
        rights = connect(fake.token(scopes=("write:repository",))).rights()

        assert None is rights.login
        assert set() == rights.missing

    def test_a_job_is_known_by_its_environment(self, fake: WholeGitea, connect: Connect) -> None:
        client = connect(
            fake.job_token(),
            GITHUB_TOKEN="",
            GITHUB_ACTIONS="true",
            GITEA_ACTIONS="true",
            GITHUB_SERVER_URL=fake.web,
        )
        rights = client.rights()

        assert ("job", "gitea-actions", "GITHUB_TOKEN") == (
            rights.kind,
            rights.login,
            rights.source,
        )

    def test_a_missing_scope_is_named(self, fake: WholeGitea, connect: Connect) -> None:
        client = connect(fake.token(scopes=("read:repository", "read:user")))
        with pytest.raises(ForgeForbids) as failure:
            client.create_release(TEXT)

        assert (
            "does not let this token make a release: token does not have at least one of "
            "required scope(s): [write:repository]" in failure.value.message
        )
        assert "The token needs the scopes write:repository and, for labels" in failure.value.hint

    def test_a_job_is_told_where_its_rights_are(self, fake: WholeGitea, connect: Connect) -> None:
        fake.job.role = "read"
        client = connect(fake.job_token(), FORGEJO_TOKEN="", **job_of(fake))
        with pytest.raises(ForgeForbids) as failure:
            client.create_release(TEXT)

        assert "Give the job's token the right under permissions:" in failure.value.hint

    def test_a_token_that_is_none_says_so(self, connect: Connect) -> None:
        with pytest.raises(ForgeForbids) as failure:
            connect("of-nobody").rights()

        assert "invalid username, password or token" in failure.value.message
        assert "The token in GITEA_TOKEN is none, or no longer one." == failure.value.hint

    def test_a_private_repository_is_hidden(self, fake: WholeGitea, connect: Connect) -> None:
        fake.settings.private = True
        with pytest.raises(ForgeNotFound, match="shows no repository acme/demo"):
            connect(fake.token(user=fake.user("eve"))).rights()


class TestRules:
    def test_a_branch_without_rules_takes_a_push(self, client: Gitea) -> None:
        assert BranchRules(known=True) == client.branch_rules("main")

    def test_a_protected_branch_takes_pull_requests(self, fake: WholeGitea, client: Gitea) -> None:
        fake.state.branches.append(Protection(rule="ma*", checks=("ci / test",), signed=True))

        assert BranchRules(
            known=True,
            pull_request=True,
            signatures=True,
            checks=("ci / test",),
            reason="protected branch ma*",
        ) == client.branch_rules("main")

    def test_a_rule_may_let_somebody_push(self, fake: WholeGitea, connect: Connect) -> None:
        fake.state.branches.append(Protection(rule="main", push=("ada",), signed=True))
        bob = fake.user("bob", role="write")

        assert BranchRules(known=True, signatures=True) == connect(fake.token()).branch_rules(
            "main"
        )
        assert connect(fake.token(user=bob)).branch_rules("main").pull_request

    def test_nothing_is_known_of_a_branch_that_is_not_there(self, client: Gitea) -> None:
        assert BranchRules() == client.branch_rules("releasio/release")

    @pytest.mark.parametrize(
        ("rule", "rules"),
        [
            (TagProtection(pattern="w*"), BranchRules(known=True)),
            (TagProtection(pattern="v*", users=("Ada",)), BranchRules(known=True)),
            (
                TagProtection(pattern="v*"),
                BranchRules(known=True, locked=True, reason="protected tags v*"),
            ),
            (
                TagProtection(pattern="v*", teams=("owners",)),
                BranchRules(reason="protected tags v*"),
            ),
            (TagProtection(pattern="/^v/"), BranchRules(reason="protected tags /^v/")),
        ],
    )
    def test_who_may_make_a_tag(
        self, fake: WholeGitea, client: Gitea, rule: TagProtection, rules: BranchRules
    ) -> None:
        fake.state.tags.append(rule)

        assert rules == client.tag_rules("v1.0")

    def test_who_may_not_read_rules_does_not_know(self, fake: WholeGitea, connect: Connect) -> None:
        bob = fake.user("bob", role="write")

        assert BranchRules() == connect(fake.token(user=bob)).tag_rules("v1.0")


def test_a_download_takes_no_token_elsewhere(client: Gitea, wheel: Path) -> None:
    asset = client.upload_asset(client.create_release(TEXT), wheel, wheel.name)
    with scripted(Response(b"elsewhere")) as store:
        digest = client.sha256_of(replace(asset, url=f"{store.url}/file"))

    assert hashlib.sha256(b"elsewhere").hexdigest() == digest
    assert "authorization" not in store.asked[0].headers


def test_a_file_that_is_gone_says_so(client: Gitea, wheel: Path) -> None:
    draft = client.create_release(TEXT)
    asset = client.upload_asset(draft, wheel, wheel.name)
    client.delete_asset(draft, asset)
    with pytest.raises(ForgeUnreachable, match="404"):
        client.sha256_of(asset)


def job_of(fake: WholeGitea) -> dict[str, str]:
    return {
        "GITHUB_ACTIONS": "true",
        "FORGEJO_ACTIONS": "true",
        "GITHUB_SERVER_URL": fake.web,
    }
