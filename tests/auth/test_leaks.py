"""Thousands of made-up secrets, through every refusal; none is seen anywhere afterwards."""

from __future__ import annotations

import base64
import html
import json
import re
import sys
from typing import TYPE_CHECKING
from urllib.parse import quote

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from releasio.auth.chain import obtain
from releasio.errors.forge.answers import ForgeForbids
from releasio.rules.credentials.policy import Policy
from releasio.rules.credentials.secret import HIDDEN
from releasio.rules.forge.place import ForgePlace
from releasio.rules.forge.token import VARIABLES
from releasio.rules.index.registry import PYPI, TESTPYPI
from releasio.world.forge.connect import connect
from releasio.world.forge.means import Means
from tests.auth.desk import TEST_SITE, MadeUpKeyring, MadeUpTerminal
from tests.auth.leaks import EXAMPLES, Room, found_in
from tests.fakes.index import PRIVATE
from tests.fakes.tokens import jwt, macaroon

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from releasio.rules.forge.place import Kind

pytestmark = pytest.mark.leaks

LEGACY, MINT, IDENTITY = "/legacy/", "/_/oidc/mint-token", "/identity"
EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
SEARCHING = EXAMPLES >= 1000  # `make leaks`
MANY = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=not SEARCHING,  # what is found anew must not stop whoever changed something else
    print_blob=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

