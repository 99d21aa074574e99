"""Where releasio uploads to, where its settings say it and not the workflow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import replace
from releasio.rules.index.registry import BUILT_IN
from releasio.rules.workflow.upload_tools import RELEASIO

if TYPE_CHECKING:
    from collections.abc import Sequence

    from releasio.rules.index.registry import Registry
    from releasio.rules.workflow.publishing import Upload


def routed(uploads: Sequence[Upload], registries: Sequence[Registry]) -> tuple[Upload, ...]:
    """
    Return *uploads*, those of releasio with the index that its settings name.

    Where they name several, one for some versions, the environment of the job tells for which it
    is; if not, it is the usual one.

    Args:
        uploads: Those of the workflows.
        registries: Those of the settings, the usual one first.
    """
    targets = [_target(registry) for registry in registries]
    return tuple(
        replace(each, target=_chosen(each, targets))
        if each.tool == RELEASIO.name and not each.names_target and targets
        else each
        for each in uploads
    )


def _chosen(upload: Upload, targets: Sequence[str]) -> str:
    environment = upload.job.environment.text.lower() if upload.job.environment else ""
    is_trial = "test" in environment and "testpypi" in targets
    return "testpypi" if is_trial else targets[0]


def _target(registry: Registry) -> str:
    sites = {each.site: name for name, each in BUILT_IN.items()}
    return sites.get(registry.site, registry.upload) if registry.site else registry.upload
