from __future__ import annotations

import pytest

from releasio.rules.forge.error_answer import forge_sentence, is_of_repository


@pytest.mark.parametrize(
    ("status", "body", "sentence"),
    [
        (409, '{"message": "Release already exists"}', "Release already exists"),
        (400, '{"message": {"name": ["is taken"], "base": ["No\\nway"]}}', "name is taken; No way"),
        (409, '{"message": ["Another open merge request: !3"]}', "Another open merge request: !3"),
        (
            403,
            '{"error": "insufficient_scope", "error_description": "The request needs more."}',
            "The request needs more.; insufficient_scope",
        ),
        (404, '{"error": "404 Not Found"}', "404 Not Found"),
        (404, '{"errors": ["user is not there"], "message": "gone"}', "gone; user is not there"),
        (
            422,
            '{"message": "Validation Failed", "errors": [{"message": "No commits between"}]}',
            "Validation Failed; No commits between",
        ),
        (
            422,
            '{"message": "Validation Failed", "errors": [{"field": "name", "code": "is_bad"}]}',
            "Validation Failed; name is bad",
        ),
        (502, "<html><title>502</title></html>", "Bad Gateway"),
        (599, "", "status 599"),
        (403, '{"message": "", "error": null}', "Forbidden"),
        (403, "[]", "Forbidden"),
    ],
)
def test_the_sentence_is_found_wherever_it_stands(status: int, body: str, sentence: str) -> None:
    assert sentence == forge_sentence(status, body)


def test_a_long_one_is_cut() -> None:
    assert "x" * 500 == forge_sentence(400, f'{{"message": "{"x" * 900}"}}')


@pytest.mark.parametrize(
    ("sentence", "is_it"),
    [
        ("Not Found", True),
        ("404 Not found", True),
        ("404 Project Not Found", True),
        ("The target couldn't be found.", True),
        ("user does not exist [uid: 0, name: eve]", False),
        ("404 User Not Found", False),
        ("workflow 'docs.yml' not found", False),
    ],
)
def test_a_404_may_be_about_something_in_particular(sentence: str, *, is_it: bool) -> None:
    assert is_it == is_of_repository(sentence)
