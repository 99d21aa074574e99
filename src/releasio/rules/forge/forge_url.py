"""What the address of a git remote says: host, owner, repository, web page."""

from __future__ import annotations

import re

from releasio.frozen import frozen


@frozen
class ForgeAddress:
    """
    Where a repository lives on a forge.

    Attributes:
        host: In lower case, with the port if a web address names one.
        owner: The user, organisation or group; nested groups with `/`.
        repo: Without `.git`.
    """

    host: str
    owner: str
    repo: str

    @property
    def page(self) -> str:
        """The repository's web page."""
        return f"https://{self.host}/{self.owner}/{self.repo}"


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
    host, path = location
    *groups, repo = (part for part in path.split("/") if part)
    repo = repo.removesuffix(".git") if repo != ".git" else ""
    if not (host and groups and repo):
        return None
    return ForgeAddress(host.lower(), "/".join(groups), repo)


def without_credentials(text: str) -> str:
    """Return *text* without the user and password of any address in it."""
    if "@" not in text:
        return text
    # an ssh address keeps its user: it is no secret, and the address is wrong without it
    bare = re.sub(r"(?i)\b(https?|ftps?|git)://[^/\s'\"@]*@", r"\1://", text)
    # the same with a raw "@" in the password, which git accepts
    bare = re.sub(r"(?i)\b(https?|ftps?|git)://[^/\s'\"]*@", r"\1://", bare)
    return re.sub(r"(?i)\b(ssh|git\+ssh)://([^/\s'\"@:]*):[^/\s'\"]*@", r"\1://\2@", bare)


def _with_scheme(url: str) -> tuple[str, str] | None:
    scheme, colon, address = url.partition("://")
    if not colon or scheme.lower() not in {"https", "http", "ssh", "git+ssh", "ssh+git", "git"}:
        return None
    authority, _, path = address.partition("/")
    host = authority.rpartition("@")[2]
    if not scheme.lower().startswith("http"):
        # the port of ssh is not the port of the web page
        host = re.sub(r":\d*$", "", host)
        host = "github.com" if host.lower() == "ssh.github.com" else host
        path = path.removeprefix("~")
    return (host, path) if path else None


def _short_form(url: str) -> tuple[str, str] | None:
    """Read `[user@]host:path`; git takes it for that if no slash stands before the colon."""
    authority, colon, path = url.partition(":")
    windows_drive = len(authority) == 1
    if not colon or "/" in authority or windows_drive or url.startswith((".", "/")) or not path:
        return None
    if path.startswith("//"):
        return None
    return authority.rpartition("@")[2], path
