"""Releases on GitHub: made, filled, shown; and what becomes of answers that get lost."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from releasio.errors.forge.answers import (
    ForgeForbids,
    ForgeLimited,
    ForgeNotFound,
    ForgeRefused,
    ForgeUnreachable,
)
from releasio.frozen import replace
from releasio.rules.forge.release import ReleaseText

if TYPE_CHECKING:
    from pathlib import Path

    from releasio.standins.forge.github.tokens import Kind
    from tests.world.forge.github.conftest import Desk

TEXT = ReleaseText("v1.2.0", "demo v1.2.0", "## Notes\n\n* first\n")


def draft_by_hand(desk: Desk, *tags: str) -> None:
    """Make a draft of the same tag, or of each of *tags*, with the button of the web page."""
    who = {"Authorization": f"Bearer {desk.github.token()}"}
    with httpx.Client(base_url=desk.github.url, headers=who) as client:
        for tag in tags or (TEXT.tag,):
            draft = {"tag_name": tag, "name": "another", "draft": True}
            answer = client.post(f"/repos/{desk.github.slug}/releases", json=draft)
            assert 201 == answer.status_code, answer.text


class TestReleases:
    def test_a_draft_is_made_and_found_again(self, desk: Desk) -> None:
        draft = desk.client().create_release(TEXT)

        assert draft == desk.client().release("v1.2.0")
        assert (True, "demo v1.2.0", TEXT.body) == (draft.draft, draft.title, draft.body)

    def test_there_is_none(self, desk: Desk) -> None:
        assert None is desk.client().release("v1.2.0")

    def test_of_several_drafts_the_oldest_counts_wherever_in_the_list_it_is(
        self, desk: Desk
    ) -> None:
        client = desk.client()
        first = client.create_release(TEXT)
        draft_by_hand(desk)
        draft_by_hand(desk, *(f"v0.{number}" for number in range(101)))

        assert first == client.release("v1.2.0")

    def test_of_drafts_that_two_runs_make_at_once_one_stays(self, desk: Desk) -> None:
        first = desk.client().create_release(TEXT)
        second = desk.client().create_release(TEXT)

        assert first == second
        assert [first.id] == [str(release.id) for release in desk.github.state.releases]

    def test_a_published_one_counts_before_every_draft(self, desk: Desk) -> None:
        client = desk.client()
        published = client.publish_release(client.create_release(TEXT), TEXT)
        draft_by_hand(desk)

        assert published == client.release("v1.2.0")

    def test_publishing_says_whether_it_is_the_latest_and_begins_a_discussion(
        self, desk: Desk
    ) -> None:
        client = desk.client()
        text = replace(TEXT, latest=False, discussion="Announcements")
        published = client.publish_release(client.create_release(text), text)

        assert not published.draft
        kept = desk.github.release("v1.2.0")
        assert ("false", True) == (kept.latest, kept.discussion_url is not None)

    def test_a_discussion_needs_a_category_that_is_there(self, desk: Desk) -> None:
        client = desk.client()
        with pytest.raises(ForgeRefused) as refusal:
            client.publish_release(client.create_release(TEXT), replace(TEXT, discussion="Nope"))

        assert f"{desk.place.name} refused to begin a discussion (404): " in str(refusal.value)
        assert "it has no category 'Nope'" in str(refusal.value)
        assert "github.release_discussion_category" in refusal.value.hint

    def test_words_of_a_published_one_can_be_changed(self, desk: Desk) -> None:
        desk.github.settings.immutable_releases = True
        client = desk.client()
        published = client.publish_release(client.create_release(TEXT), TEXT)
        edited = client.edit_release(published, replace(TEXT, body="better"))

        assert ("better", False, True) == (edited.body, edited.draft, edited.immutable)

    def test_notes_that_are_too_long_are_refused_in_githubs_words(self, desk: Desk) -> None:
        with pytest.raises(ForgeRefused) as refusal:
            desk.client().create_release(replace(TEXT, body="x" * 125_001))

        assert "body is too long (maximum is 125000 characters)" in str(refusal.value)


class TestAssets:
    def test_a_file_arrives_whole_and_is_known_by_its_digest(self, desk: Desk, wheel: Path) -> None:
        client = desk.client()
        asset = client.upload_asset(client.create_release(TEXT), wheel, wheel.name)

        assert hashlib.sha256(wheel.read_bytes()).hexdigest() == asset.sha256
        assert (wheel.name, 5000, True) == (asset.name, asset.size, asset.complete)
        assert [asset.id] == [str(one.id) for one in desk.github.release("v1.2.0").assets]

    @pytest.mark.parametrize(
        ("name", "kept"),
        [
            ("notes for (you).txt", "notes.for.you.txt"),
            ("a~b.txt", "a.b.txt"),
            ("a+b-1.0+local.whl", "a+b-1.0+local.whl"),
        ],
    )
    def test_a_name_that_github_changes_is_still_known(
        self, desk: Desk, wheel: Path, name: str, kept: str
    ) -> None:
        client = desk.client()
        asset = client.upload_asset(client.create_release(TEXT), wheel, name)

        assert (name, kept) == (asset.name, desk.github.release("v1.2.0").assets[0].name)

    def test_a_label_that_people_gave_is_no_name(self, desk: Desk, wheel: Path) -> None:
        client = desk.client()
        client.upload_asset(client.create_release(TEXT), wheel, wheel.name)
        desk.github.release("v1.2.0").assets[0].label = "The wheel"

        release = client.release("v1.2.0")
        assert release is not None
        assert [wheel.name] == [asset.name for asset in release.assets]

    def test_a_file_without_a_digest_is_downloaded_and_the_token_stays_at_home(
        self, desk: Desk, wheel: Path
    ) -> None:
        client = desk.client()
        asset = client.upload_asset(client.create_release(TEXT), wheel, wheel.name)

        digest = client.sha256_of(replace(asset, sha256=None))
        assert hashlib.sha256(wheel.read_bytes()).hexdigest() == digest
        (download,) = desk.github.storage_log
        assert "authorization" not in download.headers

    def test_a_file_that_is_gone_is_as_well(self, desk: Desk, wheel: Path) -> None:
        client = desk.client()
        draft = client.create_release(TEXT)
        asset = client.upload_asset(draft, wheel, wheel.name)
        client.delete_asset(draft, asset)
        client.delete_asset(draft, asset)

        assert [] == desk.github.release("v1.2.0").assets

    def test_an_immutable_release_takes_no_files(self, desk: Desk, wheel: Path) -> None:
        desk.github.settings.immutable_releases = True
        client = desk.client()
        published = client.publish_release(client.create_release(TEXT), TEXT)
        with pytest.raises(ForgeRefused) as refusal:
            client.upload_asset(published, wheel, wheel.name)

        assert "Cannot upload assets to an immutable release." in str(refusal.value)
        assert "Files of a published release cannot be changed: make the next version." == (
            refusal.value.hint
        )


LOST = ["reset-after", "502-after", "cut"]


class TestLostAnswers:
    @pytest.mark.parametrize("fault", [*LOST, "reset-before", "503-before"])
    def test_a_release_is_made_once(self, desk: Desk, fault: str) -> None:
        desk.github.fail(fault, "repos/create-release")
        draft = desk.client().create_release(TEXT)

        assert [draft.id] == [str(one.id) for one in desk.github.state.releases]

    @pytest.mark.parametrize("fault", [*LOST, "reset-middle", "503-before"])
    def test_a_file_is_stored_once(self, desk: Desk, wheel: Path, fault: str) -> None:
        client = desk.client()
        draft = client.create_release(TEXT)
        desk.github.fail(fault, "repos/upload-release-asset")
        asset = client.upload_asset(draft, wheel, wheel.name)

        assert [asset.id] == [str(one.id) for one in desk.github.release("v1.2.0").assets]

    def test_a_file_that_was_cut_off_is_replaced(self, desk: Desk, wheel: Path) -> None:
        client = desk.client()
        draft = client.create_release(TEXT)
        desk.github.cut_off_next_upload()
        asset = client.upload_asset(draft, wheel, wheel.name)

        assert [("uploaded", asset.id)] == [
            (one.state, str(one.id)) for one in desk.github.release("v1.2.0").assets
        ]

    def test_another_file_of_that_name_is_not_taken_for_it(
        self, desk: Desk, wheel: Path, tmp_path: Path
    ) -> None:
        client = desk.client()
        draft = client.create_release(TEXT)
        client.upload_asset(draft, wheel, wheel.name)
        other = tmp_path / "other"
        other.write_bytes(b"other")
        desk.github.fail("503-before", "repos/upload-release-asset")
        with pytest.raises(ForgeRefused, match="name already exists"):
            client.upload_asset(draft, other, wheel.name)

    @pytest.mark.parametrize("fault", LOST)
    def test_publishing_twice_is_publishing_once(self, desk: Desk, fault: str) -> None:
        client = desk.client()
        draft = client.create_release(TEXT)
        desk.github.fail(fault, "repos/update-release")
        published = client.publish_release(draft, TEXT)

        assert not published.draft

    def test_a_forge_that_is_down_is_given_up_on(self, desk: Desk) -> None:
        desk.github.go_down()
        with pytest.raises(ForgeUnreachable) as error:
            desk.client().release("v1.2.0")

        assert f"{desk.place.name} gave no usable answer after 5 tries: it answered 503" == (
            str(error.value)
        )


class TestLimits:
    def test_a_limit_that_ends_soon_is_waited_for(self, desk: Desk) -> None:
        token = desk.github.token()
        desk.github.limits.leave(token, 0, seconds=40)

        assert None is desk.client(token).release("v1.2.0")
        assert 40 == sum(desk.clock.naps)

    def test_a_limit_that_lasts_is_said_with_its_end(self, desk: Desk) -> None:
        token = desk.github.token()
        desk.github.limits.leave(token, 3, seconds=1800)  # one makes it, two look for others
        client = desk.client(token)
        client.create_release(TEXT)
        with pytest.raises(ForgeLimited) as error:
            client.create_release(TEXT)

        assert f"{desk.place.name} takes no more requests of this token until " in str(error.value)
        assert "2026-11-29 12:30:00 UTC" in str(error.value)
        assert 1 == len(desk.github.state.releases)

    def test_who_is_too_fast_waits_as_long_as_is_asked(self, desk: Desk) -> None:
        desk.github.fail("secondary", "repos/create-release", seconds=60)
        desk.client().create_release(TEXT)

        assert [60] == desk.clock.naps

    def test_who_is_too_fast_and_not_told_for_how_long_waits_a_minute(self, desk: Desk) -> None:
        desk.github.fail("secondary-silent", "repos/create-release", times=2)
        desk.client().create_release(TEXT)

        assert [60, 60] == desk.clock.naps

    def test_what_has_not_changed_costs_no_request(self, desk: Desk) -> None:
        token = desk.github.token()
        client = desk.client(token)
        client.publish_release(client.create_release(TEXT), TEXT)
        client.release("v1.2.0")
        before = desk.github.limits.of(token)["remaining"]
        client.release("v1.2.0")

        assert before == desk.github.limits.of(token)["remaining"]
        assert 304 == desk.github.log[-1].status


class TestRefusals:
    @pytest.mark.parametrize(
        ("kind", "what", "hint"),
        [
            (
                "classic",
                {"scopes": ("read:user",)},
                "The token in GITHUB_TOKEN needs the scope repo; its scopes are: read:user.",
            ),
            (
                "fine-grained",
                {"permissions": {"contents": "read"}},
                "Give the token this permission of the repository: Contents (read and write).",
            ),
        ],
    )
    def test_the_missing_right_is_named(
        self, desk: Desk, kind: Kind, what: dict[str, Any], hint: str
    ) -> None:
        with pytest.raises(ForgeForbids) as refusal:
            desk.client(desk.github.token(kind, **what)).create_release(TEXT)

        assert f"{desk.place.name} does not let this token make a release: " in str(refusal.value)
        assert hint == refusal.value.hint

    def test_a_token_that_nobody_gave_out_is_named_by_its_place_and_not_shown(
        self, desk: Desk
    ) -> None:
        wrong = "ghp_" + "0" * 36
        with pytest.raises(ForgeForbids) as refusal:
            desk.client(wrong).release("v1.2.0")

        assert "Bad credentials" in str(refusal.value)
        assert "The token in GITHUB_TOKEN has expired" in refusal.value.hint
        assert wrong not in str(refusal.value) + refusal.value.hint

    def test_a_repository_that_is_hidden(self, desk: Desk) -> None:
        desk.github.settings.private = True
        desk.github.account("eve")
        with pytest.raises(ForgeNotFound) as refusal:
            desk.client(desk.github.token(login="eve")).release("v1.2.0")

        assert f"{desk.place.name} shows no repository acme/demo to this token" == (
            str(refusal.value)
        )


def test_what_is_read_says_which_version_of_the_interface_it_means(desk: Desk) -> None:
    desk.client().release("v1.2.0")

    assert {"2022-11-28"} == {one.headers["x-github-api-version"] for one in desk.github.log}
