"""Which uploads are sure to be trusted publishing."""

from __future__ import annotations

from textwrap import indent

import pytest

from releasio.rules.workflow.publishing import find_uploads
from releasio.rules.workflow.trusted import trusted_uploads
from releasio.rules.workflow.workflow import parse_workflow

ACTION = "- uses: pypa/gh-action-pypi-publish@release/v1\n"
UV = "- run: uv publish\n"
VAULT = "- uses: hashicorp/vault-action@v3\n"
ALLOWED = "permissions: {id-token: write}\n"


@pytest.mark.parametrize(
    ("job", "steps", "is_trusted"),
    [
        ("", ACTION, True),
        ("", f"{ACTION}  with: {{password: x}}", False),
        ("", f"{ACTION}  with: {{repository-url: https://x.example/}}", False),
        ("", UV, True),
        ("", f"- uses: actions/checkout@v6\n{UV}", True),
        ("", VAULT + UV, False),
        (ALLOWED, VAULT + UV, True),
        ("", f'- run: echo "UV_PUBLISH_TOKEN=$(get)" >> $GITHUB_ENV\n{UV}', False),
        ("", f"- run: write ~/.pypirc\n{UV}", False),
        ("", f"- run: login\n  env: {{A: '${{{{ secrets.A }}}}'}}\n{UV}", False),
        ("runs-on: self-hosted\n", UV, False),
        ("", "- run: poetry publish", False),
    ],
)
def test_a_token_that_may_be_there_makes_it_unsure(
    job: str, steps: str, *, is_trusted: bool
) -> None:
    body = indent(f"{job}steps:\n{indent(steps, '  ')}", "    ")
    uploads = find_uploads([parse_workflow("a.yml", f"on: push\njobs:\n  a:\n{body}\n")], {})

    assert is_trusted == bool(trusted_uploads(uploads))
