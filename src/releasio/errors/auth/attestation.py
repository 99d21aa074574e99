"""Attestations that cannot be made, are refused, or do not verify."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import DISAGREES, NO_ANSWER, NO_CREDENTIAL, USAGE, ReleasioError
from releasio.errors.index.answers import UploadRefused
from releasio.errors.template import filled

if TYPE_CHECKING:
    from collections.abc import Sequence
    from dataclasses import KW_ONLY


class AttestationImpossible(ReleasioError):
    """Attestations are asked for and cannot be made here. The base of all that say why."""

    _reason = "{message}"
    _advice = ""

    @property
    def reason(self) -> str:
        """Why, without a full stop: for where they are not required."""
        return filled(self._reason, self)

    @property
    def advice(self) -> str:
        """What to do about it, likewise; one line, or empty."""
        return filled(self._advice, self)


class AttestationsExtraMissing(AttestationImpossible):
    """
    Signing needs libraries that a plain installation does not have.

    Attestations are made with sigstore and pypi-attestations, which come with
    the extra `attestations`.
    """

    exit_code = USAGE
    message = "attestations need {missing:and}, which {missing:/is/are} not installed"
    hint = 'pip install "releasio[attestations]>=3"'
    _reason = "{missing:and} {missing:/is/are} not installed"
    _advice = "{hint}"
    missing: Sequence[str]


class AttestationsNeedTrustedPublishing(AttestationImpossible):
    """
    Attestations go only with uploads by trusted publishing.

    An index compares who signed with the trusted publisher that uploads; with an
    API token there is none, and an upload with attestations is refused.
    """

    exit_code = NO_CREDENTIAL
    message = """
        publish.attestations = true, but the upload to {registry} does not go by trusted
        publishing"""
    hint = 'Publish from a CI with a trusted publisher, or set publish.attestations = "auto".'
    _reason = "the upload does not go by trusted publishing"
    registry: str


class SigningIdentityMissing(AttestationImpossible):
    """
    The job has no identity to sign with.

    Sigstore certifies for ten minutes that a key is this job's; for that the CI
    has to give an identity made for `sigstore`, besides the one for the index.
    GitHub gives one to each job with `id-token: write`, GitLab to a job that
    declares it. Any other CI may put it into `RELEASIO_SIGSTORE_ID_TOKEN`.
    """

    exit_code = NO_CREDENTIAL
    message = "there is no identity to sign with: {problem}"
    problem: str
    hint: str

    @property
    def advice(self) -> str:
        """What to do, where one line says it."""
        return "" if "\n" in self.hint else self.hint


class SigningIdentityUnusable(AttestationImpossible):
    """
    The identity to sign with cannot be used.

    It must be made for `sigstore`, still be valid, and be that of a CI that
    indexes know as trusted publisher.
    """

    exit_code = NO_CREDENTIAL
    message = "the identity in {source} cannot sign: {problem}"
    hint = "Let the CI make one for the audience sigstore in each job, or unset {source}."
    source: str
    problem: str


class AttestedByCaller(AttestationImpossible):
    """
    The publishing job is in a reusable workflow, whose attestations are refused.

    An index knows the job by the workflow that is called, and its signature by
    the workflow that calls. No trusted publisher fits both, so that an upload
    with attestations is refused in any case.
    """

    exit_code = DISAGREES
    message = """
        this job is in the reusable workflow {called}, but what it signs says {caller}, which calls
        it: the index would refuse every attestation"""
    hint = """
        Move the publishing job into {caller} itself; builds may stay in {called}.
        publish.attestations = false releases without attestations."""
    _reason = "the job is in the reusable workflow {called}, called by {caller}"
    _advice = "Move the publishing job into {caller} itself."
    called: str
    caller: str


class TrustConfigUnusable(ReleasioError):
    """
    The file of `publish.sigstore_trust_config` cannot be used.

    It is a ClientTrustConfig in JSON, as the operator of a Sigstore gives out:
    its addresses, certificates and keys. The path is relative to the project.
    """

    code = "sigstore-trust-config-unusable"
    exit_code = USAGE
    message = "publish.sigstore_trust_config is {path}, which {problem}"
    hint = """
        Ask the operator of that Sigstore for its ClientTrustConfig, or leave the setting out to
        sign with the public one."""
    path: str
    problem: str


class SigstoreUnreachable(ReleasioError):
    """
    Sigstore did not answer after several tries, or this network does not let it.

    Nothing is public yet. An attestation cannot be added to a file afterwards, so
    that releasio does not go on without by itself.
    """

    exit_code = NO_ANSWER
    message = "{service} gave no usable answer{tries:// after %d tries}: {problem}"
    hint = """
        {untrusted:?Set SSL_CERT_FILE and REQUESTS_CA_BUNDLE, both, to the certificates that this
        network trusts: Sigstore's libraries read one each.|Run the same command again later;
        https://status.sigstore.dev tells of outages.} publish.attestations = false releases
        without attestations."""
    service: str
    problem: str
    _: KW_ONLY
    tries: int
    untrusted: bool = False


class SigningRefused(ReleasioError):
    """
    Sigstore did not certify or log what was to be signed.

    The identity may have expired, or be of an issuer that this Sigstore does not
    know; a certificate may not fit the keys that the trust config names.
    """

    message = "{service} did not let {name} be signed: {problem}"
    hint = """
        Run the job again: each run gets a fresh identity. With a Sigstore of your own, look at
        publish.sigstore_trust_config and the issuers it knows. publish.attestations = false
        releases without attestations."""
    service: str
    name: str
    problem: str


class AttestationUnfit(ReleasioError):
    """
    What was just signed does not verify.

    An index would refuse it, so it is not sent.
    """

    exit_code = DISAGREES
    message = "the attestation of {name} would not be taken: {problem}"
    hint = """
        The index compares it with its trusted publisher. publish.attestations = false releases
        without attestations."""
    name: str
    problem: str


class ProvenanceWrong(ReleasioError):
    """
    What the index shows as a file's provenance does not hold.

    The attestation is not signed by who it says, is for another file, or is of
    another repository than this clone's. Whoever installs the file and looks is
    told the same.
    """

    exit_code = DISAGREES
    message = "{registry} shows a provenance of {name} that does not hold: {problem}"
    hint = """
        Look who published the file. In a clone of a fork, or with a Sigstore of your own
        (publish.sigstore_trust_config), verify where it was published from."""
    name: str
    registry: str
    problem: str


class ProvenanceMissing(ReleasioError):
    """
    A file was uploaded with an attestation, and the index shows none.

    Its attestation is still kept beside the journal. An index may have switched
    attestations off for a while, or takes none and says nothing.
    """

    exit_code = DISAGREES
    message = "{registry} shows no provenance of {names:listed}, which were signed"
    hint = """
        Look again in ten minutes: pages of the index are cached. If it stays so, the index does not
        keep attestations."""
    names: Sequence[str]
    registry: str


class AttestationRefused(UploadRefused):
    """
    The index refused an attestation, and with it the file.

    Nothing of it was stored. It is not uploaded without its attestation by itself:
    one cannot be added later.
    """
