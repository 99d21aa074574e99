from __future__ import annotations

import pytest

from releasio.rules.credentials.pypirc import Entry, PypircUnreadable, find_entry
from releasio.rules.credentials.secret import Secret
from releasio.rules.index.registry import PYPI, TESTPYPI, Registry

OTHER = Registry("internal", "https://pkg.example.org/up/", None)
CLASSIC = """\
[distutils]
index-servers =
    pypi
    company

[pypi]
username = __token__
password = pypi-100%of-it

[testpypi]
username: __token__
password: pypi-test

[company]
repository = https://pkg.example.org/up
username = ada
password = hunter22
"""


@pytest.mark.parametrize(
    ("registry", "expected"),
    [
        (PYPI, Entry("pypi", PYPI.upload, "__token__", Secret("pypi-100%of-it"))),
        (TESTPYPI, Entry("testpypi", TESTPYPI.upload, "__token__", Secret("pypi-test"))),
        (OTHER, Entry("company", "https://pkg.example.org/up", "ada", Secret("hunter22"))),
    ],
)
def test_finds_the_section_by_url_or_built_in_name(registry: Registry, expected: Entry) -> None:
    assert expected == find_entry(CLASSIC, registry)


def test_a_section_of_the_right_name_for_another_url_is_not_taken() -> None:
    text = "[pypi]\nrepository = https://elsewhere.example.org/\npassword = x\n"

    assert find_entry(text, PYPI) is None


@pytest.mark.parametrize("slash", ["", "/"])
@pytest.mark.parametrize("before", ["", "[distutils]\nindex-servers = pypi\n"])
def test_a_section_for_the_url_is_taken_though_it_is_not_listed(before: str, slash: str) -> None:
    url = OTHER.upload.rstrip("/") + slash
    text = f"{before}[company]\nrepository = {url}\nusername = ada\npassword = x\n"

    assert Entry("company", url, "ada", Secret("x")) == find_entry(text, OTHER)


def test_a_section_that_is_listed_goes_before_one_that_is_not() -> None:
    each = f"repository = {OTHER.upload}\npassword = "
    text = f"[old]\n{each}x\n[new]\n{each}y\n[distutils]\nindex-servers = new\n"

    assert Entry("new", OTHER.upload, "", Secret("y")) == find_entry(text, OTHER)


def test_a_section_that_names_no_url_is_not_taken_for_its_name() -> None:
    assert find_entry("[internal]\nusername = ada\npassword = x\n", OTHER) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("hunter22\n[pypi]\n", "line 1 is outside of any [section]"),
        ("[pypi]\npassword hunter22\n", "line 2 is not `name = value`"),
        ("[pypi]\npassword = hunter22\npassword = hunter22\n", "line 3 repeats"),
        ("[pypi]\n[pypi]\n", "line 2 repeats"),
    ],
)
def test_mistakes_are_placed_without_quoting_them(text: str, words: str) -> None:
    with pytest.raises(PypircUnreadable) as caught:
        find_entry(text, PYPI)

    assert words in str(caught.value)
    assert "hunter22" not in str(caught.value)
    assert caught.value.__cause__ is None
