from __future__ import annotations

from dataclasses import dataclass

import pytest

from releasio.errors.index.registry import (
    RegistryNotSecure,
    RegistryUrlHasCredentials,
    RegistryUrlMalformed,
    RegistryUrlWrong,
    UnknownRegistry,
)
from releasio.rules.index.registry import PYPI, TESTPYPI, Registry, is_loopback, resolve


@dataclass
class Table:
    """What a `[registries.NAME]` table is loaded into."""

    url: str
    index: str | None = None
    username: str = "__token__"
    audience: str | None = None
    takes_questions: bool = False


SITE = PYPI.site or ""
TEST_SITE = TESTPYPI.site or ""
HOST = SITE.removeprefix("https://")


class TestResolve:
    @pytest.mark.parametrize(
        ("chosen", "expected"),
        [
            ("pypi", PYPI),
            ("testpypi", TESTPYPI),
            (PYPI.upload, PYPI),
            (TESTPYPI.upload, TESTPYPI),
        ],
    )
    def test_knows_the_two_public_indexes_by_name_and_url(
        self, chosen: str, expected: Registry
    ) -> None:
        assert expected == resolve(chosen, {})

    def test_finds_a_configured_registry_by_name(self) -> None:
        tables = {
            "internal": Table("https://pkg.example.org/up/", "https://pkg.example.org/+simple")
        }

        assert Registry(
            "internal",
            "https://pkg.example.org/up/",
            "https://pkg.example.org/+simple/",
            index_told=True,
        ) == resolve("internal", tables)

    def test_takes_the_audience_from_its_table(self) -> None:
        tables = {"internal": Table("https://pkg.example.org/up/", audience="packages")}

        assert "packages" == resolve("internal", tables).audience

    def test_finds_a_configured_registry_by_url(self) -> None:
        tables = {"internal": Table("https://pkg.example.org/up/")}

        assert resolve("https://pkg.example.org/up", tables).name == "internal"

    def test_a_table_may_take_the_place_of_a_built_in_name(self) -> None:
        tables = {"pypi": Table("https://mirror.example.org/legacy/")}

        assert resolve("pypi", tables) == Registry(
            "pypi", "https://mirror.example.org/legacy/", "https://mirror.example.org/simple/"
        )

    def test_another_name_for_pypi_keeps_its_pages(self) -> None:
        assert resolve("public", {"public": Table(PYPI.upload)}) == Registry(
            "public", PYPI.upload, PYPI.index, PYPI.site, takes_questions=True
        )

    @pytest.mark.parametrize(
        ("url", "index"),
        [
            ("http://127.0.0.1:8080/legacy/", "http://127.0.0.1:8080/simple/"),
            ("http://localhost:8080", "http://localhost:8080/simple/"),
            ("http://[::1]:8080/", "http://[::1]:8080/simple/"),
            ("https://paket_1.exämple.org./up/", "https://paket_1.exämple.org./up/simple/"),
            (f"https://{HOST}.example.org/up/", f"https://{HOST}.example.org/up/simple/"),
            (
                "https://nexus.example.org/repository/py/",
                "https://nexus.example.org/repository/py/simple/",
            ),
        ],
    )
    def test_takes_the_index_to_be_where_most_have_it(self, url: str, index: str) -> None:
        registry = resolve(url, {})

        assert (url, index, None) == (registry.upload, registry.index, registry.site)


