"""An issuer like GitHub's, whose jobs are of every kind that tests ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.standins.publishing.issuer import Issuer, claims_of

if TYPE_CHECKING:
    from collections.abc import Mapping


class JobIssuer(Issuer):
    """An issuer whose jobs are of every kind that tests ask for."""

    def job(  # type: ignore[override]  # noqa: PLR0913 -- one word per thing a workflow run is known by
        self,
        *,
        repository: str,
        workflow: str = "release.yml",
        environment: str | None = None,
        ref: str = "refs/heads/main",
        sha: str = "0" * 40,
        event_name: str = "push",
        called_workflow: str | None = None,
        identity: bool = True,
        claims: Mapping[str, object] | None = None,
    ) -> dict[str, str]:
        """
        Return the environment of a job, with the addresses at which it gets its tokens.

        *repository* is `owner/name`, *workflow* the file name of the workflow that was started;
        the job belongs to it, or to the reusable *called_workflow*
        (`owner/name/.github/workflows/file@ref`). *identity* is whether it has
        `id-token: write`. *claims* replace, or with None remove, single claims of its tokens.
        """
        said = claims_of(repository, workflow, ref, sha) | {"event_name": event_name}
        if called_workflow:
            said |= {"job_workflow_ref": called_workflow}
        if environment:
            said |= {"environment": environment}
            said |= {"sub": f"repo:{repository}:environment:{environment}"}
        variables = super().job(said | dict(claims or {}))
        if identity:
            return variables
        return {name: text for name, text in variables.items() if not name.startswith("ACTIONS_")}
