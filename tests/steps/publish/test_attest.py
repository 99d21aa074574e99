from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from releasio.errors.auth.attestation import (
    AttestationsNeedTrustedPublishing,
    AttestationUnfit,
    AttestedByCaller,
    SigningIdentityMissing,
    SigningIdentityUnusable,
    SigningRefused,
    SigstoreUnreachable,
    TrustConfigUnusable,
)
from releasio.frozen import replace
from releasio.rules.credentials.policy import Policy
from releasio.steps.publish.attest import Attest
from releasio.steps.publish.authenticate import Authenticate
from releasio.steps.publish.upload import Upload
from releasio.steps.publish.verify import Verify
from releasio.steps.step import Blocked, Done, Omitted, Todo
from releasio.world.run import Run
from tests.fakes.tokens import jwt
from tests.steps.scene import world_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from releasio.world.world import World
    from tests.fakes.screen import Quiet
    from tests.steps.index_scene import IndexScene

WHEEL, SDIST = "demo-1.0-py3-none-any.whl", "demo-1.0.tar.gz"
AS_RELEASE = "as GitHub: acme/demo, release.yml"


@dataclass
class Signing:
    """Built files of demo 1.0, a job that may publish them, and a Sigstore."""

    shop: IndexScene
    trust: Path
    env: dict[str, str]
    worlds: list[World] = field(default_factory=list)

    def step(
        self, *, required: bool = True, trust: str | None = "", policy: Policy | None = None
    ) -> Attest:
        setting = str(self.trust) if trust == "" else trust
        return Attest(self.shop.delivery(), policy or Policy(), required=required, trust=setting)

    def world(self, **env: str) -> tuple[World, Quiet]:
        """Return the world of another run of the job."""
        world, screen = world_of(self.shop.world.project, **{**self.env, **env})
        self.worlds.append(world)
        return world, screen

    def sign(self, step: Attest | None = None, **env: str) -> Run:
        """Do *step* in another run of the job."""
        world, _ = self.world(**env)
        run = Run(world)
        (step or self.step()).apply(world, run)
        return run

    def blocked(self, step: Attest, **env: str) -> Exception:
        state = step.probe(self.world(**env)[0])
        assert isinstance(state, Blocked)
        return state.error

    def kept(self) -> list[Path]:
        return sorted(self.shop.world.state.rglob("*.attestation"))

    def asked(self, kind: str) -> int:
        return sum(request.kind == kind for request in self.shop.index.log)


@pytest.fixture
def signing(shop: IndexScene, tmp_path: Path) -> Iterator[Signing]:
    trust = tmp_path / "trust.json"
    trust.write_text(shop.index.sigstore.trust_config, encoding="utf-8")
    shop.index.trust("demo", repository="acme/demo", workflow="release.yml")
    made = Signing(shop, trust, shop.index.issuer.job(repository="acme/demo"))
    yield made
    for world in made.worlds:
        world.close()


