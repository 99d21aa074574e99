"""Whether jobs of GitLab CI have what trusted publishing takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.rules.index.registry import PYPI
from releasio.rules.workflow.trusted import PUBLIC
from releasio.setup.findings.environments import EnvironmentMissing
from releasio.setup.findings.publisher import IdentityForOtherAudience, IdentityNotGiven
from releasio.setup.patches.values import with_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from releasio.rules.workflow.gitlab.uploads import PipelineUpload
    from releasio.setup.finding import Finding, Severity
    from releasio.setup.situation.situation import Situation

_ALWAYS = "--trusted-publishing always"


def check_pipeline(situation: Situation) -> Iterator[Finding]:
    """Yield what is wrong with the identities and the environments of the pipeline's jobs."""
    for upload in situation.pipeline:
        if upload.target not in PUBLIC or not upload.takes_identity or upload.has_password:
            continue
        yield from _identity(situation, upload)
        if upload.is_trusted and upload.target == PYPI.name and upload.job.environment is None:
            yield EnvironmentMissing(upload.job.key, upload.target, upload.target).at(
                upload.job.path, upload.job.line
            )


def _identity(situation: Situation, upload: PipelineUpload) -> Iterator[Finding]:
    job, target = upload.job, upload.target
    variable = f"{target.upper()}_ID_TOKEN"
    named = next((token for token in job.tokens if token.variable == variable), None)
    if named is None:
        severity = _weight(upload)
        if severity is not None:
            yield (
                IdentityNotGiven(job.key, target, variable, upload.tool)
                .at(job.path, job.line)
                .weighed(severity)
            )
    elif named.audience and "$" not in named.audience and named.audience != target:
        # the line may be of another file, which the job extends
        text = situation.pipeline_texts.get(job.path, "")
        is_here = named.audience in "".join(text.split("\n")[named.node.line - 1 : named.node.line])
        patch = with_value(job.path, text, named.node, target) if is_here else None
        yield IdentityForOtherAudience(job.key, variable, named.audience, target).at(
            job.path, named.node.line, patch
        )


def _weight(upload: PipelineUpload) -> Severity | None:
    """Return how grave it is that no variable has the identity; None: a token may be there."""
    job = upload.job
    if any(_ALWAYS in text for text in job.texts):
        return "error"
    fitting_tokens = [token for token in job.tokens if token.audience == upload.target]
    is_used = any(token.variable in text for token in fitting_tokens for text in job.texts)
    if fitting_tokens and not is_used:
        return "error"
    other_audiences = {token.audience for token in job.tokens} & (PUBLIC - {upload.target})
    return "warning" if other_audiences and not fitting_tokens else None
