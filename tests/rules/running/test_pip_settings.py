"""What pip was told, said to uv."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from releasio.rules.running.pip_settings import in_words_of_uv

if TYPE_CHECKING:
    from collections.abc import Mapping

AS_PIP = {"UV_INDEX_STRATEGY": "unsafe-best-match", "UV_NO_CONFIG": "1"}
INDEX, OTHER = "https://ada:s3cret@example.org/simple/", "file:///srv/simple"


class TestInWordsOfUv:
    @pytest.mark.parametrize(
        ("settings", "expected"),
        [
            ({"index-url": INDEX}, {"UV_DEFAULT_INDEX": INDEX}),
            ({"extra-index-url": f"\n{INDEX}\n{OTHER}"}, {"UV_INDEX": f"{INDEX} {OTHER}"}),
            ({"find-links": f"/srv/a  {OTHER}"}, {"UV_FIND_LINKS": f"/srv/a,{OTHER}"}),
            ({"constraint": "/srv/a.txt"}, {"UV_CONSTRAINT": "/srv/a.txt"}),
            ({"cert": "/srv/ca.pem", "retries": "9"}, {"SSL_CERT_FILE": "/srv/ca.pem"}),
        ],
    )
    def test_says_where_packages_are(
        self, settings: Mapping[str, str], expected: Mapping[str, str]
    ) -> None:
        assert {**expected, **AS_PIP} == in_words_of_uv(settings)

    @pytest.mark.parametrize(
        "settings", [{}, {"index-url": " "}, {"timeout": "9"}, {"no-input": "1"}]
    )
    def test_says_nothing_where_nothing_was_said_about_packages(
        self, settings: Mapping[str, str]
    ) -> None:
        assert {} == in_words_of_uv(settings)

    @pytest.mark.parametrize(
        "settings",
        [
            {"index-url": INDEX, "no-binary": ":all:"},
            {"no-index": "1"},
            {"proxy": "http://example.org"},
            {"trusted-host": "example.org"},
            {"keyring-provider": "import"},
            {"find-links": "wheels"},
            {"find-links": "~/wheels"},
            {"find-links": "/srv/a,b"},
            {"constraint": "constraints.txt"},
        ],
        ids=str,
    )
    def test_has_no_words_for_what_uv_understands_otherwise(
        self, settings: Mapping[str, str]
    ) -> None:
        assert in_words_of_uv(settings) is None
