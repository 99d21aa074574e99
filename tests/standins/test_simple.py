from __future__ import annotations

import hashlib
import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from tests.standins.packages import sdist, wheel

if TYPE_CHECKING:
    from tests.embedded.index import EmbeddedIndex
    from tests.standins.conftest import Visitor

HTML = "application/vnd.pypi.simple.v1+html"
JSON = "application/vnd.pypi.simple.v1+json"
PIP = f"{JSON}, {HTML}; q=0.1, text/html; q=0.01"


@pytest.fixture(autouse=True)
def _some_thing(visitor: Visitor, token: str) -> None:
    visitor.upload(wheel("some-thing"), token, requires_python=">=3.11").raise_for_status()
    visitor.upload(sdist("some-thing"), token).raise_for_status()


class TestNegotiation:
    @pytest.mark.parametrize(
        ("accept", "kind"),
        [
            (None, "text/html"),
            ("*/*", "text/html"),
            ("image/png", "text/html"),
            (f"{JSON}, text/html", "text/html"),
            (PIP, JSON),
            (HTML, HTML),
        ],
    )
    def test_never_ends_in_a_refusal(self, visitor: Visitor, accept: str | None, kind: str) -> None:
        answer = visitor.get("/simple/some-thing/", accept)

        assert 200 == answer.status_code
        assert kind == answer.headers["Content-Type"].partition(";")[0]


class TestProjectPage:
    def test_in_json_tells_all(self, index: EmbeddedIndex, visitor: Visitor) -> None:
        page = visitor.get("/simple/some-thing/", JSON).json()

        assert {"api-version": "1.4", "_last-serial": 2} == page["meta"]
        assert ("some-thing", ["1.0"]) == (page["name"], page["versions"])
        assert {"status": "active"} == page["project-status"]
        first, second = page["files"]
        assert wheel("some-thing").filename == first["filename"]
        assert {"sha256": wheel("some-thing").sha256} == first["hashes"]
        assert first["url"].startswith(f"{index.url}/packages/")
        assert (">=3.11", None) == (first["requires-python"], second["requires-python"])
        assert len(wheel("some-thing").data) == first["size"]
        assert "2026-11-21T12:00:00.000000Z" == first["upload-time"]
        assert (False, None) == (first["yanked"], first["provenance"])
        assert False is second["core-metadata"]

    def test_in_html_tells_what_pep_503_knows(self, visitor: Visitor) -> None:
        page = visitor.get("/simple/some-thing/").text

        assert '<meta name="pypi:repository-version" content="1.4">' in page
        assert "<!--SERIAL 2-->" in page
        assert f"#sha256={wheel('some-thing').sha256}" in page
        assert 'data-requires-python="&gt;=3.11"' in page
        assert "not PyPI" in page

    def test_is_found_under_any_spelling(self, visitor: Visitor) -> None:
        answer = visitor.get("/simple/Some.Thing/")

        assert 301 == answer.status_code
        assert "/simple/some-thing/" == answer.headers["Location"]

    def test_of_nothing_is_missing_in_plain_text(self, visitor: Visitor) -> None:
        answer = visitor.get("/simple/nothing/", JSON)

        assert (404, "404 Not Found") == (answer.status_code, answer.text)

    def test_is_labelled_for_caches(self, visitor: Visitor) -> None:
        first = visitor.get("/simple/some-thing/", JSON)
        again = visitor.http.get(
            "/simple/some-thing/", headers={"Accept": JSON, "If-None-Match": first.headers["ETag"]}
        )

        assert "2" == first.headers["X-PyPI-Last-Serial"]
        assert "max-age=600, public" == first.headers["Cache-Control"]
        assert 304 == again.status_code


class TestYanked:
    @pytest.mark.parametrize("reason", ["", "broken"])
    def test_files_say_so_and_why(
        self, index: EmbeddedIndex, visitor: Visitor, reason: str
    ) -> None:
        index.yank("some-thing", "1.0.0", reason)

        files = visitor.get("/simple/some-thing/", JSON).json()["files"]
        assert [reason or True] * 2 == [file["yanked"] for file in files]
        assert f'data-yanked="{reason}"' in visitor.get("/simple/some-thing/").text


class TestIndexPage:
    def test_lists_what_is_not_quarantined(self, index: EmbeddedIndex, visitor: Visitor) -> None:
        index.create_project("Other")
        index.create_project("hidden")
        index.set_status("hidden", "quarantined")

        listed = visitor.get("/simple/", JSON).json()["projects"]
        assert ["Other", "some-thing"] == [project["name"] for project in listed]
        assert 'href="/simple/other/"' in visitor.get("/simple/").text


class TestFile:
    def test_comes_as_it_went(self, visitor: Visitor) -> None:
        first, second = visitor.get("/simple/some-thing/", JSON).json()["files"]

        assert wheel("some-thing").data == visitor.get(first["url"]).content
        assert sdist("some-thing").data == visitor.get(second["url"]).content

    def test_comes_in_parts_for_whoever_asks(self, visitor: Visitor) -> None:
        [first, _] = visitor.get("/simple/some-thing/", JSON).json()["files"]
        answer = visitor.http.get(first["url"], headers={"Range": "bytes=0-9"})

        assert (206, wheel("some-thing").data[:10]) == (answer.status_code, answer.content)

    def test_of_a_wheel_has_its_metadata_beside_it(self, visitor: Visitor) -> None:
        [first, second] = visitor.get("/simple/some-thing/", JSON).json()["files"]
        metadata = visitor.get(first["url"] + ".metadata").content
        with zipfile.ZipFile(io.BytesIO(wheel("some-thing").data)) as archive:
            inside = archive.read("some_thing-1.0.dist-info/METADATA")

        assert inside == metadata
        assert {"sha256": hashlib.sha256(metadata).hexdigest()} == first["core-metadata"]
        assert first["core-metadata"] == first["data-dist-info-metadata"]
        assert 404 == visitor.get(second["url"] + ".metadata").status_code

    def test_lies_where_its_digest_says(self, visitor: Visitor) -> None:
        [first, _] = visitor.get("/simple/some-thing/", JSON).json()["files"]
        blake2 = hashlib.blake2b(wheel("some-thing").data, digest_size=32).hexdigest()
        folder = f"/packages/{blake2[:2]}/{blake2[2:4]}/{blake2[4:]}/"

        assert folder in first["url"]
        assert 404 == visitor.get(first["url"].replace(folder, "/packages/a/b/c/")).status_code


class TestIntegrity:
    def test_has_no_provenance_of_anything(self, visitor: Visitor) -> None:
        answer = visitor.get("/integrity/some-thing/1.0/x.whl/provenance")

        assert 404 == answer.status_code
        assert {"message": "No provenance available for x.whl"} == answer.json()
