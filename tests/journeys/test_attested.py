"""Releases with attestations, by the real program, against a Sigstore and an index that verify."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.embedded.index import EmbeddedIndex
from tests.standins.conftest import Visitor

if TYPE_CHECKING:
    from pathlib import Path

    from tests.journeys.stage import Stage

FILES = {"demo-0.1.1.tar.gz", "demo-0.1.1-py3-none-any.whl"}


@pytest.fixture
def attested(stage: Stage, tmp_path: Path) -> Stage:
    """Set up the index's Sigstore, which makes `auto` sign for it."""
    trust = tmp_path / "trust.json"
    trust.write_text(stage.index.sigstore.trust_config, encoding="utf-8")
    stage.env["RELEASIO_PUBLISH_SIGSTORE_TRUST_CONFIG"] = str(trust)
    return stage


def kinds(stage: Stage) -> list[str]:
    return [request.kind for request in stage.index.log]


def with_attestations(stage: Stage) -> list[bool]:
    """Tell of each upload that was read whether it had attestations."""
    forms = [request.form for request in stage.index.log if request.kind == "upload"]
    return ["attestations" in form for form in forms if form]


class TestRelease:
    def test_signs_uploads_and_the_index_verifies(self, attested: Stage) -> None:
        run = attested.run("release", "--execute")

        assert 0 == run.code, run.err
        assert FILES == set(attested.index.files("demo"))
        assert [True, True] == with_attestations(attested)
        assert 1 == kinds(attested).count("fulcio")

    def test_signs_before_the_push_and_after_the_mint(self, attested: Stage) -> None:
        preview = attested.run("release", "--dry-run", "--verbose")

        lines = [line.strip() for line in preview.out.splitlines()]
        signing = [n for n, line in enumerate(lines) if line.startswith("[ ] sign demo 0.1.1")]
        (place,) = signing
        assert "as GitHub: acme/demo, release.yml" in lines[place]
        assert lines[place - 1].startswith("[ ] obtain a credential")
        assert lines[place + 1].startswith("[ ] push main and tag v0.1.1")

    def test_a_sigstore_that_is_down_leaves_everything_as_it_was(self, attested: Stage) -> None:
        before = attested.state()
        attested.index.fail(on="fulcio", how="400-before", times=99)

        run = attested.run("release", "--execute")

        assert 1 == run.code
        assert "Sigstore's Fulcio did not let demo-0.1.1" in run.err
        assert before == attested.state()

    def test_a_release_that_was_broken_off_goes_on_with_what_was_signed(
        self, attested: Stage
    ) -> None:
        attested.index.fail(on="upload", how="400-before", after=1)
        first = attested.run("release", "--execute")

        second = attested.run("release", "--execute")

        assert (1, 0) == (first.code, second.code), second.err
        assert FILES == set(attested.index.files("demo"))
        assert [True, True] == with_attestations(attested)
        assert 2 == kinds(attested).count("rekor")

    def test_another_machine_signs_what_is_missing_itself(self, attested: Stage) -> None:
        attested.index.fail(on="upload", how="400-before", after=1)
        attested.run("release", "--execute")

        run = attested.elsewhere("elsewhere").run("release", "--execute")

        assert 0 == run.code, run.err
        assert FILES == set(attested.index.files("demo"))
        assert 3 == kinds(attested).count("rekor")

    def test_a_workflow_that_another_calls_is_stopped_before_the_mint(
        self, attested: Stage
    ) -> None:
        called = "acme/demo/.github/workflows/publish.yml@refs/heads/main"
        job = attested.index.issuer.job(
            repository="acme/demo", workflow="release.yml", called_workflow=called
        )
        before = attested.state()

        run = attested.run("release", "--execute", **job, RELEASIO_PUBLISH_ATTESTATIONS="true")

        assert 4 == run.code
        assert "this job is in the reusable workflow publish.yml" in run.err
        assert "mint" not in kinds(attested)
        assert before == attested.state()

    def test_with_a_token_it_is_said_and_goes_on(self, attested: Stage) -> None:
        off = {"ACTIONS_ID_TOKEN_REQUEST_URL": "", "ACTIONS_ID_TOKEN_REQUEST_TOKEN": ""}

        run = attested.run(
            "release", "--execute", **off, RELEASIO_TOKEN=attested.index.user_token()
        )

        assert 0 == run.code, run.err
        assert [False, False] == with_attestations(attested)
        assert "without attestations: the upload does not go by trusted publishing" in run.out

    def test_with_a_token_and_required_nothing_is_begun(self, attested: Stage) -> None:
        off = {"ACTIONS_ID_TOKEN_REQUEST_URL": "", "ACTIONS_ID_TOKEN_REQUEST_TOKEN": ""}
        before = attested.state()

        run = attested.run(
            "release",
            "--execute",
            **off,
            RELEASIO_TOKEN=attested.index.user_token(),
            RELEASIO_PUBLISH_ATTESTATIONS="true",
        )

        assert 5 == run.code
        assert "(releasio explain attestations-need-trusted-publishing)" in run.err
        assert before == attested.state()

    def test_switched_off_nothing_is_signed(self, attested: Stage) -> None:
        run = attested.run("release", "--execute", RELEASIO_PUBLISH_ATTESTATIONS="false")

        assert 0 == run.code, run.err
        assert [False, False] == with_attestations(attested)
        assert "fulcio" not in kinds(attested)

    def test_a_refused_attestation_is_not_left_out_by_itself(
        self, attested: Stage, tmp_path: Path
    ) -> None:
        """
        The index trusts the publisher and its own Sigstore; the job signs with another.
        """
        with EmbeddedIndex() as other:
            trust = tmp_path / "other.json"
            trust.write_text(other.sigstore.trust_config, encoding="utf-8")
            signer = other.issuer.job(repository="acme/demo", workflow="release.yml")
            token = Visitor(other).identity(signer, "sigstore")
            run = attested.run(
                "release",
                "--execute",
                RELEASIO_PUBLISH_SIGSTORE_TRUST_CONFIG=str(trust),
                RELEASIO_SIGSTORE_ID_TOKEN=token,
            )

        assert 1 == run.code
        assert "(releasio explain attestation-refused)" in run.err
        assert {} == attested.index.files("demo")
        assert [True] == with_attestations(attested)


