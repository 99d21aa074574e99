"""What the address of a git remote says: host, owner, repository, web page."""

from __future__ import annotations

import re
from typing import Literal

from releasio.frozen import frozen

Scheme = Literal["https", "http", "ssh"]
AZURE = "dev.azure.com"
# where ssh is listened to on port 443, and other names of the same forge
_SAME_HOST = {
    "www.github.com": "github.com",
    "ssh.github.com": "github.com",
    "altssh.gitlab.com": "gitlab.com",
    "altssh.bitbucket.org": "bitbucket.org",
    "ssh.dev.azure.com": AZURE,
    "vs-ssh.visualstudio.com": AZURE,
}
_USUAL_PORTS = {"https": ":443", "http": ":80"}
_SCHEMES: dict[str, Scheme] = {
    "https": "https",
    "http": "http",
    "git": "https",
    "ssh": "ssh",
    "git+ssh": "ssh",
    "ssh+git": "ssh",
}


@frozen
class ForgeAddress:
    """
    Where a repository lives on a forge.

    Attributes:
        host: In lower case, with the port if a web address names one.
        owner: The user, organisation or group; nested groups with `/`.
        repo: Without `.git`.
        scheme: What the remote is reached by: `http` only where its web address says so.
    """

    host: str
    owner: str
    repo: str
    scheme: Scheme = "https"

    @property
    def page(self) -> str:
        """The repository's web page."""
        scheme = "http" if self.scheme == "http" else "https"
        middle = "_git/" if self.host == AZURE else ""
        return f"{scheme}://{self.host}/{self.owner}/{middle}{self.repo}"


def parse_forge_url(url: str) -> ForgeAddress | None:
    """
    Read *url* as git does, and return what it says about the forge.

    Understood are `https://`, `ssh://` and `git://` addresses, with or without
    user, password and port, and the short form `git@host:owner/repo`. A path,
    a `file://` address or one without an owner gives None.
    """
    location = _with_scheme(url) or _short_form(url)
    if location is None:
        return None
    scheme, host, path = location
    host = _SAME_HOST.get(host.lower(), host.lower())
    parts = [part for part in path.split("/") if part]
    if host == AZURE or host.endswith(".visualstudio.com"):
        host, parts = _of_azure(host, parts)
    *groups, repo = parts or [""]
    repo = repo.removesuffix(".git") if repo != ".git" else ""
    if not (host and groups and repo):
        return None
    if scheme == "http" and host in {"github.com", "gitlab.com", "codeberg.org", "bitbucket.org"}:
        scheme = "https"  # they redirect
    return ForgeAddress(host, "/".join(groups), repo, scheme)


def without_credentials(text: str) -> str:
    """Return *text* without the user and password of any address in it."""
    if "@" not in text:
        return text
    # an ssh address keeps its user: it is no secret, and the address is wrong without it
    bare = re.sub(r"(?i)\b(https?|ftps?|git)://[^/\s'\"@]*@", r"\1://", text)
    # the same with a raw "@" in the password, which git accepts
    bare = re.sub(r"(?i)\b(https?|ftps?|git)://[^/\s'\"]*@", r"\1://", bare)
    return re.sub(r"(?i)\b(ssh|git\+ssh)://([^/\s'\"@:]*):[^/\s'\"]*@", r"\1://\2@", bare)


def _with_scheme(url: str) -> tuple[Scheme, str, str] | None:
    name, _, address = url.partition("://")
    scheme = _SCHEMES.get(name.lower())
    authority, _, path = address.partition("/")
    host = authority.rpartition("@")[2]
    if scheme is None or not path:
        return None
    if name.lower() in _USUAL_PORTS:
        return scheme, host.removesuffix(_USUAL_PORTS[name.lower()]), path
    # the port of ssh is not the port of the web page
    return scheme, re.sub(r":\d*$", "", host), path.removeprefix("~")


def _short_form(url: str) -> tuple[Scheme, str, str] | None:
    """Read `[user@]host:path`; git takes it for that if no slash stands before the colon."""
    if bracketed := re.match(r"(?:[^@/:]+@)?\[([^]/]+)\]:(?=[^:])(.+)", url):
        return "ssh", _in_brackets(bracketed[1]), bracketed[2]
    authority, colon, path = url.partition(":")
    windows_drive = len(authority) == 1
    if not colon or "/" in authority or windows_drive or url.startswith((".", "/")) or not path:
        return None
    if path.startswith("//"):
        return None
    return "ssh", authority.rpartition("@")[2], path


def _in_brackets(authority: str) -> str:
    """Return the host of `[::1]`, or of `[user@host:port]`, which git takes, too."""
    host = authority.rpartition("@")[2]
    return f"[{host}]" if host.count(":") > 1 else host.partition(":")[0]


def _of_azure(host: str, parts: list[str]) -> tuple[str, list[str]]:
    """
    Return Azure's host, and organisation, project and repository.

    Source: https://learn.microsoft.com/azure/devops/repos/git/use-ssh-keys-to-authenticate
    """
    if host != AZURE:
        collection = "defaultcollection"
        parts = [part for part in parts if part.lower() != collection]
        host, parts = AZURE, [host.removesuffix(".visualstudio.com"), *parts]
    if parts[:1] == ["v3"]:
        return host, parts[1:]
    if "_git" in parts:
        place = parts.index("_git")
        # a project's main repository has the project's name, which is left out then
        project = parts[1:place] or parts[place + 1 :]
        return host, [*parts[:1], *project, *parts[place + 1 :]]
    return host, parts
