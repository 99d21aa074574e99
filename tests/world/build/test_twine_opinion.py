"""What twine says of real files, beside what we say."""

from __future__ import annotations

import logging
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from rich import get_console
from twine.commands.check import check

from releasio.world.build.archive import inspect
from releasio.world.build.twine_opinion import ask_twine
from tests.standins.kinds import kinds, sdist, wheel

if TYPE_CHECKING:
    from pathlib import Path

    from releasio.world.build.archive import Findings
    from tests.standins.kinds import Kind
    from tests.standins.packages import Package

WHEEL, SDIST = "demo-1.0-py3-none-any.whl", "demo-1.0.tar.gz"
BROKEN_RST = ("Description-Content-Type: text/x-rst", "", "A demo", "======", "", ".. nosuch::")


LOAD = (
    "import sys; from pathlib import Path; from releasio.world.build.archive import load_checks; "
    "load_checks(Path(sys.argv[1])); print(*sys.modules)"
)


def put(folder: Path, package: Package) -> Path:
    path = folder / package.filename
    path.write_bytes(package.data)
    return path


def judged(folder: Path, *packages: Package, strict: bool = True) -> Findings:
    paths = [put(folder, package) for package in packages]
    return inspect(paths, project="demo", version="1.0", strict=strict)


def passes_twine_check(path: Path) -> bool:
    try:
        with get_console().capture():
            return not check([str(path)])
    except Exception:  # noqa: BLE001 -- twine breaks down over damaged archives
        return False


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.title)
def test_it_is_what_twine_check_ends_with_and_nothing_is_shown(
    kind: Kind, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = put(tmp_path, kind.package)
    [opinion] = ask_twine([path])

    assert ("", "") == capfd.readouterr()  # a warning that is logged would be there, too
    assert passes_twine_check(path) == (not opinion.refusal and not opinion.silence)
    assert str(tmp_path) not in opinion.refusal + opinion.silence


@pytest.mark.parametrize(
    ("kind", "is_rendered"),
    [("text/x-rst", True), ("text/markdown", False), ("text/plain", False)],
)
def test_what_renders_descriptions_is_loaded_ahead_where_it_is_needed(
    kind: str, *, is_rendered: bool, tmp_path: Path
) -> None:
    path = put(tmp_path, sdist("demo", f"Description-Content-Type: {kind}", "", "A demo"))

    command = [sys.executable, "-c", LOAD, str(path)]
    loaded = subprocess.check_output(command, encoding="utf-8").split()

    assert is_rendered == ("docutils" in loaded)


class TestWhereTheTwoContradictEachOther:
    def test_what_twine_alone_refuses_stops_the_release(self, tmp_path: Path) -> None:
        errors, _ = judged(tmp_path, wheel("demo", METADATA=b"Metadata-Version: 9\n"))

        (error,) = errors
        assert "twine-refuses" == error.code
        assert error.message.startswith(
            f"twine refuses {WHEEL}, which releasio would take: Invalid distribution metadata: "
        )
        assert (
            "Correct what twine names, for other tools may read the file as it does. If it is "
            "twine that errs, upgrade it, or publish.validate_before_publish = false asks neither "
            "it nor whether descriptions render."
        ) == error.hint

    def test_twine_is_not_asked_where_the_settings_say_so(self, tmp_path: Path) -> None:
        package = wheel("demo", METADATA=b"Metadata-Version: 9\n")

        assert ((), ()) == judged(tmp_path, package, strict=False)

    def test_what_twine_would_take_is_said_beside_our_refusal(self, tmp_path: Path) -> None:
        errors, notes = judged(tmp_path, wheel("demo", tag="cp311-cp311-linux_x86_64"))

        assert ["platform-tag-refused"] == [error.code for error in errors]
        assert (
            "twine would take demo-1.0-cp311-cp311-linux_x86_64.whl, which releasio refuses: of "
            "the index's rules it knows those about metadata and descriptions, and not all of them"
        ) in notes

    def test_each_file_is_told_apart(self, tmp_path: Path) -> None:
        errors, notes = judged(
            tmp_path,
            wheel("demo", METADATA=b"Metadata-Version: 9\n"),
            sdist("demo", "Requires-Python: three"),
        )

        assert ["metadata-refused", "twine-refuses"] == [error.code for error in errors]
        assert (
            f"twine refuses {SDIST}, too: Invalid distribution metadata: 'three' is invalid for "
            "'requires-python'"
        ) in notes


class TestWhereTheyAgree:
    def test_of_good_files_nothing_is_said(self, tmp_path: Path) -> None:
        assert ((), ()) == judged(tmp_path, wheel("demo"), sdist("demo"))

    def test_a_description_that_does_not_render_is_refused_once(self, tmp_path: Path) -> None:
        errors, notes = judged(tmp_path, sdist("demo", *BROKEN_RST))

        assert ["description-refused"] == [error.code for error in errors]
        (note,) = notes
        assert (
            f"twine refuses {SDIST}, too: `long_description` has syntax errors in markup and would "
            'not be rendered on PyPI. line 4: Error: Unknown directive type "nosuch". .. nosuch::'
        ) == note

    def test_of_one_description_the_same_is_said_of_all_files(self, tmp_path: Path) -> None:
        rst = ("Description-Content-Type: text/x-rst", "", "A demo", "======")
        _, (note,) = judged(tmp_path, wheel("demo", *BROKEN_RST), sdist("demo", *BROKEN_RST))

        assert note.startswith(f"twine refuses {WHEEL} and {SDIST}, too: `long_description` has")
        assert ((), ()) == judged(tmp_path, wheel("demo", *rst), sdist("demo", *rst))


class TestWhereTwineHasNone:
    def test_a_breakdown_of_its_own_is_a_note(self, tmp_path: Path) -> None:
        errors, notes = judged(tmp_path, wheel("demo", core="x"))

        assert ["metadata-refused"] == [error.code for error in errors]
        assert (f"twine has no opinion of {WHEEL}: InvalidVersion: Invalid version: 'x'",) == notes

    def test_it_is_not_given_what_would_fill_the_memory(self, tmp_path: Path) -> None:
        package = wheel("demo", METADATA_of_others=b" " * ((16 << 20) + 1))

        assert (
            f"twine has no opinion of {WHEEL}: ValueError: more than 16 MiB are called METADATA"
        ) in judged(tmp_path, package).remarks


def test_its_loggers_are_left_as_they_were(tmp_path: Path) -> None:
    ask_twine([put(tmp_path, sdist("demo", *BROKEN_RST))])

    assert [] == logging.getLogger("twine.commands.check").filters
