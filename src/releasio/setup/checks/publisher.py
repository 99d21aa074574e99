"""Whether the index will know the jobs that publish."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.rules.forge.place import GITHUB
from releasio.rules.identity.job_identity import differences
from releasio.rules.workflow.environments.slips import meant
from releasio.rules.workflow.trusted import trusted_uploads
from releasio.setup.findings.publisher import (
    IdentityUnknownToIndex,
    PublisherDiffers,
    RepositoryCaseDiffers,
    RepositoryRenamed,
    SeveralPublishers,
)
from releasio.setup.situation.needed_publishers import identities, needed_publishers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from releasio.rules.identity.job_identity import JobIdentity
    from releasio.setup.finding import Finding
    from releasio.setup.situation.index_state import IndexState
    from releasio.setup.situation.needed_publishers import NeededPublisher
    from releasio.setup.situation.situation import Situation


def check_publisher(situation: Situation) -> Iterator[Finding]:
    """Yield what makes the index refuse the identity of a job, or may."""
    yield from _unknown_host(situation)
    yield from _renamed(situation)
    publishers = [each for each in needed_publishers(situation) if each.jobs[0].is_trusted]
    for state in situation.indexes:
        own = [each for each in publishers if each.form.registry == state.registry]
        if own and state.publisher is not None:
            yield from _differs(state, own)
    yield from _several(situation)


def _differs(state: IndexState, publishers: list[NeededPublisher]) -> Iterator[Finding]:
    last = state.publisher
    if last is None:
        return
    by_number = sorted(
        (
            (differences(job, last.signatory, last.environment), publisher, job)
            for publisher in publishers
            for job in publisher.jobs
        ),
        key=lambda each: len(each[0]),
    )
    fields, publisher, job = by_number[0]
    if not fields:
        return
    suffix = f", environment {last.environment}" if last.environment else ""
    yield PublisherDiffers(
        state.project,
        str(last.version),
        state.registry.name,
        f"{last.signatory}{suffix}",
        job.job,
        tuple(f"{name} {here}, not {there}" for name, there, here in fields),
        publisher.form.link,
    ).at(job.path, job.line)


def _several(situation: Situation) -> Iterator[Finding]:
    by_target: dict[str, dict[tuple[str, str], JobIdentity]] = {}
    for job in identities(situation):
        if job.is_trusted and not job.environment:
            key = (job.path, job.claims.get("environment", "").lower())
            by_target.setdefault(job.target, {}).setdefault(key, job)
    for target, jobs in by_target.items():
        names = [job.claims.get("environment", "") for job in jobs.values()]
        # one that was meant to be the same is another finding
        is_slip = not all(names) or any(meant(name, names) for name in names)
        if len({path for path, _ in jobs}) > 1 or (len(jobs) > 1 and not is_slip):
            project = situation.project.name or "the project"
            second = [*jobs.values()][1]
            yield SeveralPublishers(project, target, tuple(map(_named, jobs.values()))).at(
                second.path, second.line
            )


def _named(job: JobIdentity) -> str:
    environment = job.claims.get("environment", "")
    return f"{job.path.rpartition('/')[2]}{f' (environment {environment})' if environment else ''}"


def _unknown_host(situation: Situation) -> Iterator[Finding]:
    place = situation.place
    if place is None or place.host in {GITHUB, "gitlab.com"}:
        return
    if place.kind == "github":
        for upload in trusted_uploads(situation.uploads):
            yield IdentityUnknownToIndex(upload.job.key, upload.target, place.host).at(
                upload.workflow.path, upload.job.line
            )
    for job in identities(situation):
        if job.is_trusted and "email" not in job.claims:
            yield IdentityUnknownToIndex(job.job, job.target, place.host).at(job.path, job.line)


def _renamed(situation: Situation) -> Iterator[Finding]:
    place, surroundings = situation.place, situation.surroundings
    if place is None or surroundings is None or surroundings.slug == place.slug:
        return
    if not any(job.is_trusted for job in identities(situation)):
        return
    slug = surroundings.slug
    if slug.lower() == place.slug.lower():
        yield RepositoryCaseDiffers(place.slug, place.name, slug)
    else:
        page = place.page.removesuffix(place.slug) + slug
        yield RepositoryRenamed(place.slug, place.name, slug, page)
