"""What a release needs of the machine it is made on."""

from __future__ import annotations

from releasio.setup.finding import Finding


class ClockWrong(Finding):
    """
    This machine's clock is wrong.

    The index tells the time in each answer. Identities, signing certificates and TLS certificates
    are valid for some minutes or from a moment on, and are refused by a clock that is far off. Tags
    and headings get a wrong date.
    """

    severity = "warning"
    message = "this machine's clock is {minutes} minutes {direction} that of {index}"
    why = "Identities and attestations are valid for minutes: they are refused as expired or early."
    fix = "Set the clock, by NTP where there is no reason against it."
    minutes: int
    direction: str
    index: str


class CertificatesMissing(Finding):
    """
    A variable names certificates that are not there.

    pip, twine, uv and releasio then trust no server at all, and every request fails.
    """

    severity = "error"
    message = "{variable} names {location}, which is not there"
    why = "Every request over TLS fails: no certificates can be loaded."
    fix = "Name the file that this network's certificates are in, or unset {variable}."
    variable: str
    location: str


class NetworkUnusable(Finding):
    """
    A variable about the network cannot be used.

    A proxy that is no address, or certificates that cannot be read: no server can be asked.
    """

    severity = "error"
    message = "{problem}"
    why = "No index and no forge can be asked from here."
    fix = "{remedy}"
    problem: str
    remedy: str


class IndexSilent(Finding):
    """
    An index was asked and gave no answer of use.

    What it has is not known, so nothing is said about it. `--offline` asks nobody.
    """

    severity = "note"
    message = "what {index} has is not known: {trouble}"
    why = "A release asks it before it changes anything, and stops where it does not answer."
    fix = "Run it again, or with --offline."
    index: str
    trouble: str


class CommitterUnknown(Finding):
    """
    git does not know who commits.

    A release makes a commit and a tag, and both say who made them.
    """

    severity = "warning"
    message = "git does not know who commits here"
    why = 'The release commit fails with "Please tell me who you are".'
    fix = 'git config user.name "Your Name"; git config user.email you@example.org'


class HistoryMissing(Finding):
    """
    The clone is shallow: commits or tags are missing here.

    Versions that come from tags are wrong in such a clone. releasio itself fetches what it lacks.
    In GitHub Actions, `fetch-depth: 0` of actions/checkout gets all of it.
    """

    severity = "note"
    message = "this clone is shallow: what its tags say was not compared with anything"
    why = "{reason}"
    fix = "git fetch --unshallow --tags"
    reason: str


class GitTooOld(Finding):
    """
    This git is older than what releasio needs.

    It needs 2.31 or newer.
    """

    severity = "error"
    message = "git {version} is too old: releasio needs {needed}"
    why = "Commands of git that a release is made with are not there yet."
    fix = "Install git {needed} or newer."
    version: str
    needed: str


class PythonEnding(Finding):
    """
    This Python gets no security fixes any more, or not for long.

    Build back ends stop supporting it soon after, and with it what a release is built with.
    """

    severity = "note"
    message = "Python {version} is supported until {end}"
    why = "Build back ends drop a Python soon after, and the release job then gets old ones."
    fix = "Release with a newer Python; what the project supports is another matter."
    version: str
    end: str
