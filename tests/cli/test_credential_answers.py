"""What every source of credentials said, in each form in which people and programs read it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.program import Program
    from tests.embedded.index import EmbeddedIndex

NOT_IN_CI = {
    "source": "trusted publishing (GitHub Actions), trusted publishing (GitLab CI)",
    "outcome": "not-applicable",
    "reason": "not in a CI",
    "code": None,
}


def answers(document: dict[str, Any]) -> list[dict[str, Any]]:
    (asked,) = document["credentials"]
    found: list[dict[str, Any]] = asked["answers"]
    return found


class TestAPreview:
    def test_has_every_source_in_its_document(self, laptop: Program) -> None:
        found = answers(json.loads(laptop("check", "--json").out))

        assert NOT_IN_CI == found[0]
        assert {
            "source": "RELEASIO_TOKEN",
            "outcome": "possible",
            "reason": "set",
            "code": None,
        } in found

    def test_names_the_code_of_what_can_be_mended(self, laptop: Program) -> None:
        run = laptop("check", "--json", GITHUB_ACTIONS="true")

        assert "identity-permission-missing" == answers(json.loads(run.out))[0]["code"]

    def test_lists_them_when_asked_for_every_detail(self, laptop: Program) -> None:
        shown, short = laptop("check", "--verbose").out, laptop("check").out

        assert (
            "  trusted publishing (GitHub Actions), trusted publishing (GitLab CI): does not "
            "apply: not in a CI\n"
        ) in shown
        assert "  RELEASIO_TOKEN: would be asked: set\n" in shown
        assert "not in a CI" not in short

    def test_asks_nobody_offline(self, laptop: Program) -> None:
        assert [] == json.loads(laptop("check", "--offline", "--json").out)["credentials"]


class TestARun:
    def test_says_what_is_used_and_why_nothing_before_it(
        self, laptop: Program, tmp_path: Path
    ) -> None:
        summary = tmp_path / "summary"
        run = laptop("release", "--execute", "--json", GITHUB_STEP_SUMMARY=str(summary))
        found, text = answers(json.loads(run.out)), summary.read_text(encoding="utf-8")

        assert (NOT_IN_CI, "used") == (found[0], found[-1]["outcome"])
        assert "  credential:  RELEASIO_TOKEN\n" in text
        assert (
            "    trusted publishing (GitHub Actions), trusted publishing (GitLab CI): does not "
            "apply: not in a CI\n"
        ) in text

    def test_that_finds_none_has_the_reasons_everywhere(
        self, laptop: Program, index: EmbeddedIndex, tmp_path: Path
    ) -> None:
        del laptop.env["RELEASIO_TOKEN"]
        summary = tmp_path / "summary"
        job = {**index.issuer.job(repository="acme/other"), "GITHUB_STEP_SUMMARY": str(summary)}
        run = laptop("release", "--execute", "--json", **job)
        found, text = answers(json.loads(run.out)), summary.read_text(encoding="utf-8")

        assert 5 == run.code
        assert ("refused", "publisher-unknown") == (found[0]["outcome"], found[0]["code"])
        assert "trusted publishing (GitHub Actions): refused: " in text
        assert "the publisher must be" in text
