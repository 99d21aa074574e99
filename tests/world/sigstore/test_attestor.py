"""Signing and verifying, with a Sigstore on loopback at the far end of the wire."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from releasio.auth.trusted.signing_identity import fetcher
from releasio.errors.auth.attestation import SigningRefused, SigstoreUnreachable
from releasio.rules.credentials.secret import Secret
from releasio.rules.identity.attestation import Proof, Signatory
from releasio.world.http.client import new_client
from releasio.world.http.requester import Requester
from releasio.world.sigstore.attestor import Attestor
from releasio.world.sigstore.calls import patiently
from releasio.world.sigstore.trust import read_trust
from releasio.world.sigstore.verifier import Verifier
from tests.embedded.index import EmbeddedIndex
from tests.fakes.screen import Quiet
from tests.fakes.self_signed import self_signed
from tests.fakes.sink import sink

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sigstore.models import ClientTrustConfig

NAME, SHA = "demo-1.0.tar.gz", "ab" * 32
OTHER = "demo-1.0-py3-none-any.whl"
HERE = Signatory("GitHub", "acme/demo", "release.yml")


@dataclass
class Bench:
    """An attestor, and the Sigstore it signs with."""

    index: EmbeddedIndex
    config: ClientTrustConfig
    requester: Requester
    screen: Quiet
    pauses: list[float]
    ahead: list[timedelta] = field(default_factory=list)

    def attestor(self, identity: Callable[[], Secret] | None = None, **more: float) -> Attestor:
        return Attestor(self.config, identity or self.identity(), self.requester, **more)

    def identity(self, repository: str = "acme/demo") -> Callable[[], Secret]:
        job = self.index.issuer.job(repository=repository, workflow="release.yml")
        return fetcher(job, self.requester)

    def asked(self, kind: str) -> int:
        return sum(request.kind == kind for request in self.index.log)


def make_bench(index: EmbeddedIndex, folder: Path) -> Bench:
    path = folder / "trust.json"
    path.write_text(index.sigstore.trust_config, encoding="utf-8")
    screen, pauses, ahead = Quiet(), [], []
    requester = Requester(
        new_client({}), lambda: datetime.now(UTC) + sum(ahead, timedelta()), pauses.append, screen
    )
    return Bench(index, read_trust(path, "trust.json"), requester, screen, pauses, ahead)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with EmbeddedIndex() as index:
        made = make_bench(index, tmp_path)
        yield made
        made.requester.client.close()


class TestSign:
    def test_what_is_signed_verifies(self, bench: Bench) -> None:
        made = bench.attestor().sign(NAME, SHA)

        assert "" == Verifier(bench.config).problem(made, NAME, SHA, HERE)

    def test_one_certificate_does_for_many_files(self, bench: Bench) -> None:
        attestor = bench.attestor()

        for name in (NAME, OTHER):
            attestor.sign(name, SHA)

        assert (1, 2) == (bench.asked("fulcio"), bench.asked("rekor"))

    def test_a_new_one_is_asked_for_before_the_first_runs_out(self, bench: Bench) -> None:
        attestor = bench.attestor()
        attestor.sign(NAME, SHA)

        bench.ahead.append(timedelta(minutes=8))
        attestor.sign(OTHER, SHA)

        assert (2, 2) == (bench.asked("fulcio"), bench.asked("oidc"))

    def test_a_certificate_that_ran_out_all_the_same_is_replaced(self, tmp_path: Path) -> None:
        """The library goes by the machine's clock: Sigstore's is behind when it certifies first."""
        behind = [timedelta(minutes=3)]
        with EmbeddedIndex(
            clock=lambda: datetime.now(UTC) - sum(behind, timedelta()),
            certificate_life=timedelta(minutes=2),
        ) as index:
            bench = make_bench(index, tmp_path)
            fetch = bench.identity()

            def identity() -> Secret:
                if bench.asked("fulcio"):
                    behind.clear()
                return fetch()

            made = bench.attestor(identity).sign(NAME, SHA)
            bench.requester.client.close()

        assert "" == Verifier(bench.config).problem(made, NAME, SHA, HERE)
        assert (2, 2) == (bench.asked("fulcio"), bench.asked("oidc"))

    def test_certificates_that_are_over_at_once_are_blamed_on_the_clock(
        self, tmp_path: Path
    ) -> None:
        with EmbeddedIndex(certificate_life=timedelta(milliseconds=1)) as index:
            bench = make_bench(index, tmp_path)
            with pytest.raises(SigningRefused) as raised:
                bench.attestor().sign(NAME, SHA)
            bench.requester.client.close()

        assert "two certificates in a row were over before they were used; is it 20" in str(
            raised.value
        )
        assert 2 == bench.asked("fulcio")

    @pytest.mark.parametrize("how", ["503-before", "reset-before", "reset-after", "html", "429"])
    @pytest.mark.parametrize("on", ["fulcio", "rekor"])
    def test_passing_trouble_is_waited_out(self, bench: Bench, on: str, how: str) -> None:
        bench.index.fail(on=on, how=how, times=2)

        made = bench.attestor().sign(NAME, SHA)

        assert "" == Verifier(bench.config).problem(made, NAME, SHA, HERE)
        assert 2 == len(bench.pauses)
        service = {"fulcio": "Sigstore's Fulcio", "rekor": "Sigstore's Rekor"}[on]
        assert all(note.startswith(f"{service}: ") for note in bench.screen.notes)

    @pytest.mark.parametrize("how", ["truncated", "garbage"])
    @pytest.mark.parametrize("on", ["fulcio", "rekor"])
    def test_so_is_an_answer_that_makes_no_sense(self, bench: Bench, on: str, how: str) -> None:
        bench.index.fail(on=on, how=how)

        made = bench.attestor().sign(NAME, SHA)

        assert "" == Verifier(bench.config).problem(made, NAME, SHA, HERE)

    def test_trouble_that_does_not_pass_is_told(self, bench: Bench) -> None:
        bench.index.fail(on="rekor", how="503-before", times=99)

        with pytest.raises(SigstoreUnreachable) as raised:
            bench.attestor().sign(NAME, SHA)

        told = (
            "Sigstore's Rekor gave no usable answer after 5 tries: it answered 503: Backend is "
            "unhealthy"
        )
        assert told == str(raised.value)
        assert "publish.attestations = false releases without" in raised.value.hint

    @pytest.mark.parametrize("service", ["caUrls", "rekorTlogUrls"])
    @pytest.mark.parametrize(
        "answer", [b"[]", b"null", b"7", b'{"a": 1}', b'{"signedCertificateEmbeddedSct": []}']
    )
    def test_an_answer_of_another_shape_makes_no_sense(
        self, bench: Bench, tmp_path: Path, service: str, answer: bytes
    ) -> None:
        config, path = json.loads(bench.index.sigstore.trust_config), tmp_path / "elsewhere.json"
        with sink() as there:
            there.answer = answer
            config["signingConfig"][service][0]["url"] = f"http://127.0.0.1:{there.server_port}"
            path.write_text(json.dumps(config), encoding="utf-8")
            attestor = Attestor(read_trust(path, ""), bench.identity(), bench.requester)

            with pytest.raises(SigstoreUnreachable, match="after 5 tries: "):
                attestor.sign(NAME, SHA)

    def test_a_defect_is_neither_tried_again_nor_called_an_answer(self, bench: Bench) -> None:
        def defective() -> None:
            raise TypeError(NAME)

        with pytest.raises(TypeError, match=NAME):
            patiently(bench.requester, "Sigstore's Rekor", NAME, defective)

        assert [] == bench.pauses

    def test_an_answer_that_never_comes_is_not_waited_for(self, bench: Bench) -> None:
        bench.index.fail(on="fulcio", how="timeout-before", times=1)

        made = bench.attestor(patience=0.5).sign(NAME, SHA)

        assert "" == Verifier(bench.config).problem(made, NAME, SHA, HERE)
        (note,) = bench.screen.notes
        assert note.startswith("Sigstore's Fulcio: no answer within")

    def test_a_refusal_is_told_with_its_reason_which_the_client_loses(self, bench: Bench) -> None:
        token = bench.index.issuer.sign(
            {
                "iss": "https://ci.example.org",
                "aud": "sigstore",
                "sub": "somebody",
                "iat": int(time.time()),
                "exp": int(time.time()) + 60,
            }
        )

        with pytest.raises(SigningRefused) as raised:
            bench.attestor(lambda: Secret(token)).sign(NAME, SHA)

        told = (
            "Sigstore's Fulcio did not let demo-1.0.tar.gz be signed: "
            "it answered 401: There was an error processing the identity token"
        )
        assert told == str(raised.value)
        assert 1 == bench.asked("fulcio")

    @pytest.mark.parametrize("service", ["caUrls", "rekorTlogUrls"])
    def test_a_certificate_that_nobody_here_trusts_is_told_with_what_helps(
        self, bench: Bench, tmp_path: Path, service: str
    ) -> None:
        elsewhere = json.loads(bench.index.sigstore.trust_config)
        path = tmp_path / "elsewhere.json"

        with self_signed(tmp_path) as url:
            elsewhere["signingConfig"][service][0]["url"] = url
            path.write_text(json.dumps(elsewhere), encoding="utf-8")
            attestor = Attestor(read_trust(path, path.name), bench.identity(), bench.requester)
            with pytest.raises(SigstoreUnreachable) as raised:
                attestor.sign(NAME, SHA)

        assert "gave no usable answer: " in str(raised.value)
        assert "CERTIFICATE_VERIFY_FAILED" in str(raised.value)
        assert (
            "Set SSL_CERT_FILE and REQUESTS_CA_BUNDLE, both, to the certificates that this network "
            "trusts"
        ) in raised.value.hint
        assert [] == bench.pauses

    def test_an_identity_that_is_none_is_not_sent_anywhere(self, bench: Bench) -> None:
        with pytest.raises(SigningRefused, match="Identity token is malformed"):
            bench.attestor(lambda: Secret("no-identity")).sign(NAME, SHA)

        assert 0 == bench.asked("fulcio")

    def test_a_certificate_of_another_sigstore_is_not_taken(
        self, bench: Bench, tmp_path: Path
    ) -> None:
        with EmbeddedIndex() as other:
            mixed = json.loads(bench.index.sigstore.trust_config)
            mixed["trustedRoot"] = json.loads(other.sigstore.trust_config)["trustedRoot"]
        path = tmp_path / "mixed.json"
        path.write_text(json.dumps(mixed), encoding="utf-8")

        with pytest.raises(SigningRefused, match="SCT verify failed"):
            Attestor(read_trust(path, "mixed.json"), bench.identity(), bench.requester).sign(
                NAME, SHA
            )

    def test_the_identity_is_hidden_from_birth(self, bench: Bench) -> None:
        bench.attestor().sign(NAME, SHA)

        assert 2 == len(bench.screen.secrets)  # the runner's bearer, and the identity


class TestWitness:
    @pytest.fixture
    def made(self, bench: Bench) -> str:
        return bench.attestor().sign(NAME, SHA)

    @pytest.mark.parametrize(
        ("name", "sha256", "who", "problem"),
        [
            (OTHER, SHA, HERE, "it was signed for demo-1.0.tar.gz"),
            (NAME, "cd" * 32, HERE, f"it was signed for a file with sha256 {SHA}"),
            (
                NAME,
                SHA,
                Signatory("GitHub", "acme/demo", "publish.yml"),
                "the certificate's workflow is",
            ),
        ],
    )
    def test_names_what_is_wrong(
        self, bench: Bench, made: str, name: str, sha256: str, who: Signatory, problem: str
    ) -> None:
        assert Verifier(bench.config).problem(made, name, sha256, who).startswith(problem)

    @pytest.mark.parametrize("text", ["", "[]", "{}", "nonsense"])
    def test_takes_nothing_that_is_no_attestation(self, bench: Bench, text: str) -> None:
        assert "it is no attestation" == Verifier(bench.config).problem(text, NAME, SHA, HERE)

    def test_does_not_take_a_signature_of_something_else(self, bench: Bench, made: str) -> None:
        changed = json.loads(made)
        other = json.loads(bench.attestor().sign(OTHER, SHA))
        changed["envelope"]["statement"] = other["envelope"]["statement"]

        problem = Verifier(bench.config).problem(json.dumps(changed), OTHER, SHA, HERE)

        assert "signature" in problem.lower()

    def test_does_not_take_what_another_sigstore_signed(self, made: str, tmp_path: Path) -> None:
        with EmbeddedIndex() as other:
            path = tmp_path / "other.json"
            path.write_text(other.sigstore.trust_config, encoding="utf-8")

            problem = Verifier(read_trust(path, "")).problem(made, NAME, SHA, HERE)

        assert "certificate" in problem


class TestProof:
    """What an index shows of who published a file."""

    def provenance(self, *attestations: str, **publisher: str) -> dict[str, Any]:
        who = {"kind": "GitHub", "repository": "acme/demo", "workflow": "release.yml"}
        signed = [json.loads(each) for each in attestations]
        return {
            "attestation_bundles": [{"publisher": {**who, **publisher}, "attestations": signed}]
        }

    def test_names_who_published_it(self, bench: Bench) -> None:
        shown = self.provenance(bench.attestor().sign(NAME, SHA))

        proof = Verifier(bench.config).proof(shown, NAME, SHA)

        assert Proof((HERE,)) == proof

    def test_the_publisher_must_be_who_signed(self, bench: Bench) -> None:
        shown = self.provenance(bench.attestor().sign(NAME, SHA), repository="evil/demo")

        proof = Verifier(bench.config).proof(shown, NAME, SHA)

        assert proof.problem.startswith("the certificate's repository is")

    def test_every_attestation_counts(self, bench: Bench) -> None:
        attestor = bench.attestor()
        shown = self.provenance(attestor.sign(NAME, SHA), attestor.sign(OTHER, SHA))

        proof = Verifier(bench.config).proof(shown, NAME, SHA)

        assert "it was signed for demo-1.0-py3-none-any.whl" == proof.problem

    def test_a_publisher_of_another_kind_is_not_judged(self, bench: Bench) -> None:
        shown = self.provenance(bench.attestor().sign(NAME, SHA), kind="CircleCI")

        proof = Verifier(bench.config).proof(shown, NAME, SHA)

        assert "it is of a publisher of a kind that is not known here" == proof.unverified

    @pytest.mark.parametrize("first", [True, False])
    def test_one_of_another_kind_does_not_hide_who_else_there_is(
        self, bench: Bench, *, first: bool
    ) -> None:
        theirs = bench.attestor(bench.identity("evil/demo")).sign(NAME, SHA)
        shown = [
            self.provenance(theirs, kind="CircleCI"),
            self.provenance(theirs, repository="evil/demo"),
        ]

        proof = Verifier(bench.config).proof(both(*shown[:: 1 if first else -1]), NAME, SHA)

        evil = Signatory("GitHub", "evil/demo", "release.yml")
        reason = "it is also of a publisher of a kind that is not known here"
        assert Proof((evil,), unverified=reason) == proof

    def test_nor_what_is_wrong_with_them(self, bench: Bench) -> None:
        theirs = bench.attestor(bench.identity("evil/demo")).sign(NAME, SHA)
        shown = both(self.provenance(theirs, kind="CircleCI"), self.provenance(theirs))

        proof = Verifier(bench.config).proof(shown, NAME, SHA)

        assert proof.problem.startswith("the certificate's repository is")

    def test_whatever_the_index_shows_has_an_answer(self, bench: Bench) -> None:
        """
        Each part of a good attestation in turn is replaced by nonsense.
        """
        good = bench.attestor().sign(NAME, SHA)
        witness = Verifier(bench.config)

        for path in _paths(json.loads(good)):
            for nonsense in (None, "bm9uc2Vuc2U=", {}):
                shown = self.provenance(json.dumps(_replaced(json.loads(good), path, nonsense)))
                proof = witness.proof(shown, NAME, SHA)
                assert proof.problem or proof.by, (path, nonsense)


def both(*shown: dict[str, Any]) -> dict[str, object]:
    """Return one provenance with the bundles of all of *shown*."""
    return {"attestation_bundles": [each for one in shown for each in one["attestation_bundles"]]}


def _paths(data: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Return the way to each part of *data*."""
    parts = (
        data.items()
        if isinstance(data, dict)
        else enumerate(data)
        if isinstance(data, list)
        else ()
    )
    below = [found for key, part in parts for found in _paths(part, (*path, key))]
    return [*([path] if path else []), *below]


def _replaced(data: Any, path: tuple[str | int, ...], part: object) -> object:  # noqa: ANN401 -- JSON
    inner = data
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = part
    return data