letters = st.sampled_from("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
# what passwords are made of, and what URLs, HTML, JSON, headers and logs escape
odd = st.sampled_from("%\"'<>&\\/+=?#:@$`|;~ ")
plain = st.sampled_from("%\"'<>&\\/+=?#:@$`|;~-_.")  # of tokens, which have no blanks


def guessed_by_nobody(text: str) -> bool:
    """Whether *text* is a secret: pieces of `0000000000000000` stand where nobody put them."""
    return len(text.strip()) >= 16 and len(set(text)) >= 8


tokens = st.builds(
    str.__add__, letters, st.text(st.one_of(letters, plain), min_size=15, max_size=60)
).filter(guessed_by_nobody)
passwords = st.text(st.one_of(letters, odd), min_size=16, max_size=60).filter(guessed_by_nobody)
macaroons = st.randoms(use_true_random=False).map(
    lambda chance: "pypi-" + base64.urlsafe_b64encode(chance.randbytes(90)).decode().rstrip("=")
)
ended = st.sampled_from(["", "\n", "\r\n", "  "])
secrets = st.one_of(passwords, macaroons)
usable = st.one_of(tokens, macaroons)
people = st.tuples(st.sampled_from(["ada", "it's me"]), passwords)
users = st.one_of(people, st.tuples(st.just("__token__"), usable))
texts = st.text(letters, min_size=24, max_size=64).filter(guessed_by_nobody)
identities = texts.map(lambda text: jwt({"aud": PRIVATE.host, "sub": "a job"})[:-8] + text)


def broken(text: str, between: str) -> str:
    """Return *text* in pieces, the first of which is too short to know it by."""
    return between.join(text[at : at + 7] for at in range(0, len(text), 7))


ECHOES: dict[str, Callable[[str], str]] = {
    "raw": str,
    "in a URL": lambda text: quote(text, safe=""),
    "in small letters": lambda text: quote(text, safe="").replace("%C3", "%c3").replace("%2", "%2"),
    "in HTML": html.escape,
    "in HTML in HTML": lambda text: html.escape(html.escape(text)),
    "in JSON": json.dumps,
    "in base64": lambda text: base64.b64encode(text.encode()).decode(),
    "in base64 for URLs": lambda text: base64.urlsafe_b64encode(text.encode()).decode(),
    "as Basic of ada": lambda text: base64.b64encode(f"ada:{text}".encode()).decode(),
    "as Basic of grace": lambda text: base64.b64encode(f"grace:{text}:".encode()).decode(),
    "in Python": repr,
    "in short lines": lambda text: broken(text, "\n"),
    "in coloured pieces": lambda text: broken(text, "\x1b[1m"),
    "in pieces, in Python": lambda text: repr(broken(text, "\r\n")),
    "in lines of base64": lambda text: broken(base64.b64encode(text.encode()).decode(), "\0"),
}
echoes = st.sampled_from(sorted(ECHOES))
shapes = st.sampled_from(["json", "errors", "html", "text", "reason", "header"])
# what becomes of a mint that is answered in such a shape; else it is not the index that speaks
MINTS = {"json": "mint-refused", "errors": "publisher-unknown"}


@pytest.fixture(params=[False, True], ids=["log", "json"])
def as_json(request: pytest.FixtureRequest) -> bool:
    """Both ways to look at a run."""
    return bool(request.param)


def answer(echo: str, shape: str, status: int) -> httpx.Response:
    """Return a refusal that says *echo* in the way of *shape*."""
    match shape:
        case "json":
            return httpx.Response(status, json={"code": f"{status} not {echo}", "message": echo})
        case "errors":
            errors = [{"code": "invalid-publisher", "description": f"not {echo}"}]
            return httpx.Response(status, json={"errors": errors})
        case "html":
            kind = {"Content-Type": "text/html"}
            return httpx.Response(status, text=f"<p>{'x' * 450} {echo}</p>", headers=kind)
        case "reason":
            reason = echo.encode("ascii", "replace").replace(b"\n", b" ")
            return httpx.Response(status, extensions={"reason_phrase": reason})
        case "header":
            target = f"https://other.example/?{quote(echo)}"
            return httpx.Response(307, headers={"Location": target})
        case _:
            return httpx.Response(status, text=f"{echo} is not known here")


def ask(room: Room, **terms: object) -> None:
    room.desk.policy = Policy(**terms)
    desk = room.desk
    desk.client = None
    obtain(desk, room.registry, desk.policy, "demo", chain=desk.chain())


@MANY
@given(held=users, echo=echoes, shape=shapes)
def test_what_an_upload_is_sent_with(
    tmp_path: Path, *, as_json: bool, held: tuple[str, str], echo: str, shape: str
) -> None:
    user, secret = held
    file = tmp_path / "demo-1.0.tar.gz"
    file.touch()
    env = {"TWINE_USERNAME": user, "TWINE_PASSWORD": secret}
    room = Room(tmp_path / "room", as_json, env)
    room.fake.fail(LEGACY, answer(ECHOES[echo](secret.strip()), shape, 403))

    def upload() -> None:
        obtained = obtain(
            room.desk, room.registry, room.desk.policy, "demo", chain=room.desk.chain()
        )
        index, sent = room.desk.index(room.registry), obtained.credential
        index.upload(file, [("name", "demo")], lambda _: sent, sha256=EMPTY, go_on=lambda: None)

    seen = room.run(upload)

    assert ("redirect-refused" if shape == "header" else "upload-forbidden") in seen
    assert HIDDEN in seen
    assert [] == found_in(seen, secret)


@MANY
@given(secret=secrets, end=ended, stray=st.sampled_from(["\n", "\x1b[1m", " ", "…"]))
def test_what_is_garbled_wherever_it_is_kept(
    tmp_path: Path, *, as_json: bool, secret: str, end: str, stray: str
) -> None:
    garbled = secret[:14] + stray + secret[14:] + end
    room = Room(tmp_path / "room", as_json, {"RELEASIO_TOKEN": garbled, "HOME": str(tmp_path)})
    room.desk.keyring = MadeUpKeyring(("__token__", garbled))
    room.desk.terminal = MadeUpTerminal(garbled)
    pypirc = f"[pypi]\npassword = {secret[:14]}\n  {secret[14:]}\n".replace("%", "%%")
    (tmp_path / ".pypirc").write_text(pypirc, encoding="utf-8")
    room.desk.env.pop("GITHUB_ACTIONS")  # nobody is asked in a job

    seen = room.run(lambda: ask(room))

    assert "in the middle of the secret [secret-garbled]" in seen
    assert [] == found_in(seen, secret[14:])


@MANY
@given(token=usable, password=passwords, end=ended)
def test_what_is_sure_not_to_work(
    tmp_path: Path, *, as_json: bool, token: str, password: str, end: str
) -> None:
    env = {"RELEASIO_TOKEN": f"{token}{end}", "TWINE_USERNAME": "ada", "TWINE_PASSWORD": password}
    room = Room(tmp_path / "room", as_json, env, TESTPYPI)
    room.desk.keyring = MadeUpKeyring(("__token__", token))
    seen = room.run(lambda: ask(room))

    assert "RELEASIO_TOKEN holds is not an API token of testpypi [token-malformed]" in seen
    assert "the keyring holds is not an API token of testpypi [token-malformed]" in seen
    assert "[password-not-taken]" in seen
    assert [] == found_in(seen, token) + found_in(seen, password)


@MANY
@given(noise=texts)
def test_a_token_of_another_index(tmp_path: Path, *, as_json: bool, noise: str) -> None:
    token = macaroon(TEST_SITE, identifier=noise)
    room = Room(tmp_path / "room", as_json, {"RELEASIO_TOKEN": token}, PYPI)
    seen = room.run(lambda: ask(room))

    assert "token-for-another-index" in seen
    assert [] == found_in(seen, token)


@MANY
@given(secret=secrets, between=st.sampled_from("-=:"))
def test_a_pypirc_without_an_equals_sign(
    tmp_path: Path, *, as_json: bool, secret: str, between: str
) -> None:
    """Unless the password has one: then it is half of a name."""
    secret = re.sub("[=:]", "-", secret[:8]) + between + re.sub("[=:]", "-", secret[8:])
    (tmp_path / ".pypirc").write_text(f"[pypi]\npassword {secret}\n", encoding="utf-8")
    room = Room(tmp_path / "room", as_json, {"HOME": str(tmp_path)}, PYPI)
    seen = room.run(lambda: ask(room))

    unread = "line 2 is not `name = value` [credential-source-broken]"
    assert (unread if between == "-" else "[pypi] has no password") in seen
    assert [] == found_in(seen, secret)


@MANY
@given(identity=identities, echo=echoes, shape=shapes, status=st.sampled_from([400, 403, 422]))
def test_an_identity(
    tmp_path: Path, *, as_json: bool, identity: str, echo: str, shape: str, status: int
) -> None:
    room = Room(tmp_path / "room", as_json, {"RELEASIO_OIDC_TOKEN": identity})
    room.fake.fail(MINT, answer(ECHOES[echo](identity), shape, status))
    seen = room.run(lambda: ask(room))

    assert MINTS.get(shape, "garbled-answer") in seen
    assert (shape in {*MINTS, "text"}) == (HIDDEN in seen)
    assert [] == found_in(seen, identity.rpartition(".")[2])


@MANY
@given(token=texts, echo=echoes, shape=shapes)
def test_the_runners_request_token(
    tmp_path: Path, *, as_json: bool, token: str, echo: str, shape: str
) -> None:
    room = Room(tmp_path / "room", as_json)
    room.desk.env.update(room.fake.env(), ACTIONS_ID_TOKEN_REQUEST_TOKEN=token)
    room.fake.fail(IDENTITY, answer(ECHOES[echo](token), shape, 403))
    seen = room.run(lambda: ask(room))

    assert "[identity-not-given]" in seen
    assert (shape != "header") == (HIDDEN in seen)
    assert [] == found_in(seen, token)


@MANY
@given(secret=usable, echo=echoes)
def test_the_words_of_an_error_that_nobody_foresaw(
    tmp_path: Path, *, as_json: bool, secret: str, echo: str
) -> None:
    room = Room(tmp_path / "room", as_json, {"RELEASIO_TOKEN": secret})

    def break_down() -> None:
        ask(room)
        try:
            int(f"an illegal header: {ECHOES[echo](secret)}")
        except ValueError as error:
            again = f"cannot send {ECHOES[echo](secret)!r}"
            raise RuntimeError(again) from error

    seen = room.run(break_down)

    assert "ValueError: invalid literal" in seen
    assert "RuntimeError: cannot send" in seen
    assert HIDDEN in seen
    assert [] == found_in(seen, secret)


@settings(MANY, max_examples=15)
@given(secret=tokens, echo=echoes, status=st.sampled_from([0, 3]))
def test_what_a_program_prints(
    tmp_path: Path, *, as_json: bool, secret: str, echo: str, status: int
) -> None:
    room = Room(tmp_path / "room", as_json)
    said = ECHOES[echo](secret)
    text = (
        "import sys; sys.stdout.buffer.write(bytes.fromhex(sys.argv[1])); "
        "sys.stderr.buffer.write(bytes.fromhex(sys.argv[2])); sys.exit(int(sys.argv[3]))"
    )
    shown = [secret.encode().hex(), f"got {said}".encode().hex(), str(status)]
    seen = room.run(lambda: ask(room, command=(sys.executable, "-c", text, *shown)))

    assert (status == 0) == ("note: credential for private: publish.token_command" in seen)
    assert (status == 3) == ("[token-command-failed]" in seen)
    # a document does not have what a program says that does its work
    assert (not as_json or status == 3) == (HIDDEN in seen)
    assert [] == found_in(seen, secret)


@MANY
@given(token=usable, echo=echoes, kind=st.sampled_from(["github", "gitlab", "gitea"]))
def test_what_a_forge_is_asked_with(
    tmp_path: Path, *, as_json: bool, token: str, echo: str, kind: Kind
) -> None:
    variable = VARIABLES[kind][0]
    room = Room(tmp_path / "room", as_json, {variable: token, "CI": "true"})
    place = ForgePlace(kind, "127.0.0.1", "ada", "demo", "http://127.0.0.1:1")
    means = Means(room.app.env, room.fake.clock, room.fake.clock.sleep, room.app.screen, 1.0)

    def refuse() -> None:
        forge = connect(place, means)
        if forge is not None:
            forge.close()
        sentence = f"Bad credentials: {ECHOES[echo](token)}"
        raise ForgeForbids(place.name, "read the repository", sentence, hint=sentence)

    seen = room.run(refuse)

    assert "releasio explain forge-forbids" in seen
    assert HIDDEN in seen
    assert [] == found_in(seen, token)


@MANY
@given(token=usable, stray=st.sampled_from(["\n", "\x1b[1m", " ", "…"]))
def test_a_forge_token_that_is_garbled(
    tmp_path: Path, *, as_json: bool, token: str, stray: str
) -> None:
    env = {"GITHUB_TOKEN": token[:14] + stray + token[14:], "CI": "true"}
    room = Room(tmp_path / "room", as_json, env)
    place = ForgePlace("github", "127.0.0.1", "ada", "demo", "http://127.0.0.1:1")
    means = Means(room.app.env, room.fake.clock, room.fake.clock.sleep, room.app.screen, 1.0)
    seen = room.run(lambda: connect(place, means))

    assert "in the middle of the secret" in seen
    assert "releasio explain secret-garbled" in seen
    assert [] == found_in(seen, token[14:])
