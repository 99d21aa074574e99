from __future__ import annotations

import base64
import copy
import pickle
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from releasio.rules.secret import Secret, redact, spellings

TEXT = "pypi-AgEIcHl+aS5vcmc/=="
TOKEN = Secret(TEXT)


class TestSecret:
    def test_is_revealed_on_request_only(self) -> None:
        assert TEXT == TOKEN.reveal()

    @pytest.mark.parametrize(
        "shown",
        [str(TOKEN), repr(TOKEN), f"{TOKEN}", f"{TOKEN:>40}", f"{TOKEN!r}", f"{[TOKEN]}"],
        ids=["str", "repr", "format", "format with a width", "!r", "in a list"],
    )
    def test_does_not_show(self, shown: str) -> None:
        assert "***" in shown
        assert "AgEI" not in shown

    def test_does_not_pickle(self) -> None:
        with pytest.raises(TypeError, match="a Secret does not pickle"):
            pickle.dumps(TOKEN)
        with pytest.raises(TypeError, match="a Secret does not pickle"):
            copy.copy(TOKEN)

    def test_equals_the_same_secret_and_no_text(self) -> None:
        assert Secret(TEXT) == TOKEN
        assert Secret("other") != TOKEN
        assert TEXT != TOKEN
        assert 1 == len({TOKEN, Secret(TEXT)})

    def test_an_empty_one_is_none(self) -> None:
        assert not Secret("")
        assert TOKEN


class TestRedact:
    @pytest.mark.parametrize(
        "spelling",
        [
            TEXT,
            quote(TEXT, safe=""),
            base64.b64encode(TEXT.encode()).decode(),
            base64.b64encode(f"__token__:{TEXT}".encode()).decode(),
            base64.b64encode(f"__token__:{TEXT}".encode()).decode().rstrip("="),
            base64.b64encode(f"x-access-token:{TEXT}".encode()).decode(),
        ],
        ids=["raw", "in a URL", "base64", "Basic", "Basic without padding", "git's Basic"],
    )
    def test_every_spelling(self, spelling: str) -> None:
        assert "before *** after" == redact(f"before {spelling} after", [TOKEN])

    def test_longer_spellings_go_first(self) -> None:
        secrets = [Secret("secret-one"), Secret("secret-one-and-more")]

        assert "*** and ***" == redact("secret-one-and-more and secret-one", secrets)

    def test_other_text_stays(self) -> None:
        assert "nothing to hide" == redact("nothing to hide", [TOKEN, Secret("")])

    def test_what_is_too_short_would_blank_out_ordinary_words(self) -> None:
        assert set() == spellings(Secret("abc"))
        assert "abc" == redact("abc", [Secret("abc")])

    def test_bytes_that_are_no_text_are_hidden_as_well(self) -> None:
        assert "***" == redact("secret-\udcff", [Secret("secret-\udcff")])

    @given(st.text(min_size=6), st.text(), st.text())
    def test_no_text_around_it_helps(self, secret: str, before: str, after: str) -> None:
        shown = redact(f"{before}{secret}{after}", [Secret(secret)])

        assert secret not in shown.replace("***", "\0")
