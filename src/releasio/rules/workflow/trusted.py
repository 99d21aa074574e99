"""Which uploads are sure to be trusted publishing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.rules.index.registry import BUILT_IN
from releasio.rules.workflow.publishing import PYPI_ACTION, is_releasio, secret_names
from releasio.rules.workflow.rights.action_rights import WITHOUT_IDENTITY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from releasio.rules.workflow.publishing import Upload
    from releasio.rules.workflow.workflow import Step

PUBLIC = frozenset(BUILT_IN)  # the indexes that have publishers, as far as we know them


def trusted_uploads(uploads: Sequence[Upload]) -> tuple[Upload, ...]:
    """Return those of *uploads* that go to PyPI or TestPyPI by what their job is."""
    return tuple(each for each in uploads if each.target in PUBLIC and _is_sure(each))


def _is_sure(upload: Upload) -> bool:
    if not upload.is_trusted:
        return False
    if upload.tool == PYPI_ACTION.rpartition("/")[2]:
        return True
    # other tools take a token from a variable that a script sets, or from a file that it writes
    if not {"GITHUB_TOKEN"}.issuperset(secret_names(upload.job.node)):
        return False
    texts = [node.text for node in upload.job.node.scalars()]
    if any("pypirc" in text for text in texts):
        return False
    permissions = upload.workflow.permissions_of(upload.job)
    if permissions is not None and permissions.levels.get("id-token") == "write":
        return True
    # or from a vault, by an action or a script, or from the machine
    is_open = any("GITHUB_ENV" in text or "self-hosted" in text for text in texts)
    return not is_open and all(_is_known(step) for step in upload.job.steps)


def _is_known(step: Step) -> bool:
    is_own = step.uses.startswith("./") or is_releasio(step)
    return not step.uses or is_own or step.action in WITHOUT_IDENTITY
