from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from releasio.standins.uploads.received import Limits
from tests.embedded.index import EmbeddedIndex
from tests.standins.conftest import Visitor
from tests.standins.packages import Package, sdist, wheel

if TYPE_CHECKING:
    from tests.standins.conftest import Clock

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
