"""The file of Google Cloud Build, as it is in the work tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.project.workflow import WorkflowUnreadable
from releasio.rules.identity.cloud_build import FILES, cloud_identities
from releasio.rules.workflow.node import parse_yaml
from releasio.setup.reading.small_text import read_small_text

if TYPE_CHECKING:
    from pathlib import Path

    from releasio.rules.identity.job_identity import JobIdentity


def read_cloud_builds(root: Path) -> tuple[JobIdentity, ...]:
    """Return who the builds in *root* are that upload; a file that cannot be read says nothing."""
    for name in FILES:
        if (root / name).is_file():
            try:
                text = read_small_text(root / name)
                return cloud_identities(parse_yaml(text, name), name)
            except (OSError, UnicodeDecodeError, WorkflowUnreadable):
                return ()
    return ()
