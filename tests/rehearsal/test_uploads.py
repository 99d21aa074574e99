from __future__ import annotations

import base64
import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from releasio.rehearsal.index import EmbeddedIndex
from releasio.rehearsal.received import Limits
from releasio.rehearsal.responses import reason
from tests.rehearsal.conftest import Visitor
from tests.rehearsal.packages import Package, sdist, wheel

if TYPE_CHECKING:
    from tests.rehearsal.conftest import Clock

CORE = " See …/help/#core-metadata for more information."
NAME_HELP = "See …/help/#project-name for more information."
REUSE_HELP = "See …/help/#file-name-reuse for more information."


class TestUpload:
    def test_stores_files_and_the_first_ones_metadata(
        self, index: EmbeddedIndex, visitor: Visitor, token: str
    ) -> None:
        first = visitor.upload(wheel(), token, summary="First")
        second = visitor.upload(sdist(), token, summary="Second")

        assert [200, 200] == [first.status_code, second.status_code]
        assert {wheel().filename: wheel().sha256, sdist().filename: sdist().sha256} == index.files(
            "demo"
        )
        assert ["First"] == index.metadata("demo", "1.0")["summary"]

    def test_shows_the_latest_spelling_of_the_name(
        self, index: EmbeddedIndex, visitor: Visitor, token: str
    ) -> None:
        visitor.upload(wheel("some-thing"), token)
        visitor.upload(sdist("some-thing"), token, name="Some_Thing")

        assert ["Some_Thing"] == index.projects()

    def test_joins_versions_that_are_equal(
        self, index: EmbeddedIndex, visitor: Visitor, token: str
    ) -> None:
        visitor.upload(wheel(version="1.0"), token)
        answer = visitor.upload(sdist(version="1.0.0"), token)

        assert 200 == answer.status_code
        assert index.metadata("demo", "1.0") == index.metadata("demo", "1.0.0")

    def test_takes_the_action_from_the_address(
        self, index: EmbeddedIndex, visitor: Visitor, token: str
    ) -> None:
        package = wheel()
        answer = visitor.http.post(
            "/legacy/?:action=file_upload",
            data=package.form(**{":action": None}),
            files={"content": (package.filename, package.data)},
            auth=("__token__", token),
        )

        assert 200 == answer.status_code
        assert [package.filename] == list(index.files("demo"))

    def test_ignores_fields_it_does_not_know(
        self, index: EmbeddedIndex, visitor: Visitor, token: str
    ) -> None:
        visitor.upload(
            wheel(), token, import_names=["demo"], gpg_signature="x", home_page="UNKNOWN"
        )

        assert not {"import_names", "home_page"} & index.metadata("demo", "1.0").keys()

    def test_answers_success_with_something_not_to_be_read(
        self, visitor: Visitor, token: str
    ) -> None:
        assert "200 OK" == visitor.upload(wheel(), token).json()["code"]

    def test_takes_long_descriptions(
        self, index: EmbeddedIndex, visitor: Visitor, token: str
    ) -> None:
        text = "x" * 1_000_000
        visitor.upload(wheel(), token, description=text, description_content_type="text/markdown")

        assert [text] == index.metadata("demo", "1.0")["description"]


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


