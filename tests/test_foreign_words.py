"""What an index or a forge says is found as the error of ours that it is."""

from __future__ import annotations

import pytest

from releasio.errors.catalogue import catalogue
from releasio.errors.foreign_words import WORDS, codes_for, elsewhere
from releasio.standins.publishing.mint import Code


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("invalid-publisher", "publisher-unknown"),
        ("invalid-payload", "mint-refused"),
        ("invalid-token", "identity-refused"),
        ("invalid-reuse-token", "identity-refused"),
        ("invalid-pending-publisher", "pending-publisher-stale"),
        ("not-enabled", "trusted-publishing-off"),
        ("not-allowed", "upload-forbidden"),
        ("Publisher configuration not found", "publisher-unknown"),
        ("No matching trusted publisher found", "publisher-unknown"),
        ("No corresponding publisher found", "publisher-unknown"),
        ("invalid-publisher: valid token, but no corresponding publisher", "publisher-unknown"),
        ("Token verification failed", "identity-refused"),
        ("Invalid or expired token", "identity-refused"),
        ("Token request failed", "identity-permission-missing"),
        ("OIDC token request failed", "identity-permission-missing"),
        ("Environment not found", "publisher-unknown"),
        ("Trusted publishing exchange failure", "publisher-unknown"),
        ("Project not found", "publisher-unknown"),
        ("Workflow running on wrong ref", "wrong-branch"),
        ("Authentication failed", "upload-forbidden"),
        ("Invalid token", "upload-forbidden"),
        ("403 Forbidden", "upload-forbidden"),
        ("Package already exists", "version-on-index"),
        ("400 File already exists ('demo-1.0.tar.gz', with blake2_256 hash '0a')", "file-differs"),
        ("Pending publisher", "pending-publisher-stale"),
        ("insufficient permissions", "identity-permission-missing"),
        ("The name 'x' is too similar to an existing project.", "project-name-refused"),
        ("Username/Password authentication is no longer supported.", "password-not-taken"),
    ],
)
def test_words_of_others_are_found(words: str, code: str) -> None:
    assert code in codes_for(words)


@pytest.mark.parametrize("code", list(Code))
def test_every_code_of_the_index_is_found(code: Code) -> None:
    assert codes_for(code.value)


def test_every_code_that_is_named_is_one_of_ours() -> None:
    named = {code for codes in WORDS for code in codes}

    assert set() == named - catalogue().keys()


@pytest.mark.parametrize("words", ["", "a", "the", "weather"])
def test_what_nobody_says_is_not_found(words: str) -> None:
    assert ((), "") == (codes_for(words), elsewhere(words))


@pytest.mark.parametrize(
    ("words", "advice"),
    [
        ("Environment protection rules block deployment", "somebody must approve it"),
        ("Workflow does not have permission to use environment", "add its pattern"),
    ],
)
def test_what_stops_a_job_before_it_begins_is_explained_too(words: str, advice: str) -> None:
    assert advice in elsewhere(words)
