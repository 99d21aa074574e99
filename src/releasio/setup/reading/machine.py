"""World -> MachineState."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from releasio.errors.base import ReleasioError
from releasio.rules.credentials.secret import Secret
from releasio.rules.identity.claims import read_claims
from releasio.rules.index.registry import AUDIENCES, PYPI
from releasio.setup.situation.machine_state import MachineState
from releasio.world.ci.ci import (
    REQUEST_TOKEN,
    REQUEST_URL,
    in_gitlab,
    read_actions,
    token_variable,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from releasio.world.world import World

_CERTIFICATES = ("SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
_NETWORK = ("proxy", "cert", "ca_bundle")  # parts of the names of variables


def read_machine(world: World) -> MachineState:
    """Read what there is to release with; a job's identity is only asked for when online."""
    from datetime import UTC

    claims, trouble = _claims(world)
    git = world.git.process
    return MachineState(
        world.clock().astimezone(UTC),
        sys.version_info[:2],
        _numbers(git.ask("--version").text),
        has_identity=not git.ask("var", "GIT_COMMITTER_IDENT").status,
        missing_certificates=tuple(_missing_certificates(world.env)),
        network_problem=_network_problem(world.env),
        job=read_actions(world.env),
        claims=claims,
        claims_trouble=trouble,
    )


def _numbers(text: str) -> tuple[int, ...]:
    match = re.search(r"\d+(\.\d+)+", text)
    return tuple(map(int, match[0].split("."))) if match else ()


def _missing_certificates(env: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for variable in _CERTIFICATES:
        setting = env.get(variable, "")
        places = setting.split(os.pathsep) if variable.endswith("DIR") else [setting]
        if setting and not any(Path(path).exists() for path in places):
            yield variable, setting


def _network_problem(env: Mapping[str, str]) -> ReleasioError | None:
    """Return why no client can be made; where no variable speaks of it, nothing is loaded."""
    if not any(part in name.lower() and text for name, text in env.items() for part in _NETWORK):
        return None
    from releasio.errors.index.answers import CertificatesUnusable
    from releasio.world.http.client import new_client

    try:
        new_client(env).close()
    except CertificatesUnusable as error:
        is_missing = any(_missing_certificates(env))  # which is told with the variable
        return None if is_missing else error
    except ReleasioError as error:
        return error
    return None


def _claims(world: World) -> tuple[Mapping[str, object], str]:
    """Return what the job's identity says, and why there is none where there should be."""
    audience = AUDIENCES[PYPI.site]
    if in_gitlab(world.env) and (token := world.env.get(token_variable(audience))):
        identity = Secret(token.strip())
        world.screen.mask(identity)
        return read_claims(identity), ""
    job = read_actions(world.env)
    if world.offline or job is None or not job.grants_identity:
        return {}, ""
    from releasio.world.ci.identity import GitHubIdentity
    from releasio.world.http.client import new_client
    from releasio.world.http.requester import Requester

    request_token = Secret(world.env[REQUEST_TOKEN].strip())
    world.screen.mask(request_token)
    try:
        client = new_client(world.env, timeout=world.timeout)
        requester = Requester(client, world.clock, world.sleep, world.screen, world.clock())
        url = world.env[REQUEST_URL].strip()
        with client:
            return read_claims(GitHubIdentity(url, request_token, audience, requester).fetch()), ""
    except ReleasioError as error:
        return {}, error.message
