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


def head_tag_of(here: PackageAtHead) -> ReleaseTag | None:
    """Return the tag of HEAD that a release of it would be of."""
    if not here.request.finish:
        return None
    if here.branch is not None and here.job.kind != "tag":
        return here.last if here.last and here.last.at_head else None
    names = set(here.world.git.tags_at(here.head))
    said = [(tag, here.form.version(tag)) for tag in here.tags if tag in names]
    versions = [ReleaseTag(tag, version, at_head=True) for tag, version in said if version]
    of_manifest = next((tag for tag in versions if tag.version == here.manifest.version), None)
    of_job = next((tag for tag in versions if tag.name == here.job.name), None)
    return of_manifest or of_job or next(iter(versions), None)
