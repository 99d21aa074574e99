"""Commits that GitHub makes and signs, and workflows that it starts."""

from __future__ import annotations

import base64
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from releasio.errors.forge.answers import ForgeNotFound, ForgeRefused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.world.forge.github.api import GitHubApi

_COMMIT = """
mutation ($input: CreateCommitOnBranchInput!) {
  createCommitOnBranch(input: $input) { commit { oid } }
}
"""
_NO_WORKFLOW = (
    "github.dispatch names files of .github/workflows on the default branch, with "
    "`workflow_dispatch` among what starts them."
)


class Commits:
    """Commits and workflows of one repository; see `Forge` for what each method does."""

    _api: GitHubApi

    def create_commit(
        self, branch: str, parent: str, message: str, files: Mapping[str, bytes | None]
    ) -> str:
        """
        Commit *files* on *branch*, signed by GitHub.

        The branch must name *parent*, so it is done once or not at all. Where the answer gets
        lost, the branch tells.
        """
        headline, _, body = message.partition("\n")
        additions = [
            {"path": path, "contents": base64.b64encode(contents).decode()}
            for path, contents in files.items()
            if contents is not None
        ]
        deletions = [{"path": path} for path, contents in files.items() if contents is None]
        change_input = {
            "branch": {"repositoryNameWithOwner": self._api.place.slug, "branchName": branch},
            "expectedHeadOid": parent,
            "message": {"headline": headline, "body": body.strip()},
            "fileChanges": {"additions": additions, "deletions": deletions},
        }
        change = partial(self._api.graphql, _COMMIT, {"input": change_input}, f"commit on {branch}")

        def commit() -> str:
            return str(change()["createCommitOnBranch"]["commit"]["oid"])

        return self._api.once(commit, lambda: self._committed(branch, parent, message))

    def dispatch(self, workflow: str, ref: str, inputs: Mapping[str, str]) -> None:
        """Start *workflow*; where the answer gets lost, a new run of it is looked for."""
        path = self._api.path(f"/actions/workflows/{quote(workflow, safe='')}")
        deed = f"start {workflow}"
        body = {"ref": ref, **({"inputs": dict(inputs)} if inputs else {})}
        change = partial(self._api.change, "POST", f"{path}/dispatches", deed, body)
        try:
            before = self._newest_run(path)
            self._api.once(change, lambda: self._newest_run(path) != before or None)
        except ForgeNotFound:
            forge, sentence = self._api.place.name, "there is no such workflow"
            raise ForgeRefused(forge, deed, 404, sentence, hint=_NO_WORKFLOW) from None

    def _committed(self, branch: str, parent: str, message: str) -> str | None:
        """Return the commit on *branch* if it is the one that was asked for."""
        ref = self._api.path(f"/git/ref/heads/{quote(branch)}")
        oid = self._api.get(ref, lambda document: str(document["object"]["sha"]))
        if oid == parent:
            return None
        commit = self._api.get(self._api.path(f"/git/commits/{oid}"), _parents_and_message)
        return oid if commit == ([parent], message.strip()) else None

    def _newest_run(self, path: str) -> int:
        """Return the number of the newest run that was started by hand; 0: there is none."""
        params: dict[str, str | int] = {"event": "workflow_dispatch", "per_page": 1}
        runs = self._api.get(f"{path}/runs", _run_numbers, params)
        return max(runs, default=0)


def _parents_and_message(document: Mapping[str, Any]) -> tuple[list[str], str]:
    return [parent["sha"] for parent in document["parents"]], document["message"].strip()


def _run_numbers(document: Mapping[str, Any]) -> list[int]:
    return [int(run["id"]) for run in document["workflow_runs"]]
