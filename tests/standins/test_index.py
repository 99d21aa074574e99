from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import pytest

from releasio.standins.publishing import macaroons
from tests.embedded.index import EmbeddedIndex
from tests.standins.conftest import Visitor
from tests.standins.packages import sdist, wheel

if TYPE_CHECKING:
    from pathlib import Path

REPO = "octo/demo"
REAL_TOKENS = ("pypi-AgEIcHlwaS5vcmc", "pypi-AgENdGVzdC5weXBpLm9yZw")


class TestEmbeddedIndex:
    def test_says_that_it_is_not_the_real_one(self, index: EmbeddedIndex, visitor: Visitor) -> None:
        answer = visitor.get("/")

        assert "not PyPI" in answer.headers["X-Stand-In"]
        assert "not PyPI" in answer.text
        assert index.url.startswith("http://127.0.0.1:")

    def test_costs_little_and_leaves_nothing_behind(self) -> None:
        threads = threading.active_count()
        began = time.process_time()  # what others do on this machine is not in it
        for _ in range(5):
            with EmbeddedIndex() as index:
                Visitor(index).upload(wheel(), index.user_token()).raise_for_status()

        assert time.process_time() - began < 5  # some 0.2; a rehearsal starts one, tests thousands
        assert threads == threading.active_count()

    def test_explains_where_its_messages_point(self, visitor: Visitor) -> None:
        assert 200 == visitor.get("/help/").status_code

    def test_knows_nothing_else(self, visitor: Visitor) -> None:
        answer = visitor.get("/danger-api/echo", "application/json")

        assert (404, "text/html") == (
            answer.status_code,
            answer.headers["Content-Type"].partition(";")[0],
        )

    def test_has_no_metadata_of_what_is_not_there(self, index: EmbeddedIndex) -> None:
        index.create_project("demo")

        with pytest.raises(KeyError):
            index.metadata("demo", "1.0")


class TestLog:
    def test_tells_what_was_asked_in_order(
        self, index: EmbeddedIndex, visitor: Visitor, token: str
    ) -> None:
        visitor.upload(wheel(), token, name="foo-")
        visitor.upload(wheel(), token)
        visitor.get("/simple/demo/", "text/html")

        refused, stored, read = index.log
        assert [1, 2, 3] == [request.number for request in index.log]
        assert ("upload", "POST", "/legacy/") == (refused.kind, refused.method, refused.path)
        assert refused.reason.startswith("'foo-' is an invalid value for Name.")
        assert (400, 200, 200) == (refused.status, stored.status, read.status)
        assert wheel().filename == stored.filename
        assert ["demo"] == stored.form["name"]
        assert "text/html" == read.headers["accept"]

    def test_is_read_over_the_wire_too(self, visitor: Visitor) -> None:
        visitor.get("/simple/?a=1&a=2")
        [first, itself] = visitor.get("/_stand-in/log").json()

        assert ("/simple/", {"a": ["1", "2"]}) == (first["path"], first["query"])
        assert "/_stand-in/log" == itself["path"]

    def test_keeps_no_secrets(self, index: EmbeddedIndex, visitor: Visitor, token: str) -> None:
        index.trust("demo", repository=REPO, workflow="release.yml")
        job = index.issuer.job(repository=REPO)
        identity = visitor.identity(job)
        minted = visitor.mint(identity).json()["token"]
        visitor.upload(wheel(), token)
        visitor.http.post("/legacy/", headers={"Authorization": minted, "Cookie": minted})

        text = visitor.get("/_stand-in/log").text
        bearer = job["ACTIONS_ID_TOKEN_REQUEST_TOKEN"]
        assert not [secret for secret in (identity, minted, token, bearer) if secret in text]
        assert "Basic ***" == index.log[2].headers["authorization"]
        assert minted not in repr(index.log)


class TestState:
    def test_is_taken_up_by_the_next_index(self, tmp_path: Path) -> None:
        with EmbeddedIndex(state=tmp_path) as index:
            token = index.user_token()
            Visitor(index).upload(wheel(), token)
            index.trust("demo", repository=REPO, workflow="release.yml")
            index.expect("next", repository=REPO, workflow="next.yml")
        with EmbeddedIndex(state=tmp_path) as index:
            visitor = Visitor(index)
            answers = [visitor.upload(wheel(), token), visitor.upload(sdist(), token)]
            minted = [
                visitor.minted(index.issuer.job(repository=REPO, workflow=workflow))
                for workflow in ("release.yml", "next.yml")
            ]
            page = visitor.get("/simple/demo/", "application/vnd.pypi.simple.v1+json").json()
            data = [visitor.get(file["url"]).content for file in page["files"]]

        assert [200, 200] == [answer.status_code for answer in answers]
        assert [wheel().data, sdist().data] == data
        assert all(minted)
        assert ["demo", "next"] == index.projects()


class TestToken:
    def test_looks_like_no_real_ones(self, token: str) -> None:
        assert token.startswith("pypi-AgE")
        assert not token.startswith(REAL_TOKENS)

    def test_can_be_read(self) -> None:
        token = macaroons.serialise("me", b"key", [[0, 2, 1], ["x" * 200]])
        read = macaroons.parse(token)

        assert ("me", ("[0, 2, 1]", f'["{"x" * 200}"]')) == (read.identifier, read.caveats)
        assert read.is_signed_with(b"key")
        assert not read.is_signed_with(b"other")

    @pytest.mark.parametrize(
        "text", ["", "pypi-", "pypi-x", "pypi-AgEI", "other-AgEI", "pypi-\xff"]
    )
    def test_may_be_nonsense(self, text: str) -> None:
        with pytest.raises(macaroons.Malformed):
            macaroons.parse(text)
