"""Who signs, whether a certificate is theirs, and whether a statement is the file's."""

from __future__ import annotations

import pytest

from releasio.rules.forge.forge_url import parse_forge_url
from releasio.rules.identity.attestation import (
    Certified,
    Home,
    Proof,
    Signatory,
    bundles_in,
    called_from,
    home_at,
    judged,
    misfit,
    signatory_in,
    signatory_of,
    unproven,
)
from releasio.rules.identity.attested import folder_of, takes_attestations, trust_for
from releasio.rules.index.registry import PYPI, TESTPYPI, Registry

HERE = Signatory("GitHub", "acme/demo", "release.yml")
THERE = Signatory("GitLab", "acme/demo", ".gitlab-ci.yml")
MACHINE = Signatory("Google", "robot@example.org", "")
WORKFLOW = "acme/demo/.github/workflows/release.yml@refs/heads/main"
WHEEL = "demo-1.0-py3-none-any.whl"


def told(**changes: str) -> dict[str, str]:
    """Return a certificate of HERE, with extensions replaced: `n12="…"`."""
    said = {
        "n8": "https://token.actions.githubusercontent.com",
        "n12": "https://github.com/acme/demo",
        "n13": "0" * 40,
        "n14": "refs/heads/main",
        "n18": f"https://github.com/{WORKFLOW}",
    }
    return {f"1.3.6.1.4.1.57264.1.{name[1:]}": value for name, value in (said | changes).items()}


class TestSignatory:
    @pytest.mark.parametrize(
        ("claims", "expected"),
        [
            ({"repository": "acme/demo", "job_workflow_ref": WORKFLOW}, HERE),
            (
                {
                    "project_path": "acme/demo",
                    "ci_config_ref_uri": "gitlab.com/acme/demo//.gitlab-ci.yml@refs/heads/main",
                },
                THERE,
            ),
            ({"iss": "https://accounts.google.com", "email": "robot@example.org"}, MACHINE),
            ({"iss": "https://ci.example.org", "email": "robot@example.org"}, None),
            ({}, None),
        ],
    )
    def test_is_what_an_index_calls_the_job(
        self, claims: dict[str, object], expected: Signatory | None
    ) -> None:
        assert expected == signatory_of(claims)

    @pytest.mark.parametrize(
        ("publisher", "expected"),
        [
            ({"kind": "GitHub", "repository": "acme/demo", "workflow": "release.yml"}, HERE),
            (
                {
                    "kind": "GitLab",
                    "repository": "acme/demo",
                    "workflow_filepath": ".gitlab-ci.yml",
                },
                THERE,
            ),
            ({"kind": "Google", "email": "robot@example.org"}, MACHINE),
            ({"kind": "CircleCI"}, None),
            ({"kind": "GitHub"}, None),
        ],
    )
    def test_is_read_from_a_provenance(
        self, publisher: dict[str, object], expected: Signatory | None
    ) -> None:
        assert expected == signatory_in(publisher)

    def test_is_told_in_a_few_words(self) -> None:
        assert ["GitHub: acme/demo, release.yml", "Google: robot@example.org"] == [
            str(HERE),
            str(MACHINE),
        ]


class TestCalledFrom:
    def test_a_workflow_that_another_calls(self) -> None:
        called = WORKFLOW.replace("release", "publish")

        found = called_from({"job_workflow_ref": called, "workflow_ref": WORKFLOW})

        assert ("publish.yml", "release.yml") == found

    @pytest.mark.parametrize(
        "claims",
        [{"job_workflow_ref": WORKFLOW, "workflow_ref": WORKFLOW}, {"workflow_ref": WORKFLOW}, {}],
    )
    def test_no_other(self, claims: dict[str, object]) -> None:
        assert called_from(claims) is None


