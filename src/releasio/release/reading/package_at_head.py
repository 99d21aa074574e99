"""A package as HEAD has it: what the readers of its releases go by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.release.facts import ReleaseTag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from releasio.config.tables.model import Config
    from releasio.rules.bump.request import Request
    from releasio.rules.index.routes import Routes
    from releasio.rules.project.manifest import Manifest
    from releasio.rules.running.job import Job
    from releasio.rules.running.remote import PublicRefs, Remote
    from releasio.rules.versions.tag_form import TagForm
    from releasio.world.world import World


@frozen
class PackageAtHead:
    """
    A package, the tags of its releases, and who can be asked about them.

    Attributes:
        world: Who is asked.
        config: The settings in force.
        routes: Where releases go.
        request: What was asked for.
        job: What started this CI job.
        head: The commit that is checked out.
        branch: The branch; `None` when HEAD is detached.
        remote: Where the branch is pushed to; `None`: there is no remote.
        public: What the remote has; `None`: it was not asked, or did not answer.
        folder: The package's directory in the repository; empty: the root.
        manifest: What pyproject.toml says at HEAD.
        tags: The tags of this clone that are versions, the highest first.
        form: How they are named.
        last: The highest of them that HEAD descends from.
    """

    world: World
    config: Config
    routes: Routes
    request: Request
    job: Job
    head: str
    branch: str | None
    remote: Remote | None
    public: PublicRefs | None
    folder: str
    manifest: Manifest
    tags: Sequence[str]
    form: TagForm
    last: ReleaseTag | None


def head_tag_of(package: PackageAtHead) -> ReleaseTag | None:
    """Return the tag of HEAD that a release of it would be of."""
    if not package.request.finish:
        return None
    if package.branch is not None and package.job.kind != "tag":
        return package.last if package.last and package.last.at_head else None
    names = set(package.world.git.refs.tags_at(package.head))
    tag_versions = [(tag, package.form.version(tag)) for tag in package.tags if tag in names]
    release_tags = [
        ReleaseTag(tag, version, at_head=True) for tag, version in tag_versions if version
    ]
    of_manifest = next(
        (tag for tag in release_tags if tag.version == package.manifest.version), None
    )
    of_job = next((tag for tag in release_tags if tag.name == package.job.name), None)
    return of_manifest or of_job or next(iter(release_tags), None)
