"""Which variables have a token for a forge, and which forge each of them is for."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from releasio.errors.auth.token import SecretGarbled
from releasio.errors.forge.answers import NoForgeToken
from releasio.frozen import frozen
from releasio.rules.credentials.secret import Secret, stray
from releasio.rules.forge.ci_server import ci_server
from releasio.rules.forge.place import GITHUB, usual_api
from releasio.rules.forge.token import VARIABLES, ForgeToken
from releasio.rules.index.registry import is_loopback

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from releasio.rules.forge.ci_server import CiServer
    from releasio.rules.forge.place import ForgePlace, Kind
    from releasio.rules.forge.rights import TokenKind

GH = "gh auth token"
_ENTERPRISE = ("GH_ENTERPRISE_TOKEN", "GITHUB_ENTERPRISE_TOKEN")
# of a job's own server; GitLab's and Forgejo's runners set theirs by themselves
_OF_THE_JOB = frozenset({"GITHUB_TOKEN", "CI_JOB_TOKEN", "FORGEJO_TOKEN"})
# the variable by which people name the host that theirs are for
_HOST_VARIABLES: Mapping[Kind, tuple[str, ...]] = {
    "github": ("GH_HOST",),
    "gitlab": ("GITLAB_HOST", "GL_HOST"),
    "gitea": ("GITEA_SERVER_URL",),
}
_HINTS: Mapping[Kind, str] = {
    "github": "",
    "gitlab": "Set GITLAB_TOKEN to a project access token with the scope api, as a masked "
    "variable; a job's own CI_JOB_TOKEN can make releases.",
    "gitea": "Set GITEA_TOKEN to a token that may write the repository; in a job: env: "
    "GITEA_TOKEN: ${{ github.token }}",
}
# the beginnings that tell where a token comes from, for each forge
_KINDS: Mapping[Kind, tuple[tuple[str, TokenKind], ...]] = {
    "github": (
        ("github_pat_", "fine-grained"),
        ("ghp_", "classic"),
        ("gho_", "classic"),  # of an OAuth app such as gh: it has scopes, too
        ("ghu_", "app"),
        ("ghs_", "app"),
    ),
    "gitlab": (("glcbt-", "job"), ("glpat-", "personal"), ("gloas-", "personal")),
    "gitea": (),
}
_HEX = frozenset("0123456789abcdef")
_CLASSIC_LENGTH = 40  # of GitHub's from before they had a beginning


@frozen
class TokenSearch:
    """
    What the environment has for a forge.

    Attributes:
        token: The one to use; None: there is none.
        empty: The variables that were looked at and had none.
        kept: Those that have one which this forge never gets, each with the reason.
    """

    token: ForgeToken | None
    empty: tuple[str, ...]
    kept: tuple[str, ...]


def search_token(place: ForgePlace, env: Mapping[str, str]) -> TokenSearch:
    """
    Look for the token of *place*; one that is another forge's is left where it is.

    Raises:
        SecretGarbled: What stands in a variable cannot be a token.
    """
    empty: list[str] = []
    kept: list[str] = []
    server = ci_server(env)
    for variable in _variables(place, server):
        secret = Secret(env.get(variable, "").strip())
        if not secret:
            empty.append(variable)
        elif reason := _reason_against(variable, place, env, server):
            kept.append(f"{variable} {reason}")
        elif problem := stray(secret, token=True):
            raise SecretGarbled(variable, problem)
        else:
            kind = token_kind(secret, variable, place.kind, env)
            return TokenSearch(ForgeToken(secret, variable, kind), (), ())
    return TokenSearch(None, tuple(empty), tuple(kept))


def no_token(place: ForgePlace, env: Mapping[str, str]) -> NoForgeToken:
    """Return the error of a forge that there is no token for: where it was looked for."""
    search = search_token(place, env)
    asks_gh = place.kind == "github" and not (ci_server(env) or env.get("CI"))
    empty = [*search.empty, *([GH] if asks_gh else [])]
    variable = next(iter(search.empty), VARIABLES[place.kind][0])
    hint = _HINTS[place.kind] or ("" if place.host == GITHUB else f"Set {variable}.")
    if search.kept:  # another variable would be kept for the same reason
        hint = _way_to(place, env) or hint
    kept = "; ".join(search.kept)
    return NoForgeToken(place.name, empty, variable, kept=kept, hint=hint)


def _way_to(place: ForgePlace, env: Mapping[str, str]) -> str:
    """Return what lets a token of any variable be sent to *place*; empty: nothing is in the way."""
    parts = urlsplit(place.api)
    if parts.scheme != "https":
        return "Let github.api_url begin with https://."
    name, host = _named_host(place.kind, env)
    if not host or host in _hosts_of(place):
        return ""
    return f"Let {name} be {place.host}, or take it out."


def _named_host(kind: Kind, env: Mapping[str, str]) -> tuple[str, str]:
    """Return the variable by which somebody says which host the tokens are for, and that host."""
    for name in _HOST_VARIABLES[kind]:
        if text := env.get(name, "").strip():
            return name, _host(text)
    return "", ""


def _hosts_of(place: ForgePlace) -> set[str]:
    return {place.host, (urlsplit(place.api).hostname or "").removeprefix("api.")}


def token_kind(secret: Secret, source: str, kind: Kind, env: Mapping[str, str]) -> TokenKind:
    """
    Return what can be told of a token by its beginning, and by where it was found.

    GitHub gives a job's own token and those of applications the same beginning: in a job, one of
    the job's usual variables is taken for its own, until the forge says whose it is.

    Source: https://github.blog/engineering/behind-githubs-new-authentication-token-formats/,
    https://docs.gitlab.com/security/tokens/#token-prefixes
    """
    text, server = secret.reveal(), ci_server(env)
    is_of_job = server is not None and server.kind == kind
    if source == "CI_JOB_TOKEN" or (kind == "gitea" and is_of_job and source in _OF_THE_JOB):
        return "job"
    if kind == "github" and is_of_job and text.startswith("ghs_"):
        return "job"
    for begin, token_kind_ in _KINDS[kind]:
        if text.startswith(begin):
            return token_kind_
    if kind == "github" and len(text) == _CLASSIC_LENGTH and _HEX.issuperset(text):
        return "classic"
    return "personal" if kind == "gitea" and not is_of_job else "unknown"


def _variables(place: ForgePlace, server: CiServer | None) -> Iterable[str]:
    variables = VARIABLES[place.kind]
    if place.kind == "github" and place.host != GITHUB:
        return (*_ENTERPRISE, *variables)
    if place.kind == "gitea" and server and server.kind == "gitea":
        return (*variables, "GITHUB_TOKEN")
    return variables


def _reason_against(
    variable: str, place: ForgePlace, env: Mapping[str, str], server: CiServer | None
) -> str:
    """Say why what *variable* holds is not sent to *place*; empty: it is for it."""
    parts = urlsplit(place.api)
    is_of_job = server is not None and place.api == _api(server)
    if is_of_job or is_loopback(parts.hostname or ""):  # what listens here may have it
        return ""
    if parts.scheme != "https":
        return "is not sent over http"
    if variable in _OF_THE_JOB and (server or variable == "CI_JOB_TOKEN"):
        return f"is for {urlsplit(server.web).netloc}" if server else "is for the job's own server"
    _, host = _named_host(place.kind, env)
    if host:
        return "" if host in _hosts_of(place) else f"is for {host}"
    if place.kind == "github" and variable not in _ENTERPRISE:
        return "" if parts.hostname == f"api.{GITHUB}" else f"is for {GITHUB}"
    return ""


def _api(server: CiServer) -> str:
    """Return where the interface of *server* is."""
    return server.api or usual_api(server.kind, server.web)


def _host(text: str) -> str:
    """Return the host of what people write: `git.example.org`, or its address."""
    return urlsplit(text if "://" in text else f"https://{text}").netloc.lower()
