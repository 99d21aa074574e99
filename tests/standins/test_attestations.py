"""What the embedded index makes of attestations: rules and words of the real one."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pypi_attestations import Attestation, Distribution
from sigstore.dsse import DigestSet, StatementBuilder, Subject
from sigstore.oidc import IdentityToken
from sigstore.sign import SigningContext

from tests.embedded.index import EmbeddedIndex
from tests.standins.conftest import Visitor, declared
from tests.standins.packages import sdist, wheel
from tests.standins.signing import attest, config_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.standins.packages import Package

INVALID = "400 Invalid attestations supplied during upload: "
UNVERIFIED = "Could not verify the uploaded artifact using the included attestation: "
UNKNOWN = "Unknown error while trying to verify included attestations: "
PUBLISH = "https://docs.pypi.org/attestations/publish/v1"
SLSA = "https://slsa.dev/provenance/v1"


@pytest.fixture
def index() -> Iterator[EmbeddedIndex]:
    """Return an index by the machine's clock: the libraries go by that, too."""
    with EmbeddedIndex() as index:
        index.trust("demo", repository="acme/demo", workflow="release.yml")
        yield index


@pytest.fixture
def job(index: EmbeddedIndex) -> dict[str, str]:
    return index.issuer.job(repository="acme/demo", workflow="release.yml")


@dataclass
class Publisher:
    """A job that signs and uploads."""

    visitor: Visitor
    job: dict[str, str]

    def signed(self, package: Package, signer: dict[str, str] | None = None) -> str:
        """Return what goes into the form for *package*, signed by the job or by *signer*."""
        (made,) = attest(self.visitor, signer or self.job, package)
        return f"[{made.model_dump_json()}]"

    def stated(self, package: Package, predicate: str = PUBLISH, **changes: Any) -> dict[str, Any]:  # noqa: ANN401 -- of the subject
        """Return a well-signed attestation of a made-up statement."""
        digest = DigestSet(root={"sha256": changes.get("sha256", package.sha256)})
        subject = Subject(name=changes.get("name", package.filename), digest=digest)
        subjects = [subject] * changes.get("times", 1)
        builder = StatementBuilder().subjects(subjects).predicate_type(predicate).predicate({})
        token = IdentityToken(self.visitor.identity(self.job, "sigstore"))
        context = SigningContext.from_trust_config(config_of(self.visitor.index))
        with context.signer(token) as signer:
            bundle = json.loads(signer.sign_dsse(builder.build()).to_json())
        material = bundle["verificationMaterial"]
        return {
            "version": 1,
            "verification_material": {
                "certificate": material["certificate"]["rawBytes"],
                "transparency_entries": material["tlogEntries"],
            },
            "envelope": {
                "statement": bundle["dsseEnvelope"]["payload"],
                "signature": bundle["dsseEnvelope"]["signatures"][0]["sig"],
            },
        }

    def refusal(self, package: Package, attestations: str) -> str:
        token = self.visitor.minted(self.job)
        return self.visitor.refusal(package, token, attestations=attestations)


@pytest.fixture
def publisher(visitor: Visitor, job: dict[str, str]) -> Publisher:
    return Publisher(visitor, job)


