"""Where a repository is on its forge, and which kind of forge that is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal
from urllib.parse import quote, urlsplit

from releasio.frozen import frozen
from releasio.rules.forge.ci_server import CiServer, ci_server
from releasio.rules.forge.forge_url import parse_forge_url

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.config.tables.forge import GithubConfig
    from releasio.rules.forge.forge_url import ForgeAddress

Kind = Literal["github", "gitlab", "gitea"]
NAMES: Mapping[Kind, str] = {"github": "GitHub", "gitlab": "GitLab", "gitea": "Gitea"}
GITHUB = "github.com"
_HOSTS: Mapping[str, Kind] = {GITHUB: "github", "gitlab.com": "gitlab", "codeberg.org": "gitea"}
# GitHub's cloud for enterprises: each has a host of its own
_ENTERPRISES = ".ghe.com"
_ENDINGS: Mapping[str, Kind] = {"/api/v3": "github", "/api/v4": "gitlab", "/api/v1": "gitea"}


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
        web: Where its pages begin, without a slash at the end; empty: at `https://` and the host.
    """

    kind: Kind
    host: str
    owner: str
    repo: str
    api: str
    web: str = ""

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
        return f"{self.web or f'https://{self.host}'}/{self.slug}"

    @property
    def encoded(self) -> str:
        """Owner and repository as one part of a path, as GitLab wants them."""
        return quote(self.slug, safe="")


def forge_place(
    settings: GithubConfig, remote_url: str | None, env: Mapping[str, str]
) -> ForgePlace | None:
    """
    Return where the repository of *remote_url* is; None: on no forge that releasio talks to.

    None is also where the settings name another repository of the same forge than the remote:
    branch and tag of a fork are pushed to the fork, and its releases are none of the original.

    Args:
        settings: What they name counts before everything else.
        remote_url: The address of the git remote, as git uses it after `insteadOf`.
        env: A CI job says there which forge it runs on, and where its interface is.

    Raises:
        ForgeAddressContradicts: `github.api_url` is an address of another kind of forge.
    """
    address = parse_forge_url(remote_url) if remote_url else None
    owner = settings.owner or (address.owner if address else None)
    repo = settings.repo or (address.repo if address else None)
    if owner is None or repo is None:
        return None
    server = ci_server(env)
    if server and address and not server.serves(address.host):
        server = None
    kind = _kind(settings, address, server)
    if kind is None:
        return None
    host, web = _site(kind, settings, address, server)
    if address and host == address.host and other_repository(settings, address):
        return None
    if address and address.scheme != "ssh" and not settings.owner:
        owner = _without_root(owner, web)
    return ForgePlace(kind, host, owner, repo, _api(kind, web, settings, server), web)


def other_repository(settings: GithubConfig, address: ForgeAddress) -> str:
    """Return the repository that *settings* name where it is not that of *address*, else ""."""
    if not (settings.owner or settings.repo):
        return ""
    slug = f"{settings.owner or address.owner}/{settings.repo or address.repo}"
    own_slug = f"{address.owner}/{address.repo}"
    # below a path of the host the remote's address has that, too
    is_own = f"/{own_slug}".lower().endswith(f"/{slug}".lower())
    return "" if is_own else slug


def _kind(
    settings: GithubConfig, address: ForgeAddress | None, server: CiServer | None
) -> Kind | None:
    """
    Return which kind of forge it is.

    Raises:
        ForgeAddressContradicts: The settings say two things.
    """
    host = address.host if address else ""
    by_address = _kind_of_api(settings.api_url) if settings.is_set("api_url") else None
    known_kind, reason = _kind_of_host(host), f"the repository is on {host}"
    if settings.kind != "auto":
        known_kind, reason = settings.kind, f'github.kind is "{settings.kind}"'
    if known_kind and by_address and known_kind != by_address:
        from releasio.errors.forge.place import ForgeAddressContradicts

        raise ForgeAddressContradicts(settings.api_url, NAMES[by_address], reason)
    if known_kind or by_address:
        return known_kind or by_address
    if server:
        return server.kind
    # without any address the settings are all there is, and their table is called `github`
    return _likely_kind(host) if address else "github"


def _likely_kind(host: str) -> Kind | None:
    """Return what a forge is by the name that somebody gave to its machine."""
    if "gitlab" in host:
        return "gitlab"
    return "gitea" if "gitea" in host or "forgejo" in host else None


def _kind_of_host(host: str) -> Kind | None:
    return "github" if host.endswith(_ENTERPRISES) else _HOSTS.get(host)


def _kind_of_api(api: str) -> Kind | None:
    parts = urlsplit(api)
    host, path = (parts.hostname or "").removeprefix("api."), parts.path.rstrip("/")
    by_path = next((kind for ending, kind in _ENDINGS.items() if path.endswith(ending)), None)
    return by_path or _kind_of_host(host)


def _site(
    kind: Kind, settings: GithubConfig, address: ForgeAddress | None, server: CiServer | None
) -> tuple[str, str]:
    """Return the host, and where its pages begin."""
    web = _web_of_api(kind, settings.api_url) if settings.is_set("api_url") else ""
    if web and address and _kind_of_host(address.host) and urlsplit(web).netloc != address.host:
        web = ""  # the interface of a known forge, reached in another way
    if not web and server:
        web = server.web
    if not web and address:
        scheme = "http" if address.scheme == "http" else "https"
        web = f"{scheme}://{address.host}"
    if not web:
        web = f"https://{next(host for host, its_kind in _HOSTS.items() if its_kind == kind)}"
    return urlsplit(web).netloc.lower(), web


def _web_of_api(kind: Kind, api: str) -> str:
    """Return where the pages of the forge begin that has its interface at *api*; "": not known."""
    bare = api.rstrip("/")
    ending = next(ending for ending, its_kind in _ENDINGS.items() if its_kind == kind)
    if bare.endswith(ending):
        return bare.removesuffix(ending)
    parts = urlsplit(bare)
    host = parts.netloc.lower()
    if kind == "github" and _kind_of_host(host.removeprefix("api.")) == kind:
        return f"https://{host.removeprefix('api.')}"
    return ""


def _without_root(owner: str, web: str) -> str:
    """Return *owner* without the path that the forge is at on its host."""
    root = urlsplit(web).path.strip("/")
    return owner.removeprefix(f"{root}/") if root else owner


def _api(kind: Kind, web: str, settings: GithubConfig, server: CiServer | None) -> str:
    if settings.is_set("api_url"):
        return settings.api_url.rstrip("/")
    if server and server.api and server.web == web:
        return server.api
    return usual_api(kind, web)


def usual_api(kind: Kind, web: str) -> str:
    """Return where the interface of a forge is whose pages begin at *web*."""
    host = urlsplit(web).netloc
    if kind == "github" and (host == GITHUB or host.endswith(_ENTERPRISES)):
        return f"https://api.{host}"
    ending = next(ending for ending, its_kind in _ENDINGS.items() if its_kind == kind)
    return f"{web}{ending}"
