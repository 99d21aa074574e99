"""What jobs find in a repository on GitHub: its name, and its environments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from releasio.rules.workflow.environments.rules import JobSurroundings, rules_of
from releasio.world.forge.api import HIDDEN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.rules.workflow.environments.rules import EnvironmentRules
    from releasio.world.forge.github.api import GitHubApi

_MANY = 100  # entries of a page, the most there can be


class Surroundings:
    """What jobs find; see `Forge`."""

    _api: GitHubApi

    def job_surroundings(self) -> JobSurroundings:
        """Return the repository's present name, and its environments with their rules."""
        repository = self._api.get(self._api.path(""), dict)
        path = self._api.path("/environments")
        documents = self._api.find(path, _environments, {"per_page": _MANY}, nothing=HIDDEN)
        return JobSurroundings(
            str(repository.get("full_name") or self._api.place.slug),
            bool(repository.get("private")),
            None if documents is None else tuple(map(self._rules, documents)),
        )

    def _rules(self, document: Mapping[str, Any]) -> EnvironmentRules:
        policy = document.get("deployment_branch_policy") or {}
        policies: list[Mapping[str, Any]] = []
        if policy.get("custom_branch_policies"):
            name = quote(str(document["name"]), safe="")
            path = self._api.path(f"/environments/{name}/deployment-branch-policies")
            policies = self._api.get(path, _policies, {"per_page": _MANY})
        return rules_of(document, policies)


def _environments(document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [{**item, "name": str(item["name"])} for item in document["environments"]]


def _policies(document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [{**item, "name": str(item["name"])} for item in document["branch_policies"]]
