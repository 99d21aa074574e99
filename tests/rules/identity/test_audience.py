"""Whom an identity may be made out to, by the index that asks for one."""

from __future__ import annotations

import pytest

from releasio.rules.identity.audience import taker, why_not
from releasio.rules.index.registry import PYPI, TESTPYPI, Registry

CORP = Registry("corp", "https://up.corp.example:8443/legacy/", "https://corp.example/simple/")


class TestAnIndexThatIsNotPypi:
    @pytest.mark.parametrize(
        "audience",
        [
            "up.corp.example",
            "up.corp.example:8443",
            "https://up.corp.example:8443",
            "https://up.corp.example:8443/",
            "corp.example",
            "HTTPS://Corp.Example",
        ],
    )
    def test_may_ask_for_its_own_host_or_origin(self, audience: str) -> None:
        assert "" == why_not(audience, CORP)

    @pytest.mark.parametrize(
        ("audience", "who"),
        [
            ("pypi", "PyPI"),
            ("PyPI", "PyPI"),
            ("testpypi", "TestPyPI"),
            ("sigstore", "Sigstore"),
            ("sts.amazonaws.com", "Amazon's cloud"),
            ("api://AzureADTokenExchange", "Microsoft's cloud"),
            ("//iam.googleapis.com/projects/1/locations/global", "Google's cloud"),
            ("https://github.com/acme", "GitHub"),
        ],
    )
    def test_is_given_none_that_is_good_elsewhere(self, audience: str, who: str) -> None:
        expected = f"it is {who} that takes these, and corp could use it there"

        assert expected == why_not(audience, CORP)

    @pytest.mark.parametrize(
        "audience", ["other.example", "corp.example.evil.example", "http://corp.example", "//["]
    )
    def test_nor_one_of_nobody_knows_whom(self, audience: str) -> None:
        expected = "that is neither its own host (up.corp.example:8443) nor its origin"

        assert expected == why_not(audience, CORP)

    def test_may_ask_for_what_the_settings_say(self) -> None:
        told = Registry("corp", CORP.upload, CORP.index, audience="corp-packages")

        assert "" == why_not("corp-packages", told)
        assert why_not("Corp-Packages", told)


class TestPypi:
    @pytest.mark.parametrize("registry", [PYPI, TESTPYPI])
    def test_has_the_last_word_on_its_own(self, registry: Registry) -> None:
        assert "" == why_not(registry.name, registry)
        assert "" == why_not("a-new-one", registry)

    def test_gets_none_of_testpypi_nor_of_a_cloud(self) -> None:
        assert "it is TestPyPI that takes these" == why_not("testpypi", PYPI)
        assert "it is Amazon's cloud that takes these" == why_not("sts.amazonaws.com", TESTPYPI)


def test_most_audiences_are_of_nobody_we_know() -> None:
    assert "" == taker("corp-packages")