class TestAttest:
    def test_says_what_for(self, signing: Signing) -> None:
        assert "sign demo 1.0 for rehearsal" == str(signing.step())

    def test_says_as_whom_before_anything_is_signed(self, signing: Signing) -> None:
        assert Todo(AS_RELEASE) == signing.step().probe(signing.world()[0])
        assert (0, 0) == (signing.asked("fulcio"), signing.asked("mint"))

    def test_signs_every_file_once_with_one_certificate(self, signing: Signing) -> None:
        world, screen = signing.world()
        run = Run(world)

        signing.step().apply(world, run)

        assert [WHEEL, SDIST] == sorted(run.attestations[signing.shop.registry])
        assert (1, 2) == (signing.asked("fulcio"), signing.asked("rekor"))
        assert f"{WHEEL} is signed as GitHub: acme/demo, release.yml" in screen.lines

    def test_keeps_them_beside_the_journal_per_index(self, signing: Signing) -> None:
        signing.sign()

        beside = signing.shop.world.state / "v1.0" / "attestations" / "rehearsal"
        names = [f"{name}.publish.attestation" for name in (WHEEL, SDIST)]
        assert [beside / name for name in names] == signing.kept()

    def test_the_upload_takes_them_along_and_the_index_verifies_them(
        self, signing: Signing
    ) -> None:
        world, _ = signing.world()
        run = Run(world)
        delivery = signing.shop.delivery()

        Authenticate(delivery, policy=Policy()).apply(world, run)
        signing.step().apply(world, run)
        Upload(delivery, policy=Policy()).apply(world, run)

        shown = world.index(signing.shop.registry).files("demo", "1.0") or ()
        assert {WHEEL, SDIST} == {file.name for file in shown}
        forms = [request.form for request in signing.shop.index.log if request.kind == "upload"]
        for form in forms:
            (sent,) = form["attestations"]
            assert 1 == len(json.loads(sent))
        assert Done("every file is on the index") == signing.step().probe(world)

    @pytest.mark.parametrize("how", ["403-before", "garbage"])
    def test_what_cannot_be_read_back_is_not_called_missing(
        self, signing: Signing, how: str
    ) -> None:
        world, screen = signing.world()
        run = Run(world)
        delivery = signing.shop.delivery()
        Authenticate(delivery, policy=Policy()).apply(world, run)
        signing.step().apply(world, run)
        Upload(delivery, policy=Policy()).apply(world, run)
        signing.shop.index.fail(on="integrity", how=how, times=99)

        Verify(delivery, trust=str(signing.trust)).apply(world, run)

        (note,) = [note for note in screen.notes if SDIST in note and "provenance" in note]
        assert note.startswith(f"the provenance of {SDIST} on rehearsal was not verified: ")
        assert note.endswith(". `releasio verify` looks again.")

    def test_a_second_run_takes_up_what_is_kept(self, signing: Signing) -> None:
        signing.sign()
        before = [path.read_bytes() for path in signing.kept()]

        again = signing.sign()

        assert before == [path.read_bytes() for path in signing.kept()]
        assert 2 == len(again.attestations[signing.shop.registry])
        assert (1, 2) == (signing.asked("fulcio"), signing.asked("rekor"))

    def test_a_second_index_gets_its_own(self, signing: Signing) -> None:
        world, _ = signing.world()
        run = Run(world)
        other = replace(signing.shop.registry, name="127.0.0.1:8080")
        step = signing.step()

        step.apply(world, run)
        replace(step, delivery=replace(step.delivery, registry=other)).apply(world, run)

        folders = {path.parent.name for path in signing.kept()}
        assert {"rehearsal", "127.0.0.1_3A8080"} == folders
        assert [2, 2] == [len(run.attestations[each]) for each in (signing.shop.registry, other)]

    def test_those_of_several_deliveries_to_one_index_go_along(self, signing: Signing) -> None:
        world, _ = signing.world()
        run, step = Run(world), signing.step()

        for file in step.delivery.files or ():
            replace(step, delivery=replace(step.delivery, files=(file,))).apply(world, run)

        assert [WHEEL, SDIST] == sorted(run.attestations[signing.shop.registry])

    def test_what_is_kept_for_other_bytes_is_made_anew(self, signing: Signing) -> None:
        signing.sign()
        (signing.shop.folder / SDIST).write_bytes(b"another build")

        signing.sign()

        assert 3 == signing.asked("rekor")

    @pytest.mark.parametrize("damage", [b"", b"{}", b"\xff", b"nonsense"])
    def test_what_is_kept_and_damaged_is_made_anew(self, signing: Signing, damage: bytes) -> None:
        signing.sign()
        signing.kept()[0].write_bytes(damage)

        signing.sign()

        assert 3 == signing.asked("rekor")

    def test_what_another_workflow_signed_is_made_anew(self, signing: Signing) -> None:
        signing.sign()
        other = signing.shop.index.issuer.job(repository="acme/demo", workflow="other.yml")

        signing.sign(**other)

        assert 4 == signing.asked("rekor")

    def test_offline_nobody_is_asked(self, signing: Signing) -> None:
        world = replace(signing.world()[0], offline=True)

        assert Todo("Sigstore was not asked") == signing.step().probe(world)
        assert [] == signing.shop.asked()

    def test_no_identity_is_left_behind(self, signing: Signing) -> None:
        world, screen = signing.world()
        run = Run(world)

        signing.step().apply(world, run)

        secrets = [secret.reveal() for secret in screen.secrets]
        written = [path.read_text() for path in signing.kept()] + screen.lines + screen.notes
        assert secrets
        assert not [secret for secret in secrets for text in written if secret in text]