WITHOUT_LIBRARIES = """\
import sys

sys.modules["sigstore"] = sys.modules["pypi_attestations"] = None  # as if not installed
from releasio.__main__ import main

main()
"""


class TestWithoutTheExtra:
    DRIVER = ("-c", WITHOUT_LIBRARIES)

    def test_a_release_says_so_and_goes_on(self, stage: Stage) -> None:
        """
        The index would be told to take them by a Sigstore of one's own, which nobody can read here.
        """
        preview = stage.run(
            "release",
            "--dry-run",
            driver=self.DRIVER,
            RELEASIO_PUBLISH_SIGSTORE_TRUST_CONFIG="trust.json",
        )
        run = stage.run(
            "release",
            "--execute",
            driver=self.DRIVER,
            RELEASIO_PUBLISH_SIGSTORE_TRUST_CONFIG="trust.json",
        )

        said = "sigstore and pypi-attestations are not installed"
        assert f"(without attestations: {said}. pip install" in preview.out
        assert 0 == run.code, run.err
        assert f'without attestations: {said}. pip install "releasio[attestations]>=3"' in run.out

    def test_one_that_requires_them_does_not_begin(self, stage: Stage) -> None:
        before = stage.state()

        run = stage.run(
            "release", "--execute", driver=self.DRIVER, RELEASIO_PUBLISH_ATTESTATIONS="true"
        )

        assert 2 == run.code
        assert "attestations need sigstore and pypi-attestations" in run.err
        assert 'pip install "releasio[attestations]>=3"' in run.err
        assert before == stage.state()


