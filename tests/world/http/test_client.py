from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from importlib.util import find_spec
from typing import TYPE_CHECKING

import certifi
import httpx
import pytest

import releasio
from releasio.errors.index.answers import CertificatesUnusable, ProxyUnusable
from releasio.world.http.client import direct, new_client
from tests.fakes.sink import Sink, sink

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def test_says_who_it_is() -> None:
    with new_client({}) as client:
        assert client.headers["User-Agent"] == f"releasio/{releasio.__version__}"


def test_brings_no_command_line_of_others_along() -> None:
    program = "import sys, releasio.world.http.client; print(*sys.modules)"
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}

    loaded = subprocess.check_output([sys.executable, "-c", program], env=env, encoding="utf-8")

    assert "httpx" in loaded.split()
    assert set() == {"rich", "pygments", "click"} & set(loaded.split())


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


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sink]:
    """The way to everywhere, for plain http."""
    with sink() as server:
        monkeypatch.setenv("HTTP_PROXY", server.url.removesuffix("/legacy/"))
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)
        yield server


@pytest.mark.parametrize("host", ["metadata.google.internal", "metadata"])
def test_nor_does_a_metadata_server_whose_answers_are_secrets(proxy: Sink, host: str) -> None:
    with new_client({}, timeout=0.2) as client, suppress(httpx.TransportError):
        client.post(f"http://{host}/computeMetadata/v1/", content=b"x")

    assert proxy.received == 0


@pytest.mark.parametrize(
    ("env", "pattern"),
    [
        ({}, "all://169.254.169.254"),
        ({}, "all://[fd20:ce::254]"),
        ({"GCE_METADATA_HOST": "10.0.0.7:80"}, "all://10.0.0.7"),
        ({"GCE_METADATA_HOST": "[fd00::7]:80"}, "all://[fd00::7]"),
    ],
)
def test_nor_at_its_address(env: dict[str, str], pattern: str) -> None:
    assert pattern in direct(env)


@pytest.mark.parametrize("named", ["metadata.corp.example", " metadata.corp.example:8080 "])
def test_nor_one_that_a_variable_names(proxy: Sink, named: str) -> None:
    with new_client({"GCE_METADATA_HOST": named}, timeout=0.2) as client:
        with suppress(httpx.TransportError):
            client.post(f"http://{named.strip()}/computeMetadata/v1/", content=b"x")
        before = proxy.received
        client.post("http://index.example.org/legacy/", content=b"x")

    assert (before, proxy.received) == (0, 1)


@pytest.mark.parametrize("named", ["", " ", "[::1", "a b", "host:port", "[fd20:ce::254]:80"])
def test_whatever_it_names_a_client_can_be_made(proxy: Sink, named: str) -> None:
    with new_client({"GCE_METADATA_HOST": named}) as client:
        client.post("http://index.example.org/legacy/", content=b"x")

    assert proxy.received == 1


def test_everything_else_does(monkeypatch: pytest.MonkeyPatch) -> None:
    with sink() as server:
        monkeypatch.setenv("HTTP_PROXY", server.url.removesuffix("/legacy/"))
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)
        with new_client({}) as client:
            answer = client.post("http://index.example.org/legacy/", content=b"x")

    assert (answer.status_code, server.received) == (200, 1)


BAD_PROXIES = {
    "garbage://x": "its scheme is none of http, https, socks5 and socks5h",
    "http://ada:hunter22@proxy.example:port": "it is not an address",
    "ada:hunter22@proxy.example:port": "it is not an address",
    "http://proxy.example\t:1": "it is not an address",
}


@pytest.mark.parametrize("variable", ["HTTP_PROXY", "https_proxy", "ALL_PROXY"])
@pytest.mark.parametrize("value", BAD_PROXIES)
def test_a_proxy_that_is_no_address_is_named_and_not_shown(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(ProxyUnusable) as caught:
        new_client({variable: value})

    assert f"{variable} names no usable proxy: {BAD_PROXIES[value]}" == str(caught.value)
    assert (
        f"Write {variable} as http://HOST:PORT (in a password, @ : and / as %40 %3A %2F), "
        "or take it out of the environment."
    ) == caught.value.hint
    assert 2 == caught.value.exit_code


@pytest.mark.skipif(bool(find_spec("socksio")), reason="SOCKS works where socksio is installed")
def test_a_socks_proxy_needs_a_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:1")
    with pytest.raises(ProxyUnusable) as caught:
        new_client({"ALL_PROXY": "socks5://127.0.0.1:1"})

    assert "ALL_PROXY names no usable proxy: SOCKS needs a package that is missing" == str(
        caught.value
    )
    assert "Install it beside releasio: pip install socksio" == caught.value.hint


def test_hosts_without_proxy_that_are_no_hosts_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "intern.example,[::1]")
    with pytest.raises(ProxyUnusable) as caught:
        new_client({"NO_PROXY": "intern.example,[::1]"})

    assert "NO_PROXY is no list of hosts: one of them cannot be read" == str(caught.value)
    assert (
        "Write names and addresses with commas between them, and IPv6 without brackets."
        == caught.value.hint
    )


CERTIFICATES = ["SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE"]


@pytest.mark.parametrize("variable", CERTIFICATES)
def test_certificates_that_are_not_there_are_named(tmp_path: Path, variable: str) -> None:
    place = str(tmp_path / "none")
    with pytest.raises(CertificatesUnusable) as caught:
        new_client({variable: place})

    assert f"{variable} is {place}, which does not exist" == str(caught.value)
    assert (
        f"Point {variable} to certificates in PEM form, or take it out of the environment."
        == caught.value.hint
    )
    assert 2 == caught.value.exit_code


@pytest.mark.parametrize("variable", ["SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"])
def test_a_file_without_certificates_is_named(tmp_path: Path, variable: str) -> None:
    bundle = tmp_path / "bundle.pem"
    bundle.write_text("not a certificate", encoding="ascii")
    with pytest.raises(CertificatesUnusable) as caught:
        new_client({variable: str(bundle)})

    assert f"{variable} is {bundle}, which holds no certificates that can be read" == str(
        caught.value
    )


def test_httpxs_own_variable_wins(tmp_path: Path) -> None:
    env = {"REQUESTS_CA_BUNDLE": str(tmp_path / "none"), "SSL_CERT_FILE": certifi.where()}

    new_client(env).close()


def test_a_bundle_may_be_a_directory_as_pip_has_it(tmp_path: Path) -> None:
    new_client({"REQUESTS_CA_BUNDLE": str(tmp_path)}).close()
