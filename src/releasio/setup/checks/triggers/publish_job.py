"""The jobs that publish, each once, with all that they upload."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.rules.workflow.events.condition import holds
from releasio.rules.workflow.events.start import conditions_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from releasio.rules.workflow.publishing import Upload
    from releasio.rules.workflow.workflow import Job, Workflow
    from releasio.setup.situation.situation import Situation


@frozen
class PublishJob:
    """
    A job that uploads to an index.

    Attributes:
        workflow: Its file.
        job: The job.
        uploads: What it uploads; at least one.
    """

    workflow: Workflow
    job: Job
    uploads: tuple[Upload, ...]

    @property
    def has_identity(self) -> bool:
        """Whether it may ask for an identity."""
        permissions = self.workflow.permissions_of(self.job)
        return permissions is not None and permissions.writes("id-token")


def publish_jobs(situation: Situation) -> Iterator[PublishJob]:
    """Yield each job that uploads, in the order of the files; not one that is switched off."""
    uploads: dict[tuple[str, str], list[Upload]] = {}
    for upload in situation.uploads:
        conditions = (*conditions_of(upload.workflow, upload.job), upload.step.condition)
        if any(holds(each, "", "") is False for each in conditions):
            continue  # `if: false`, whatever happens
        uploads.setdefault((upload.workflow.path, upload.job.key), []).append(upload)
    for each in uploads.values():
        yield PublishJob(each[0].workflow, each[0].job, tuple(each))
