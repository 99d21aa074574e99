from __future__ import annotations

import pytest

from releasio.standins.responses import reason
from tests.embedded.index import EmbeddedIndex
from tests.standins.conftest import Visitor
from tests.standins.packages import wheel


class TestAddress:
    def test_without_its_slash_is_redirected(self, visitor: Visitor) -> None:
        answer = visitor.http.post("/legacy", data={":action": "file_upload"})

        assert 308 == answer.status_code
        assert "/legacy/" == answer.headers["Location"]
        assert (
            "An upload was attempted to /legacy but the expected upload URL is /legacy/ "
            "(with a trailing slash)"
        ) == answer.reason_phrase

    def test_explains_itself_to_browsers(self, visitor: Visitor) -> None:
        assert 200 == visitor.get("/legacy/").status_code

    @pytest.mark.parametrize(
        ("action", "status"),
        [("", 405), ("dance", 405), ("submit", 410), ("submit_pkg_info", 410), ("doc_upload", 410)],
    )
    def test_knows_one_action(self, visitor: Visitor, action: str, status: int) -> None:
        answer = visitor.http.post("/legacy/", data={":action": action})

        assert status == answer.status_code

    def test_of_old_has_moved(self, index: EmbeddedIndex, visitor: Visitor) -> None:
        answer = visitor.http.post("/pypi", data={":action": "file_upload"})

        assert (410, f"This API has moved to {index.upload_url}.") == (
            answer.status_code,
            answer.reason_phrase,
        )

    def test_at_the_root_is_no_place_for_uploads(self, visitor: Visitor) -> None:
        answer = visitor.http.post("/", data={":action": "file_upload"})

        assert (405, "GET, HEAD, OPTIONS") == (answer.status_code, answer.headers["Allow"])


class TestAnswer:
    """Section 3.2: where the sentence is depends on what the client accepts."""

    @pytest.mark.parametrize(
        ("accept", "kind"),
        [("", "text/plain"), ("*/*", "text/html"), ("application/json", "application/json")],
    )
    def test_has_the_sentence_in_status_line_and_body(
        self, visitor: Visitor, token: str, accept: str, kind: str
    ) -> None:
        answer = visitor.upload(wheel(), token, accept=accept, name="foo-")

        assert 400 == answer.status_code
        assert answer.headers["Content-Type"].startswith(kind)
        assert answer.reason_phrase.startswith("'foo-' is an invalid value for Name.")
        assert "is an invalid value for Name." in answer.text

    def test_in_json_has_it_in_the_code(self, visitor: Visitor, token: str) -> None:
        body = visitor.upload(wheel(), token, name="foo-").json()

        assert body["code"].startswith("400 'foo-' is an invalid value for Name. Error: ")
        assert "Bad Request" == body["title"]
        assert body["message"].startswith("The server could not comply with the request")

    def test_prefers_what_the_client_prefers(self, visitor: Visitor, token: str) -> None:
        accept = "application/json;q=0.9, text/plain;q=0.8, text/html;q=0.7"
        answer = visitor.upload(wheel(), token, accept=accept, name="foo-")

        assert "application/json" == answer.headers["Content-Type"]

    def test_replaces_what_a_status_line_cannot_carry(self) -> None:
        assert "? \u00e9 x" == reason("\u2603 \u00e9\nx")

    def test_may_lack_the_reason_as_over_http_2(self) -> None:
        with EmbeddedIndex(reason_phrases=False) as index:
            answer = Visitor(index).upload(wheel(), index.user_token(), name="foo-")

        assert "" == answer.reason_phrase
        assert answer.json()["code"].startswith("400 'foo-'")