class TestVerify:
    @pytest.fixture
    def released(self, attested: Stage) -> Stage:
        """Release with attestations; nobody's mind is changed by the environment afterwards."""
        run = attested.run("release", "--execute")
        assert 0 == run.code, run.err
        return attested

    def test_the_release_reads_back_what_it_sent(self, attested: Stage) -> None:
        run = attested.run("release", "--execute", "--verbose")

        assert 2 == run.out.count("is attested on") == run.out.count("by GitHub: acme/demo")
        assert 2 == kinds(attested).count("integrity")

    def test_tells_of_each_file_who_published_it(self, released: Stage) -> None:
        run = released.run("verify")

        assert 0 == run.code, run.err
        for name in FILES:
            wanted = f"  [x] {name}: attestation by GitHub: acme/demo, release.yml"
            assert wanted in run.out.splitlines()

    def test_tells_it_in_json(self, released: Stage) -> None:
        document = json.loads(released.run("verify", "--json").out)

        wanted = dict.fromkeys(FILES, "by GitHub: acme/demo, release.yml")
        assert wanted == document["release"]["attestations"]

    def test_any_clone_will_do(self, released: Stage) -> None:
        run = released.elsewhere("elsewhere").run("verify")

        assert 0 == run.code, run.err
        assert 2 == run.out.count("attestation by GitHub: acme/demo, release.yml")

    def test_another_repositorys_files_are_not_ours(self, released: Stage) -> None:
        released.repo.git("remote", "set-url", "origin", "https://github.com/ada/fork.git")

        run = released.run("verify")

        assert 4 == run.code
        told = "it was published by GitHub: acme/demo, and this is a clone of GitHub: ada/fork"
        assert f"attestation wrong: {told}" in run.out
        assert "(releasio explain provenance-wrong)" in run.err

    def test_the_repositorys_name_counts_in_any_case(self, released: Stage) -> None:
        released.repo.git("remote", "set-url", "origin", "git@github.com:Acme/Demo.git")

        assert 0 == released.run("verify").code

    def test_a_signature_nobody_here_trusts_is_wrong(self, released: Stage, tmp_path: Path) -> None:
        trust = tmp_path / "other.json"
        with EmbeddedIndex() as other:
            trust.write_text(other.sigstore.trust_config, encoding="utf-8")

        run = released.run("verify", RELEASIO_PUBLISH_SIGSTORE_TRUST_CONFIG=str(trust))

        assert 4 == run.code
        assert "shows a provenance of demo-0.1.1.tar.gz that does not hold: " in run.err

    def test_provenance_that_is_gone_is_told_where_the_files_were_signed(
        self, attested: Stage
    ) -> None:
        attested.index.fail(on="upload", how="attestations-off", times=2)
        first = attested.run("release", "--execute")

        run = attested.run("verify")

        assert 0 == first.code, first.err
        assert "shows no provenance of demo-0.1.1.tar.gz yet. `releasio verify`" in first.out
        assert 4 == run.code
        assert 2 == run.out.count(": attestation none")
        assert "  [!] demo-0.1.1.tar.gz: attestation none" in run.out.splitlines()
        assert "(releasio explain provenance-missing)" in run.err
        assert "which were signed" in run.err

    def test_elsewhere_nobody_knows_that_they_were(self, attested: Stage) -> None:
        attested.index.fail(on="upload", how="attestations-off", times=2)
        attested.run("release", "--execute")

        run = attested.elsewhere("elsewhere").run("verify")

        assert 0 == run.code, run.err
        assert "attestation" not in run.out

    def test_unless_the_settings_ask_for_them(self, attested: Stage) -> None:
        """
        They may ask for them since yesterday only, so that is no error.
        """
        attested.index.fail(on="upload", how="attestations-off", times=2)
        attested.run("release", "--execute")

        run = attested.elsewhere("elsewhere").run("verify", RELEASIO_PUBLISH_ATTESTATIONS="true")

        assert 0 == run.code, run.err
        assert "  [-] demo-0.1.1.tar.gz: attestation none" in run.out.splitlines()
        told = " shows no provenance of demo-0.1.1-py3-none-any.whl, demo-0.1.1.tar.gz: they were"
        assert told in run.out

    @pytest.mark.parametrize("how", ["attestations-off", "garbage", "html-200"])
    def test_what_cannot_be_read_is_not_called_verified(self, released: Stage, how: str) -> None:
        released.index.fail(on="integrity", how=how, times=99)

        run = released.run("verify")

        assert 0 == run.code, run.err
        assert 1 == run.out.count("  [-] demo-0.1.1.tar.gz: attestation not verified: ")
        assert 2 == run.out.count("attestation not verified: ")

    def test_without_the_libraries_it_is_not_called_verified(self, released: Stage) -> None:
        run = released.run("verify", driver=("-c", WITHOUT_LIBRARIES))

        assert 0 == run.code, run.err
        reason = "sigstore and pypi-attestations are not installed"
        assert 2 == run.out.count(f"attestation not verified: {reason}")