class TestAuthentication:
    INVALID = (
        "403 Invalid or non-existent authentication information. "
        "See …/help/#invalid-auth for more information."
    )

    def sent(self, visitor: Visitor, header: str | None) -> tuple[int, str]:
        package = wheel()
        answer = visitor.http.post(
            "/legacy/",
            data=package.form(),
            files={"content": (package.filename, package.data)},
            headers={"Accept": "application/json", **({"Authorization": header} if header else {})},
        )
        assert "WWW-Authenticate" not in answer.headers
        return answer.status_code, answer.json()["code"].replace(visitor.index.url, "…")

    @pytest.mark.parametrize("scheme", ["token", "Bearer", "bearer"])
    def test_takes_the_bare_token(self, visitor: Visitor, token: str, scheme: str) -> None:
        assert (200, "200 OK") == self.sent(visitor, f"{scheme} {token}")

    def test_takes_the_token_as_password_with_space_around(
        self, visitor: Visitor, token: str
    ) -> None:
        header = base64.b64encode(f"__token__: {token}\n".encode()).decode()

        assert (200, "200 OK") == self.sent(visitor, f"Basic {header}")

    @pytest.mark.parametrize(
        "header",
        [None, "Basic !!!", "Basic bm9jb2xvbg==", "token pypi-nonsense", "token other", "Digest x"],
    )
    def test_needs_a_token_it_knows(self, visitor: Visitor, header: str) -> None:
        assert (403, self.INVALID) == self.sent(visitor, header)

    def test_forgets_deleted_tokens(
        self, index: EmbeddedIndex, visitor: Visitor, token: str
    ) -> None:
        index.delete_token(token)

        assert (403, self.INVALID) == self.sent(visitor, f"token {token}")

    def test_takes_no_user_names(self, visitor: Visitor, token: str) -> None:
        header = base64.b64encode(f"ada:{token}".encode()).decode()

        status, code = self.sent(visitor, f"Basic {header}")
        assert 403 == status
        assert code.startswith(
            "403 Username/Password authentication is no longer supported. Migrate to API Tokens "
            "or Trusted Publishers instead. See "
        )

    def test_notices_a_token_somebody_wrote_on(self, visitor: Visitor, token: str) -> None:
        raw = token.removeprefix("pypi-")
        data = bytearray(base64.urlsafe_b64decode(raw + "=" * (-len(raw) % 4)))
        data[-1] ^= 1
        forged = "pypi-" + base64.urlsafe_b64encode(bytes(data)).rstrip(b"=").decode()

        assert (403, "403 Invalid API Token: signatures do not match") == self.sent(
            visitor, f"token {forged}"
        )


class TestPermission:
    def test_is_the_owners(self, index: EmbeddedIndex, visitor: Visitor) -> None:
        index.create_project("demo", owner="ada")
        refusal = visitor.refusal(wheel(), index.user_token(owner="eve"))

        wanted = f"403 The user 'eve' isn't allowed to upload to project 'demo'. {NAME_HELP}"
        assert wanted == refusal

    def test_of_a_project_token_ends_with_the_project(
        self, index: EmbeddedIndex, visitor: Visitor
    ) -> None:
        index.create_project("demo")
        index.create_project("other")
        token = index.user_token(["Demo"])

        assert 200 == visitor.upload(wheel(), token).status_code
        wanted = "403 Invalid API Token: project-scoped token is not valid for project: 'other'"
        assert wanted == visitor.refusal(wheel("other"), token)

    def test_of_a_project_token_makes_no_new_project(
        self, index: EmbeddedIndex, visitor: Visitor
    ) -> None:
        refusal = visitor.refusal(wheel("fresh"), index.user_token(["demo"]))

        wanted = "403 Invalid API Token: project-scoped token is not valid for project: 'fresh'"
        assert wanted == refusal
        assert [] == index.projects()

    @pytest.mark.parametrize(
        ("lacking", "words"),
        [
            ("verified_email", "a verified primary email address. Please add a verified"),
            ("two_factor", "two-factor authentication enabled. Please enable two-factor"),
        ],
    )
    def test_needs_an_account_in_order(
        self, index: EmbeddedIndex, visitor: Visitor, lacking: str, words: str
    ) -> None:
        index.create_user("ada", **{lacking: False})
        refusal = visitor.refusal(wheel(), index.user_token(owner="ada"))

        wanted = f"403 User 'ada', associated with the API token used, does not have {words}"
        assert refusal.startswith(wanted)

    def test_ends_when_a_project_is_archived(
        self, index: EmbeddedIndex, visitor: Visitor, token: str
    ) -> None:
        index.create_project("demo")
        index.set_status("demo", "archived")

        assert visitor.refusal(wheel(), token).startswith("403 The user 'rehearser' isn't allowed")

    def test_of_users_survives_quarantine_but_nobody_sees_the_file(
        self, index: EmbeddedIndex, visitor: Visitor, token: str
    ) -> None:
        index.create_project("demo")
        index.set_status("demo", "quarantined")

        assert 200 == visitor.upload(wheel(), token).status_code
        page = visitor.get("/simple/demo/", "application/vnd.pypi.simple.v1+json").json()
        assert ([], "quarantined") == (page["files"], page["project-status"]["status"])


