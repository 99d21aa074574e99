"""Attestations that cannot be made, are refused, or do not verify."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import DISAGREES, NO_ANSWER, NO_CREDENTIAL, USAGE, ReleasioError
from releasio.errors.index.answers import UploadRefused
from releasio.text.listing import listed

if TYPE_CHECKING:
    from collections.abc import Sequence

_TRUST = (
    "Set SSL_CERT_FILE and REQUESTS_CA_BUNDLE, both, to the certificates that this network trusts: "
    "Sigstore's libraries read one each."
)
_LATER = "Run the same command again later; https://status.sigstore.dev tells of outages."
_WITHOUT = "publish.attestations = false releases without"


class AttestationImpossible(ReleasioError):
    """
    Attestations are asked for and cannot be made here. The base of all that say why.

    Attributes:
        reason: Why, without a full stop: for where they are not required.
        advice: What to do about it, likewise; one line, or empty.
    """

    reason: str
    advice: str = ""


class AttestationsExtraMissing(AttestationImpossible):
    """
    Signing needs libraries that a plain installation does not have.

    Attestations are made with sigstore and pypi-attestations, which come with
    the extra `attestations`.
    """

    code = "attestations-extra-missing"
    exit_code = USAGE

    def __init__(self, missing: Sequence[str]) -> None:
        libraries, verb = " and ".join(missing), "are" if len(missing) > 1 else "is"
        super().__init__(
            f"attestations need {libraries}, which {verb} not installed",
            hint='pip install "releasio[attestations]>=3"',
        )
        self.reason = f"{libraries} {verb} not installed"
        self.advice = self.hint


class AttestationsNeedTrustedPublishing(AttestationImpossible):
    """
    Attestations go only with uploads by trusted publishing.

    An index compares who signed with the trusted publisher that uploads; with an
    API token there is none, and an upload with attestations is refused.
    """

    code = "attestations-need-trusted-publishing"
    exit_code = NO_CREDENTIAL

    def __init__(self, registry: str) -> None:
        super().__init__(
            f"publish.attestations = true, but the upload to {registry} does not go by trusted "
            "publishing",
            hint="Publish from a CI with a trusted publisher, or set publish.attestations = "
            '"auto".',
        )
        self.reason = "the upload does not go by trusted publishing"


class SigningIdentityMissing(AttestationImpossible):
    """
    The job has no identity to sign with.

    Sigstore certifies for ten minutes that a key is this job's; for that the CI
    has to give an identity made for `sigstore`, besides the one for the index.
    GitHub gives one to each job with `id-token: write`, GitLab to a job that
    declares it. Any other CI may put it into `RELEASIO_SIGSTORE_ID_TOKEN`.
    """

    code = "signing-identity-missing"
    exit_code = NO_CREDENTIAL

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(f"there is no identity to sign with: {problem}", hint=remedy)
        self.reason = f"there is no identity to sign with: {problem}"
        self.advice = "" if remedy.count("\n") else remedy


class SigningIdentityUnusable(AttestationImpossible):
    """
    The identity to sign with cannot be used.

    It must be made for `sigstore`, still be valid, and be that of a CI that
    indexes know as trusted publisher.
    """

    code = "signing-identity-unusable"
    exit_code = NO_CREDENTIAL

    def __init__(self, source: str, problem: str) -> None:
        super().__init__(
            f"the identity in {source} cannot sign: {problem}",
            hint=f"Let the CI make one for the audience sigstore in each job, or unset {source}.",
        )
        self.reason = f"the identity in {source} cannot sign: {problem}"


class AttestedByCaller(AttestationImpossible):
    """
    The publishing job is in a reusable workflow, whose attestations are refused.

    An index knows the job by the workflow that is called, and its signature by
    the workflow that calls. No trusted publisher fits both, so that an upload
    with attestations is refused in any case.
    """

    code = "attested-by-caller"
    exit_code = DISAGREES

    def __init__(self, called: str, caller: str) -> None:
        super().__init__(
            f"this job is in the reusable workflow {called}, but what it signs says {caller}, "
            "which calls it: the index would refuse every attestation",
            hint=f"Move the publishing job into {caller} itself; builds may stay in {called}. "
            f"{_WITHOUT} attestations.",
        )
        self.reason = f"the job is in the reusable workflow {called}, called by {caller}"
        self.advice = f"Move the publishing job into {caller} itself."


class TrustConfigUnusable(ReleasioError):
    """
    The file of `publish.sigstore_trust_config` cannot be used.

    It is a ClientTrustConfig in JSON, as the operator of a Sigstore gives out:
    its addresses, certificates and keys. The path is relative to the project.
    """

    code = "sigstore-trust-config-unusable"
    exit_code = USAGE

    def __init__(self, path: str, problem: str) -> None:
        super().__init__(
            f"publish.sigstore_trust_config is {path}, which {problem}",
            hint="Ask the operator of that Sigstore for its ClientTrustConfig, or leave the "
            "setting out to sign with the public one.",
            path=path,
        )


class SigstoreUnreachable(ReleasioError):
    """
    Sigstore did not answer after several tries, or this network does not let it.

    Nothing is public yet. An attestation cannot be added to a file afterwards, so
    that releasio does not go on without by itself.
    """

    code = "sigstore-unreachable"
    exit_code = NO_ANSWER

    def __init__(self, service: str, problem: str, *, tries: int, untrusted: bool = False) -> None:
        after = f" after {tries} tries" if tries > 1 else ""
        super().__init__(
            f"{service} gave no usable answer{after}: {problem}",
            hint=f"{_TRUST if untrusted else _LATER} {_WITHOUT} attestations.",
        )


class SigningRefused(ReleasioError):
    """
    Sigstore did not certify or log what was to be signed.

    The identity may have expired, or be of an issuer that this Sigstore does not
    know; a certificate may not fit the keys that the trust config names.
    """

    code = "signing-refused"

    def __init__(self, service: str, name: str, problem: str) -> None:
        super().__init__(
            f"{service} did not let {name} be signed: {problem}",
            hint="Run the job again: each run gets a fresh identity. With a Sigstore of your own, "
            f"look at publish.sigstore_trust_config and the issuers it knows. {_WITHOUT} "
            "attestations.",
        )


class AttestationUnfit(ReleasioError):
    """
    What was just signed does not verify.

    An index would refuse it, so it is not sent.
    """

    code = "attestation-unfit"
    exit_code = DISAGREES

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(
            f"the attestation of {name} would not be taken: {problem}",
            hint=f"The index compares it with its trusted publisher. {_WITHOUT} attestations.",
        )


class ProvenanceWrong(ReleasioError):
    """
    What the index shows as a file's provenance does not hold.

    The attestation is not signed by who it says, is for another file, or is of
    another repository than this clone's. Whoever installs the file and looks is
    told the same.
    """

    code = "provenance-wrong"
    exit_code = DISAGREES

    def __init__(self, name: str, registry: str, problem: str) -> None:
        super().__init__(
            f"{registry} shows a provenance of {name} that does not hold: {problem}",
            hint="Look who published the file. In a clone of a fork, or with a Sigstore of your "
            "own (publish.sigstore_trust_config), verify where it was published from.",
        )


class ProvenanceMissing(ReleasioError):
    """
    A file was uploaded with an attestation, and the index shows none.

    Its attestation is still kept beside the journal. An index may have switched
    attestations off for a while, or takes none and says nothing.
    """

    code = "provenance-missing"
    exit_code = DISAGREES

    def __init__(self, names: Sequence[str], registry: str) -> None:
        super().__init__(
            f"{registry} shows no provenance of {listed(names)}, which were signed",
            hint="Look again in ten minutes: pages of the index are cached. If it stays so, the "
            "index does not keep attestations.",
        )


class AttestationRefused(UploadRefused):
    """
    The index refused an attestation, and with it the file.

    Nothing of it was stored. It is not uploaded without its attestation by itself:
    one cannot be added later.
    """

    code = "attestation-refused"
