"""Why a CI's way of proving who the job is does not apply here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.world.ci.ci import ci_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.rules.index.registry import Registry

# they make identities, and PyPI and TestPyPI know none of them as an issuer
_NOT_TAKEN = {"Buildkite", "CircleCI"}
_TAKEN = {"GitHub Actions", "GitLab CI"}


def elsewhere(env: Mapping[str, str], registry: Registry, wanted_ci: str) -> str:
    """Say where this runs instead of in *wanted_ci*."""
    ci = ci_name(env)
    if ci in _TAKEN:
        return f"this is {ci}, not {wanted_ci}"
    if not_taken(env, registry):
        return f"{registry.name} takes no identities of {ci}"
    return f"this is {ci}" if ci else "not in a CI"


def not_taken(env: Mapping[str, str], registry: Registry) -> bool:
    """Tell whether the CI has identities that the index is known to refuse."""
    return registry.site is not None and ci_name(env) in _NOT_TAKEN
