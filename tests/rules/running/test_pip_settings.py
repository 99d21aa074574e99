"""What pip was told, said to uv."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from releasio.rules.running.pip_settings import PipSetting, in_words_of_uv, refused_setting

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


class TestRefusedSetting:
    @pytest.mark.parametrize("option", ["index-url", "extra-index-url"])
    @pytest.mark.parametrize(
        ("text", "why"),
        [
            ("http://[bad/simple", "host or port of http://[bad/simple is malformed"),
            ("https://host:port/simple", "host or port of https://host:port/simple is malformed"),
            ("https://ada:pass/word@host/", "host or port of its address is malformed"),
            ("https:///simple", "https:///simple names no host"),
            ("simple", "simple is not a URL"),
            (f"{INDEX} ./simple", "./simple is not a URL"),
        ],
    )
    def test_is_an_address_that_is_none(self, option: str, text: str, why: str) -> None:
        settings = {option: PipSetting(text, "PIP_SOMETHING")}

        assert ("PIP_SOMETHING", why) == refused_setting(settings, ["ValueError: whatever"])

    @pytest.mark.parametrize(
        ("option", "line", "why"),
        [
            (
                "timeout",
                "option timeout: invalid float value: '1.2.3'. Check your pip configuration files",
                "invalid float value: '1.2.3'",
            ),
            (
                "no-deps",
                "maybe is not a valid value for no-deps option, please specify a boolean value",
                "maybe is not a valid value",
            ),
            (
                "constraint",
                "ERROR: Could not open constraint file: [Errno 2] No such file: '/c.txt'",
                "[Errno 2] No such file: '/c.txt'",
            ),
        ],
    )
    def test_is_one_that_pip_names(self, option: str, line: str, why: str) -> None:
        settings = {option: PipSetting("x", f"{option} in /etc/pip.conf")}

        assert (f"{option} in /etc/pip.conf", why) == refused_setting(settings, ["Usage:", line])
        assert refused_setting({}, [line]) is None

    @pytest.mark.parametrize("text", [INDEX, OTHER, "/srv/simple", "http://127.0.0.1:8080/"])
    def test_is_none_where_only_a_project_is_missing(self, text: str) -> None:
        settings = {"index-url": PipSetting(text, "PIP_INDEX_URL")}

        assert refused_setting(settings, ["ERROR: No matching distribution found for x"]) is None