class TestSite:
    @pytest.mark.parametrize(
        ("how", "wanted"),
        [
            ("read-only", "403 Read-only mode: Uploads are temporarily disabled."),
            (
                "uploads-off",
                (
                    "403 New uploads are temporarily disabled. "
                    "See …/help/#admin-intervention for more information."
                ),
            ),
            (
                "registration-off",
                (
                    "403 New project registration temporarily disabled. "
                    "See …/help/#admin-intervention for more information."
                ),
            ),
            ("too-many-projects", "429 Too many new projects created"),
            (
                "name-taken",
                (
                    "409 The name 'demo' conflicts with an existing project. "
                    "See …/help/#project-name for more information."
                ),
            ),
        ],
    )
    def test_may_be_closed_for_a_while(
        self, index: EmbeddedIndex, visitor: Visitor, token: str, how: str, wanted: str
    ) -> None:
        index.fail(on="upload", how=how)

        assert wanted == visitor.refusal(wheel(), token)
        assert 200 == visitor.upload(wheel(), token).status_code

    def test_tells_its_limit_and_not_when_it_is_over(
        self, index: EmbeddedIndex, visitor: Visitor, token: str
    ) -> None:
        index.fail(on="upload", how="too-many-projects")
        answer = visitor.upload(wheel(), token)

        assert {"ratelimit", "ratelimit-policy"} <= set(answer.headers)
        assert "retry-after" not in answer.headers


