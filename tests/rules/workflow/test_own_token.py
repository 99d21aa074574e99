from __future__ import annotations

import pytest

from releasio.rules.workflow.own_token import is_own_token, leaves_own_token
from releasio.rules.workflow.workflow import parse_workflow


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("${{ github.token }}", True),
        ("${{secrets.GITHUB_TOKEN}}", True),
        (" ${{ Secrets.github_token }} ", True),
        ("${{ secrets.RELEASE_TOKEN }}", False),
        ("${{ secrets.RELEASE_TOKEN || github.token }}", False),
        ("", False),
    ],
)
def test_the_token_of_the_job_is_known_by_its_two_names(text: str, *, expected: bool) -> None:
    assert expected == is_own_token(text)


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        ("{}", True),
        ("{fetch-depth: 0}", True),
        ("{token: '${{ github.token }}'}", True),
        ("{persist-credentials: true}", True),
        ("{token: '${{ secrets.RELEASE_TOKEN }}'}", False),
        ("{persist-credentials: false}", False),
        ("{ssh-key: '${{ secrets.DEPLOY_KEY }}'}", False),
    ],
)
def test_a_checkout_leaves_it_unless_it_is_told_otherwise(inputs: str, *, expected: bool) -> None:
    step = f"{{uses: actions/checkout@v5, with: {inputs}}}"
    workflow = parse_workflow("a.yml", f"on: push\njobs: {{a: {{steps: [{step}]}}}}\n")

    assert expected == leaves_own_token(workflow.jobs["a"].steps[0])