class TestUpload:
    def test_verified_attestations_are_stored_and_shown(
        self, index: EmbeddedIndex, visitor: Visitor, publisher: Publisher
    ) -> None:
        package = wheel()
        attestations = publisher.signed(package)

        visitor.upload(package, visitor.minted(publisher.job), attestations=attestations)

        who = {"kind": "GitHub", "repository": "acme/demo", "workflow": "release.yml"}
        bundle = {
            "publisher": {**who, "environment": None},
            "attestations": json.loads(attestations),
        }
        answer = visitor.get(f"/integrity/demo/1.0/{package.filename}/provenance")
        assert {"version": 1, "attestation_bundles": [bundle]} == answer.json()
        assert "application/vnd.pypi.integrity.v1+json" == answer.headers["Content-Type"]
        assert {package.filename: package.sha256} == index.files("demo")

    def test_two_kinds_for_one_file_are_taken(self, visitor: Visitor, publisher: Publisher) -> None:
        package = sdist()
        both = json.dumps([publisher.stated(package), publisher.stated(package, SLSA)])

        answer = visitor.upload(package, visitor.minted(publisher.job), attestations=both)

        assert 200 == answer.status_code

    def test_the_tags_of_a_wheel_may_be_in_any_order(
        self, visitor: Visitor, publisher: Publisher
    ) -> None:
        package = wheel(filename="demo-1.0-py2.py3-none-any.whl")
        made = publisher.stated(package, name="demo-1.0-py3.py2-none-any.whl")

        answer = visitor.upload(
            package, visitor.minted(publisher.job), attestations=json.dumps([made])
        )

        assert 200 == answer.status_code

    def test_identical_files_come_without_a_look_at_theirs(
        self, visitor: Visitor, publisher: Publisher
    ) -> None:
        token = visitor.minted(publisher.job)
        visitor.upload(wheel(), token)

        answer = visitor.upload(wheel(), token, attestations="nonsense")

        assert 200 == answer.status_code
        assert 404 == visitor.get(f"/integrity/demo/1.0/{wheel().filename}/provenance").status_code

    def test_they_are_the_last_that_is_looked_at(self, publisher: Publisher) -> None:
        refusal = publisher.refusal(wheel(without="RECORD"), "nonsense")

        assert "does not contain the required RECORD file" in refusal

    def test_where_they_are_switched_off_they_are_ignored(
        self, index: EmbeddedIndex, visitor: Visitor, publisher: Publisher
    ) -> None:
        index.fail(on="upload", how="attestations-off")
        index.fail(on="integrity", how="attestations-off")

        answer = visitor.upload(wheel(), visitor.minted(publisher.job), attestations="nonsense")

        assert 200 == answer.status_code
        shown = visitor.get(f"/integrity/demo/1.0/{wheel().filename}/provenance")
        off = {"message": "Attestations temporarily disabled"}
        assert (403, off) == (shown.status_code, shown.json())

    def test_they_survive_a_restart(self, tmp_path: Path) -> None:
        with EmbeddedIndex(state=tmp_path) as index:
            index.trust("demo", repository="acme/demo", workflow="release.yml")
            job = index.issuer.job(repository="acme/demo", workflow="release.yml")
            there = Publisher(Visitor(index), job)
            sent = there.signed(wheel())
            there.visitor.upload(wheel(), there.visitor.minted(job), attestations=sent)

        with EmbeddedIndex(state=tmp_path) as index:
            path = f"/integrity/demo/1.0/{wheel().filename}/provenance"
            (bundle,) = Visitor(index).get(path).json()["attestation_bundles"]
        assert json.loads(sent) == bundle["attestations"]


class TestGitLab:
    @pytest.fixture
    def job(self, index: EmbeddedIndex) -> dict[str, str]:
        index.trust_gitlab("demo", repository="acme/demo", environment="release")
        audiences = (index.audience, "sigstore")
        return index.gitlab.job(project="acme/demo", environment="release", audiences=audiences)

    def signed(self, visitor: Visitor, job: dict[str, str], package: Package) -> str:
        identity = IdentityToken(job["SIGSTORE_ID_TOKEN"])
        context = SigningContext.from_trust_config(config_of(visitor.index))
        with context.signer(identity) as signer:
            file = Distribution(name=package.filename, digest=package.sha256)
            return f"[{Attestation.sign(signer, file).model_dump_json()}]"

    def test_attestations_of_its_jobs_are_verified_and_shown(
        self, visitor: Visitor, job: dict[str, str]
    ) -> None:
        token = visitor.mint(declared(job)).json()["token"]

        answer = visitor.upload(wheel(), token, attestations=self.signed(visitor, job, wheel()))

        assert 200 == answer.status_code
        path = f"/integrity/demo/1.0/{wheel().filename}/provenance"
        (bundle,) = visitor.get(path).json()["attestation_bundles"]
        assert {
            "kind": "GitLab",
            "repository": "acme/demo",
            "workflow_filepath": ".gitlab-ci.yml",
            "environment": "release",
        } == bundle["publisher"]

    def test_those_of_another_pipeline_are_not(
        self, index: EmbeddedIndex, visitor: Visitor, job: dict[str, str]
    ) -> None:
        other = index.gitlab.job(project="acme/demo", workflow="other.yml", audiences=("sigstore",))
        token = visitor.mint(declared(job)).json()["token"]

        refusal = visitor.refusal(wheel(), token, attestations=self.signed(visitor, other, wheel()))

        assert refusal.startswith(f"{INVALID}{UNVERIFIED}Verification failed: ")
        assert "does not match expected Trusted Publisher (.gitlab-ci.yml @ acme/demo)" in refusal


