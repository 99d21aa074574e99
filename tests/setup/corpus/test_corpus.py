"""Doctor finds the fault of each broken set-up, and none in those that work."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.setup.corpus.case import Case, cases

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fakes.repository import Repository

BROKEN = cases("broken")
SOUND = cases("sound")
MENDED = [folder for folder in BROKEN if Case(folder).after_fix is not None]


@pytest.mark.parametrize("folder", BROKEN, ids=lambda folder: folder.name)
def test_a_broken_set_up_has_exactly_its_fault(folder: Path, repo: Repository) -> None:
    case = Case(folder)
    case.build(repo)

    findings = case.findings(repo)

    assert case.expected == sorted((each.code, each.place) for each in findings)
    assert case.expected
    assert case.severities <= {(each.code, each.place, each.severity) for each in findings}
    assert (case.after_fix is not None) == any(each.patch for each in findings)


@pytest.mark.parametrize("folder", MENDED, ids=lambda folder: folder.name)
def test_after_its_edits_a_second_run_finds_only_what_no_edit_mends(
    folder: Path, repo: Repository
) -> None:
    case = Case(folder)
    case.build(repo)

    changed_files = case.fix(repo)

    assert changed_files
    assert case.after_fix == [each.code for each in case.findings(repo)]
    assert () == case.fix(repo)


@pytest.mark.parametrize("folder", SOUND, ids=lambda folder: folder.name)
def test_a_sound_set_up_has_no_error(folder: Path, repo: Repository) -> None:
    case = Case(folder)
    case.build(repo)

    findings = case.findings(repo)

    assert [] == [each.message for each in findings if each.severity == "error"]
    assert case.expected == sorted((each.code, each.place) for each in findings)
