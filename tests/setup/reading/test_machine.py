"""What doctor reads of the machine and the job."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, ClassVar

import pytest

from releasio.setup.reading.machine import read_machine
from releasio.world.git.git import Git
from releasio.world.world import World
from tests.fakes.screen import Quiet
from tests.fakes.tokens import CLAIMS, jwt

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from tests.fakes.repository import Repository


def world_with(repo: Repository, env: Mapping[str, str], *, offline: bool = True) -> World:
    return World(
        git=Git.open(repo.path, env),
        project=repo.path,
        env=env,
        screen=Quiet(),
        sleep=lambda _: None,
        offline=offline,
    )


class IdentityService(BaseHTTPRequestHandler):
    """Gives an identity to whoever shows the token of the job."""

    paths: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.paths.append(self.path)
        is_known = self.headers["Authorization"] == "bearer of-this-job"
        value = jwt({**CLAIMS, "aud": "pypi"})
        body = json.dumps({"value": value} if is_known else {"message": "who?"}).encode()
        self.send_response(200 if is_known else 401)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def service() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), IdentityService)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    IdentityService.paths.clear()
    yield f"http://127.0.0.1:{server.server_port}/identity?api-version=2.0"
    server.shutdown()
    thread.join()
    server.server_close()


def job_env(url: str, known_as: str = "of-this-job") -> dict[str, str]:
    return {
        "GITHUB_ACTIONS": "true",
        "ACTIONS_ID_TOKEN_REQUEST_URL": url,
        "ACTIONS_ID_TOKEN_REQUEST_TOKEN": known_as,
    }


class TestGit:
    def test_tells_its_version(self, repo: Repository) -> None:
        assert read_machine(world_with(repo, {})).git >= (2, 31)

    def test_knows_who_commits_where_it_was_told(self, repo: Repository) -> None:
        repo.git("config", "user.name", "Ada")
        repo.git("config", "user.email", "ada@example.org")

        assert read_machine(world_with(repo, {})).has_identity

    def test_may_not_know_who_commits(self, repo: Repository) -> None:
        repo.git("config", "user.useConfigOnly", "true")

        assert not read_machine(world_with(repo, {"HOME": str(repo.path)})).has_identity


class TestNetwork:
    def test_is_fine_without_variables(self, repo: Repository) -> None:
        machine = read_machine(world_with(repo, {}))

        assert (None, ()) == (machine.network_problem, machine.missing_certificates)

    @pytest.mark.parametrize("name", ["SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE"])
    def test_lacks_certificates_that_a_variable_names(self, repo: Repository, name: str) -> None:
        machine = read_machine(world_with(repo, {name: "/nowhere/ca.pem"}))

        assert ((name, "/nowhere/ca.pem"),) == machine.missing_certificates
        assert machine.network_problem is None

    def test_has_certificates_that_cannot_be_read(self, repo: Repository, tmp_path: Path) -> None:
        path = tmp_path / "ca.pem"
        path.write_text("none")

        problem = read_machine(world_with(repo, {"SSL_CERT_FILE": str(path)})).network_problem

        assert problem is not None
        assert "holds no certificates that can be read" in problem.message

    def test_has_a_proxy_that_is_none(
        self, repo: Repository, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("https_proxy", "gopher://ada:secret@proxy.example:70")
        env = {"https_proxy": "gopher://ada:secret@proxy.example:70"}

        problem = read_machine(world_with(repo, env)).network_problem

        assert problem is not None
        assert problem.message.startswith("https_proxy names no usable proxy")
        assert "secret" not in problem.message


class TestJob:
    def test_is_asked_who_it_is(self, repo: Repository, service: str) -> None:
        machine = read_machine(world_with(repo, job_env(service), offline=False))

        assert (CLAIMS["repository"], "") == (machine.claims["repository"], machine.claims_trouble)
        assert ["/identity?api-version=2.0&audience=pypi"] == IdentityService.paths

    def test_is_not_asked_offline(self, repo: Repository, service: str) -> None:
        machine = read_machine(world_with(repo, job_env(service)))

        assert ({}, [], "") == (machine.claims, IdentityService.paths, machine.claims_trouble)

    def test_may_get_no_answer(self, repo: Repository, service: str) -> None:
        machine = read_machine(world_with(repo, job_env(service, "another"), offline=False))

        assert {} == machine.claims
        assert "401" in machine.claims_trouble
        assert "another" not in machine.claims_trouble

    def test_of_gitlab_has_its_identity_in_a_variable(self, repo: Repository) -> None:
        claims = {"project_path": "acme/demo", "aud": "pypi"}

        machine = read_machine(
            world_with(repo, {"GITLAB_CI": "true", "PYPI_ID_TOKEN": jwt(claims)})
        )

        assert claims == machine.claims
