"""Where a repository is on its forge, and which kind of forge that is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal
from urllib.parse import quote

from releasio.frozen import frozen
from releasio.rules.forge.forge_url import ForgeAddress, parse_forge_url

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.config.tables.forge import GithubConfig

Kind = Literal["github", "gitlab", "gitea"]
NAMES: Mapping[Kind, str] = {"github": "GitHub", "gitlab": "GitLab", "gitea": "Gitea"}
GITHUB = "github.com"


@frozen
class ForgePlace:
    """
    A repository on a forge that releasio talks to.

    Attributes:
        kind: Which interface it has; Forgejo has that of Gitea.
        host: In lower case, with the port if its web address names one.
        owner: The user, organisation or group; nested groups with `/`.
        repo: Without `.git`.
        api: The address of its interface, without a slash at the end.
    """

    kind: Kind
    host: str
    owner: str
    repo: str
    api: str

    @property
    def name(self) -> str:
        """What people call this forge: its product, and the host where that is not the usual."""
        product = NAMES[self.kind]
        return product if self.host in {GITHUB, "gitlab.com"} else f"{product} ({self.host})"

    @property
    def slug(self) -> str:
        """Owner and repository, as in its addresses."""
        return f"{self.owner}/{self.repo}"

    @property
    def page(self) -> str:
        """The repository's web page."""
        return ForgeAddress(self.host, self.owner, self.repo).page

    @property
    def encoded(self) -> str:
        """Owner and repository as one part of a path, as GitLab wants them."""
        return quote(self.slug, safe="")


def forge_place(
    settings: GithubConfig, remote_url: str | None, env: Mapping[str, str]
) -> ForgePlace | None:
    """
    Return where the repository of *remote_url* is; None: on no forge that releasio talks to.

    Args:
        settings: What they name counts before everything else.
        remote_url: The address of the git remote, as git uses it after `insteadOf`.
        env: A CI job says there which forge it runs on, and where its interface is.
    """
    address = parse_forge_url(remote_url) if remote_url else None
    host = address.host if address else GITHUB
    owner = settings.owner or (address.owner if address else None)
    repo = settings.repo or (address.repo if address else None)
    kind = _kind(host, env) if settings.kind == "auto" else settings.kind
    if owner is None or repo is None or kind is None:
        return None
    api = settings.api_url if settings.is_set("api_url") else _api(kind, host, settings)
    return ForgePlace(kind, host, owner, repo, api.rstrip("/"))


def _kind(host: str, env: Mapping[str, str]) -> Kind | None:
    if host == GITHUB or host.endswith(".ghe.com") or _is_host(env.get("GITHUB_SERVER_URL"), host):
        return "github"
    if "gitlab" in host or _is_host(env.get("CI_SERVER_URL"), host):
        return "gitlab"
    if host == "codeberg.org" or "gitea" in host or "forgejo" in host:
        return "gitea"
    return None


def _is_host(address: str | None, host: str) -> bool:
    return bool(address) and (address or "").partition("://")[2].strip("/").lower() == host


def _api(kind: Kind, host: str, settings: GithubConfig) -> str:
    match kind:
        case "github" if host == GITHUB:
            return settings.api_url
        case "github" if host.endswith(".ghe.com"):
            return f"https://api.{host}"
        case "github":
            return f"https://{host}/api/v3"
        case "gitlab":
            return f"https://{host}/api/v4"
        case "gitea":
            return f"https://{host}/api/v1"
