"""Facts made by hand: what `gather` would have found, for tests that need no repository."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from packaging.version import Version

from releasio.config.tables.model import BranchConfig, Config
from releasio.release.facts import Facts, PackageFacts, ReleaseTag, RepositoryFacts
from releasio.release.standing import Unfinished
from releasio.rules.bump.request import Request
from releasio.rules.commits.reading import read_changes
from releasio.rules.forge.links import Links
from releasio.rules.index.routes import Routes, Way, read_routes
from releasio.rules.project.manifest import read_manifest
from releasio.rules.project.project_files import ProjectFiles
from releasio.rules.running.job import NO_JOB
from releasio.rules.running.remote import Remote
from releasio.rules.versions.tag_form import TagForm
from tests.fakes.index import START
from tests.rules.history import commit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.release.standing import AheadTag, Prepared
    from releasio.rules.index.registry import Registry
    from releasio.rules.running.job import Job
    from releasio.rules.running.remote import PublicRefs

WEB = "https://github.com/acme/demo"
ORIGIN = Remote("origin", WEB)
HEAD, EARLIER = "a" * 40, "b" * 40


def facts(  # noqa: PLR0913 -- every fact has a default that tests can replace
    version: str = "1.2.0",
    last: str | None = "v1.2.0",
    commits: tuple[str, ...] = ("fix: a mistake",),
    *,
    branch: str | None = "main",
    remote: Remote | None = ORIGIN,
    changed: tuple[str, ...] = (),
    config: Config | None = None,
    chosen: frozenset[str] = frozenset(),
    request: Request | None = None,
    registry: Registry | None = None,
    tags: tuple[str, ...] | None = None,
    folder: str = "",
    files: Mapping[str, bytes | None] | None = None,
    unfinished: str | None = None,
    prefix: str = "v",
    undated: bool = False,
    head_tag: str | None = None,
    unpushed: str | None = None,
    prepared: Prepared | None = None,
    ahead: tuple[AheadTag, ...] = (),
    job: Job = NO_JOB,
    public: PublicRefs | None = None,
    default_branch: str | None = None,
    tables: str = "",
) -> Facts:
    """Return the facts about `demo` at *version*, with *commits* since the tag *last*."""
    config = config or Config()
    path = f"{folder}/pyproject.toml".lstrip("/")
    manifest = f'[project]\nname = "demo"\nversion = "{version}"\n{tables}'.encode()
    package = PackageFacts(
        folder=folder,
        manifest=read_manifest(ProjectFiles.of({path: manifest}, folder)),
        last=ReleaseTag(last, Version(last.removeprefix(prefix))) if last else None,
        tags=((last,) if last else ()) if tags is None else tags,
        tag_form=TagForm(prefix),
        reading=read_changes([commit(one) for one in commits], config.commits),
        documents={path: manifest, **(files or {})},
        unfinished=_unfinished(unfinished, prefix),
        head_tag=_tag(head_tag, prefix),
        unpushed=_tag(unpushed, prefix),
        unpushed_commit=EARLIER if unpushed else "",
        prepared=prepared,
        ahead=ahead,
    )
    links = Links("github", WEB) if remote else None
    repository = RepositoryFacts(HEAD, branch, remote, changed, links, job, public, default_branch)
    routes = _to(registry) if registry else read_routes(config.publish, config.registries)
    asked = request or Request()
    return Facts(repository, (package,), config, chosen, routes, asked, START, undated)


def _tag(name: str | None, prefix: str) -> ReleaseTag | None:
    version = TagForm(prefix).version(name) if name else None
    return ReleaseTag(name, version) if name and version else None


def _to(registry: Registry) -> Routes:
    return Routes(Way(registry))


def channels(**tables: BranchConfig) -> MappingProxyType[str, BranchConfig]:
    """Return the `[branches]` tables."""
    return MappingProxyType(tables)


def _unfinished(tag: str | None, prefix: str) -> Unfinished | None:
    return Unfinished(tag, Version(tag.removeprefix(prefix)), EARLIER, {}) if tag else None