class TestGitLab:
    def test_signs_as_the_pipeline_that_the_index_knows(
        self, signing: Signing, shop: IndexScene
    ) -> None:
        shop.index.trust_gitlab("demo", repository="acme/demo")
        job = shop.index.gitlab.job(
            project="acme/demo", audiences=(shop.index.audience, "sigstore")
        )
        world, _ = world_of(shop.world.project, **job)
        run = Run(world)
        signing.worlds.append(world)
        delivery = shop.delivery()

        before = signing.step().probe(world)
        Authenticate(delivery, policy=Policy()).apply(world, run)
        signing.step().apply(world, run)
        Upload(delivery, policy=Policy()).apply(world, run)

        assert Todo("as GitLab: acme/demo, .gitlab-ci.yml") == before
        forms = [request.form for request in shop.index.log if request.kind == "upload"]
        assert [True, True] == ["attestations" in form for form in forms]
        assert {WHEEL, SDIST} == set(shop.index.files("demo"))


class TestTrap:
    """A reusable workflow: found before anything is minted or signed."""

    @pytest.fixture
    def trapped(self, signing: Signing) -> dict[str, str]:
        called = "acme/demo/.github/workflows/publish.yml@refs/heads/main"
        return signing.shop.index.issuer.job(
            repository="acme/demo", workflow="release.yml", called_workflow=called
        )

    def test_blocks_where_attestations_are_required(
        self, signing: Signing, trapped: dict[str, str]
    ) -> None:
        error = signing.blocked(signing.step(), **trapped)

        assert isinstance(error, AttestedByCaller)
        assert (
            "this job is in the reusable workflow publish.yml, but what it signs says release.yml, "
            "which calls it: the index would refuse every attestation" == str(error)
        )
        assert (
            "Move the publishing job into release.yml itself; builds may stay in publish.yml. "
            "publish.attestations = false releases without attestations." == error.hint
        )
        assert (0, 0) == (signing.asked("fulcio"), signing.asked("mint"))

    def test_is_said_otherwise(self, signing: Signing, trapped: dict[str, str]) -> None:
        world, screen = signing.world(**trapped)
        run = Run(world)
        step = signing.step(required=False)

        before = step.probe(world)
        step.apply(world, run)

        reason = "the job is in the reusable workflow publish.yml, called by release.yml"
        advice = "Move the publishing job into release.yml itself"
        assert Omitted(f"without attestations: {reason}. {advice}") == before
        assert [
            (
                f"the files go to rehearsal without attestations: {reason}. "
                "Move the publishing job into release.yml itself"
            )
        ] == screen.notes
        assert {signing.shop.registry: {}} == run.attestations


class TestImpossible:
    def test_with_a_token(self, signing: Signing) -> None:
        world, _ = signing.world()
        signing.shop.hold_token()

        with pytest.raises(AttestationsNeedTrustedPublishing) as caught:
            signing.step().apply(world, signing.shop.run)

        assert (
            "publish.attestations = true, but the upload to rehearsal does not go by trusted "
            "publishing" == str(caught.value)
        )

    def test_where_trusted_publishing_is_switched_off(self, signing: Signing) -> None:
        error = signing.blocked(signing.step(policy=Policy(trusted_publishing=False)))

        assert isinstance(error, AttestationsNeedTrustedPublishing)

    def test_on_a_laptop_it_is_said(self, signing: Signing, shop: IndexScene) -> None:
        step = signing.step(required=False)

        step.apply(shop.world, shop.run)

        assert [
            (
                "the files go to rehearsal without attestations: "
                "the upload does not go by trusted publishing"
            )
        ] == shop.screen.notes

    def test_in_a_ci_that_gives_no_identity_for_it(self, signing: Signing) -> None:
        env = {"GITHUB_ACTIONS": "", "CI": "true", "GITLAB_CI": "true", "PYPI_ID_TOKEN": "x"}

        error = signing.blocked(signing.step(), **env)

        assert isinstance(error, SigningIdentityMissing)
        assert "SIGSTORE_ID_TOKEN" in error.hint

    def test_with_an_identity_that_no_index_knows(self, signing: Signing) -> None:
        unknown = jwt({"aud": "sigstore", "iss": "https://ci.example.org"})

        error = signing.blocked(signing.step(), RELEASIO_SIGSTORE_ID_TOKEN=unknown)

        assert isinstance(error, SigningIdentityUnusable)
        assert "it is of no CI that indexes have as trusted publisher" in str(error)

    def test_what_was_signed_before_does_not_go_along_then(
        self, signing: Signing, shop: IndexScene
    ) -> None:
        signing.sign()
        shop.hold_token()

        ended = signing.step(required=False).apply(shop.world, shop.run)
        Upload(shop.delivery(), policy=Policy()).apply(shop.world, shop.run)

        assert Omitted("without attestations") == ended
        forms = [request.form for request in shop.index.log if request.kind == "upload"]
        assert 2 == len(forms)
        assert not [form for form in forms if "attestations" in form]


