from __future__ import annotations

import pytest

from releasio.text.wrapping import wrapped


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("short", "short"),
        ("a" * 50, "a" * 50),
        (
            "one line that is longer than forty columns are wide",
            "one line that is longer than forty\n  columns are wide",
        ),
        (
            "  [ ] push main and tag v1.0.0 to origin, both or neither",
            "  [ ] push main and tag v1.0.0 to\n      origin, both or neither",
        ),
        (
            "publish  [ ] push main and tag v1.0.0 to origin, verify",
            "publish  [ ] push main and tag v1.0.0 to\n             origin, verify",
        ),
        (
            "  note: the tag v1.0.0 is here and not on the remote",
            "  note: the tag v1.0.0 is here and not\n        on the remote",
        ),
        (
            "Make it with `git push origin refs/tags/v1.0.0` and run it again",
            "Make it with\n  `git push origin refs/tags/v1.0.0` and\n  run it again",
        ),
        (
            "first line\nanother line that does not fit into the columns",
            "first line\nanother line that does not fit into the\n  columns",
        ),
        (
            "  Owner             acme                   repository_owner = acme",
            "  Owner             acme                   repository_owner = acme",
        ),
        (
            "The form: https://index.example/manage/project/demo/settings/publishing/",
            "The form:\n  https://index.example/manage/project/demo/settings/publishing/",
        ),
    ],
)
def test_breaks_between_words_and_indents_what_follows(text: str, expected: str) -> None:
    assert expected == wrapped(text, 40)


def test_a_window_too_narrow_for_words_breaks_them_itself() -> None:
    assert "a b " * 20 == wrapped("a b " * 20, 20)
