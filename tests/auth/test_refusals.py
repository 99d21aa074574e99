"""
Every way not to get a credential, and what the user then reads.

`GOLDEN=rewrite pytest tests/auth/test_refusals.py` writes the texts anew.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from releasio.auth.chain import obtain
from releasio.errors.base import ReleasioError
from releasio.rules.credentials.policy import Policy
from releasio.rules.index.registry import PYPI, TESTPYPI, Registry
from tests.auth.desk import SITE, TEST_SITE, Desk, MadeUpKeyring, MadeUpTerminal
from tests.fakes.index import PRIVATE, START, FakeIndex, refusal
from tests.fakes.tokens import jwt, macaroon
from tests.golden import Golden, words_of

if TYPE_CHECKING:
    from collections.abc import Mapping

TEXTS = Golden(Path(__file__).with_name("refusals"))
NOW = int(START.timestamp())
AUDIENCE, MINT = "/_/oidc/audience", "/_/oidc/mint-token"
NOT_FOUND = "valid token, but no corresponding publisher ({})"
UNKNOWN = refusal(
    "invalid-publisher", NOT_FOUND.format("Publisher with matching claims was not found")
)
STALE = refusal("invalid-pending-publisher", "valid token, but project already exists")
IN_ACTIONS = {"GITHUB_ACTIONS": "true"}
OWN = "acme/widgets/.github/workflows/publish.yml@refs/heads/main"
IN_GITLAB = {
    "aud": "pypi",
    "iss": "https://gitlab.com",
    "sub": "project_path:acme/tools/widgets:ref_type:branch:ref:main",
    "project_path": "acme/tools/widgets",
    "ci_config_ref_uri": "gitlab.com/acme/tools/widgets//.gitlab-ci.yml@refs/heads/main",
    "ref_path": "refs/heads/main",
    "sha": "0123456789abcdef",
    "environment": "release",
}
THERE = httpx.Response(
    200, json={"files": []}, headers={"Content-Type": "application/vnd.pypi.simple.v1+json"}
)
FOREIGN = "acme/shared/.github/workflows/publish.yml@refs/tags/v1"


@dataclass
class Case:
    """A situation; *job* says whether it is a GitHub Actions job with the permission."""

    registry: Registry = PYPI
    env: Mapping[str, str] = field(default_factory=dict)
    job: bool = False
    faults: Mapping[str, list[object]] = field(default_factory=dict)
    claims: Mapping[str, object] = field(default_factory=dict)
    policy: Policy = field(default_factory=Policy)
    keyring: MadeUpKeyring = field(default_factory=MadeUpKeyring)
    terminal: MadeUpTerminal = field(default_factory=MadeUpTerminal)
    pypirc: str = ""
    looked: bool = False  # whether the project was looked for before, as a release does


def minting(*replies: object, registry: Registry = PYPI, **claims: object) -> Case:
    return Case(registry, job=True, faults={MINT: list(replies)}, claims=claims)


CASES = {
    "not-in-ci": Case(),
    "not-in-ci-required": Case(policy=Policy("required")),
    "other-ci": Case(env={"GITLAB_CI": "true"}),
    "no-id-token-permission": Case(env=IN_ACTIONS),
    "no-id-token-permission-required": Case(env=IN_ACTIONS, policy=Policy("required")),
    "fork-pull-request": Case(
        env={**IN_ACTIONS, "GITHUB_EVENT_NAME": "pull_request", "GITHUB_EVENT_PATH": "event.json"}
    ),
    "fork-pull-request-required": Case(
        env={**IN_ACTIONS, "GITHUB_EVENT_NAME": "pull_request", "GITHUB_EVENT_PATH": "event.json"},
        policy=Policy("required"),
    ),
    "secret-empty-in-ci": Case(
        env={**IN_ACTIONS, "RELEASIO_TOKEN": ""}, policy=Policy(trusted_publishing=False)
    ),
    "index-without-trusted-publishing": Case(
        PRIVATE, job=True, faults={AUDIENCE: [httpx.Response(404, text="Not Found")]}
    ),
    "trusted-publishing-off": Case(
        job=True,
        faults={
            AUDIENCE: [
                httpx.Response(
                    403, json={"message": "Trusted publishing functionality not enabled"}
                )
            ]
        },
    ),
    "provider-off": minting(
        refusal("not-enabled", "github trusted publishing functionality not enabled")
    ),
    "publisher-unknown": minting(UNKNOWN),
    "publisher-unknown-required": Case(
        job=True, faults={MINT: [UNKNOWN]}, policy=Policy("required")
    ),
    "publisher-unknown-on-testpypi": minting(UNKNOWN, registry=TESTPYPI),
    "publisher-unknown-without-environment": minting(UNKNOWN, environment=None),
    "publisher-unknown-on-another-index": minting(UNKNOWN, registry=PRIVATE),
    "publisher-unknown-reusable-workflow": minting(UNKNOWN, job_workflow_ref=OWN),
    "publisher-unknown-foreign-workflow": minting(
        UNKNOWN, registry=PRIVATE, job_workflow_ref=FOREIGN
    ),
    "publisher-unknown-pull-request-target": minting(
        refusal(
            "invalid-publisher",
            NOT_FOUND.format(
                "Publishing from a workflow invoked via 'pull_request_target' is not supported."
            ),
        ),
        registry=PRIVATE,
        event_name="pull_request_target",
    ),
    "publisher-unknown-other-provider": Case(
        env={
            "RELEASIO_OIDC_TOKEN": jwt({"aud": "pypi", "iss": "https://ci.example", "sub": "a:b"})
        },
        faults={MINT: [UNKNOWN]},
    ),
    **{
        f"publisher-unknown-{name}": minting(refusal("invalid-publisher", NOT_FOUND.format(words)))
        for name, words in {
            "missing-claim": "Missing claim 'environment'",
            "required-claim": "Check failed for required claim 'repository'",
            "environment": "Check failed for optional claim 'environment'",
            "empty-workflow": "The job_workflow_ref claim is empty",
            "empty-ref": "The ref and sha claims are empty",
            "other-ref": (
                "The job_workflow_ref claim does not match, expecting one of "
                "['acme/widgets/.github/workflows/release.yml@refs/heads/main'], got "
                "'acme/widgets/.github/workflows/release.yml@v1'"
            ),
            "no-workflow-file": "Could not job extract workflow filename from OIDC claims",
            "other-issuer": (
                "JWT issuer 'https://gitlab.com' does not match expected issuer "
                "'https://gitlab.corp.example'"
            ),
            "no-subject": "Missing 'subject' claim",
            "subject-format": "Invalid 'subject' claim. Wrong format",
            "subject": "Invalid 'subject' claim",
        }.items()
    },
    "publisher-unknown-new-project": Case(
        job=True,
        faults={MINT: [UNKNOWN], "/simple/demo/": [httpx.Response(404)]},
        looked=True,
    ),
    "publisher-unknown-existing-project": Case(
        job=True,
        faults={MINT: [UNKNOWN], "/simple/demo/": [THERE]},
        looked=True,
    ),
    **{
        f"gitlab-{name}": Case(
            env={"GITLAB_CI": "true", "PYPI_ID_TOKEN": jwt({**IN_GITLAB, **claims})},
            faults={MINT: [refusal("invalid-publisher", NOT_FOUND.format(words))]},
        )
        for name, (words, claims) in {
            "publisher-unknown": ("Publisher with matching claims was not found", {}),
            "without-environment": (
                "Check failed for optional claim 'environment'",
                {"environment": None},
            ),
            "own-server": (
                "Publisher with matching claims was not found",
                {"iss": "https://gitlab.corp.example"},
            ),
            "no-pipeline-file": ("Could not extract workflow filename from OIDC claims", {}),
            "empty-pipeline": ("The ci_config_ref_uri claim is empty", {"ci_config_ref_uri": ""}),
            "empty-ref": ("The ref_path and sha claims are empty", {"ref_path": ""}),
            "other-pipeline": (
                (
                    "The ci_config_ref_uri claim does not match, expecting one of "
                    "['gitlab.com/acme/tools/widgets//.gitlab-ci.yml@refs/heads/main'], got "
                    "'gitlab.com/acme/shared//release.yml@refs/heads/main'"
                ),
                {"ci_config_ref_uri": "gitlab.com/acme/shared//release.yml@refs/heads/main"},
            ),
        }.items()
    },
    "gitlab-identity-for-another": Case(
        env={"GITLAB_CI": "true", "PYPI_ID_TOKEN": jwt({**IN_GITLAB, "aud": "sigstore"})}
    ),
    "gitlab-identity-expired": Case(
        env={"GITLAB_CI": "true", "PYPI_ID_TOKEN": jwt({**IN_GITLAB, "exp": NOW - 60})}
    ),
    "gitlab-answer-lost": Case(
        env={"GITLAB_CI": "true", "PYPI_ID_TOKEN": jwt(IN_GITLAB)},
        faults={MINT: [httpx.Response(502)]},
    ),
    "google-publisher-unknown": Case(
        env={
            "RELEASIO_OIDC_TOKEN": jwt(
                {
                    "aud": "pypi",
                    "iss": "https://accounts.google.com",
                    "email": "release@acme.iam.gserviceaccount.com",
                    "email_verified": True,
                    "sub": "1234567890",
                }
            )
        },
        faults={MINT: [UNKNOWN]},
    ),
    "buildkite": Case(env={"BUILDKITE": "true"}),
    "circleci": Case(env={"CIRCLECI": "true"}),
    "workflow-of-another-repository": minting(job_workflow_ref=FOREIGN),
    "event-not-taken": minting(event_name="pull_request_target"),
    "payload-not-understood": minting(
        refusal(
            "invalid-payload",
            "1 validation error for TokenPayload\ntoken\n  Input should be a valid string",
        )
    ),
    "identity-malformed": Case(
        env={"RELEASIO_OIDC_TOKEN": jwt({"aud": "pypi"})},
        faults={MINT: [refusal("invalid-payload", "malformed JWT")]},
    ),
    "fallback-not-applicable": Case(
        job=True, faults={MINT: [UNKNOWN]}, policy=Policy(fallback="not-applicable")
    ),
    "fallback-never": Case(env=IN_ACTIONS, policy=Policy(fallback="never")),
    "only-keyring": Case(policy=Policy(order=("keyring",))),
    "token-command-missing": Case(policy=Policy(command=("no-such-vault", "read"))),
    "pending-publisher-stale": minting(STALE, STALE),
    "identity-refused": minting(refusal("invalid-token", "malformed or invalid token")),
    "identity-used": minting(refusal("invalid-reuse-token", "invalid token: already used")),
    "issuer-unknown": minting(refusal("invalid-payload", "unknown trusted publishing issuer")),
    "project-name-not-allowed": minting(
        refusal("invalid-payload", "The name 'demo' isn't allowed. See the help for more.")
    ),
    "proxy-instead-of-index": minting(
        httpx.Response(403, text="<html><h1>Blocked by your administrator</h1></html>")
    ),
    "index-unreachable": minting(*[httpx.Response(503)] * 5),
    "identity-service-refuses": Case(
        job=True, faults={"/identity": [httpx.Response(403, text="Resource not accessible")]}
    ),
    "token-for-another-index": Case(env={"RELEASIO_TOKEN": macaroon(TEST_SITE)}),
    "token-of-pypi-for-a-private-index": Case(PRIVATE, {"RELEASIO_TOKEN": macaroon(SITE)}),
    "token-expired": Case(env={"PYPI_TOKEN": macaroon(SITE, [0, NOW - 1, NOW - 900])}),
    "token-for-another-project": Case(env={"PYPI_TOKEN": macaroon(SITE, [1, ["other"]])}),
    "token-malformed": Case(env={"UV_PUBLISH_TOKEN": "pypi-AgEI"}),
    "secret-garbled": Case(env={"PYPI_TOKEN": f"{macaroon(SITE)[:30]}\n{macaroon(SITE)[30:]}"}),
    "password-not-taken": Case(env={"TWINE_USERNAME": "ada", "TWINE_PASSWORD": "hunter22-secret"}),
    "keyring-broken": Case(keyring=MadeUpKeyring(problem="KeyringLocked: it is locked")),
    "nothing-typed": Case(terminal=MadeUpTerminal("")),
    "nothing-typed-after-a-refusal": Case(
        env={"RELEASIO_TOKEN": macaroon(TEST_SITE)}, terminal=MadeUpTerminal("")
    ),
    "terminal-hides-nothing": Case(terminal=MadeUpTerminal("a-token", bare=True)),
    "pypirc-broken": Case(pypirc="[pypi]\nusername __token__\npassword hunter22-secret\n"),
    "several-refused": Case(
        job=True, faults={MINT: [UNKNOWN]}, env={"RELEASIO_TOKEN": macaroon(TEST_SITE)}
    ),
    "trusted-publishing-false": Case(policy=Policy(trusted_publishing=False), job=True),
}


def refused(case: Case, home: Path) -> tuple[ReleasioError, FakeIndex]:
    (home / "event.json").write_text(
        json.dumps({"pull_request": {"head": {"repo": {"fork": True}}}}), encoding="utf-8"
    )
    if case.pypirc:
        (home / ".pypirc").write_text(case.pypirc, encoding="utf-8")
    fake = FakeIndex(case.registry)
    fake.claims.update(case.claims)
    for path, replies in case.faults.items():
        fake.fail(path, *replies)
    env = {**case.env, "HOME": str(home), **(fake.env() if case.job else {})}
    if "GITHUB_EVENT_PATH" in env:
        env["GITHUB_EVENT_PATH"] = str(home / "event.json")
    desk = Desk(fake, env, policy=case.policy)
    desk.keyring, desk.terminal = case.keyring, case.terminal
    if case.looked:
        desk.index(case.registry).files("demo")
    with pytest.raises(ReleasioError) as caught:
        obtain(desk, case.registry, case.policy, "demo", chain=desk.chain())
    return caught.value, fake


@pytest.mark.parametrize("name", CASES)
def test_the_user_reads(name: str, tmp_path: Path) -> None:
    error, fake = refused(CASES[name], tmp_path)

    text = words_of(error)
    assert TEXTS.text(name, text) == text
    assert not any(secret.reveal() in text for secret in fake.screen.secrets)


def test_no_text_is_left_over() -> None:
    assert set(CASES) == TEXTS.names()