class TestRefusals:
    def test_of_users_they_are_refused(self, visitor: Visitor, index: EmbeddedIndex) -> None:
        refusal = visitor.refusal(wheel(), index.user_token(), attestations="[]")

        words = "Attestations are only supported when using Trusted Publishing"
        assert INVALID + words == refusal

    @pytest.mark.parametrize("text", ["nonsense", "{}", "[{}]", '[{"version": 2}]'])
    def test_what_is_none(self, publisher: Publisher, text: str) -> None:
        refusal = publisher.refusal(wheel(), text)

        assert refusal.startswith(f"{INVALID}Malformed attestations: ")

    def test_no_attestation_at_all(self, publisher: Publisher) -> None:
        refusal = publisher.refusal(wheel(), "[]")

        words = "Malformed attestations: an empty attestation set is not permitted"
        assert INVALID + words == refusal

    def test_more_than_two(self, publisher: Publisher) -> None:
        one = publisher.stated(wheel())

        refusal = publisher.refusal(wheel(), json.dumps([one] * 3))

        assert f"{INVALID}A maximum of 2 attestations per file are supported" == refusal

    def test_of_another_file_name(self, publisher: Publisher) -> None:
        refusal = publisher.refusal(wheel(), publisher.signed(wheel(version="2.0")))

        problem = (
            "subject does not match distribution name: "
            "demo-2.0-py3-none-any.whl != demo-1.0-py3-none-any.whl"
        )
        assert f"{INVALID}{UNVERIFIED}Verification failed: {problem}" == refusal

    def test_of_other_bytes(self, publisher: Publisher) -> None:
        other = replace(wheel(), data=b"other")

        refusal = publisher.refusal(wheel(), publisher.signed(other))

        problem = "subject does not match distribution digest"
        assert f"{INVALID}{UNVERIFIED}Verification failed: {problem}" == refusal

    def test_of_two_subjects(self, publisher: Publisher) -> None:
        made = publisher.stated(wheel(), times=2)

        refusal = publisher.refusal(wheel(), json.dumps([made]))

        problem = "too many subjects in statement (must be exactly one)"
        assert f"{INVALID}{UNVERIFIED}Verification failed: {problem}" == refusal

    def test_of_an_unknown_kind(self, publisher: Publisher) -> None:
        made = publisher.stated(wheel(), "https://example.org/other/v1")

        refusal = publisher.refusal(wheel(), json.dumps([made]))

        problem = "unknown attestation type: https://example.org/other/v1"
        assert f"{INVALID}{UNVERIFIED}Verification failed: {problem}" == refusal

    def test_two_of_one_kind(self, publisher: Publisher) -> None:
        made = publisher.stated(wheel())

        refusal = publisher.refusal(wheel(), json.dumps([made, made]))

        words = "Multiple attestations for the same file with the same predicate type"
        assert f"{INVALID}{words} ({PUBLISH}) are not supported" == refusal

    def test_a_signature_of_something_else(self, publisher: Publisher) -> None:
        made, other = publisher.stated(wheel()), publisher.stated(sdist())
        made["envelope"]["signature"] = other["envelope"]["signature"]

        refusal = publisher.refusal(wheel(), json.dumps([made]))

        assert refusal.startswith(f"{INVALID}{UNVERIFIED}Verification failed: ")

    def test_a_certificate_that_is_none(self, publisher: Publisher) -> None:
        made = publisher.stated(wheel())
        made["verification_material"]["certificate"] = base64.b64encode(b"none").decode()

        refusal = publisher.refusal(wheel(), json.dumps([made]))

        assert f"{INVALID}{UNKNOWN}invalid X.509 certificate" == refusal

    def test_of_another_sigstore(self, publisher: Publisher) -> None:
        with EmbeddedIndex() as other:
            elsewhere = Visitor(other)
            job = other.issuer.job(repository="acme/demo", workflow="release.yml")
            (made,) = attest(elsewhere, job, wheel())

        refusal = publisher.refusal(wheel(), f"[{made.model_dump_json()}]")

        assert refusal.startswith(f"{INVALID}{UNVERIFIED}Verification failed: ")

    def test_of_another_repository(self, index: EmbeddedIndex, publisher: Publisher) -> None:
        stranger = index.issuer.job(repository="evil/demo", workflow="release.yml")

        refusal = publisher.refusal(wheel(), publisher.signed(wheel(), stranger))

        problem = (
            "Certificate's OIDCSourceRepositoryURI does not match "
            "(got https://github.com/evil/demo, expected https://github.com/acme/demo)"
        )
        assert f"{INVALID}{UNVERIFIED}Verification failed: {problem}" == refusal

    def test_of_the_caller_of_a_reusable_workflow(
        self, index: EmbeddedIndex, visitor: Visitor
    ) -> None:
        """
        The trap: the called workflow is who may publish, the calling one is who signs.
        """
        index.trust("demo", repository="acme/demo", workflow="publish.yml")
        called = "acme/demo/.github/workflows/publish.yml@refs/heads/main"
        job = index.issuer.job(
            repository="acme/demo", workflow="release.yml", called_workflow=called
        )
        trapped = Publisher(visitor, job)

        refusal = trapped.refusal(wheel(), trapped.signed(wheel()))

        assert "Certificate's Build Config URI" in refusal
        assert "does not match expected Trusted Publisher (publish.yml @ acme/demo)" in refusal

    def test_nothing_is_stored_of_what_is_refused_and_good_ones_may_follow(
        self, index: EmbeddedIndex, visitor: Visitor, publisher: Publisher
    ) -> None:
        publisher.refusal(wheel(), publisher.signed(sdist()))
        before = index.files("demo")

        token = visitor.minted(publisher.job)
        answer = visitor.upload(wheel(), token, attestations=publisher.signed(wheel()))

        assert {} == before
        assert 200 == answer.status_code

    def test_without_the_libraries_none_is_taken(self) -> None:
        run = subprocess.run(
            [sys.executable, "-c", WITHOUT],
            cwd=Path(__file__).parents[2],
            capture_output=True,
            encoding="utf-8",
            check=True,
        )

        words = "this embedded index verifies none without the extra releasio[attestations]"
        assert f"{INVALID}{UNKNOWN}{words}" == run.stdout.strip()


