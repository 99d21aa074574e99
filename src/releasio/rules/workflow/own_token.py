"""The token that every job of GitHub Actions has: where it is used, and not another one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from releasio.rules.workflow.workflow import Step

TOKEN_VARIABLES = ("GH_TOKEN", "GITHUB_TOKEN")  # what `gh` and others read, the first that is set
_OWN_TOKEN = re.compile(
    r"\s*\$\{\{\s*(?:secrets\.GITHUB_TOKEN|github\.token)\s*\}\}\s*", re.IGNORECASE
)


def is_own_token(text: str) -> bool:
    """Tell whether *text*, a value of a workflow, is the job's own token."""
    return bool(_OWN_TOKEN.fullmatch(text))


def leaves_own_token(checkout: Step) -> bool:
    """
    Tell whether git pushes with the job's own token after *checkout*, a step of actions/checkout.

    Source: https://github.com/actions/checkout#usage
    """
    token = checkout.input("token")
    is_own = token is None or is_own_token(token.text)
    persists = checkout.input_text("persist-credentials", "true") == "true"
    return is_own and persists and checkout.input("ssh-key") is None
