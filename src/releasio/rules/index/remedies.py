"""What to do about an upload that an index refuses: its stable words, and our advice."""

from __future__ import annotations

_UPDATE = "Install the newest releasio[attestations]: the index and it disagree about attestations."
_ATTESTATIONS = {
    "only supported when using Trusted Publishing": "The upload went by a token. Let it go by "
    'trusted publishing alone: publish.trusted_publishing = "required".',
    "Attestations are not currently supported with": "This kind of publisher cannot have any.",
    "Malformed attestations": _UPDATE,
    "attestations per file are supported": _UPDATE,
    "with unsupported predicate type": _UPDATE,
    "with the same predicate type": _UPDATE,
    "does not match expected Trusted Publisher": "The index names another workflow than the one "
    "that signed. Publish in the workflow that is started, not in one that it calls, and register "
    "that one's file name.",
    "OIDCSourceRepositoryURI does not match": "The index names another repository than the one "
    "that signed, or spells it in another case: register the publisher anew.",
    "OIDCIssuerV2 does not match": "The identity that signed is of another CI than the trusted "
    "publisher.",
    "Could not verify the uploaded artifact": "The index trusts another Sigstore than the one "
    "that signed (publish.sigstore_trust_config), or the file changed since.",
    "Unknown error while trying to verify": "Run the same command again later: mostly the index "
    "could not renew what it trusts.",
}
# what is tagged names files of the refused name, so it takes a version that does not
_THEN = "Commit that, and release a new version."
_NAME_SPELLED = (
    "Let [project] name in pyproject.toml begin and end with a letter or digit, with letters, "
    f"digits, `.`, `_`, `-` between. {_THEN}"
)
# a stable fragment of the index's sentence, and what to do; the first match counts
REMEDIES = {
    "Invalid or non-existent authentication": "The token is not known to this index: it was "
    "deleted, cut off, or belongs to another index. Make a new one, or use trusted publishing.",
    **{
        fragment: f"{advice} publish.attestations = false uploads without."
        for fragment, advice in _ATTESTATIONS.items()
    },
    "Username/Password authentication": "Use an API token with the user name __token__.",
    "project-scoped token is not valid": "The token is limited to another project. For the first "
    "release of a project use trusted publishing or, once, a token of the whole account.",
    "OIDC scoped token is not valid": "The trusted publisher that this job matched belongs to "
    "another project: add one with these values to this project, or correct the name in "
    "pyproject.toml.",
    "does not match user restriction": "The token belongs to another account than the index takes "
    "it for: make a new one.",
    "does not match publisher restriction": "The publisher this token was minted for was changed "
    "since: run the job again.",
    "macaroon": "The token was deleted, or is not complete: copy it again in one piece, or make a "
    "new one on the index it is for.",
    "signatures do not match": "The token was changed on the way: copy it again in one piece, or "
    "make a new one.",
    "token is expired": "The token's time is over. A job of trusted publishing gets a fresh one "
    "when it is run again; a token of your own must be made anew.",
    "Non-user identities cannot create": "The pending publisher that this job matched names "
    "another project than {project}, and has created that one, empty. Register a pending "
    "publisher for {project} with the values of this job, delete the empty project, and run the "
    "job again.",
    "isn't allowed to upload": "The account or publisher has no rights on this project, or the "
    "project is archived or quarantined. Look at its page on the index. If it is somebody else's, "
    f"choose another [project] name in pyproject.toml. {_THEN}",
    "Organization account": "The organisation that owns the project is not active: its owners "
    "must settle that with the index. Nothing is wrong with the files or the token.",
    "verified primary email": "Verify the account's e-mail address on the index.",
    "two-factor authentication": "Switch on two-factor authentication for the account.",
    "previously used by a file": "A file of this name was deleted from the index, and names are "
    "never used twice: release a new version.",
    "older than 14 days": "The index takes no new files for a release after two weeks: release a "
    "new version.",
    "Only one sdist": "The release has an sdist by another file name, made when its name or "
    "version was spelled otherwise: leave this one out, or release a new version.",
    "digest supplied does not match": "The file changed on its way. Run the command again; if it "
    "stays so, look for a proxy that changes what is sent.",
    "Too many new projects": "The index lets each account, and each address, create a few "
    "projects an hour: run the command again in an hour.",
    "conflicts with an existing project": "Somebody created the project in the meantime. Choose "
    f"another name in pyproject.toml. {_THEN}",
    "too similar to an existing": "Choose a [project] name in pyproject.toml that nobody takes "
    "for that of another project: `-`, `_`, `.` do not count, nor the difference of l, i, 1 and "
    f"of o, 0. {_THEN}",
    "Standard Library": "Choose another [project] name in pyproject.toml; what is imported can "
    f"keep its name, but then hides a module of Python. {_THEN}",
    "isn't allowed": "Nobody may use this name on the index: choose another [project] name in "
    f"pyproject.toml; what is imported can keep its name. {_THEN}",
    "is an invalid value for Name": _NAME_SPELLED,
    "' is invalid.": _NAME_SPELLED,
    "registration temporarily disabled": "The index takes no new projects for now, but files of "
    "those it has. Run the command again later.",
    "core-metadata for more information": "Correct that field where it comes from: [project] in "
    f"pyproject.toml, or what the build backend makes of it. {_THEN}",
    "failed to render": f"Mend the README: twine check --strict dist/* checks it. {_THEN}",
    "File too large": "Ask the index for a higher limit, or leave data out of the distribution.",
    "Project size too large": "Delete old releases' files, or ask the index for a higher limit.",
    "Read-only mode": "The index takes no uploads for now. Run the command again later.",
    "temporarily disabled": "The index takes no uploads for now. Run the command again later.",
}
# said only where the index's pages do not tell which file it has
TAKEN = (
    "The index has a file of this name, or these bytes under another name, and shows no page of it "
    "that could tell whether it is the same one. If its simple index is elsewhere, set the "
    "registry's `index`; if the file is another one, release a new version."
)
# said where the index's page of the project does not list the file
ELSEWHERE = (
    "The index has these very bytes under another name or in another project, and takes none "
    "twice: release a new version. If somebody uploaded this file a moment ago, its page may be "
    "old yet: look again in ten minutes, by running the command once more."
)
OTHERWISE = {
    401: "The index wants a user and password: TWINE_USERNAME and TWINE_PASSWORD, or ~/.pypirc.",
    403: "Check that the credential belongs to this index and may upload to this project.",
    404: "Check the registry's url: nothing takes uploads there.",
    405: "Check the registry's url: it does not take uploads.",
    413: "The index, or a proxy before it, takes no files of this size.",
}
UNKNOWN = (
    "Why is in the index's own words only. Once it is mended, the same command uploads what is "
    "left; files that have to change need the next version, if any of this one are there."
)
