from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.standins.packages import wheel

if TYPE_CHECKING:
    from tests.embedded.index import EmbeddedIndex
    from tests.standins.conftest import Visitor

CORE = " See …/help/#core-metadata for more information."


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
