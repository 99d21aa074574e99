"""The output `json` of a job."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from releasio.cli.show.job.document_output import LIMIT, document_output
from tests.action.runner import read_outputs
from tests.cli.test_json import VALIDATOR

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.program import Program


def document(commits: int = 1, notes: str = "") -> dict[str, Any]:
    left_out = {"commit": "a" * 40, "subject": "rework 🎉", "reason": "no type"}
    return {
        "schema_version": 1,
        "command": "check",
        "exit_code": 0,
        "notes": ["as it was"],
        "packages": [
            {
                "name": "demo",
                "path": ".",
                "version": "1.0",
                "last_tag": None,
                "has_changes": False,
                "reason": notes,
                "left_out": [left_out] * commits,
                "effects": [],
                "release": None,
            }
        ],
    }


class TestDocument:
    def test_is_itself_in_one_line(self) -> None:
        text = document_output(document())

        assert document() == json.loads(text)
        assert "\n" not in text

    def test_is_cut_where_the_runner_would_not_take_it_and_says_so(self) -> None:
        text = document_output(document(commits=50_000))

        shortened = json.loads(text)
        VALIDATOR.validate(shortened)
        assert len(text) <= LIMIT
        assert 100 == len(shortened["packages"][0]["left_out"])
        assert "as it was" == shortened["notes"][0]
        assert "cut to 100" in shortened["notes"][1]

    def test_has_no_text_that_is_longer_than_all_of_it_may_be(self) -> None:
        text = document_output(document(notes="🎉" * 1_000_000))

        VALIDATOR.validate(json.loads(text))
        assert len(text) <= LIMIT


class TestJob:
    def test_gets_the_document_whatever_the_command_and_its_end(
        self, releasio: Program, tmp_path: Path
    ) -> None:
        outputs = tmp_path / "outputs"
        run = releasio("verify", "7.7.7", GITHUB_OUTPUT=str(outputs))

        output = json.loads(read_outputs(outputs.read_text(encoding="utf-8"))["json"])
        VALIDATOR.validate(output)
        assert ("verify", run.code) == (output["command"], output["exit_code"])
        assert output["errors"]

    def test_is_the_same_beside_json(self, releasio: Program, tmp_path: Path) -> None:
        outputs = tmp_path / "outputs"
        run = releasio("config", "--json", GITHUB_OUTPUT=str(outputs))

        output = read_outputs(outputs.read_text(encoding="utf-8"))["json"]
        assert json.loads(run.out) == json.loads(output)

    def test_fails_no_run_that_cannot_write_it(self, releasio: Program, tmp_path: Path) -> None:
        run = releasio("config", GITHUB_OUTPUT=str(tmp_path / "nowhere" / "outputs"))

        assert 0 == run.code
        assert "the output json cannot be written: " in run.err
