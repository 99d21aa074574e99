"""GitLab on loopback, asked by python-gitlab as it is."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import gitlab
import pytest

from tests.forges.whole_gitlab.gitlab import WholeGitLab
from tests.forges.whole_gitlab.state import Level, Protection

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from gitlab.v4.objects import Project

    from tests.fakes.repository import Repository


@pytest.fixture
def fake(project: Repository) -> Iterator[WholeGitLab]:
    with WholeGitLab(project.path.with_name("remote.git"), "acme/tools/demo", root="/gl") as fake:
        yield fake


@pytest.fixture
def theirs(fake: WholeGitLab) -> Project:
    client = gitlab.Gitlab(fake.web, private_token=fake.token(), retry_transient_errors=False)
    client.auth()
    return client.projects.get(fake.slug)


def branch(fake: WholeGitLab, name: str, **files: str) -> str:
    """Make a branch with one commit more than `main`, as a push would."""
    main = fake.git.ref("refs/heads/main") or ""
    entry = fake.git.commit(main)
    tree = fake.git.tree_with(main, {path: text.encode() for path, text in files.items()})
    oid = fake.git.write_commit(
        tree=tree,
        parents=[main],
        message="chore: release 1.0",
        author=entry.author,
        committer=entry.author,
        moment=fake.clock(),
    )
    fake.git.set_ref(f"refs/heads/{name}", oid)
    return oid


def test_a_release_with_files_of_the_registry(
    fake: WholeGitLab, theirs: Project, tmp_path: Path
) -> None:
    fake.git.set_ref("refs/tags/v1.0", fake.git.ref("refs/heads/main") or "")
    wheel = tmp_path / "demo.whl"
    wheel.write_bytes(b"wheel")
    theirs.generic_packages.upload("release-assets", "v1.0", "demo.whl", wheel)
    package = theirs.packages.list(package_type="generic", get_all=True)[0]
    file = package.package_files.list(get_all=True)[0]
    link = {"name": "demo.whl", "url": f"{fake.url}/file", "direct_asset_path": "/demo.whl"}
    release = theirs.releases.create({"tag_name": "v1.0", "name": "One", "assets": {"links": []}})
    release.links.create(link)
    release = theirs.releases.get("v1.0")

    assert hashlib.sha256(b"wheel").hexdigest() == file.file_sha256
    assert b"wheel" == theirs.generic_packages.download("release-assets", "v1.0", "demo.whl")
    assert (
        f"{fake.web}/acme/tools/demo/-/releases/v1.0/downloads/demo.whl"
        == (release.assets["links"][0]["direct_asset_url"])
    )


def test_a_merge_request_from_its_opening_to_the_merge(fake: WholeGitLab, theirs: Project) -> None:
    head = branch(fake, "releasio/release", **{"CHANGELOG.md": "# 1.0\n"})
    request = theirs.mergerequests.create(
        {"source_branch": "releasio/release", "target_branch": "main", "title": "Draft: 1.0"}
    )
    was_draft = request.draft
    request.title, request.labels = "Release 1.0", ["release"]
    request.save()
    request.notes.create({"body": "Look."})
    request.merge(squash=False)
    merged = theirs.mergerequests.list(state="merged", get_all=True)[0]

    assert was_draft
    assert head == merged.sha
    assert ["release"] == merged.labels
    assert ["release"] == [label.name for label in theirs.labels.list(get_all=True)]
    assert fake.git.ref("refs/heads/main") == merged.merge_commit_sha
    assert [1] == [one["iid"] for one in theirs.commits.get(head).merge_requests()]


def test_rules_and_roles(fake: WholeGitLab, theirs: Project) -> None:
    fake.state.branches.append(Protection(name="main", push=(Level(level=0),)))
    fake.state.tags.append(Protection(name="v*"))

    assert not theirs.branches.get("main").can_push
    assert (
        "No one"
        == (
            theirs.protectedbranches.list(get_all=True)[0].push_access_levels[0][
                "access_level_description"
            ]
        )
    )
    assert ["v*"] == [rule.name for rule in theirs.protectedtags.list(get_all=True)]
    assert 40 == theirs.members_all.get(fake.ada.id).access_level


def test_a_job_may_make_releases_and_open_nothing(fake: WholeGitLab) -> None:
    fake.git.set_ref("refs/tags/v1.0", fake.git.ref("refs/heads/main") or "")
    branch(fake, "other", a="a")
    client = gitlab.Gitlab(fake.web, job_token=fake.job_token())
    mine = client.projects.get(fake.slug, lazy=True)
    release = mine.releases.create({"tag_name": "v1.0", "name": "One"})
    with pytest.raises(gitlab.GitlabAuthenticationError):
        mine.mergerequests.create({"source_branch": "other", "target_branch": "main", "title": "x"})

    assert "v1.0" == release.tag_name


def test_what_is_private_is_not_there_for_others(fake: WholeGitLab) -> None:
    fake.settings.private = True
    client = gitlab.Gitlab(fake.web, private_token=fake.token(user=fake.user("eve")))

    with pytest.raises(gitlab.GitlabGetError, match="404 Project Not Found"):
        client.projects.get(fake.slug)
