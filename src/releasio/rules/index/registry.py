"""
Where distributions go: names, URLs, and the public addresses of PyPI and TestPyPI.

This is the one module that knows those addresses.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

from releasio.frozen import frozen
from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.config.tables.publish import RegistryConfig


@frozen
class Registry:
    """
    A package index, as an uploader sees it.

    Attributes:
        name: What people call it; the host for one chosen by URL.
        upload: Where files are posted to; never holds credentials.
        index: Base URL of the simple index, ending in `/`; `None`: not known.
        site: Where trusted publishers are set up; `None`: not an index we know.
        user: The user name that goes with a token or password whose place names none.
        index_told: Whether settings say where the simple index is; else it is a guess.
        audience: Whom settings let identities for it be made out to, beside its host and origin.
        takes_questions: It is known to look at everything else before it refuses a file for its
            name, and to keep nothing of it then. Of any other index that is not known, and it
            might store what it is asked with.
    """

    name: str
    upload: str
    index: str | None
    site: str | None = None
    user: str = "__token__"
    index_told: bool = False
    audience: str | None = None
    takes_questions: bool = False

    @property
    def origin(self) -> str:
        """Scheme, host and port of the upload URL, without a final slash."""
        parts = urlsplit(self.upload)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def is_strict(self) -> bool:
        """Whether it takes what PyPI takes: it is PyPI, or its address has PyPI's form."""
        return self.site is not None or self.upload.endswith("/legacy/")

    @property
    def host(self) -> str:
        """Host and port, for sentences."""
        return urlsplit(self.upload).netloc


PYPI = Registry(
    "pypi",
    "https://upload.pypi.org/legacy/",
    "https://pypi.org/simple/",
    "https://pypi.org",
    takes_questions=True,
)
TESTPYPI = Registry(
    "testpypi",
    "https://test.pypi.org/legacy/",
    "https://test.pypi.org/simple/",
    "https://test.pypi.org",
    takes_questions=True,
)
BUILT_IN = {registry.name: registry for registry in (PYPI, TESTPYPI)}

# what API tokens carry as their site, and which index that is
TOKEN_SITES = {"pypi.org": "pypi", "test.pypi.org": "testpypi"}

# what an identity for them says as its audience, by the site; the index itself has the last word
AUDIENCES: dict[str | None, str] = {PYPI.site: "pypi", TESTPYPI.site: "testpypi"}