WITHOUT = """\
import sys

sys.modules["pypi_attestations"] = None  # as if it were not installed
from tests.embedded.index import EmbeddedIndex
from tests.standins.conftest import Visitor, client
from tests.standins.packages import wheel

with EmbeddedIndex() as index:
    index.trust("demo", repository="acme/demo", workflow="release.yml")
    visitor = Visitor(index)
    token = visitor.minted(index.issuer.job(repository="acme/demo"))
    print(visitor.refusal(wheel(), token, attestations="[{}]"))
    client().close()
"""


class TestReading:
    @pytest.fixture
    def path(self, visitor: Visitor, publisher: Publisher) -> str:
        """Upload a wheel with an attestation, and return where its provenance is."""
        sent = publisher.signed(wheel())
        visitor.upload(wheel(), visitor.minted(publisher.job), attestations=sent)
        return f"/integrity/demo/1.0/{wheel().filename}/provenance"

    def test_the_simple_index_says_where_it_is(
        self, index: EmbeddedIndex, visitor: Visitor, path: str
    ) -> None:
        data = visitor.get("/simple/demo/", "application/vnd.pypi.simple.v1+json").json()
        page = visitor.get("/simple/demo/").text

        assert [index.url + path] == [file["provenance"] for file in data["files"]]
        assert f'data-provenance="{index.url}{path}"' in page

    def test_nothing_is_said_of_files_without(
        self, visitor: Visitor, publisher: Publisher, path: str
    ) -> None:
        visitor.upload(sdist(), visitor.minted(publisher.job))

        data = visitor.get("/simple/demo/", "application/vnd.pypi.simple.v1+json").json()
        assert [True, False] == [bool(file["provenance"]) for file in data["files"]]
        assert 1 == visitor.get("/simple/demo/").text.count("data-provenance")
        assert 200 == visitor.get(path).status_code

    @pytest.mark.parametrize(
        ("accept", "kind"),
        [
            (None, "application/vnd.pypi.integrity.v1+json"),
            ("*/*", "application/vnd.pypi.integrity.v1+json"),
            ("application/json", "application/json"),
        ],
    )
    def test_in_the_type_that_is_asked_for(
        self, visitor: Visitor, path: str, accept: str | None, kind: str
    ) -> None:
        answer = visitor.get(path, accept)

        assert (200, kind) == (answer.status_code, answer.headers["Content-Type"])
        assert "*" == answer.headers["Access-Control-Allow-Origin"]

    def test_in_no_other_type(self, visitor: Visitor, path: str) -> None:
        answer = visitor.get(path, "text/html")

        unfit = {"message": "Request not acceptable"}
        assert (406, unfit) == (answer.status_code, answer.json())

    def test_not_under_another_version(self, visitor: Visitor, path: str) -> None:
        assert 200 == visitor.get(path.replace("/1.0/", "/1.0.0/")).status_code
        assert 404 == visitor.get(path.replace("/1.0/", "/2.0/")).status_code