class TestMisfit:
    def test_a_certificate_of_the_signatory(self) -> None:
        assert "" == misfit(HERE, Certified(told()))

    def test_a_workflow_at_the_commit(self) -> None:
        at_commit = f"https://github.com/acme/demo/.github/workflows/release.yml@{'0' * 40}"

        assert "" == misfit(HERE, Certified(told(n18=at_commit)))

    @pytest.mark.parametrize(
        ("changes", "problem"),
        [
            ({"n8": "https://ci.example.org"}, "the certificate's issuer is"),
            ({"n12": "https://github.com/Acme/demo"}, "the certificate's repository is"),
            ({"n18": "https://github.com/acme/demo/x.yml@y"}, "the certificate's workflow is"),
            ({"n13": "", "n14": "refs/heads/other"}, "the certificate's workflow is"),
        ],
    )
    def test_a_certificate_of_somebody_else(self, changes: dict[str, str], problem: str) -> None:
        assert misfit(HERE, Certified(told(**changes))).startswith(problem)

    def test_a_certificate_of_gitlab(self) -> None:
        said = told(
            n8="https://gitlab.com",
            n12="https://gitlab.com/acme/demo",
            n18="https://gitlab.com/acme/demo//.gitlab-ci.yml@refs/heads/main",
        )

        assert "" == misfit(THERE, Certified(said))
        assert misfit(THERE, Certified(told()))

    def test_a_certificate_of_google(self) -> None:
        said = told(n8="https://accounts.google.com")

        assert "" == misfit(MACHINE, Certified(said, ("robot@example.org",)))
        assert "the certificate is not robot@example.org's" == misfit(MACHINE, Certified(said))


class TestUnproven:
    def statement(self, name: str = WHEEL, sha256: str = "aa") -> dict[str, object]:
        return {"subject": [{"name": name, "digest": {"sha256": sha256}}]}

    @pytest.mark.parametrize(
        ("name", "signed"),
        [
            (WHEEL, WHEEL),
            ("demo-1.0.tar.gz", "demo-1.0.tar.gz"),
            ("demo-1.0-py2.py3-none-any.whl", "demo-1.0-py3.py2-none-any.whl"),
        ],
    )
    def test_the_statement_of_a_file(self, name: str, signed: str) -> None:
        assert "" == unproven(self.statement(signed), name, "aa")

    def test_of_another_file(self) -> None:
        assert "it was signed for demo-2.0.tar.gz" == unproven(
            self.statement("demo-2.0.tar.gz"), WHEEL, "aa"
        )

    def test_of_other_bytes(self) -> None:
        problem = "it was signed for a file with sha256 bb"
        assert problem == unproven(self.statement(sha256="bb"), WHEEL, "aa")

    @pytest.mark.parametrize("statement", [None, [], {}, {"subject": []}, {"subject": [{}, {}]}])
    def test_of_nothing(self, statement: object) -> None:
        problem = "what was signed is no statement about one file"
        assert problem == unproven(statement, WHEEL, "aa")


class TestIndexes:
    PRIVATE = Registry("127.0.0.1:8080", "http://127.0.0.1:8080/legacy/", None)

    def test_that_are_known_to_take_them(self) -> None:
        known = [takes_attestations(each, None) for each in (PYPI, TESTPYPI, self.PRIVATE)]

        assert [True, True, False] == known

    def test_a_sigstore_of_ones_own_is_for_an_index_that_takes_them(self) -> None:
        assert takes_attestations(self.PRIVATE, "trust.json")

    def test_that_take_only_the_public_sigstore_go_by_no_other(self) -> None:
        indexes = (PYPI, TESTPYPI, self.PRIVATE)

        assert [None, None, "trust.json"] == [trust_for(each, "trust.json") for each in indexes]
        assert [None, None, None] == [trust_for(each, None) for each in indexes]

    def test_have_a_folder_each_that_every_system_can_have(self) -> None:
        assert ["pypi", "testpypi", "127.0.0.1_3A8080"] == [
            folder_of(each) for each in (PYPI, TESTPYPI, self.PRIVATE)
        ]


PUBLISHER = {"kind": "GitHub", "repository": "acme/demo", "workflow": "release.yml"}