# every host either of the two ever answered on, and the registry people mean by it
_HOSTS = {
    "pypi.org": PYPI,
    "www.pypi.org": PYPI,
    "upload.pypi.org": PYPI,
    "pypi.python.org": PYPI,
    "upload.pypi.io": PYPI,
    "pypi.io": PYPI,
    "test.pypi.org": TESTPYPI,
    "testpypi.python.org": TESTPYPI,
    "test.pypi.io": TESTPYPI,
}
# hosts below these are theirs, or nobody's: uploads., legacy., upload.testpypi.
_DOMAINS = (".pypi.org", ".pypi.io", ".testpypi.org")
_READ_SIDE = "it is the index that installers read"
_LONGEST_LABEL = 63
_NAME = pattern(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_NEVER_IN_A_HOST = pattern(r"[^\w.-]", re.ASCII)


def resolve(target: str, registries: Mapping[str, RegistryConfig]) -> Registry:
    """
    Return the registry that *target*, a name or an upload URL, stands for.

    A name is one of *registries*, `pypi` or `testpypi`. For a URL the simple
    index is taken to be where most indexes have it: beside `…/legacy/`, else
    at `simple/` below the upload URL (pypiserver, Nexus, Artifactory, Gitea,
    GitLab). Where that is wrong (devpi: `+simple/`), a `[registries.NAME]`
    table says it with `index`.

    Raises:
        UnknownRegistry: No registry has that name.
        RegistryNotSecure: `http://` to another machine.
        RegistryUrlHasCredentials: User or password in the URL; never echoed.
        RegistryUrlMalformed: Not a URL one can upload to.
        RegistryUrlWrong: A page of PyPI, or a simple index, in place of the upload URL.
    """
    if _NAME.fullmatch(target):
        return _by_name(target, registries)
    parts = _url_parts(target)
    public = public_registry(parts.hostname or "")
    if public is not None:
        return _with_exact_address(target, parts.hostname or "", public)
    for name, table in registries.items():
        if table.url.rstrip("/") == target.rstrip("/"):
            return _by_name(name, registries)
    return Registry(parts.netloc, _upload(target, parts), _convention(target))


def _by_name(name: str, registries: Mapping[str, RegistryConfig]) -> Registry:
    table = registries.get(name)
    if table is None:
        if name in BUILT_IN:
            return BUILT_IN[name]
        from difflib import get_close_matches

        from releasio.errors.index.registry import UnknownRegistry

        names = [*registries, *BUILT_IN]
        nearest = get_close_matches(name.lower(), names, 1)
        raise UnknownRegistry(name, known=names, nearest=nearest[0] if nearest else None)
    parts = _url_parts(table.url)
    public = public_registry(parts.hostname or "")
    if public is not None:
        # keeps the name, gains the site: its publishers are set up on the same pages
        exact = _with_exact_address(table.url, parts.hostname or "", public)
        index = table.index or exact.index
        return Registry(name, exact.upload, index, exact.site, table.username, takes_questions=True)
    if table.index:
        _url_parts(table.index)
    index = f"{table.index.rstrip('/')}/" if table.index else _convention(table.url)
    upload = _upload(table.url, parts)
    return Registry(
        name,
        upload,
        index,
        user=table.username,
        index_told=bool(table.index),
        audience=table.audience,
        takes_questions=table.takes_questions,
    )


def _url_parts(url: str) -> SplitResult:
    """Take *url* apart; nothing that could be a secret is ever part of an error."""
    from releasio.errors.index import registry as errors

    if "@" in url.partition("?")[0]:
        raise errors.RegistryUrlHasCredentials(_host_of(url))
    address = url.partition("?")[0].partition("#")[0]  # people put keys behind the path
    if not url.isprintable() or " " in url:
        # urlsplit drops some of them without a word
        raise errors.RegistryUrlMalformed(address, "it has a blank or a control character in it")
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port
    except ValueError:
        raise errors.RegistryUrlMalformed(address, "host or port cannot be read") from None
    if parts.query or parts.fragment:
        raise errors.RegistryUrlMalformed(address, "nothing may follow a `?` or `#`")
    if not parts.scheme or "://" not in url:
        raise errors.RegistryUrlMalformed(address, "it does not begin with https://")
    if parts.scheme not in {"http", "https"}:
        raise errors.RegistryUrlMalformed(address, f"{parts.scheme}:// is not a way to upload")
    if not host:
        raise errors.RegistryUrlMalformed(address, "it names no host")
    if not _is_host(host):
        raise errors.RegistryUrlMalformed(address, f"{host} cannot be a host")
    if parts.scheme == "http" and not is_loopback(host):
        raise errors.RegistryNotSecure(address)
    return parts


def public_registry(host: str) -> Registry | None:
    """Return PyPI or TestPyPI, whichever *host* is meant to be; `None`: neither."""
    name = host.removesuffix(".")
    if name in _HOSTS:
        return _HOSTS[name]
    if f".{name}".endswith(_DOMAINS):
        return TESTPYPI if "test" in name else PYPI
    return None


def _with_exact_address(url: str, host: str, registry: Registry) -> Registry:
    from releasio.errors.index.registry import RegistryUrlWrong

    if url == registry.upload:
        return registry
    if url.rstrip("/") == registry.upload.rstrip("/"):
        slash = "it ends in too many slashes" if url.endswith("/") else "the final slash is missing"
        raise RegistryUrlWrong(url, slash, registry.upload, registry.name)
    problem = f"it is another address of {registry.name}"
    if "/simple" in url:
        problem = _READ_SIDE
    elif host.endswith("."):
        problem = "its host ends in a dot"
    elif host not in _HOSTS:
        problem = f"{registry.name} takes files at another host"
    raise RegistryUrlWrong(url, problem, registry.upload, registry.name)


def _upload(url: str, parts: SplitResult) -> str:
    from releasio.errors.index.registry import RegistryUrlWrong

    path = parts.path.rstrip("/")
    if path.endswith(("/simple", "/+simple")):
        right = url.rstrip("/").removesuffix("simple").removesuffix("+")
        raise RegistryUrlWrong(url, _READ_SIDE, right, None)
    if parts.path.endswith("/legacy"):
        raise RegistryUrlWrong(url, "the final slash is missing", f"{url}/", None)
    return url


def _convention(url: str) -> str:
    base = url.rstrip("/")
    return f"{base.removesuffix('/legacy')}/simple/"


def _is_host(host: str) -> bool:
    """
    Whether *host* is written as hosts are, and its parts have the lengths that names have.

    Letters of all languages are taken, for names that are. Source: RFC 1035, 2.3.4.
    """
    if ":" in host:  # an address of IPv6, which was read already
        return True
    if any(char.isascii() and _NEVER_IN_A_HOST.match(char) for char in host):
        return False
    return all(0 < len(part) <= _LONGEST_LABEL for part in host.removesuffix(".").split("."))


def is_loopback(host: str) -> bool:
    """Tell whether *host* (no port, no brackets) is this machine."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    import ipaddress  # 2 ms, and most registries have names

    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _host_of(url: str) -> str:
    """Return what follows the last `@` of the part before the path."""
    return url.partition("?")[0].rpartition("@")[2].partition("/")[0] or "it"
