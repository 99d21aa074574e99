from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

import releasio
from releasio.world.http import new_client
from tests.fakes.sink import sink

if TYPE_CHECKING:
    from pathlib import Path


def test_says_who_it_is() -> None:
    with new_client({}) as client:
        assert client.headers["User-Agent"] == f"releasio/{releasio.__version__}"


def test_waits_for_nothing_forever() -> None:
    with new_client({}, timeout=7) as client:
        assert client.timeout == httpx.Timeout(7, connect=15)


@pytest.mark.parametrize("variable", ["HTTP_PROXY", "ALL_PROXY"])
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_loopback_never_goes_through_a_proxy(
    monkeypatch: pytest.MonkeyPatch, variable: str, host: str
) -> None:
    monkeypatch.setenv(variable, "http://127.0.0.1:1/")
    with sink() as server, new_client({}) as client:
        answer = client.post(server.url.replace("127.0.0.1", host), content=b"x")

    assert answer.status_code == 200


def test_everything_else_does(monkeypatch: pytest.MonkeyPatch) -> None:
    with sink() as server:
        monkeypatch.setenv("HTTP_PROXY", server.url.removesuffix("/legacy/"))
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)
        with new_client({}) as client:
            answer = client.post("http://index.example.org/legacy/", content=b"x")

    assert (answer.status_code, server.received) == (200, 1)


def test_certificates_may_come_from_where_pip_has_them(tmp_path: Path) -> None:
    bundle = tmp_path / "bundle.pem"
    bundle.write_text("not a certificate", encoding="ascii")

    with pytest.raises(OSError, match=r"(?i)cert|pem|x509"):
        new_client({"REQUESTS_CA_BUNDLE": str(bundle)})


def test_httpxs_own_variable_wins(tmp_path: Path) -> None:
    env = {"REQUESTS_CA_BUNDLE": str(tmp_path / "none"), "SSL_CERT_FILE": "theirs"}

    new_client(env).close()
