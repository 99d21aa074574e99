"""
Every way an index refuses a credential at the upload itself, and what the user then reads.

`GOLDEN=rewrite pytest tests/auth/test_upload_refusals.py` writes the texts anew.
"""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from releasio.errors.index.answers import UploadRefused
from releasio.rules.credentials.credential import Credential
from releasio.rules.credentials.secret import Secret
from releasio.rules.index.registry import PYPI
from tests.fakes.index import FakeIndex
from tests.golden import Golden, words_of

TEXTS = Golden(Path(__file__).with_name("upload_refusals"))
EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
SEE = "See https://index.example/help/#project-name for more information."
INVALID = "Invalid API Token: "
ACCOUNT = "User 'ada', associated with the API token used, does not have "
SENTENCES = {
    "user-name": (
        403,
        (
            "Username/Password authentication is no longer supported. Migrate to API Tokens or "
            "Trusted Publishers instead."
        ),
    ),
    "unknown-token": (403, "Invalid or non-existent authentication information."),
    "user-without-rights": (
        403,
        f"The user 'ada' isn't allowed to upload to project 'demo'. {SEE}",
    ),
    "token-without-rights": (
        403,
        f"The given token isn't allowed to upload to project 'demo'. {SEE}",
    ),
    "token-of-another-project": (
        403,
        f"{INVALID}project-scoped token is not valid for project: 'demo'",
    ),
    "publisher-of-another-project": (
        403,
        f"{INVALID}OIDC scoped token is not valid for project 'demo'",
    ),
    "token-expired": (403, f"{INVALID}token is expired"),
    "token-of-another-user": (
        403,
        f"{INVALID}current user does not match user restriction in token",
    ),
    "token-of-another-publisher": (
        403,
        f"{INVALID}current OIDC publisher does not match publisher restriction in token",
    ),
    "token-signature": (403, f"{INVALID}signatures do not match"),
    "token-malformed": (403, f"{INVALID}malformed macaroon"),
    "token-nonexistent": (403, f"{INVALID}malformed or nonexistent macaroon"),
    "token-deleted": (403, f"{INVALID}deleted or nonexistent macaroon"),
    "several": (
        403,
        f"{INVALID}project-scoped token is not valid for project: 'demo', token is expired",
    ),
    "no-verified-mail": (
        403,
        (
            f"{ACCOUNT}a verified primary email address. Please add a verified primary email "
            "before attempting to upload to PyPI."
        ),
    ),
    "no-second-factor": (
        403,
        (
            f"{ACCOUNT}two-factor authentication enabled. Please enable two-factor authentication "
            "before attempting to upload to PyPI."
        ),
    ),
    "organisation-inactive": (
        400,
        (
            "Organization account owning this project is inactive. This may be due to inactive "
            "billing for Company Organizations, or administrator intervention."
        ),
    ),
    "new-project-by-publisher": (
        400,
        (
            "Non-user identities cannot create new projects. This was probably caused by "
            "successfully using a pending publisher but specifying the project name incorrectly "
            "(either in the publisher or in your project's metadata). Please ensure that both "
            "match."
        ),
    ),
    "read-only": (403, "Read-only mode: Uploads are temporarily disabled."),
    "uploads-off": (403, "New uploads are temporarily disabled."),
}


@pytest.mark.parametrize("name", SENTENCES)
def test_the_user_reads(name: str, tmp_path: Path) -> None:
    status, sentence = SENTENCES[name]
    file = tmp_path / "demo-1.0.tar.gz"
    file.touch()
    fake = FakeIndex(PYPI)
    answer = {"code": f"{status} {sentence}", "title": "Forbidden"}
    # one that says the token expired is asked again with another
    fake.fail("/legacy/", *[httpx.Response(status, json=answer) for _ in range(2)])
    credential = Credential("__token__", Secret("a-token-of-mine"), "RELEASIO_TOKEN")

    with pytest.raises(UploadRefused) as caught:
        fake.client().upload(
            file, [("name", "demo")], lambda _expired: credential, sha256=EMPTY, go_on=lambda: None
        )

    text = words_of(caught.value)
    assert TEXTS.text(name, text) == text


def test_no_text_is_left_over() -> None:
    assert set(SENTENCES) == TEXTS.names()
