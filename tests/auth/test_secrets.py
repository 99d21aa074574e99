"""Whatever a server sends back, no secret gets into what people read."""

from __future__ import annotations

import base64
import html
import json
from typing import TYPE_CHECKING
from urllib.parse import quote

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from releasio.auth.chain import obtain
from releasio.errors.base import ReleasioError
from releasio.rules.credentials.credential import Credential
from releasio.rules.credentials.policy import Policy
from releasio.rules.credentials.secret import Secret
from releasio.world.index.sending import Sending
from tests.auth.desk import Desk
from tests.auth.leaks import EXAMPLES
from tests.fakes.index import FakeIndex
from tests.fakes.tokens import jwt

if TYPE_CHECKING:
    from collections.abc import Callable


# what passwords and tokens are made of; shorter ones would blank out ordinary words
# a token that spells the name of a variable would be found in the message that names it
TOKENS = st.text(
    st.characters(min_codepoint=33, max_codepoint=126), min_size=12, max_size=300
).filter(lambda text: text.strip("*") == text and "TOK" not in text)
ECHOES: dict[str, Callable[[str], str]] = {
    "raw": str,
    "url-encoded": lambda token: quote(token, safe=""),
    "base64": lambda token: base64.b64encode(token.encode()).decode(),
    "in a Basic header": lambda token: base64.b64encode(f"__token__:{token}".encode()).decode(),
    "with a user": lambda token: base64.b64encode(f"ada:{token}".encode()).decode(),
    "in HTML": html.escape,
}


def answer(text: str, status: int, shape: str) -> httpx.Response:
    filler = "x" * 480  # so that shortening cuts into the echo
    match shape:
        case "json":
            return httpx.Response(status, json={"code": f"{status} {text}", "message": text})
        case "errors":
            errors = [{"code": "invalid-publisher", "description": text}]
            return httpx.Response(status, json={"errors": errors})
        case "page":
            kind = {"Content-Type": "text/html"}
            return httpx.Response(status, text=f"<p>{filler} {text}</p>", headers=kind)
        case _:
            return httpx.Response(status, text=f"{filler[:60]} {text}")


def everything(error: BaseException | None) -> str:
    """Return all that could be printed of an error and of what led to it."""
    if error is None:
        return ""
    hint = error.hint if isinstance(error, ReleasioError) else ""
    return f"{error!s}{error!r}{hint}{everything(error.__cause__)}{everything(error.__context__)}"


def parts(token: str, echo: Callable[[str], str]) -> list[str]:
    """Return what must not be seen: the spellings, and any long beginning of one."""
    return [spelling[:12] for spelling in (token, echo(token))]


@pytest.mark.parametrize("echo", ECHOES.values(), ids=ECHOES)
@pytest.mark.parametrize("shape", ["json", "page", "text"])
@settings(max_examples=max(EXAMPLES // 3, 12), deadline=None)
@given(token=TOKENS)
def test_an_upload_token_is_never_shown(
    echo: Callable[[str], str], shape: str, token: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.getbasetemp() / "demo-1.0.tar.gz"
    file.touch()
    fake = FakeIndex()
    fake.fail("/legacy/", answer(echo(token), 403, shape))
    user = "ada" if echo is ECHOES["with a user"] else "__token__"
    credential = Credential(user, Secret(token), "test")
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    pages = fake.client()._pages  # noqa: SLF001 -- one client for thousands of uploads

    with pytest.raises(ReleasioError) as caught:
        Sending(
            pages,
            file,
            [("name", "demo")],
            lambda _: credential,
            empty,
            go_on=lambda: None,
            handed_over=lambda: None,
        ).send()

    assert not [part for part in parts(token, echo) if part in everything(caught.value)]


@pytest.mark.parametrize("shape", ["json", "errors", "page", "text"])
@pytest.mark.parametrize("status", [400, 403, 422])
@settings(max_examples=max(EXAMPLES // 3, 12), deadline=None)
@given(subject=st.text(min_size=1, max_size=200))
def test_an_identity_is_never_shown(shape: str, status: int, subject: str) -> None:
    identity = jwt({"aud": "pypi", "sub": subject})
    fake = FakeIndex()
    fake.fail("/_/oidc/mint-token", answer(identity, status, shape))
    desk = Desk(fake, {"RELEASIO_OIDC_TOKEN": identity})

    with pytest.raises(ReleasioError) as caught:
        obtain(desk, fake.registry, policy=Policy(), project="demo", chain=desk.chain())

    _, payload, signature = identity.split(".")
    shown = everything(caught.value)
    assert payload[:12] not in shown
    assert signature[:12] not in shown


@pytest.mark.parametrize("shape", ["json", "page", "text"])
@settings(max_examples=max(EXAMPLES // 3, 12), deadline=None)
@given(token=TOKENS)
def test_a_request_token_is_never_shown(shape: str, token: str) -> None:
    fake = FakeIndex()
    fake.fail("/identity", answer(token, 400, shape))
    env = {**fake.env(), "ACTIONS_ID_TOKEN_REQUEST_TOKEN": token}
    desk = Desk(fake, env)

    with pytest.raises(ReleasioError) as caught:
        obtain(desk, fake.registry, policy=Policy(), project="demo", chain=desk.chain())

    assert token[:12] not in everything(caught.value)
    assert json.dumps(token)[1:13] not in everything(caught.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('"pypi-with-quotes"', "it begins with a quotation mark"),
        ("'pypi-with-quotes'", "it begins with a quotation mark"),
        ("x" * 20_001, "it is 20,001 characters long"),
    ],
    ids=["double", "single", "a whole file"],
)
def test_what_cannot_be_a_secret_is_told_before_it_is_sent(text: str, said: str) -> None:
    fake = FakeIndex()
    desk = Desk(fake, {"RELEASIO_TOKEN": text})

    with pytest.raises(ReleasioError) as caught:
        obtain(desk, fake.registry, policy=Policy(), project="demo", chain=desk.chain())

    assert f"what RELEASIO_TOKEN holds is no secret: {said}" in str(caught.value)
    assert "without quotation marks" in caught.value.hint
    assert [] == fake.asked("/legacy/")
