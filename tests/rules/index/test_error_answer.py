from __future__ import annotations

import pytest

from releasio.rules.index.error_answer import (
    beginning,
    is_about_name,
    is_anothers,
    is_final,
    is_for_people,
    is_lasting,
    is_taken,
    remedy,
    sentence,
)

JSON = "application/json"
HTML = "text/html; charset=utf-8"


@pytest.mark.parametrize(
    ("status", "reason", "kind", "body", "expected"),
    [
        (
            400,
            "Bad Request",
            JSON,
            '{"message": "m", "code": "400 No such file type."}',
            "No such file type.",
        ),
        (400, "", JSON, '{"code": "400 Über."}', "Über."),
        (403, "Forbidden", JSON, '{"message": "Not\\n\\n for you"}', "Not for you"),
        (400, "It says why", JSON, "{truncated", "It says why"),
        (400, "It says why", JSON, "[]", "It says why"),
        (400, "File already exists", HTML, "<h1>400</h1>", "File already exists"),
        (
            502,
            "Bad Gateway",
            HTML,
            "<html><style>x{}</style><p>Proxy &amp; co</p></html>",
            "Proxy & co",
        ),
        (500, "", "", "", "Internal Server Error"),
        (599, "", "", "", "status 599"),
        (400, "Bad Request", JSON, '{"code": "400 Bad Request"}', '{"code": "400 Bad Request"}'),
    ],
)
def test_the_sentence_is_found_wherever_it_stands(
    status: int, reason: str, kind: str, body: str, expected: str
) -> None:
    assert expected == sentence(status, reason, kind, body)


def test_a_page_is_shortened() -> None:
    assert len(sentence(500, "", HTML, f"<p>{'x' * 9000}</p>")) == 500


@pytest.mark.parametrize(
    "token", ["pypi-AgEIcHlwaS5vcmcCJDAwMDAwMDAw", "eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJweXBpIn0.c2ln"]
)
def test_what_looks_like_a_token_is_taken_out(token: str) -> None:
    assert sentence(400, f"You sent {token}!", "", "") == "You sent ***!"
    assert beginning(f"{token} etc.") == "*** etc."


@pytest.mark.parametrize(
    ("status", "told", "expected"),
    [
        (403, "Invalid or non-existent authentication information.", "The token is not known"),
        (403, "Invalid API Token: token is expired", "The token's time is over."),
        (403, "The user 'a' isn't allowed to upload to project 'b'.", "The account or publisher"),
        (400, "The name 'x' isn't allowed.", "Nobody may use this name on the index"),
        (
            400,
            "Uploading new files to releases older than 14 days is not",
            "The index takes no new",
        ),
        (409, "The name 'x' conflicts with an existing project.", "Somebody created the project"),
        (409, "there already", "The index has a file of this name"),
        (401, "", "The index wants a user and password"),
        (405, "", "Check the registry's url"),
        (400, "something new", "Why is in the index's own words only."),
    ],
)
def test_every_answer_has_a_remedy(status: int, told: str, expected: str) -> None:
    assert remedy(status, told).startswith(expected)


@pytest.mark.parametrize(
    ("status", "told", "expected"),
    [
        (400, "File already exists ('x')", True),
        (409, "anything", True),
        (400, "Package 'x' already exists!", True),
        (400, "This filename was previously used by a file", False),
        (403, "File already exists", False),
        (409, "The name 'x' conflicts with an existing project.", False),
    ],
)
def test_a_taken_name_is_told_from_other_refusals(
    status: int, told: str, *, expected: bool
) -> None:
    assert expected == is_taken(status, told)


@pytest.mark.parametrize(
    ("status", "told", "expected"),
    [
        (429, "Too many new projects created", True),
        (429, "Too Many Requests", False),
        (400, "Too many new projects created", False),
    ],
)
def test_a_limit_by_the_hour_is_not_waited_for(status: int, told: str, *, expected: bool) -> None:
    assert expected == is_lasting(status, told)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("The name 'demo' is too similar to an existing project. See", True),
        ("The name 'demo' conflicts with an existing project.", True),
        (
            "The name 'json' isn't allowed (conflict with Python Standard Library module name).",
            True,
        ),
        ("The name 'requirements.txt' isn't allowed. See", True),
        ("The name 'demo-' is invalid.", True),
        ("'demo-' is an invalid value for Name. Error: Start and end with a letter", True),
        ("The user 'ada' isn't allowed to upload to project 'demo'. See", False),
        ("'x' is an invalid value for Classifier", False),
        ("Non-user identities cannot create new projects", False),
        ("File too large", False),
    ],
)
def test_a_refused_name_is_told_from_other_refusals(told: str, *, expected: bool) -> None:
    assert expected == is_about_name(told)


def test_a_project_of_somebody_else_is_told_from_a_name_that_nobody_may_have() -> None:
    assert is_anothers("The user 'ada' isn't allowed to upload to project 'demo'. See")
    assert not is_anothers("The name 'demo' isn't allowed. See")


class TestIsForPeople:
    @pytest.mark.parametrize(
        ("kind", "body", "expected"),
        [
            ("text/html", "<form action='/login'>", True),
            ("text/html; charset=utf-8", '<meta HTTP-EQUIV="refresh" content="0;url=/">', True),
            ("text/html", "<SCRIPT>location = '/'</SCRIPT>", True),
            ("text/html", "<a href='demo-1.0.tar.gz'>demo-1.0.tar.gz</a>", False),
            ("text/html", "", False),
            ("application/json", '{"code": "<form>"}', False),
        ],
    )
    def test_knows_what_no_index_says(self, kind: str, body: str, *, expected: bool) -> None:
        assert expected == is_for_people(kind, body)


@pytest.mark.parametrize(
    "sentence",
    [
        (
            "'Not :: A Classifier' is not a valid classifier. See "
            "https://packaging.python.org/specifications/core-metadata for more information."
        ),
        "The description failed to render in the default format of reStructuredText.",
    ],
)
def test_what_is_in_a_file_is_refused_for_good(sentence: str) -> None:
    """
    The file is tagged as it is: only another version can be mended.
    """
    assert is_final(sentence)
