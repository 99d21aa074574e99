"""Releases on GitLab: there are no drafts, so files come first and the release last."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from releasio.errors.forge.answers import ForgeNotFound, ForgeRefused
from releasio.errors.forge.lacks import ForgeLacks
from releasio.rules.forge.release import ReleaseText
from releasio.standins.forge.gitlab.state import Link, Release

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from releasio.world.forge.gitlab.client import GitLab
    from tests.forges.whole_gitlab.gitlab import WholeGitLab
    from tests.world.forge.connecting import Connecting

TEXT = ReleaseText("v1.0", "demo v1.0", "All of it.\n")
WHEEL = b"wheel" * 10_000


@pytest.fixture
def wheel(tmp_path: Path) -> Path:
    path = tmp_path / "demo-1.0-py3-none-any.whl"
    path.write_bytes(WHEEL)
    return path


def test_nothing_is_public_before_it_is_published(
    fake: WholeGitLab, client: GitLab, wheel: Path
) -> None:
    draft = client.create_release(TEXT)
    client.upload_asset(draft, wheel, wheel.name)

    assert not client.has_drafts
    assert draft.draft
    assert [] == fake.state.releases


def test_what_was_uploaded_is_found_again_as_a_draft(client: GitLab, wheel: Path) -> None:
    nothing = client.release("v1.0")
    client.upload_asset(client.create_release(TEXT), wheel, wheel.name)
    draft = client.release("v1.0")

    assert None is nothing
    assert draft is not None
    assert draft.draft
    assert [(wheel.name, len(WHEEL), hashlib.sha256(WHEEL).hexdigest())] == [
        (asset.name, asset.size, asset.sha256) for asset in draft.assets
    ]


def test_it_is_published_with_its_files(fake: WholeGitLab, client: GitLab, wheel: Path) -> None:
    draft = client.create_release(TEXT)
    client.upload_asset(draft, wheel, wheel.name)
    release = client.publish_release(draft, TEXT)
    link = fake.release("v1.0").links[0]

    assert not release.draft
    assert None is release.prerelease
    assert ("demo v1.0", "All of it.\n") == (release.title, release.body)
    assert f"{fake.web}/acme/tools/demo/-/releases/v1.0" == release.url
    assert f"{release.url}/downloads/{wheel.name}" == release.assets[0].url
    assert hashlib.sha256(WHEEL).hexdigest() == client.sha256_of(release.assets[0])
    assert ("/" + wheel.name, "package") == (link.path, link.link_type)
    assert f"{fake.url}/projects/7/packages/generic/release-assets/v1.0/{wheel.name}" == link.url


def test_doing_it_all_again_changes_nothing(fake: WholeGitLab, client: GitLab, wheel: Path) -> None:
    for _ in range(2):
        release = client.release("v1.0") or client.create_release(TEXT)
        if not release.assets:
            client.upload_asset(release, wheel, wheel.name)
        again = client.publish_release(release, TEXT)

    assert 1 == len(fake.state.releases)
    assert 1 == len(fake.state.packages[0].files)
    assert client.release("v1.0") == again


def test_a_file_that_is_there_is_not_sent_again(
    fake: WholeGitLab, client: GitLab, wheel: Path
) -> None:
    client.upload_asset(client.create_release(TEXT), wheel, wheel.name)
    draft = client.release("v1.0")
    assert draft is not None
    client.upload_asset(draft, wheel, wheel.name)

    assert 1 == len(fake.state.packages[0].files)


def test_of_two_files_of_one_name_the_newest_counts(
    fake: WholeGitLab, client: GitLab, wheel: Path
) -> None:
    draft = client.create_release(TEXT)
    client.upload_asset(draft, wheel, wheel.name)
    wheel.write_bytes(b"another")
    client.upload_asset(draft, wheel, wheel.name)
    release = client.publish_release(draft, TEXT)

    assert 2 == len(fake.state.packages[0].files)
    assert [hashlib.sha256(b"another").hexdigest()] == [asset.sha256 for asset in release.assets]


def test_a_release_by_hand_is_found_and_completed(
    fake: WholeGitLab, client: GitLab, wheel: Path
) -> None:
    by_hand = Release(
        tag="v1.0",
        name="One",
        description="By hand.",
        author=fake.ada,
        created_at=fake.now(),
        released_at=fake.now(),
        links=[Link(id=1, name="Manual", url=f"{fake.site}/manual.pdf", path=None)],
    )
    fake.state.releases.append(by_hand)
    release = client.release("v1.0")
    assert release is not None
    client.upload_asset(release, wheel, wheel.name)
    edited = client.edit_release(release, TEXT)

    assert [("Manual", None)] == [(asset.name, asset.sha256) for asset in release.assets]
    assert ["Manual", wheel.name] == [asset.name for asset in edited.assets]
    assert "All of it.\n" == fake.release("v1.0").description


def test_one_that_somebody_made_meanwhile_gets_its_files(
    fake: WholeGitLab, client: GitLab, wheel: Path
) -> None:
    draft = client.create_release(TEXT)
    client.upload_asset(draft, wheel, wheel.name)
    client.publish_release(client.create_release(TEXT), TEXT)
    fake.release("v1.0").links.clear()
    release = client.publish_release(draft, TEXT)

    assert [wheel.name] == [link.name for link in fake.release("v1.0").links]
    assert client.release("v1.0") == release


def test_one_that_is_announced_for_later_is_public_too(fake: WholeGitLab, client: GitLab) -> None:
    client.publish_release(client.create_release(TEXT), TEXT)
    fake.release("v1.0").released_at = "2099-01-01T00:00:00Z"
    release = client.release("v1.0")

    assert release is not None
    assert not release.draft


def test_publishing_makes_no_tag(fake: WholeGitLab, client: GitLab) -> None:
    text = ReleaseText("v9", "nine", "")
    with pytest.raises(ForgeRefused) as failure:
        client.publish_release(client.create_release(text), text)

    assert "GitLab (127.0.0.1" in failure.value.message
    assert "refused to make a release (422): Ref is not specified" in failure.value.message
    assert None is fake.git.ref("refs/tags/v9")


def test_a_file_can_be_taken_away_again(fake: WholeGitLab, client: GitLab, wheel: Path) -> None:
    draft = client.create_release(TEXT)
    stored = client.upload_asset(draft, wheel, wheel.name)
    client.delete_asset(draft, stored)
    client.upload_asset(draft, wheel, wheel.name)
    release = client.publish_release(draft, TEXT)
    client.delete_asset(release, release.assets[0])

    assert [] == fake.state.packages[0].files
    assert [] == fake.release("v1.0").links


@pytest.mark.parametrize(
    ("tag", "version"),
    [("demo/v1.0", "demo-v1.0"), ("demo@1.0", "demo-1.0"), ("v1.0+b..c", "v1.0+b.c")],
)
def test_tags_that_are_no_versions_of_packages(
    fake: WholeGitLab, client: GitLab, wheel: Path, tag: str, version: str
) -> None:
    text = ReleaseText(tag, "one", "")
    client.upload_asset(client.create_release(text), wheel, wheel.name)
    found = client.release(tag)

    assert version == fake.state.packages[0].version
    assert found is not None
    assert [wheel.name] == [asset.name for asset in found.assets]


@pytest.mark.parametrize(
    ("name", "stored", "path"),
    [
        ("demo-1!1.0.tar.gz", "demo-1_x21_1.0.tar.gz", "/demo-1_x21_1.0.tar.gz"),
        ("demo-1.0+cu12-py3-none-any.whl", "demo-1.0+cu12-py3-none-any.whl", None),
        ("SHA256SUMS", "SHA256SUMS", "/SHA256SUMS"),
        ("ü s.txt", "_xc3__xbc__x20_s.txt", "/_xc3__xbc__x20_s.txt"),
        ("a_x41_b.txt", "a_x41_b.txt", "/a_x41_b.txt"),
        ("a_xff_b.txt", "a_xff_b.txt", "/a_xff_b.txt"),
    ],
)
def test_names_that_gitlab_does_not_take(
    fake: WholeGitLab, client: GitLab, wheel: Path, name: str, stored: str, path: str | None
) -> None:
    client.upload_asset(client.create_release(TEXT), wheel, name)
    draft = client.release("v1.0")
    assert draft is not None
    release = client.publish_release(draft, TEXT)
    client.upload_asset(release, wheel, name)

    assert [stored] == [file.name for file in fake.state.packages[0].files]
    assert [(name, path)] == [(link.name, link.path) for link in fake.release("v1.0").links]
    assert [name] == [asset.name for asset in draft.assets]
    assert draft.assets[0].sha256 == release.assets[0].sha256


def test_a_project_without_a_package_registry(
    fake: WholeGitLab, client: GitLab, wheel: Path
) -> None:
    fake.settings.packages = False
    with pytest.raises(ForgeLacks) as failure:
        client.upload_asset(client.create_release(TEXT), wheel, wheel.name)

    assert "has no package registry in acme/tools/demo that this token may write to" in (
        failure.value.message
    )
    assert "Turn the package registry on in the project's settings" in failure.value.hint
    assert None is client.release("v1.0")


def test_a_job_makes_a_release_with_its_own_token(
    fake: WholeGitLab, connect: Callable[[str], GitLab], wheel: Path
) -> None:
    fake.settings.private = True
    client = connect(fake.job_token())
    draft = client.create_release(TEXT)
    client.upload_asset(draft, wheel, wheel.name)
    client.publish_release(draft, TEXT)

    (link,) = fake.release("v1.0").links
    encoded = "acme%2Ftools%2Fdemo/packages/generic/release-assets/v1.0"
    assert (wheel.name, f"{fake.url}/projects/{encoded}/{wheel.name}") == (link.name, link.url)
    assert "***" == fake.log[0].headers["job-token"]


def test_a_job_knows_the_number_of_its_own_project(
    fake: WholeGitLab, connecting: Connecting, wheel: Path
) -> None:
    fake.settings.private = True
    job = {"CI_PROJECT_ID": "7", "CI_PROJECT_PATH": "acme/tools/demo"}
    client = connecting({"CI_JOB_TOKEN": fake.job_token(), **job})
    client.upload_asset(client.create_release(TEXT), wheel, wheel.name)
    client.publish_release(client.create_release(TEXT), TEXT)

    assert "/projects/7/packages/generic/" in fake.release("v1.0").links[0].url


def test_a_private_project_is_hidden_from_others(
    fake: WholeGitLab, connect: Callable[[str], GitLab]
) -> None:
    fake.settings.private = True
    client = connect(fake.token(user=fake.user("eve")))
    with pytest.raises(ForgeNotFound) as failure:
        client.publish_release(client.create_release(TEXT), TEXT)

    assert "shows no repository acme/tools/demo to this token" in failure.value.message
