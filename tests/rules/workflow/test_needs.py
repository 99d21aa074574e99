"""What a job's token is needed for."""

from __future__ import annotations

from textwrap import indent

import pytest

from releasio.rules.workflow.rights.identity_use import uses_no_identity
from releasio.rules.workflow.rights.needs import find_needs
from releasio.rules.workflow.workflow import Job, Workflow, parse_workflow


def parsed(steps: str) -> tuple[Workflow, Job]:
    text = f"on: push\njobs:\n  a:\n    steps:\n{indent(steps, '      ')}\n"
    workflow = parse_workflow("release.yml", text)
    return workflow, workflow.jobs["a"]


CHECKOUT = "- uses: actions/checkout@v6\n"
INSPECT = "- uses: hynek/build-and-inspect-python-package@v2\n"


@pytest.mark.parametrize(
    ("steps", "permissions"),
    [
        ("- uses: softprops/action-gh-release@v2", [("contents",)]),
        ("- {uses: softprops/action-gh-release@v2, if: false}", []),
        (
            "- {uses: softprops/action-gh-release@v2, with: {token: '${{ secrets.PAT }}'}}",
            [],
        ),
        (
            "- {uses: softprops/action-gh-release@v2, with: {token: '${{ github.token }}'}}",
            [("contents",)],
        ),
        ("- {uses: actions/create-release@v1, env: {GITHUB_TOKEN: '${{ secrets.PAT }}'}}", []),
        ("- uses: peter-evans/create-pull-request@v7", [("contents", "pull-requests")]),
        (CHECKOUT + "- uses: commitizen-tools/commitizen-action@v1", [("contents",)]),
        ("- {uses: commitizen-tools/commitizen-action@v1, with: {push: false}}", []),
        ("- {run: gh release create v1, env: {GH_TOKEN: '${{ github.token }}'}}", [("contents",)]),
        ("- {run: gh release create v1, env: {GH_TOKEN: '${{ secrets.PAT }}'}}", []),
        ("- run: gh release view v1", []),
        ("- run: gh pr create --fill", [("pull-requests",)]),
        ("- run: gh", []),
        (CHECKOUT + "- run: git push --tags", [("contents",)]),
        (CHECKOUT + "- run: git push --dry-run", []),
        (CHECKOUT + "- run: git push https://x:$TOKEN@github.com/acme/demo", []),
        (CHECKOUT + "- run: echo git push", []),
        ("- run: git push", []),
        ("- {uses: actions/checkout@v6, with: {ssh-key: a}}\n- run: git push", []),
        ("- {uses: actions/checkout@v6, with: {token: '${{ secrets.A }}'}}\n- run: git push", []),
        (CHECKOUT + "- run: git remote set-url origin $URL\n- run: git push", []),
        (
            CHECKOUT + "- uses: actions/create-github-app-token@v2\n- run: git push",
            [],
        ),
        (CHECKOUT + "- uses: stefanzweifel/git-auto-commit-action@v7", [("contents",)]),
        ("- {uses: acme/releasio@v3, with: {command: release}}", [("contents",)]),
        ("- {uses: acme/releasio@v3, with: {command: release, dry-run: 'true'}}", []),
        ("- {uses: acme/releasio@v3, with: {command: do-release}}", []),
        (
            "- {uses: acme/releasio@v3, with: {command: release-pr}}",
            [("contents", "pull-requests")],
        ),
        ("- {uses: acme/releasio@v3, with: {command: check}}", []),
        ("- run: uvx releasio release --execute", [("contents",)]),
        ("- {uses: acme/releasio@v3, with: {command: release, stage: build}}", []),
        ("- run: uvx releasio release --stage prepare --execute", []),
        ("- run: uvx releasio release", []),
    ],
)
def test_only_what_is_done_with_the_jobs_own_token_counts(
    steps: str, permissions: list[tuple[str, ...]]
) -> None:
    workflow, job = parsed(steps)

    assert permissions == [need.permissions for need in find_needs(workflow, job, {})]


@pytest.mark.parametrize(
    ("steps", "is_without"),
    [
        (CHECKOUT + "- run: pipx run build==1.3.0", True),
        ("- run: python -m build && twine check dist/*", True),
        ("- {uses: codecov/codecov-action@v5, with: {files: a}}", True),
        ("- {uses: codecov/codecov-action@v5, with: {use_oidc: true}}", False),
        (INSPECT, True),
        (f"{INSPECT}  with: {{attest-build-provenance-github: 'true'}}", False),
        ("- uses: actions/deploy-pages@v4", False),
        ("- uses: acme/unknown@v1", False),
        ("- uses: ./.github/actions/unknown", False),
        ("- run: make release", False),
        ("- run: python -m sigstore sign dist/*", False),
        ("- run: uvx something", False),
        ("- run: pytest --oidc", False),
    ],
)
def test_a_job_that_cannot_be_told_may_need_its_identity(steps: str, *, is_without: bool) -> None:
    _, job = parsed(steps)

    assert is_without == uses_no_identity(job, {})
