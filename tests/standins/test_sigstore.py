"""The embedded Sigstore, with the unmodified libraries at the other end."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING

import pytest
from sigstore._internal.fulcio.client import FulcioClientError  # the public ones do not wrap it
from sigstore.errors import VerificationError
from sigstore.verify import Verifier
from sigstore.verify.policy import AllOf, OIDCBuildConfigURI, OIDCIssuerV2, OIDCSourceRepositoryURI

from releasio.standins.sigstore.merkle import leaf_hash, root_hash
from tests.embedded.index import EmbeddedIndex
from tests.standins.packages import sdist, wheel
from tests.standins.signing import attest, config_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypi_attestations import Attestation

    from tests.standins.conftest import Visitor

GITHUB = "https://github.com"
WORKFLOW = f"{GITHUB}/acme/demo/.github/workflows/release.yml@refs/heads/main"


@pytest.fixture
def index() -> Iterator[EmbeddedIndex]:
    """Return an index by the machine's clock: the libraries go by that, too."""
    with EmbeddedIndex() as index:
        yield index


@pytest.fixture
def job(index: EmbeddedIndex) -> dict[str, str]:
    return index.issuer.job(repository="acme/demo", workflow="release.yml")


def check(index: EmbeddedIndex, attestation: Attestation, *policies: object) -> bytes:
    """Verify *attestation* by the index's own trust root, and return what was signed."""
    verifier = Verifier(trusted_root=config_of(index).trusted_root)
    issuer = OIDCIssuerV2("https://token.actions.githubusercontent.com")
    return verifier.verify_dsse(attestation.to_bundle(), AllOf([issuer, *policies]))[1]


class TestSigstore:
    def test_what_it_certifies_and_logs_verifies(
        self, index: EmbeddedIndex, visitor: Visitor, job: dict[str, str]
    ) -> None:
        package = wheel()

        (made,) = attest(visitor, job, package)

        repository = OIDCSourceRepositoryURI(f"{GITHUB}/acme/demo")
        statement = json.loads(check(index, made, repository, OIDCBuildConfigURI(WORKFLOW)))
        digest = {"sha256": package.sha256}
        assert [{"name": package.filename, "digest": digest}] == statement["subject"]

    def test_one_certificate_signs_many_files_and_each_proof_fits_its_tree(
        self, index: EmbeddedIndex, visitor: Visitor, job: dict[str, str]
    ) -> None:
        packages = [wheel(version=f"1.{number}") for number in range(5)]

        made = attest(visitor, job, *packages, sdist())

        for attestation in made:
            assert check(index, attestation)
        assert 1 == sum(request.kind == "fulcio" for request in index.log)
        assert 6 == sum(request.kind == "rekor" for request in index.log)

    def test_names_the_workflow_that_was_started_not_the_one_it_called(
        self, index: EmbeddedIndex, visitor: Visitor
    ) -> None:
        called = "acme/demo/.github/workflows/publish.yml@refs/heads/main"
        job = index.issuer.job(
            repository="acme/demo", workflow="release.yml", called_workflow=called
        )

        (made,) = attest(visitor, job, wheel())

        claims = made.certificate_claims
        assert WORKFLOW == claims["1.3.6.1.4.1.57264.1.18"]
        assert f"{GITHUB}/{called}" == claims["1.3.6.1.4.1.57264.1.9"]

    def test_another_sigstore_does_not_trust_it(
        self, visitor: Visitor, job: dict[str, str]
    ) -> None:
        (made,) = attest(visitor, job, wheel())

        with EmbeddedIndex() as other, pytest.raises(VerificationError, match="certificate chain"):
            check(other, made)

    def test_a_changed_statement_does_not_verify(
        self, index: EmbeddedIndex, visitor: Visitor, job: dict[str, str]
    ) -> None:
        (made,) = attest(visitor, job, wheel())
        changed = json.loads(made.model_dump_json())
        statement = base64.b64decode(changed["envelope"]["statement"]).replace(b"demo", b"evil")
        changed["envelope"]["statement"] = base64.b64encode(statement).decode()

        with pytest.raises(VerificationError, match="signature"):
            check(index, type(made).model_validate(changed))

    def test_identities_for_somebody_else_get_no_certificate(
        self, visitor: Visitor, job: dict[str, str]
    ) -> None:
        request = {"certificateSigningRequest": ""}
        bearer = {"Authorization": f"Bearer {visitor.identity(job, 'pypi')}"}

        answer = visitor.http.post("/api/v2/signingCert", json=request, headers=bearer)

        assert 401 == answer.status_code
        words = "There was an error processing the identity token"
        assert {"code": 16, "message": words, "details": []} == answer.json()

    def test_a_request_without_a_proof_of_the_key_gets_none(
        self, visitor: Visitor, job: dict[str, str]
    ) -> None:
        request = {"certificateSigningRequest": base64.b64encode(b"no request").decode()}
        bearer = {"Authorization": f"Bearer {visitor.identity(job, 'sigstore')}"}

        answer = visitor.http.post("/api/v2/signingCert", json=request, headers=bearer)

        assert 400 == answer.status_code
        assert 3 == answer.json()["code"]

    @pytest.mark.parametrize(
        "entry",
        [
            b"",
            b"[]",
            b'{"kind": "hashedrekord", "apiVersion": "0.0.1"}',
            b'{"kind": "dsse", "apiVersion": "0.0.1", "spec": {}}',
        ],
    )
    def test_what_is_no_entry_is_not_logged(self, visitor: Visitor, entry: bytes) -> None:
        answer = visitor.http.post("/api/v1/log/entries", content=entry)

        assert 400 == answer.status_code
        assert answer.json()["message"].startswith("error processing entry: ")

    def test_goes_wrong_where_it_is_told_to(
        self, index: EmbeddedIndex, visitor: Visitor, job: dict[str, str]
    ) -> None:
        index.fail(on="fulcio", how="503-before")

        with pytest.raises(FulcioClientError):
            attest(visitor, job, wheel())

    def test_makes_nothing_before_it_is_used(self, index: EmbeddedIndex) -> None:
        index.url  # noqa: B018 -- as somebody who uses the rest of it

        assert {"url", "_providers", "_clock", "certificate_life"} == vars(index.sigstore).keys()


class TestMerkle:
    def test_the_root_of_the_known_example(self) -> None:
        """
        The tree of RFC 6962's reference implementation over its first two test entries.
        """
        leaves = [leaf_hash(b""), leaf_hash(b"\x00")]

        known = "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"
        assert known == root_hash(leaves).hex()
