"""Metadata that indexes or build back ends refuse."""

from __future__ import annotations

from releasio.setup.finding import Finding


class ClassifierRefused(Finding):
    """
    A classifier is not among those that indexes know.

    It is misspelt, was taken back since, or is newer than the trove-classifiers package beside
    releasio. In Python a missing comma joins two of them. One that is refused refuses the whole
    upload.
    """

    severity = "error"
    message = "{classifier:.80} is no classifier that the index takes{nearest:?; did you mean %s}"
    why = "The upload is refused: {words}"
    fix = "Write one that is listed on the index, or leave it out."
    classifier: str
    nearest: str
    words: str


class PrivateButPublished(Finding):
    """
    A workflow publishes a project that says of itself that it is private.

    PyPI refuses every classifier that begins with `Private ::`, which is what such a classifier is
    for.
    """

    severity = "error"
    message = "job {job} publishes to {target}, and the project says {classifier}"
    why = "The upload is refused: {classifier!r} is not a valid classifier."
    fix = "Take the classifier out, or the job."
    job: str
    target: str
    classifier: str


class DirectDependency(Finding):
    """
    A dependency is an address, not a release on an index.

    Files and git repositories can be depended on in a project of one's own. An index takes no
    distribution that requires one, for nobody knows what is behind the address tomorrow.
    """

    severity = "error"
    message = "{requirement} is required by its address"
    why = "The index refuses the upload: Can't have direct dependency."
    fix = "Require a release of it; for development, say the address in a group of dependencies."
    requirement: str


class MetadataInvalid(Finding):
    """
    A value of the metadata is none that the specification allows.

    Most build back ends refuse it, and an index does so at the latest.
    """

    severity = "error"
    message = "{field} = {value!r} cannot be read: {problem}"
    why = "The build stops for it, or the index refuses the upload."
    fix = "{remedy}"
    field: str
    value: str
    problem: str
    remedy: str


class LicenceTwice(Finding):
    """
    The licence is said as an expression, and by classifiers.

    Since PEP 639 an expression takes the place of the `License ::` classifiers. setuptools refuses
    to build a project that has both.
    """

    code = "licence-said-twice"
    severity = "error"
    message = "license = {expression!r} and the classifier {classifier} say the licence twice"
    why = "The build stops: License classifiers have been superseded by license expressions."
    fix = "Take the classifier out."
    expression: str
    classifier: str


class PythonNotSaid(Finding):
    """
    Nothing says which Pythons the project is for.

    Installers then take the newest release for every Python, and people on an old one get what
    cannot run there. With `requires-python` they get the last release that can.
    """

    code = "requires-python-missing"
    severity = "note"
    message = "nothing says which versions of Python {name} is for"
    why = "Installers on an old Python take the newest release, whether it runs there or not."
    fix = "Say it: {setting}."
    name: str
    setting: str
