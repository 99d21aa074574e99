from __future__ import annotations

import base64
import copy
import html
import json
import pickle
import re
import time
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from releasio.rules.credentials.secret import Secret, redact

if TYPE_CHECKING:
    from collections.abc import Callable

TEXT = "pypi-AgEIcHl+aS5vcmc/=="
TOKEN = Secret(TEXT)


SPELLINGS: dict[str, Callable[[str], str]] = {
    "raw": str,
    "in a URL": lambda text: quote(text, safe=""),
    "in a URL, with small letters": lambda text: re.sub(
        "%..", lambda found: found[0].lower(), quote(text, safe="")
    ),
    "in a path": quote,
    "in a form": quote_plus,
    "in a URL in a URL": lambda text: quote(quote(text, safe=""), safe=""),
    "in HTML": html.escape,
    "in HTML by number": lambda text: "".join(
        one if one.isalnum() else f"&#{ord(one)};" for one in text
    ),
    "in HTML in HTML": lambda text: html.escape(html.escape(text)),
    "in JSON": lambda text: json.dumps(text)[1:-1],
    "in JSON of other languages": lambda text: json.dumps(text)[1:-1].replace("/", "\\/"),
    "in JSON with letters": lambda text: json.dumps(text, ensure_ascii=False)[1:-1],
    "in JSON in JSON": lambda text: json.dumps(json.dumps(text)[1:-1])[1:-1],
    "in Python": lambda text: repr(text)[1:-1],
    "in Python in ASCII": lambda text: ascii(text)[1:-1],
    "hexadecimal": lambda text: text.encode().hex().upper(),
    "base64": lambda text: base64.b64encode(text.encode()).decode(),
    "base64 for URLs": lambda text: base64.urlsafe_b64encode(text.encode()).decode(),
    "base64 in a URL": lambda text: quote(base64.b64encode(text.encode()).decode(), safe=""),
}


USUAL = (
    "raw", "in a URL", "in a path", "in a form", "in a URL in a URL", "in HTML", "in JSON",
    "in Python", "base64", "base64 for URLs",
)  # fmt: skip
CUT = ("raw", "in a URL", "in a URL in a URL", "in HTML", "in HTML in HTML", "in JSON", "in Python")
# both have what one of the spellings changes every few letters
ODD = "kA<7b\"Rz&9Qw'Xm%4T>uV/2s\\Jh;6Yd=Gc"
ODDER = "fßäß|RSz \\a\\xwF4\\|Zke9&Lq8Vt<mN2"


def runs(text: str, length: int) -> list[str]:
    return [text[at : at + length] for at in range(len(text) - length + 1)]


