"""The HTTP client that everything here talks through, and what a client is made with."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING

import httpx

from releasio import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping

TIMEOUT = 60.0  # seconds without a byte in either direction
CONNECT = 15.0
_LOOPBACK = ("all://localhost", "all://127.0.0.1", "all://[::1]")


def new_client(env: Mapping[str, str], *, timeout: float = TIMEOUT) -> httpx.Client:
    """
    Return a client that knows the user's proxies and certificates.

    Proxies and `SSL_CERT_FILE`, `SSL_CERT_DIR` work as httpx documents them;
    `REQUESTS_CA_BUNDLE` of *env* is honoured as well, for it is what twine and
    pip were set up with. Loopback never goes through a proxy. Redirects are
    not followed. *timeout* is in seconds.
    """
    return httpx.Client(
        headers={"User-Agent": f"releasio/{__version__}"},
        timeout=httpx.Timeout(timeout, connect=CONNECT),
        verify=_trust(env),
        mounts=dict.fromkeys(_LOOPBACK),
        follow_redirects=False,
    )


def _trust(env: Mapping[str, str]) -> ssl.SSLContext | bool:
    bundle = env.get("REQUESTS_CA_BUNDLE", "")
    if not bundle or env.get("SSL_CERT_FILE") or env.get("SSL_CERT_DIR"):
        return True
    return ssl.create_default_context(cafile=bundle)