class TestSigstore:
    def test_a_trust_config_that_is_none_stops_it_required_or_not(self, signing: Signing) -> None:
        step = signing.step(required=False, trust="keys/trust.json")

        with pytest.raises(TrustConfigUnusable, match="which does not exist"):
            step.probe(signing.world()[0])

    def test_its_path_is_relative_to_the_project(self, signing: Signing) -> None:
        inside = signing.shop.world.project / "trust.json"
        inside.write_bytes(signing.trust.read_bytes())

        assert Todo(AS_RELEASE) == signing.step(trust="trust.json").probe(signing.world()[0])

    @pytest.mark.parametrize("required", [True, False])
    def test_one_that_is_down_stops_it_required_or_not(
        self, signing: Signing, *, required: bool
    ) -> None:
        signing.shop.index.fail(on="fulcio", how="503-before", times=99)

        with pytest.raises(SigstoreUnreachable):
            signing.sign(signing.step(required=required))

        assert [] == signing.kept()

    def test_what_was_signed_before_it_went_down_is_not_signed_again(
        self, signing: Signing
    ) -> None:
        signing.shop.index.fail(on="rekor", how="503-before", times=5, after=1)
        with pytest.raises(SigstoreUnreachable):
            signing.sign()
        kept = len(signing.kept())

        signing.sign()

        assert (1, 2) == (kept, len(signing.kept()))
        assert 7 == signing.asked("rekor")


class TestWords:
    def test_what_was_signed_and_does_not_fit(self) -> None:
        error = AttestationUnfit("demo-1.0.tar.gz", "the certificate's workflow is 'x', not 'y'")

        assert (
            "the attestation of demo-1.0.tar.gz would not be taken: "
            "the certificate's workflow is 'x', not 'y'" == str(error)
        )
        assert (
            "The index compares it with its trusted publisher. "
            "publish.attestations = false releases without attestations." == error.hint
        )

    def test_what_sigstore_refused(self) -> None:
        error = SigningRefused("Sigstore's Fulcio", "demo-1.0.tar.gz", "it answered 400: no")

        assert "Sigstore's Fulcio did not let demo-1.0.tar.gz be signed: it answered 400: no" == (
            str(error)
        )
        assert error.hint.startswith("Run the job again: each run gets a fresh identity.")

    def test_what_is_no_trust_config(self) -> None:
        error = TrustConfigUnusable("keys/trust.json", "does not exist")

        assert "publish.sigstore_trust_config is keys/trust.json, which does not exist" == str(
            error
        )
        assert error.hint.startswith("Ask the operator of that Sigstore")


class TestPrivateRepository:
    def foreseen(self, signing: Signing, *, required: bool, trust: str | None) -> object:
        claims = {"repository_visibility": "private"}
        job = signing.shop.index.issuer.job(
            repository="acme/demo", workflow="release.yml", claims=claims
        )
        world, _ = signing.world(**job)
        return signing.step(required=required, trust=trust).probe(world)

    def test_is_told_that_its_name_goes_into_a_public_log(self, signing: Signing) -> None:
        said = (
            f"{AS_RELEASE}; the repository is private, and its name and workflow go into a public "
            "log for good; publish.attestations = false signs nothing"
        )

        assert Todo(said) == self.foreseen(signing, required=False, trust=None)

    def test_that_asks_for_it_is_not_told(self, signing: Signing) -> None:
        assert Todo(AS_RELEASE) == self.foreseen(signing, required=True, trust=None)

    def test_with_a_sigstore_of_its_own_tells_nobody(self, signing: Signing) -> None:
        assert Todo(AS_RELEASE) == self.foreseen(signing, required=False, trust="")