class TestProvenance:
    def test_tells_who_published_and_what_they_signed(self) -> None:
        bundle = {"publisher": PUBLISHER, "attestations": [{"version": 1}]}

        found = bundles_in({"version": 1, "attestation_bundles": [bundle]})

        assert ((HERE, ({"version": 1},)),) == found

    @pytest.mark.parametrize(
        "document",
        [
            None,
            [],
            {},
            {"attestation_bundles": []},
            {"attestation_bundles": [{}]},
            {"attestation_bundles": [{"publisher": PUBLISHER, "attestations": []}]},
            {"attestation_bundles": [{"publisher": "acme", "attestations": [{}]}]},
        ],
    )
    def test_what_is_none_is_not_taken_for_one(self, document: object) -> None:
        with pytest.raises(ValueError, match="the index's answer"):
            bundles_in(document)

    @pytest.mark.parametrize(
        ("proof", "words"),
        [
            (Proof(), "none"),
            (Proof((HERE,)), "by GitHub: acme/demo, release.yml"),
            (
                Proof((HERE,), unverified="somebody else did, too"),
                "by GitHub: acme/demo, release.yml; not verified: somebody else did, too",
            ),
            (Proof(problem="nobody signed it"), "wrong: nobody signed it"),
            (Proof(unverified="it is late"), "not verified: it is late"),
        ],
    )
    def test_is_told_in_a_few_words(self, proof: Proof, words: str) -> None:
        assert words == str(proof)
        assert (words != "none") == proof.said
        assert (words == "by GitHub: acme/demo, release.yml") == proof.holds


class TestFromAClone:
    """What a proof is worth there."""

    @pytest.mark.parametrize(
        "address",
        [
            "https://github.com/acme/demo.git",
            "git@github.com:Acme/Demo.git",
            "https://git.example.org/ada/fork",  # no index knows a publisher there
            "/srv/git/demo.git",
        ],
    )
    def test_of_the_repository_itself_all_is_well(self, address: str) -> None:
        assert Proof((HERE,)) == judged(Proof((HERE,)), home_at(parse_forge_url(address)))

    @pytest.mark.parametrize(
        ("published", "address", "who"),
        [
            (
                HERE,
                "https://github.com/ada/fork",
                "GitHub: acme/demo, and this is a clone of GitHub: ada/fork",
            ),
            (
                THERE,
                "https://github.com/acme/demo",
                "GitLab: acme/demo, and this is a clone of GitHub: acme/demo",
            ),
            (
                HERE,
                "git@gitlab.com:acme/sub/demo.git",
                "GitHub: acme/demo, and this is a clone of GitLab: acme/sub/demo",
            ),
        ],
        ids=["a fork", "another forge", "the other way round"],
    )
    def test_another_repository_is_a_stranger(
        self, published: Signatory, address: str, who: str
    ) -> None:
        proof = Proof((published,), unverified="it is late")

        found = judged(proof, home_at(parse_forge_url(address)))

        assert Proof(problem=f"it was published by {who}") == found

    def test_an_account_belongs_to_none(self) -> None:
        found = judged(Proof((MACHINE,)), Home("GitHub", "acme/demo"))

        wanted = (
            "by Google: robot@example.org; not verified: "
            "nothing tells that Google: robot@example.org publishes for GitHub: acme/demo"
        )
        assert wanted == str(found)
        assert not found.problem

    def test_beside_one_a_stranger_is_one_still(self) -> None:
        found = judged(Proof((MACHINE, HERE)), Home("GitHub", "ada/fork"))

        assert found.problem.startswith("it was published by GitHub: acme/demo, and")

    @pytest.mark.parametrize(
        "proof", [Proof(), Proof(problem="nobody signed it"), Proof(unverified="it is late")]
    )
    def test_what_names_nobody_stays_what_it_is(self, proof: Proof) -> None:
        assert proof == judged(proof, Home("GitHub", "acme/demo"))