def _decoded(part: str) -> bytes:
    """Return what can be read of a piece of base64, from whichever end."""
    part = part.translate(str.maketrans("-_", "+/")).rstrip("=")
    whole = part[: len(part) // 4 * 4]
    return base64.b64decode(whole)


QUOTED: dict[str, Callable[[str], str]] = {
    "soft hyphens": "\u00ad".join,
    "one soft hyphen": lambda text: f"{text[:3]}\u00ad{text[3:]}",
    "soft hyphens in HTML": "&shy;".join,
    "soft hyphens in HTML by number": "&#173;".join,
    "soft hyphens in a URL": "%C2%AD".join,
    "soft hyphens in JSON": "\\u00ad".join,
    "in a URL, every letter": lambda text: "".join(f"%{byte:02x}" for byte in text.encode()),
    "in a URL in a URL, every letter": lambda text: "".join(
        f"%25{byte:02X}" for byte in text.encode()
    ),
    "every letter in HTML": lambda text: "".join(f"&#{ord(one)};" for one in text),
    "every letter in JSON": lambda text: "".join(f"\\u{ord(one):04x}" for one in text),
}
BODY = "IcHlwaS5vcmcCJDU4_2ZhMjQ-MGUwMzc5"
PARTS = ("eyJhbGciOiJSUzI1NiJ9", "eyJhdWQiOiJweXBpIn0", "c2lnbmF0dXJl")
NOT_OURS = {
    "of an index": f"pypi-AgE{BODY}",
    "of an index in a header": base64.b64encode(f"__token__:pypi-AgE{BODY}".encode()).decode(),
    **{f"gh{kind}_": f"gh{kind}_{'1aB' * 12}" for kind in "pousr"},
    "fine-grained": f"github_pat_11{'AB' * 10}_{'x9' * 20}",
    "of GitLab": f"glpat-{'ab_-9' * 4}",
    "of GitLab, routable": f"glpat-{'ab_-9' * 5}.01.120{'x' * 6}",
    "of a job of GitLab": f"glcbt-64_{'ab9' * 7}",
    "to deploy from GitLab": f"gldt-{'ab_-9' * 4}",
    "signed": ".".join(PARTS),
    "signed, without its end": ".".join(PARTS[:2]),
}


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
    @pytest.mark.parametrize("text", [TEXT, 'dull\n"Words" & 100 % \\o/ it'])
    @pytest.mark.parametrize("write", SPELLINGS.values(), ids=SPELLINGS)
    def test_every_spelling(self, text: str, write: Callable[[str], str]) -> None:
        assert "before *** after" == redact(f"before {write(text)} after", [Secret(text)])

    @pytest.mark.parametrize("text", ["äöüß", "日本語のパスワード", "dünne\nWörter \U0001f511"])
    @pytest.mark.parametrize("write", [SPELLINGS[way] for way in USUAL], ids=USUAL)
    def test_letters_of_any_language(self, text: str, write: Callable[[str], str]) -> None:
        assert "before *** after" == redact(f"before {write(text)} after", [Secret(text)])

    @pytest.mark.parametrize("user", ["a", "ad", "ada", "grace", "__token__", "x-access-token"])
    @pytest.mark.parametrize("encode", [base64.b64encode, base64.urlsafe_b64encode])
    def test_base64_of_something_longer(self, user: str, encode: Callable[[bytes], bytes]) -> None:
        header = encode(f"{user}:{TEXT}:more".encode()).decode()
        shown = redact(f"Basic {header}", [TOKEN])

        assert "***" in shown
        clear = b"".join(_decoded(part) for part in shown.removeprefix("Basic ").split("***"))
        assert [] == [
            TEXT[at : at + 2] for at in range(len(TEXT)) if TEXT[at : at + 2] in str(clear)
        ]

    @pytest.mark.parametrize(
        "piece",
        [
            TEXT[:14],
            TEXT[-14:],
            base64.b64encode(f"ada:{TEXT}".encode()).decode()[:24],
            base64.b64encode(f"it is {TEXT}".encode()).decode()[14:],
        ],
    )
    def test_what_is_cut_off_at_an_end(self, piece: str) -> None:
        shown = redact(f"got '{piece}...'", [TOKEN])

        assert "***" in shown
        assert piece[-6:] not in shown or piece[:6] not in shown

    @pytest.mark.parametrize("write", [SPELLINGS[way] for way in CUT], ids=CUT)
    @pytest.mark.parametrize("secret", [ODD, ODDER])
    def test_what_is_cut_off_in_any_spelling(
        self, secret: str, write: Callable[[str], str]
    ) -> None:
        """A page is shortened as it came, with its escapes."""
        written = write(secret)
        part = len(written) // 4

        for piece in (written[:-part], written[part:], written[part // 2 : -part // 2]):
            shown = redact(f"got {piece} and", [Secret(secret)])
            assert "***" in shown
            assert not [one for one in runs(secret, 6) if one in html.unescape(shown)]

    @pytest.mark.parametrize("text", ["-" * 40, "=" * 30, "0" * 40])
    def test_a_line_in_a_secret_hides_no_other_line(self, text: str) -> None:
        assert f"{text}!" == redact(f"{text}!", [Secret(f"begin of it{text}end of it")])

    @pytest.mark.parametrize("piece", ["%25", "&amp;", "&", "%", "\\", "%5C", "\\x", "&#", "\x1b["])
    def test_a_text_of_nothing_but_escapes_does_not_take_long(self, piece: str) -> None:
        began = time.process_time()
        redact(f"{piece * 20_000}!", [TOKEN])

        assert 5 > time.process_time() - began

    def test_a_text_made_to_take_long_does_not(self) -> None:
        text = "\\" * 5000
        began = time.process_time()
        redact(f"{text}!", [Secret("\\" * 40 + "a" + '"' * 40)])

        assert 2 > time.process_time() - began

    @pytest.mark.parametrize("piece", ["=41", "=\\", "= ", "=\n", "=", "%=", "=%5c"], ids=ascii)
    def test_nor_does_one_of_beginnings_of_escapes(self, piece: str) -> None:
        text = piece * (100_000 // len(piece))
        began = time.process_time()
        redact(text, [TOKEN, Secret("hunter2-x")])

        assert 2 > time.process_time() - began

    @pytest.mark.parametrize("letter", ["a", '"'])
    @pytest.mark.parametrize("length", [4_001, 20_000, 60_000])
    def test_a_very_long_one_is_hidden_whole(self, letter: str, length: int) -> None:
        text = "".join(f"{letter}{number}" for number in range(length))[:length]

        assert "got '***'" == redact(f"got '{text}'", [Secret(text)])
        encoded = base64.b64encode(text.encode()).decode()
        assert redact(f"got {encoded}", [Secret(text)]) in {"got ***", "got ***="}

    def test_a_line_of_one_that_has_several(self) -> None:
        assert "got ***" == redact("got second-line", [Secret("first-line\nsecond-line")])

    def test_longer_spellings_go_first(self) -> None:
        secrets = [Secret("secret-one"), Secret("secret-one-and-more")]

        assert "*** and ***" == redact("secret-one-and-more and secret-one", secrets)

    def test_other_text_stays(self) -> None:
        assert "nothing to hide" == redact("nothing to hide", [TOKEN, Secret("")])

    @pytest.mark.parametrize(
        "between",
        [
            "\n",
            "\r\n    ",
            "\0",
            "\x1b[0m",
            "\x1b[1;31m",
            "\u200b",
            " ",
            "\\n",
            "\\x00",
            "\\u001b[0m",
        ],
        ids=ascii,
    )
    @pytest.mark.parametrize("at", [1, 4, 7, 12, len(TEXT) - 1])
    def test_one_that_is_broken_up(self, between: str, at: int) -> None:
        shown = redact(f"got '{TEXT[:at]}{between}{TEXT[at:]}'.", [TOKEN])

        assert "got '***'." == shown

    @pytest.mark.parametrize("between", ["\n", "\r\n", "\0", "\x1b[1m"], ids=ascii)
    def test_one_that_is_broken_up_in_python_in_a_url(self, between: str) -> None:
        pieces = repr(between.join(TEXT[at : at + 7] for at in range(0, len(TEXT), 7)))[1:-1]

        assert "?***" == redact(f"?{quote(pieces, safe='')}", [TOKEN])

    @pytest.mark.parametrize("text", [TEXT, "hunter2-x", "pa-55/"])
    @pytest.mark.parametrize("write", QUOTED.values(), ids=QUOTED)
    def test_one_with_more_escapes_than_it_needs(
        self, text: str, write: Callable[[str], str]
    ) -> None:
        assert "got '***'." == redact(f"got '{write(text)}'.", [Secret(text)])

    def test_one_that_stands_in_an_address_is_known_by_a_piece(self) -> None:
        assert "?token=***..." == redact("?token=ab12cd34ef56...", [Secret("ab12cd34ef5678")])

    def test_what_only_shares_letters_with_a_short_one_stays(self) -> None:
        text = "v 2024-1 of p4-55/, =70=61 and %70%61"

        assert text == redact(text, [Secret("pa-55/"), Secret("p2024-1")])

    def test_one_that_is_broken_up_and_cut_off(self) -> None:
        assert "got ***..." == redact(f"got {TEXT[:5]}\n{TEXT[5:18]}...", [TOKEN])

    @pytest.mark.parametrize("parts", [("ab12\\", "ncd34ef56"), ("ab12cd34%4", "1ef56")])
    @pytest.mark.parametrize("between", ["\n", "\x1b[1m"], ids=ascii)
    def test_one_that_looks_like_an_escape_and_is_broken_up_in_it(
        self, parts: tuple[str, str], between: str
    ) -> None:
        assert "got ***" == redact(f"got {between.join(parts)}", [Secret("".join(parts))])

    def test_one_with_a_break_between_all_its_letters(self) -> None:
        assert "got ***" == redact("got " + "\0".join(TEXT), [TOKEN])

    def test_a_break_beside_it_stays(self) -> None:
        assert "a\n***\n\nb" == redact(f"a\n{TEXT}\n\nb", [TOKEN])

    @pytest.mark.parametrize("text", ["abc", "got abc.", "abc\n"])
    def test_a_short_one_is_hidden_where_it_stands_alone(self, text: str) -> None:
        assert text.replace("abc", "***") == redact(text, [Secret("abc")])

    @pytest.mark.parametrize("text", ["abcdef", "the abcs", "1abc"])
    def test_a_short_one_would_blank_out_parts_of_ordinary_words(self, text: str) -> None:
        assert text == redact(text, [Secret("abc")])

    def test_the_shortest_would_blank_out_ordinary_words(self) -> None:
        assert "to be" == redact("to be", [Secret("to")])

    def test_bytes_that_are_no_text_are_hidden_as_well(self) -> None:
        assert "***" == redact("secret-\udcff", [Secret("secret-\udcff")])

    @pytest.mark.parametrize("secrets", [[], [Secret("another-one")]], ids=["none", "another"])
    @pytest.mark.parametrize("token", NOT_OURS.values(), ids=NOT_OURS)
    @pytest.mark.parametrize("frame", ["{}", "got '{}'.", "?token={}&x", "{} and {}", "\n{}\r\n"])
    def test_what_looks_like_a_token_is_hidden_though_nobody_took_it(
        self, token: str, secrets: list[Secret], frame: str
    ) -> None:
        assert frame.replace("{}", "***") == redact(frame.replace("{}", token), secrets)

    @pytest.mark.parametrize(
        "text",
        [
            "pypi-AgEI...",
            "pypi-attestations-0.0.28-py3-none-any.whl",
            "ghp_short and github_pat_short",
            "https://github.com/gh_pages/high_resolution_pictures_of_everything_there_is",
            "glpat-short",
            "eyJhbGciOiJSUzI1NiJ9 and a.b.c",
            "demo.tool.eyJ",
        ],
    )
    def test_what_only_begins_like_a_token_stays(self, text: str) -> None:
        assert text == redact(text, [])

    def test_a_secret_around_what_looks_like_a_token_is_hidden_whole(self) -> None:
        secret = f"a-user:pypi-AgE{BODY}/+and-more"

        assert "got ***" == redact(f"got {secret}", [Secret(secret)])

    @pytest.mark.parametrize("piece", ["eyJ", "eyJ.", "eyJ-eyJ.", "pypi-Ag", "ghp_", "glpat-", "."])
    def test_a_text_of_beginnings_of_tokens_takes_no_long_time(self, piece: str) -> None:
        text = piece * (300_000 // len(piece))
        began = time.process_time()
        redact(text, [])

        assert 2 > time.process_time() - began

    @given(st.text(min_size=6), st.text(), st.text())
    def test_no_text_around_it_helps(self, secret: str, before: str, after: str) -> None:
        shown = redact(f"{before}{secret}{after}", [Secret(secret)])

        assert secret not in shown.replace("***", "\0")
