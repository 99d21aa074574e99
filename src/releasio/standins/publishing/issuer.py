"""An OIDC issuer that looks like GitHub's to a job: discovery, keys, and a token for the asking."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from releasio.standins.publishing.github_publishers import owner_id
from releasio.standins.responses import as_json

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from werkzeug.wrappers import Request, Response

PATH = "/_issuer"
LIFE = 300  # seconds an identity token lives
_COPIED = (  # claims that a job finds in its environment, too
    "repository",
    "repository_id",
    "repository_owner",
    "repository_owner_id",
    "workflow",
    "workflow_ref",
    "ref",
    "ref_type",
    "sha",
    "event_name",
    "actor",
    "run_id",
    "run_number",
    "run_attempt",
)
_EARLY = 600  # seconds its `nbf` lies in the past, as GitHub's does


@dataclass(frozen=True)
class SigningKey:
    """A key pair and the name it is found by."""

    id: str
    private: rsa.RSAPrivateKey = field(repr=False)

    @property
    def public(self) -> dict[str, Any]:
        """The public half, as a JWKS lists it."""
        key = RSAAlgorithm.to_jwk(self.private.public_key(), as_dict=True)
        return key | {"kid": self.id, "use": "sig", "alg": "RS256"}


def new_key() -> SigningKey:
    """Make a key."""
    return SigningKey(uuid4().hex, rsa.generate_private_key(public_exponent=65537, key_size=2048))


@cache
def first_key() -> SigningKey:
    """Return the key every issuer of this process starts with: making one takes 50 ms."""
    return new_key()


@dataclass(frozen=True)
class Job:
    """A CI job that may ask for identity tokens."""

    claims: Mapping[str, object]
    bearer: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)

    @classmethod
    def saying(cls, claims: Mapping[str, object]) -> Job:
        """Return a job of these *claims*, without those that are None."""
        return cls({name: value for name, value in claims.items() if value is not None})


class Issuer:
    """
    Answers at `url`; `job()` makes the environment of a job it trusts.

    Args:
        url: Its address, the `iss` of its tokens.
        clock: Tells the time, aware.
    """

    def __init__(self, url: str, clock: Callable[[], datetime]) -> None:
        self.url = url
        self.clock = clock
        self._jobs: dict[str, Job] = {}

    @cached_property
    def key(self) -> SigningKey:
        """The key that it signs with."""
        return first_key()

    def keys(self) -> dict[str, list[dict[str, Any]]]:
        """Return the JWKS."""
        return {"keys": [self.key.public]}

    def job(self, claims: Mapping[str, object]) -> dict[str, str]:
        """
        Return the environment of a job, with the addresses at which it gets its tokens.

        Args:
            claims: What its tokens say, as `claims_of` has it; None: nothing.
        """
        job = Job.saying(claims)
        number = uuid4().hex
        self._jobs[number] = job
        return _environment(claims) | {
            "ACTIONS_ID_TOKEN_REQUEST_URL": f"{self.url}/token/{number}?api-version=2.0",
            "ACTIONS_ID_TOKEN_REQUEST_TOKEN": job.bearer,
        }

    def answer(self, request: Request, path: tuple[str, ...]) -> Response | None:
        """Answer *request* for *path* below `PATH`; None where there is nothing."""
        match request.method, *path:
            case "GET", ".well-known", "openid-configuration":
                return as_json(
                    {
                        "issuer": self.url,
                        "jwks_uri": f"{self.url}/.well-known/jwks",
                        "response_types_supported": ["id_token"],
                        "subject_types_supported": ["public"],
                        "id_token_signing_alg_values_supported": ["RS256"],
                    }
                )
            case "GET", ".well-known", "jwks":
                return as_json(self.keys())
            case "GET", "token", number if number in self._jobs:
                return self._token(request, self._jobs[number])
        return None

    def sign(self, claims: Mapping[str, object], *, key: SigningKey | None = None) -> str:
        """Return *claims* signed, without a look at what they say."""
        key = key or self.key
        return jwt.encode(dict(claims), key.private, algorithm="RS256", headers={"kid": key.id})

    def identity_token(self, job: Job, audience: str) -> str:
        """Return a fresh identity token of *job* for *audience*."""
        now = int(self.clock().timestamp())
        times = {"iat": now, "nbf": now - _EARLY, "exp": now + LIFE}
        token_claims = {"iss": self.url, "aud": audience, "jti": str(uuid4()), **times}
        return self.sign({**token_claims, **job.claims})

    def _token(self, request: Request, job: Job) -> Response:
        scheme, _, bearer = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not secrets.compare_digest(bearer, job.bearer):
            return as_json({"message": "Unauthorized"}, 401)
        if request.args.get("api-version") != "2.0":
            return as_json({"message": "No api-version was specified"}, 400)
        audience = request.args.get("audience") or f"{self.url}/{job.claims['repository_owner']}"
        value = self.identity_token(job, audience)
        return as_json({"count": len(value), "value": value})


def ref_type(ref: str) -> str:
    """Return what a CI calls the kind of *ref*."""
    return "tag" if ref.startswith("refs/tags/") else "branch"


def ref_name(ref: str) -> str:
    """Return the name of the branch or tag that *ref* is."""
    return ref.removeprefix("refs/heads/").removeprefix("refs/tags/")


def claims_of(repository: str, workflow: str, ref: str, sha: str) -> dict[str, object]:
    """
    Return the claims of a job of GitHub's that a push started, without an environment.

    Args:
        repository: `owner/name`.
        workflow: The file name of the workflow.
        ref: What was pushed: `refs/heads/...` or `refs/tags/...`.
        sha: The commit.
    """
    owner = repository.partition("/")[0]
    started = f"{repository}/.github/workflows/{workflow}@{ref}"
    return {
        "sub": f"repo:{repository}:ref:{ref}",
        "repository": repository,
        "repository_id": owner_id(repository),
        "repository_owner": owner,
        "repository_owner_id": owner_id(owner),
        "repository_visibility": "public",
        "workflow": workflow,
        "workflow_ref": started,
        "job_workflow_ref": started,
        "ref": ref,
        "ref_type": ref_type(ref),
        "sha": sha,
        "event_name": "push",
        "actor": owner,
        "run_id": "1",
        "run_number": "1",
        "run_attempt": "1",
        "runner_environment": "github-hosted",
    }


def _environment(claims: Mapping[str, object]) -> dict[str, str]:
    return {
        "CI": "true",
        "GITHUB_ACTIONS": "true",
        "GITHUB_REF_NAME": ref_name(str(claims["ref"] or "")),
        "GITHUB_JOB": "release",
        **{f"GITHUB_{n.upper()}": str(claims[n]) for n in _COPIED if claims[n] is not None},
    }
