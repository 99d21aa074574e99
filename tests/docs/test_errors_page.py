from __future__ import annotations

import inspect
import re
import subprocess
import sys

import pytest

from releasio.errors.base import Problems, ReleasioError
from releasio.errors.catalogue import catalogue, has_own_code
from releasio.errors.git.push import TagTaken

CODES = sorted(catalogue())


def subclasses(base: type[ReleasioError]) -> set[type[ReleasioError]]:
    return {base}.union(*(subclasses(each) for each in base.__subclasses__()))


def test_every_error_with_a_code_is_in_the_catalogue_once() -> None:
    coded = [each for each in subclasses(ReleasioError) if has_own_code(each)]

    assert {each.code for each in coded} == set(CODES)
    assert len(coded) == len(CODES)


def test_every_error_that_can_be_raised_has_a_code_and_an_exit_code() -> None:
    leaves = [each for each in subclasses(ReleasioError) if not each.__subclasses__()]

    assert leaves
    assert [] == [each for each in leaves if not hasattr(each, "code")]
    assert {each.exit_code for each in leaves} <= {0, 1, 2, 4, 5, 6}


@pytest.mark.parametrize("code", CODES)
class TestEach:
    def test_code_is_in_kebab_case(self, code: str) -> None:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code)

    def test_begins_with_a_sentence_and_goes_on_with_cause_or_remedy(self, code: str) -> None:
        text = inspect.getdoc(catalogue()[code]) or ""
        sentence, *more = text.split("\n\n")

        assert sentence.endswith(".")
        assert more or catalogue()[code] is Problems


def test_explain_prints_the_text_of_the_page() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "releasio", "explain", "tag-taken"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )

    assert (inspect.getdoc(TagTaken) or "?") in done.stdout
