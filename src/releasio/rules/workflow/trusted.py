"""Which uploads are sure to be trusted publishing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.rules.index.registry import BUILT_IN
from releasio.rules.workflow.publishing import PYPI_ACTION, secret_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from releasio.rules.workflow.publishing import Upload

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
    return not any("pypirc" in node.text for node in upload.job.node.scalars())
