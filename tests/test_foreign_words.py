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


ANSWERS = [  # of PyPI to an upload, as they are worded
    "Username/Password authentication is no longer supported. Migrate to API Tokens instead.",
    "Invalid or non-existent authentication information.",
    "Invalid API Token: project-scoped token is not valid for project: 'demo'",
    "Invalid API Token: OIDC scoped token is not valid for project 'demo'",
    "Invalid API Token: token is expired",
    "Invalid API Token: current user does not match user restriction in token",
    "Invalid API Token: current OIDC publisher does not match publisher restriction in token",
    "Invalid API Token: signatures do not match",
    "Invalid API Token: malformed macaroon",
    "Invalid API Token: deleted or nonexistent macaroon",
    "Read-only mode: Uploads are temporarily disabled.",
    "New uploads are temporarily disabled.",
    "The user 'ada' isn't allowed to upload to project 'demo'.",
    "The given token isn't allowed to upload to project 'demo'.",
    "User 'ada' does not have a verified primary email address.",
    "User 'ada' does not have two-factor authentication enabled.",
    "Organization account owning this project is inactive.",
    "Unknown protocol version.",
    "Upload payload does not have a file.",
    "name: Should not be a tuple.",
    "Non-user identities cannot create new projects.",
    "New project registration temporarily disabled.",
    "Too many new projects created",
    "The name 'x' is invalid.",
    "The name 'json' isn't allowed (conflict with Python Standard Library module name).",
    "The name 'x' conflicts with an existing project.",
    "The name 'x' isn't allowed.",
    "The name 'x' is too similar to an existing project.",
    "The digest supplied does not match a digest calculated from the uploaded file.",
    "File already exists ('demo-1.0.tar.gz', with blake2_256 hash '0a').",
    "This filename was previously used by a file that has since been deleted.",
    "Uploading new files to releases older than 14 days is not allowed.",
    "Only one sdist may be uploaded per release.",
    "Cannot upload a file with non-printable characters (ordinals 0-31) in the name.",
    "Invalid file extension: Use .tar.gz, .whl or .zip extension.",
    "Invalid distribution file. File is not a zipfile",
    "Invalid distribution file. File exceeds compression ratio of 50",
    "Invalid distribution file. tar archive not accepted: Sparse members are not allowed.",
    "Invalid distribution file. ZIP archive not accepted: Trailing data",
    "Unable to parse name and version from wheel filename",
    "File too large. Limit for project 'demo' is 100 MB.",
    "Project size too large. Limit for project 'demo' total size is 10 GB.",
    "Filename is too long: 'demo'.",
    "Invalid source distribution filename: demo.tar.gz",
    "Start filename for 'demo-x' with 'demo_x'.",
    "Filename 'Demo-1.0.tar.gz' is invalid, should be 'demo-1.0.tar.gz'.",
    "Invalid wheel filename (wrong number of parts): 'foo-1.0-py3-none'",
    "Invalid build number: q in 'foo-1.0-q-py3-none-any'",
    "Binary wheel 'demo-1.0-py3-none-linux_x86_64.whl' has an unsupported platform tag",
    "License-File LICENSE does not exist in distribution file demo-1.0.tar.gz at demo-1.0/LICENSE",
    "Wheel 'demo.whl' does not contain the required RECORD file: demo-1.0.dist-info/RECORD",
    "Wheel 'demo.whl' has invalid entry points defined in the entry_points.txt file",
    "The use of local versions in '1.0+local' is not allowed.",
    "'X' is not a valid classifier.",
    "'-1' is not a valid metadata version.",
    "Can't have direct dependency: foo @ https://example.org",
    "'foo' is not a valid email address: An email address must have an @-sign.",
    "'x' is not a valid url.",
    "The description failed to render for 'text/x-rst'.",
    "Invalid attestations supplied during upload: Attestations are only supported when using",
    "Attestations temporarily disabled",
    "Trusted publishing functionality not enabled",
    "unknown trusted publishing issuer",
    "valid token, but project already exists",
    "invalid token: already used",
    "malformed or invalid token",
]


@pytest.mark.parametrize("answer", ANSWERS)
def test_every_answer_of_the_index_is_found(answer: str) -> None:
    assert codes_for(answer)


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
        (
            'Branch "main" is not allowed to deploy to pypi due to environment protection rules.',
            "somebody must approve it",
        ),
    ],
)
def test_what_stops_a_job_before_it_begins_is_explained_too(words: str, advice: str) -> None:
    assert advice in elsewhere(words)
    assert () == codes_for(words)
