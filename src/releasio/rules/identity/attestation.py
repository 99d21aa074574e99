"""Who signs a distribution, and whether an attestation is theirs and the file's. PEP 740."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from packaging.utils import parse_sdist_filename, parse_wheel_filename

from releasio.frozen import frozen
from releasio.rules.identity.claims import claim
from releasio.rules.identity.publisher import workflow_file

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.rules.forge.forge_url import ForgeAddress

Kind = Literal["GitHub", "GitLab", "Google"]

AUDIENCE = "sigstore"  # of the identity that Sigstore certifies a key for

# parts of 1.3.6.1.4.1.57264.1, where Fulcio tells of the job; its docs/oid-info.md
_ISSUER, _REPOSITORY, _DIGEST, _REF, _BUILD_CONFIG = 8, 12, 13, 14, 18
_FULCIO = "1.3.6.1.4.1.57264.1"
_ISSUERS = {
    "GitHub": "https://token.actions.githubusercontent.com",
    "GitLab": "https://gitlab.com",
    "Google": "https://accounts.google.com",
}
_FORGES = {"GitHub": "https://github.com", "GitLab": "https://gitlab.com"}
_HOSTS = {"github.com": "GitHub", "gitlab.com": "GitLab"}
_FOLDERS = {"GitHub": "/.github/workflows/", "GitLab": "//"}
_CI_FILE = re.compile(r"//(.+)@")


@frozen
class Signatory:
    """
    Who signs, as an index's trusted publisher knows them.

    Attributes:
        kind: The provider.
        repository: `owner/name`; with Google the service account's mail address.
        workflow: The file's name; with GitLab its path; empty with Google.
    """

    kind: str
    repository: str
    workflow: str

    def __str__(self) -> str:
        suffix = f", {self.workflow}" if self.workflow else ""
        return f"{self.kind}: {self.repository}{suffix}"


@frozen
class Home:
    """
    A repository whose workflows indexes can have as publishers.

    Attributes:
        kind: The provider.
        repository: `owner/name`, in any case.
    """

    kind: str
    repository: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.repository}"

    def is_of(self, signatory: Signatory) -> bool:
        """Whether *signatory* is a workflow of this repository."""
        theirs = (signatory.kind, signatory.repository.lower())
        return theirs == (self.kind, self.repository.lower())


def home_at(address: ForgeAddress | None) -> Home | None:
    """Return the repository at *address*; `None`: on no forge that publishers are of."""
    if address is None or address.host not in _HOSTS:
        return None
    return Home(_HOSTS[address.host], f"{address.owner}/{address.repo}")


@frozen
class Certified:
    """
    What a signing certificate says.

    Attributes:
        told: Fulcio's extensions, by number, as `1.3.6.1.4.1.57264.1.8`.
        names: The mail addresses it is made out to.
    """

    told: Mapping[str, str]
    names: tuple[str, ...] = ()


@frozen
class Proof:
    """
    What an index's provenance of a file proves.

    Attributes:
        publishers: Who published it; none: nobody says, or it is not proven.
        problem: Why it is wrong; empty: it is not.
        unverified: Why it, or a part of it, was not verified; empty: all of it was.
    """

    publishers: tuple[Signatory, ...] = ()
    problem: str = ""
    unverified: str = ""

    @property
    def by(self) -> str:
        """Who published it, for people; empty: nobody says."""
        return " and ".join(map(str, self.publishers))

    @property
    def said(self) -> bool:
        """Whether anybody says who published the file."""
        return bool(self.by or self.problem or self.unverified)

    @property
    def holds(self) -> bool:
        """Whether it is known who published the file, and nothing of it is open or wrong."""
        return bool(self.by) and not self.problem and not self.unverified

    def __str__(self) -> str:
        if self.problem:
            return f"wrong: {self.problem}"
        parts = [f"by {self.by}"] if self.by else []
        if self.unverified:
            parts.append(f"not verified: {self.unverified}")
        return "; ".join(parts) or "none"


def bundles_in(document: object) -> tuple[tuple[Signatory | None, tuple[object, ...]], ...]:
    """
    Return who published and what they signed, as a provenance tells it.

    Raises:
        ValueError: It is no provenance.
    """
    match document:
        case {"attestation_bundles": [_, *_] as bundles}:
            return tuple(_bundle(bundle) for bundle in bundles)
    msg = "the index's answer is no provenance"
    raise ValueError(msg)


def _bundle(bundle: object) -> tuple[Signatory | None, tuple[object, ...]]:
    match bundle:
        case {"publisher": dict(publisher), "attestations": [_, *_] as attestations}:
            return signatory_in(publisher), tuple(attestations)
    msg = "the index's answer names no publisher, or no attestation"
    raise ValueError(msg)


def judged(proof: Proof, home: Home | None) -> Proof:
    """
    Return *proof* as it looks from a clone of *home*.

    Of a forge, only the repository itself may publish. An account of another
    provider belongs to none: nothing tells whose it is, so that is not verified.

    Args:
        proof: What the provenance of a file proves.
        home: The clone's repository; `None`: on no forge that publishers are of.
    """
    if home is None or proof.problem:
        return proof
    for publisher in proof.publishers:
        if publisher.kind in _HOSTS.values() and not home.is_of(publisher):
            source = f"{publisher.kind}: {publisher.repository}"
            return Proof(problem=f"it was published by {source}, and this is a clone of {home}")
    accounts = [
        str(publisher) for publisher in proof.publishers if publisher.kind not in _HOSTS.values()
    ]
    if not accounts:
        return proof
    doubt = f"nothing tells that {' and '.join(accounts)} publishes for {home}"
    reasons = filter(None, (proof.unverified, doubt))
    return Proof(proof.publishers, unverified="; ".join(reasons))


def signatory_of(claims: Mapping[str, object]) -> Signatory | None:
    """Return who an identity with *claims* is to an index; `None`: no index knows such."""
    if claim(claims, "job_workflow_ref"):
        workflow = workflow_file(claim(claims, "job_workflow_ref"))
        return Signatory("GitHub", claim(claims, "repository"), workflow)
    if match := _CI_FILE.search(claim(claims, "ci_config_ref_uri")):
        return Signatory("GitLab", claim(claims, "project_path"), match[1])
    if claim(claims, "iss") == _ISSUERS["Google"] and claim(claims, "email"):
        return Signatory("Google", claim(claims, "email"), "")
    return None


def signatory_in(publisher: Mapping[str, object]) -> Signatory | None:
    """Return the publisher that a provenance names; `None`: one we cannot check."""
    match publisher:
        case {"kind": "GitHub", "repository": str(repository), "workflow": str(workflow)}:
            return Signatory("GitHub", repository, workflow)
        case {"kind": "GitLab", "repository": str(repository), "workflow_filepath": str(path)}:
            return Signatory("GitLab", repository, path)
        case {"kind": "Google", "email": str(email)}:
            return Signatory("Google", email, "")
    return None


def called_from(claims: Mapping[str, object]) -> tuple[str, str] | None:
    """
    Return the workflow that is called and the one that calls it; `None` where none is.

    The index knows the job by the called one, and its certificate by the calling
    one, so that what such a job signs is refused.
    """
    callee, caller = claim(claims, "job_workflow_ref"), claim(claims, "workflow_ref")
    if not callee or not caller or callee == caller:
        return None
    return _file_or_reference(callee), _file_or_reference(caller)


def _file_or_reference(reference: str) -> str:
    """Return `OWNER/REPO/.github/workflows/FILE@REF` without what is known anyway."""
    return workflow_file(reference) or reference


def misfit(signatory: Signatory, certified: Certified) -> str:
    """Return why the certificate is not *signatory*'s, as the index would see it; empty: it is."""
    extensions = {number: certified.told.get(f"{_FULCIO}.{number}", "") for number in range(8, 23)}
    if extensions[_ISSUER] != _ISSUERS[signatory.kind]:
        return (
            f"the certificate's issuer is {extensions[_ISSUER]!r}, not {_ISSUERS[signatory.kind]!r}"
        )
    if signatory.kind == "Google":
        is_named = signatory.repository in certified.names
        return "" if is_named else f"the certificate is not {signatory.repository}'s"
    forge = _FORGES[signatory.kind]
    repository = f"{forge}/{signatory.repository}"
    if extensions[_REPOSITORY] != repository:
        return f"the certificate's repository is {extensions[_REPOSITORY]!r}, not {repository!r}"
    path = f"{repository}{_FOLDERS[signatory.kind]}{signatory.workflow}"
    commits = [extensions[number] for number in (_DIGEST, _REF) if extensions[number]]
    if extensions[_BUILD_CONFIG] not in {f"{path}@{commit}" for commit in commits}:
        return f"the certificate's workflow is {extensions[_BUILD_CONFIG]!r}, not {path!r}"
    return ""


def unproven(statement: object, name: str, sha256: str) -> str:
    """Return why *statement* does not vouch for the file of that name and hash; empty: it does."""
    match statement:
        case {"subject": [{"name": str(signed), "digest": {"sha256": str(digest)}}]}:
            pass
        case _:
            return "what was signed is no statement about one file"
    if not _same_name(signed, name):
        return f"it was signed for {signed}"
    return "" if digest == sha256 else f"it was signed for a file with sha256 {digest}"


def _same_name(signed: str, name: str) -> bool:
    """Whether both name the same file; the tags of a wheel may be in any order."""
    try:
        return signed == name or _parts(signed) == _parts(name)
    except ValueError:
        return False


def _parts(name: str) -> tuple[object, ...]:
    return parse_wheel_filename(name) if name.endswith(".whl") else parse_sdist_filename(name)