class TestForm:
    @pytest.mark.parametrize(
        ("changes", "wanted"),
        [
            ({"protocol_version": "2"}, "Unknown protocol version."),
            (
                {"name": None},
                f"'' is an invalid value for Name. Error: This field is required.{CORE}",
            ),
            (
                {"name": "foo-"},
                "'foo-' is an invalid value for Name. Error: Start and end with a letter or "
                "numeral containing only ASCII numeric and '.', '_' and '-'." + CORE,
            ),
            ({"filetype": None}, "Invalid value for filetype. Error: This field is required."),
            ({"filetype": "egg"}, "Invalid value for filetype. Error: Use a known file type."),
            (
                {"pyversion": None},
                (
                    "Invalid value for pyversion. Error: "
                    "Python version is required for binary distribution uploads."
                ),
            ),
            (
                {"filetype": "sdist", "pyversion": "py3"},
                "Invalid value for pyversion. Error: Use 'source' as Python version for an sdist.",
            ),
            ({"sha256_digest": None}, "Error: Include at least one message digest."),
            (
                {"sha256_digest": "xyz"},
                (
                    "Invalid value for sha256_digest. Error: "
                    "Use a valid, hex-encoded, SHA256 message digest."
                ),
            ),
            (
                {"blake2_256_digest": "xyz"},
                (
                    "Invalid value for blake2_256_digest. Error: "
                    "Use a valid, hex-encoded, BLAKE2 message digest."
                ),
            ),
            ({"metadata_version": None}, f"None is not a valid metadata version.{CORE}"),
            ({"metadata_version": "-1"}, f"'-1' is not a valid metadata version.{CORE}"),
            ({"metadata_version": "2.6"}, f"'2.6' is not a valid metadata version.{CORE}"),
            ({"version": None}, f"'version' is a required field.{CORE}"),
            ({"version": "dog"}, f"'dog' is invalid for 'version'.{CORE}"),
            (
                {"version": "1.0+local"},
                (
                    "The use of local versions in '1.0+local' is not allowed. "
                    "See …/help/#local-version-identifiers for more information."
                ),
            ),
            ({"summary": "x" * 513}, f"'summary' field must be 512 characters or less.{CORE}"),
            ({"summary": "a\nb"}, f"'summary' must be a single line.{CORE}"),
            ({"summary": ["a", "b"]}, f"'summary' has invalid data.{CORE}"),
            ({"classifiers": "Private :: X"}, f"'Private :: X' is not a valid classifier.{CORE}"),
            (
                {"classifiers": "Natural Language :: Ukranian"},
                (
                    "The classifier 'Natural Language :: Ukranian' has been deprecated, "
                    f"use one of ['Natural Language :: Ukrainian'] instead.{CORE}"
                ),
            ),
            (
                {"requires_dist": "foo @ https://example.org/foo.whl"},
                f"Can't have direct dependency: foo @ https://example.org/foo.whl.{CORE}",
            ),
            ({"requires_dist": "!"}, f"'!' is invalid for 'requires-dist'.{CORE}"),
            ({"requires_python": "dog"}, f"'dog' is invalid for 'requires-python'.{CORE}"),
            ({"provides_extra": "-"}, f"'-' is invalid for 'provides-extra'.{CORE}"),
            (
                {"license_expression": "MIT"},
                f"license-expression introduced in metadata version 2.4, not 2.1.{CORE}",
            ),
            (
                {"metadata_version": "2.4", "license_expression": "NO"},
                f"'NO' is invalid for 'license-expression'.{CORE}",
            ),
            (
                {"metadata_version": "2.4", "license_expression": "MIT", "license": "MIT"},
                (
                    "License is deprecated when License-Expression is present. "
                    f"Only License-Expression should be present.{CORE}"
                ),
            ),
            (
                {"metadata_version": "2.2", "dynamic": "foo"},
                f"'foo' is not a valid dynamic field.{CORE}",
            ),
            (
                {"metadata_version": "2.2", "dynamic": "name"},
                f"'name' is not allowed as a dynamic field.{CORE}",
            ),
            (
                {"author_email": "foo"},
                f"'foo' is not a valid email address: An email address must have an @-sign.{CORE}",
            ),
            ({"home_page": "x"}, f"'x' is not a valid url.{CORE}"),
            ({"project_urls": "Docs, "}, f"Must have a URL.{CORE}"),
            ({"project_urls": ", https://a.example"}, f"Must have a label.{CORE}"),
            (
                {"project_urls": f"{'x' * 33}, https://a.example"},
                f"'{'x' * 33}' must be 32 characters or less.{CORE}",
            ),
            (
                {"description": "*x", "description_content_type": "text/x-rst"},
                (
                    "The description failed to render for 'text/x-rst'. "
                    "See …/help/#description-content-type for more information."
                ),
            ),
            (
                {"description": "*x"},
                (
                    "The description failed to render in the default format of reStructuredText. "
                    "See …/help/#description-content-type for more information."
                ),
            ),
        ],
    )
    def test_says_what_is_wrong_first(
        self,
        index: EmbeddedIndex,
        visitor: Visitor,
        token: str,
        changes: dict[str, Any],
        wanted: str,
    ) -> None:
        assert f"400 {wanted}" == visitor.refusal(wheel(), token, **changes)
        assert [] == index.projects()

    def test_wants_text_fields_as_text(self, visitor: Visitor) -> None:
        package = wheel()
        answer = visitor.http.post(
            "/legacy/",
            data=package.form(summary=None),
            files={"content": (package.filename, package.data), "summary": ("s.txt", b"x")},
            headers={"Accept": "application/json"},
        )

        assert "400 summary: Should not be a tuple." == answer.json()["code"]

    def test_wants_a_file(self, visitor: Visitor, token: str) -> None:
        answer = visitor.http.post(
            "/legacy/",
            data=wheel().form(),
            files={"gpg_signature": ("x.asc", b"x")},
            auth=("__token__", token),
            headers={"Accept": "application/json"},
        )

        assert "400 Upload payload does not have a file." == answer.json()["code"]

    def test_takes_a_name_before_other_fields(self, visitor: Visitor, token: str) -> None:
        refusal = visitor.refusal(wheel(), token, version="dog", classifiers="X")

        assert f"400 'dog' is invalid for 'version'.{CORE}" == refusal


class TestNewProject:
    @pytest.mark.parametrize(
        ("name", "wanted"),
        [
            (
                "json",
                (
                    "The name 'json' isn't allowed "
                    f"(conflict with Python Standard Library module name). {NAME_HELP}"
                ),
            ),
            (
                "xml.etree",
                (
                    "The name 'xml.etree' isn't allowed "
                    f"(conflict with Python Standard Library module name). {NAME_HELP}"
                ),
            ),
            ("requirements.txt", f"The name 'requirements.txt' isn't allowed. {NAME_HELP}"),
            ("pi11ow", f"The name 'pi11ow' is too similar to an existing project. {NAME_HELP}"),
            ("P-illow", f"The name 'P-illow' is too similar to an existing project. {NAME_HELP}"),
        ],
    )
    def test_may_not_be_called_anything(
        self, index: EmbeddedIndex, visitor: Visitor, token: str, name: str, wanted: str
    ) -> None:
        index.create_project("pillow")

        assert f"400 {wanted}" == visitor.refusal(wheel(), token, name=name)

    def test_is_gone_again_when_its_first_file_is_refused(
        self, index: EmbeddedIndex, visitor: Visitor, token: str
    ) -> None:
        visitor.refusal(wheel(), token, sha256_digest="0" * 64)

        assert [] == index.projects()


