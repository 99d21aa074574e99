"""
Every way an index refuses attestations, and what the user then reads.

`GOLDEN=rewrite pytest tests/world/sigstore/test_attestation_refusals.py` writes the texts anew.
"""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from releasio.errors.auth.attestation import AttestationRefused
from releasio.rules.credentials.credential import Credential
from releasio.rules.credentials.secret import Secret
from tests.fakes.index import FakeIndex
from tests.fakes.wheels import sha256, wheel
from tests.golden import Golden, words_of

TEXTS = Golden(Path(__file__).with_name("attestation_refusals"))
UNVERIFIED = (
    "Could not verify the uploaded artifact using the included attestation: Verification failed: "
)
ROWS = {
    "uploaded-with-a-token": "Attestations are only supported when using Trusted Publishing",
    "kind-of-publisher": "Attestations are not currently supported with ActiveState publishers",
    "malformed": "Malformed attestations: 1 validation error for list[Attestation]",
    "empty": "Malformed attestations: an empty attestation set is not permitted",
    "too-many": "A maximum of 2 attestations per file are supported",
    "unverified": f"{UNVERIFIED}subject does not match distribution digest",
    "unverified-workflow": (
        f"{UNVERIFIED}Certificate's Build Config URI (<Extension(oid=…)>) does not match expected "
        "Trusted Publisher (publish.yml @ acme/demo)"
    ),
    "unverified-repository": (
        f"{UNVERIFIED}Certificate's OIDCSourceRepositoryURI does not match "
        "(got https://github.com/Acme/demo, expected https://github.com/acme/demo)"
    ),
    "unverified-issuer": (
        f"{UNVERIFIED}Certificate's OIDCIssuerV2 does not match "
        "(got https://ci.example.org, expected https://token.actions.githubusercontent.com)"
    ),
    "unknown-error": (
        "Unknown error while trying to verify included attestations: failed to refresh TUF metadata"
    ),
    "unsupported-kind": (
        "Attestation with unsupported predicate type: https://example.org/other/v1"
    ),
    "kind-twice": (
        "Multiple attestations for the same file with the same predicate type "
        "(https://slsa.dev/provenance/v1) are not supported"
    ),
}


def always(_expired: Credential | None) -> Credential:
    return Credential("__token__", Secret("pypi-a-token-nobody-may-see"), "test")


def refused(folder: Path, sentence: str) -> tuple[AttestationRefused, FakeIndex]:
    fake, dist = FakeIndex(), wheel(folder)
    code = f"400 Invalid attestations supplied during upload: {sentence}"
    fake.fail("/legacy/", httpx.Response(400, json={"code": code}))
    fields = (("name", "demo"), ("version", "1.0"), ("attestations", "[{}]"))
    with pytest.raises(AttestationRefused) as caught:
        fake.client().upload(dist, fields, always, sha256=sha256(dist))
    return caught.value, fake


@pytest.mark.parametrize("row", ROWS)
def test_the_user_reads(row: str, tmp_path: Path) -> None:
    error, _ = refused(tmp_path, ROWS[row])

    text = words_of(error)
    assert TEXTS.text(row, text) == text


def test_it_is_not_tried_again_and_not_without_them(tmp_path: Path) -> None:
    _, fake = refused(tmp_path, ROWS["empty"])

    assert 1 == len(fake.asked("/legacy/"))


def test_no_text_is_left_over() -> None:
    assert set(ROWS) == TEXTS.names()
