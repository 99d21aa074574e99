from __future__ import annotations

import pytest

from releasio.rules.index.upload_progress import UploadProgress

FILES = ("a", "b", "c.gz")
MANY = tuple(f"{number}" for number in range(12))


@pytest.mark.parametrize(
    ("files", "stored", "said"),
    [
        (FILES, FILES, "pypi has all 3 files."),
        (FILES, (), "pypi has none of the 3 files."),
        (FILES, ("a",), "pypi has 1 of 3 files (a); b and c.gz are left."),
        (
            FILES,
            ("c.gz", "a"),
            "pypi has 2 of 3 files (a and c.gz); b is left.",
        ),
        (
            MANY,
            ("0",),
            "pypi has 1 of 12 files (0); 1, 2, 3, 4, 5 and 6 more are left.",
        ),
        (FILES[:1], (), "pypi has not got a."),
        (FILES[:1], ("a",), "pypi has a."),
    ],
)
def test_it_says_which_files_are_there_and_which_are_left(
    files: tuple[str, ...], stored: tuple[str, ...], said: str
) -> None:
    assert said == UploadProgress("pypi", files, set(stored)).words


@pytest.mark.parametrize(
    ("stored", "unanswered", "said"),
    [
        (
            (),
            ("a",),
            "pypi is not known to have a (sent whole, and never confirmed); b and c.gz are left.",
        ),
        ((), FILES, "pypi is not known to have a, b and c.gz (sent whole, and never confirmed)."),
        (
            ("a",),
            ("b",),
            (
                "pypi has 1 of 3 files (a); pypi is not known to have b (sent whole, and never "
                "confirmed); c.gz is left."
            ),
        ),
        (
            ("a", "b"),
            ("c.gz",),
            (
                "pypi has 2 of 3 files (a and b); pypi is not known to have c.gz (sent whole, and "
                "never confirmed)."
            ),
        ),
        (FILES, ("a",), "pypi has all 3 files."),
    ],
)
def test_a_lost_answer_is_no_refusal(
    stored: tuple[str, ...], unanswered: tuple[str, ...], said: str
) -> None:
    assert said == UploadProgress("pypi", FILES, set(stored), set(unanswered)).words


def test_of_one_file_likewise() -> None:
    said = "pypi is not known to have a (sent whole, and never confirmed)."

    assert said == UploadProgress("pypi", ("a",), unanswered={"a"}).words


def test_what_is_left_keeps_its_order() -> None:
    tally = UploadProgress("pypi", FILES, {"b"})

    assert (["b"], ["a", "c.gz"]) == (tally.there, tally.left)
