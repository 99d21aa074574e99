"""The HTTP client that everything here talks through, and what a client is made with."""

from __future__ import annotations

import os
import ssl
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

from releasio import __version__
from releasio.errors.index.answers import CertificatesUnusable, ProxyUnusable
from releasio.world.ci.google import METADATA_HOST
from releasio.world.http.bounded import BoundedClient

if TYPE_CHECKING:
    from collections.abc import Mapping

TIMEOUT = 60.0  # seconds without a byte in either direction
CONNECT = 15.0
# no proxy is on the way to this machine, nor to the metadata server of a machine of Google's
_DIRECT = (
    "all://localhost",
    "all://127.0.0.1",
    "all://[::1]",
    "all://metadata.google.internal",
    "all://metadata",
    "all://169.254.169.254",
    "all://[fd20:ce::254]",
)
_CERTIFICATES = ("SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE")  # the first one set counts
_PROXIES = ("http_proxy", "https_proxy", "all_proxy")
_SCHEMES = "its scheme is none of http, https, socks5 and socks5h"


def new_client(env: Mapping[str, str], *, timeout: float = TIMEOUT) -> httpx.Client:
    """
    Return a client that knows the user's proxies and certificates.

    Proxies work as httpx documents them. Certificates come from
    `SSL_CERT_FILE` or `SSL_CERT_DIR` of *env*, else from `REQUESTS_CA_BUNDLE`,
    for it is what twine and pip were set up with. Loopback and Google's metadata
    server, also where `GCE_METADATA_HOST` has it, never go through a proxy: plain
    http with secrets in its answers. Redirects are not followed, and every answer
    ends (see `BoundedClient`). *timeout* is in seconds.

    Raises:
        ProxyUnusable: A proxy variable holds what is no address.
        CertificatesUnusable: There are no certificates where a variable says.
    """
    trust = _trust(env)
    try:
        return BoundedClient(
            headers={"User-Agent": f"releasio/{__version__}"},
            timeout=httpx.Timeout(timeout, connect=CONNECT),
            verify=trust,
            mounts=dict.fromkeys(direct(env)),
            follow_redirects=False,
        )
    except (ValueError, httpx.InvalidURL, ImportError):
        # their texts hold the value, and so perhaps a password
        refusal = _wrong_proxy(env)
    raise refusal


def direct(env: Mapping[str, str]) -> tuple[str, ...]:
    """Return what is never asked through a proxy, in httpx's patterns."""
    try:
        host = httpx.URL(f"http://{env.get(METADATA_HOST, '').strip()}").host
    except httpx.InvalidURL:
        return _DIRECT  # nothing can be sent there either
    if not host:
        return _DIRECT
    return (*_DIRECT, f"all://[{host}]" if ":" in host else f"all://{host}")


def _trust(env: Mapping[str, str]) -> ssl.SSLContext:
    variable = next((name for name in _CERTIFICATES if env.get(name)), None)
    if variable is None:
        return _trusting("")
    setting = env[variable]
    places = setting.split(os.pathsep) if variable == "SSL_CERT_DIR" else [setting]
    if not any(Path(path).exists() for path in places):
        raise CertificatesUnusable(variable, setting, "does not exist")
    try:
        return _trusting(setting, many=variable == "SSL_CERT_DIR" or Path(setting).is_dir())
    except ssl.SSLError:
        problem = "holds no certificates that can be read"
        raise CertificatesUnusable(variable, setting, problem) from None
    except OSError as error:
        problem = f"cannot be read: {error.strerror}"
        raise CertificatesUnusable(variable, setting, problem) from None


@cache
def _trusting(setting: str, *, many: bool = False) -> ssl.SSLContext:
    """
    Return what trusts the certificates in *setting*, a file or *many* of them in folders.

    If it is empty, those that come with httpx. Reading them takes 20 ms.
    """
    if not setting:
        return httpx.create_ssl_context(trust_env=False)
    if many:
        return ssl.create_default_context(capath=setting)
    return ssl.create_default_context(cafile=setting)


def _wrong_proxy(env: Mapping[str, str]) -> ProxyUnusable:
    """Return which variable keeps a client from being made."""
    for variable in _PROXIES:
        for name in (variable, variable.upper()):
            if (text := env.get(name)) and (refusal := _refusal(name, text)):
                return refusal
    name = "no_proxy" if env.get("no_proxy") else "NO_PROXY"
    if env.get(name):
        return ProxyUnusable(
            name,
            "is no list of hosts: one of them cannot be read",
            hint="Write names and addresses with commas between them, and IPv6 without brackets.",
        )
    return ProxyUnusable(
        "the system's proxy",  # of Windows and macOS: no variable names it
        "cannot be used",
        hint="Look at the system's proxy settings, or name another one in HTTPS_PROXY.",
    )


def _refusal(name: str, text: str) -> ProxyUnusable | None:
    try:
        address = httpx.URL(text if "://" in text else f"http://{text}")
        httpx.HTTPTransport(verify=False, proxy=httpx.Proxy(address)).close()
    except httpx.InvalidURL:
        return ProxyUnusable(name, "names no usable proxy: it is not an address")
    except ImportError:
        return ProxyUnusable(
            name,
            "names no usable proxy: SOCKS needs a package that is missing",
            hint="Install it beside releasio: pip install socksio",
        )
    except ValueError:
        return ProxyUnusable(name, f"names no usable proxy: {_SCHEMES}")
    return None