class TestMistakes:
    def test_an_unknown_name_gets_a_guess(self) -> None:
        with pytest.raises(UnknownRegistry) as caught:
            resolve("testpipy", {"internal": Table("https://x.example.org/")})

        assert str(caught.value) == "there is no registry called 'testpipy'"
        assert caught.value.hint.startswith(
            "Did you mean testpypi? Known are: internal, pypi, testpypi."
        )

    def test_a_name_like_nothing_gets_the_list_only(self) -> None:
        with pytest.raises(UnknownRegistry) as caught:
            resolve("zzz", {})

        assert caught.value.hint.startswith(
            "Known are: pypi, testpypi. Add one as [registries.zzz]"
        )

    def test_http_to_another_machine(self) -> None:
        with pytest.raises(RegistryNotSecure) as caught:
            resolve("http://pkg.example.org/up/", {})

        assert (
            str(caught.value)
            == "http://pkg.example.org/up/ would send files and credential unencrypted"
        )
        assert caught.value.hint == "Use https://pkg.example.org/up/"

    @pytest.mark.parametrize(
        "url",
        [
            "https://ada:hunter22secret@pkg.example.org/up/",
            "https://hunter22secret@pkg.example.org/up/",
            "ada:hunter22secret@pkg.example.org/up/",
            "https://ada:hunter22/secret@pkg.example.org",
            "https://ada:hunter22secret@[::bad/up/",
        ],
    )
    def test_credentials_in_the_url_are_never_echoed(self, url: str) -> None:
        with pytest.raises(RegistryUrlHasCredentials) as caught:
            resolve(url, {})

        assert "hunter22" not in str(caught.value) + caught.value.hint
        assert "contains a user name or password" in str(caught.value)
        assert "RELEASIO_TOKEN" in caught.value.hint

    @pytest.mark.parametrize(
        ("url", "problem"),
        [
            ("pkg.example.org/up/", "it does not begin with https://"),
            ("ftp://pkg.example.org/", "ftp:// is not a way to upload"),
            ("https:///legacy/", "it names no host"),
            ("https://[::bad/", "host or port cannot be read"),
            ("https://pkg x.example.org/", "it has a blank or a control character in it"),
            ("https://pkg.example.org/\nlegacy/", "it has a blank or a control character in it"),
            ("https://pkg.example.org:many/", "host or port cannot be read"),
            ("https://pkg..example.org/", "pkg..example.org cannot be a host"),
            ("https://\\xff.example/", "\\xff.example cannot be a host"),
            ("https://pkg.example\\legacy/", "pkg.example\\legacy cannot be a host"),
            ("https://{HOST}/legacy/", "{host} cannot be a host"),
            (f"https://{'x' * 64}.org/", f"{'x' * 64}.org cannot be a host"),
            ("https://pkg.example.org/?key=s3cr3t-key", "nothing may follow a `?` or `#`"),
        ],
    )
    def test_what_is_no_upload_url(self, url: str, problem: str) -> None:
        with pytest.raises(RegistryUrlMalformed) as caught:
            resolve(url, {})

        assert str(caught.value).endswith(f"is not an upload URL: {problem}")
        assert caught.value.hint == "Write https://HOST/PATH, or the name of a registry."
        assert "s3cr3t" not in str(caught.value)

    @pytest.mark.parametrize(
        ("url", "problem", "right"),
        [
            (SITE, "it is another address of pypi", PYPI),
            (f"{SITE}/legacy/", "it is another address of pypi", PYPI),
            (f"https://upload.{HOST}", "it is another address of pypi", PYPI),
            (f"{SITE}/simple/", "it is the index that installers read", PYPI),
            (PYPI.upload.rstrip("/"), "the final slash is missing", PYPI),
            (TEST_SITE, "it is another address of testpypi", TESTPYPI),
            (TESTPYPI.upload.rstrip("/"), "the final slash is missing", TESTPYPI),
            (f"{PYPI.upload}/", "it ends in too many slashes", PYPI),
            (f"{TEST_SITE}/simple", "it is the index that installers read", TESTPYPI),
            (f"https://upload.{HOST}./legacy/", "its host ends in a dot", PYPI),
            (f"https://test.{HOST}./legacy/", "its host ends in a dot", TESTPYPI),
            (f"https://uploads.{HOST}/legacy/", "pypi takes files at another host", PYPI),
            (
                f"https://upload.test{HOST}/legacy/",
                "testpypi takes files at another host",
                TESTPYPI,
            ),
            (
                f"https://upload.test.{HOST}/legacy/",
                "testpypi takes files at another host",
                TESTPYPI,
            ),
        ],
    )
    def test_the_classic_wrong_addresses_of_the_public_indexes(
        self, url: str, problem: str, right: Registry
    ) -> None:
        with pytest.raises(RegistryUrlWrong) as caught:
            resolve(url, {})

        assert f"{url} does not take uploads: {problem}" == str(caught.value)
        assert f"Use registry = {right.name!r}, or {right.upload}" == caught.value.hint

    @pytest.mark.parametrize(
        ("url", "right"),
        [
            ("https://pkg.example.org/py/simple/", "https://pkg.example.org/py/"),
            ("https://pkg.example.org/root/dev/+simple", "https://pkg.example.org/root/dev/"),
            ("http://127.0.0.1:1/legacy", "http://127.0.0.1:1/legacy/"),
        ],
    )
    def test_the_same_mistakes_with_other_indexes(self, url: str, right: Registry) -> None:
        with pytest.raises(RegistryUrlWrong) as caught:
            resolve(url, {})

        assert f"Use {right}" == caught.value.hint

    def test_a_table_is_checked_like_a_url(self) -> None:
        with pytest.raises(RegistryUrlHasCredentials):
            resolve("internal", {"internal": Table("https://a:b@pkg.example.org/")})

    def test_a_tables_index_is_checked_too(self) -> None:
        table = Table("https://pkg.example.org/up/", "http://pkg.example.org/simple/")

        with pytest.raises(RegistryNotSecure):
            resolve("internal", {"internal": table})


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("localhost", True),
        ("index.localhost", True),
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("10.0.0.1", False),
        ("localhost.example.org", False),
    ],
)
def test_loopback(host: str, *, expected: bool) -> None:
    assert expected == is_loopback(host)
