"""Jobs that upload distributions by another tool: twine, uv, the action of PyPA, and so on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.rules.workflow.publishing import PYPI_ACTION, secret_names
from releasio.setup.adoption.foreign_table import ForeignTable
from releasio.setup.adoption.translation import Translation
from releasio.setup.adoption.used_actions import foreign_uploads

if TYPE_CHECKING:
    from collections.abc import Sequence

    from releasio.rules.workflow.publishing import Upload
    from releasio.rules.workflow.workflow import Step
    from releasio.setup.adoption.adopted import Adopted
    from releasio.setup.adoption.project import Project

TOOL = "a job that uploads"


def find(project: Project) -> Adopted | None:
    """Return the jobs that upload by other tools; `None`: there is none."""
    uploads = foreign_uploads(project.workflows)
    if not uploads:
        return None
    first, *others = uploads
    table = ForeignTable(first.path, {}, {(): first.line})
    tools = sorted({upload.tool for upload in uploads})
    translation = Translation(", ".join(tools), table)
    translation.cannot(
        "releasio uploads itself, and remembers what it has sent",
        "Remove this job, or its upload, when releasio publishes: two that publish the same "
        "version get in each other's way.",
    )
    _index(uploads, translation)
    if tokens := {name for upload in uploads for name in secret_names(upload.password)}:
        translation.cannot(
            f"it uploads with a token, {', '.join(sorted(tokens))}",
            "Trusted publishing needs none: fill in the publisher's form, then revoke the token. "
            "Or give it to the Action as pypi-token.",
        )
    _inputs(uploads, translation)
    return translation.adopted(*(f"{upload.path}:{upload.line}" for upload in others))


def _index(uploads: Sequence[Upload], translation: Translation) -> None:
    targets = {upload.target for upload in uploads} - {""}
    if "testpypi" in targets and len(targets) > 1:
        translation.cannot(
            "it uploads to TestPyPI, too",
            'publish.staging = "testpypi" has each release go there first; for a try without '
            "any index there is `releasio rehearse`.",
        )
    elif len(targets) == 1:
        translation.set("publish.registry", next(iter(targets)))


def _inputs(uploads: Sequence[Upload], translation: Translation) -> None:
    steps = [upload.step for upload in uploads if upload.step.action == PYPI_ACTION]
    if _any_says(steps, "false", "attestations"):
        translation.off("publish.attestations")
    if _any_says(steps, "true", "skip-existing", "skip_existing"):
        translation.cannot(
            "files that are there already are compared by their hashes, not passed over",
            "Run a release once more: it finishes what is left.",
        )


def _any_says(steps: Sequence[Step], value: str, *names: str) -> bool:
    nodes = (step.input(name) for step in steps for name in names)
    return any(node is not None and node.text == value for node in nodes)