class TestIdentityOfFiles:
    def test_same_bytes_once_more_change_nothing(
        self, index: EmbeddedIndex, visitor: Visitor, token: str
    ) -> None:
        visitor.upload(wheel(), token)
        before = index.metadata("demo", "1.0")
        answer = visitor.upload(wheel(), token, summary="Other")

        assert 200 == answer.status_code
        assert before == index.metadata("demo", "1.0")

    def test_other_bytes_under_the_name_are_refused(self, visitor: Visitor, token: str) -> None:
        other = replace(wheel(), data=wheel(extra=b"x").data)
        visitor.upload(wheel(), token)
        refusal = visitor.refusal(other, token)

        digest = hashlib.blake2b(other.data, digest_size=32).hexdigest()
        wanted = f"400 File already exists ('{other.filename}', with blake2_256 hash '{digest}'). "
        assert wanted + REUSE_HELP == refusal

    def test_same_bytes_under_another_project_are_refused(
        self, visitor: Visitor, token: str
    ) -> None:
        visitor.upload(wheel(), token)
        twin = Package(wheel("twin").filename, wheel().data, wheel("twin").fields)

        assert visitor.refusal(twin, token).startswith("400 File already exists ('twin-1.0-")

    def test_name_of_a_deleted_file_stays_used(
        self, index: EmbeddedIndex, visitor: Visitor, token: str
    ) -> None:
        visitor.upload(wheel(), token)
        index.delete_file(wheel().filename)

        assert (
            "400 This filename was previously used by a file that has since been deleted. "
            f"Use a different version. {REUSE_HELP}"
        ) == visitor.refusal(wheel(), token)

    @pytest.mark.parametrize("field", ["md5_digest", "sha256_digest", "blake2_256_digest"])
    def test_every_digest_must_match(self, visitor: Visitor, token: str, field: str) -> None:
        wrong = "0" * (32 if field == "md5_digest" else 64)

        assert (
            "400 The digest supplied does not match a digest calculated from the uploaded file."
        ) == visitor.refusal(wheel(), token, **{field: wrong})

    def test_digests_may_be_in_capitals(self, visitor: Visitor, token: str) -> None:
        digest = wheel().sha256.upper()

        assert 200 == visitor.upload(wheel(), token, sha256_digest=digest).status_code

    def test_old_releases_take_no_new_files_but_known_ones(
        self, visitor: Visitor, token: str, clock: Clock
    ) -> None:
        visitor.upload(wheel(), token)
        clock.pass_by(days=14, seconds=1)

        assert (
            "400 Uploading new files to releases older than 14 days is not allowed."
        ) == visitor.refusal(sdist(), token)
        assert 200 == visitor.upload(wheel(), token).status_code

    def test_a_release_has_one_sdist(self, visitor: Visitor, token: str) -> None:
        visitor.upload(sdist(version="1.0"), token)
        refusal = visitor.refusal(sdist(version="1.0.0"), token)

        assert "400 Only one sdist may be uploaded per release." == refusal


class TestSize:
    def test_of_a_file_is_limited(self) -> None:
        with EmbeddedIndex(limits=Limits(file=1024)) as index:
            big = wheel(extra=bytes(range(256)) * 40)
            refusal = Visitor(index).refusal(replace(big, data=big.data * 20), index.user_token())

        assert refusal.startswith("400 File too large. Limit for project 'demo' is 0 MB. See …")

    def test_of_a_project_is_limited(self) -> None:
        with EmbeddedIndex(limits=Limits(project=len(wheel().data))) as index:
            visitor, token = Visitor(index), index.user_token()
            visitor.upload(wheel(), token)
            refusal = visitor.refusal(sdist(), token)

        wanted = "400 Project size too large. Limit for project 'demo' total size is 0 GB. See …"
        assert refusal.startswith(wanted)
