"""The forge that a CI job runs on, as its environment says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from releasio.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping


_GITEA = ("GITEA_ACTIONS", "FORGEJO_ACTIONS")  # they set GitHub's variables, too


@frozen
class CiServer:
    """
    The forge that a job runs on.

    Attributes:
        kind: Which interface it has.
        web: Where its pages begin, without a slash at the end.
        api: The address of its interface, without a slash at the end; empty: it does not say.
    """

    kind: Literal["github", "gitlab", "gitea"]
    web: str
    api: str

    def serves(self, host: str) -> bool:
        """Tell whether it is at *host*: with the port of a web address, or without any."""
        parts = urlsplit(self.web)
        return host.strip("[]") in {parts.netloc.lower(), parts.hostname}


def ci_server(env: Mapping[str, str]) -> CiServer | None:
    """
    Return the forge that the job of *env* runs on; None: it is none, or does not say.

    Source: https://docs.github.com/en/actions/reference/workflows-and-actions/variables,
    https://docs.gitlab.com/ci/variables/predefined_variables/,
    https://forgejo.org/docs/latest/user/actions/reference/
    """
    if web := _address(env, "CI_SERVER_URL"):
        return CiServer("gitlab", web, _address(env, "CI_API_V4_URL"))
    web = _address(env, "GITHUB_SERVER_URL")
    if env.get("GITHUB_ACTIONS") != "true" or not web:
        return None
    api = _address(env, "GITHUB_API_URL")
    is_gitea = any(env.get(variable) == "true" for variable in _GITEA) or api.endswith("/api/v1")
    return CiServer("gitea" if is_gitea else "github", web, api)


def _address(env: Mapping[str, str], variable: str) -> str:
    """Return an address of the environment; what is none is none of the job's."""
    text = env.get(variable, "").strip().rstrip("/")
    return text if text.lower().startswith(("https://", "http://")) else ""
