"""Files that the metadata names."""

from __future__ import annotations

from releasio.setup.finding import Finding


class ReadmeMissing(Finding):
    """
    The README that the metadata names is not there.

    It is the project's page on the index. Some build back ends stop without it, others publish an
    empty page.
    """

    severity = "error"
    message = "readme names {readme}, which is not there"
    why = "{consequence}"
    fix = "Name a file that is there, or leave the setting out."
    readme: str
    consequence: str


class ReadmeTypeUnknown(Finding):
    """
    Nothing says what kind of text the README is.

    Back ends know Markdown and reStructuredText by the endings `.md` and `.rst`. For any other
    file the kind has to be said.
    """

    severity = "error"
    message = "nothing says what kind of text {readme} is"
    why = "{consequence}"
    fix = "{remedy}"
    readme: str
    consequence: str
    remedy: str


class ReadmeNotRendered(Finding):
    """
    The README does not render as the kind of text that it is said to be.

    PyPI renders reStructuredText strictly, and refuses the whole upload where it fails. Text
    without a kind counts as reStructuredText.
    """

    severity = "error"
    message = "the index cannot show {readme}: {problem}"
    why = "The upload is refused: The description failed to render."
    fix = "{remedy}"
    readme: str
    problem: str
    remedy: str


class LicenceFileMissing(Finding):
    """
    What is named as a licence file is not there.

    By PEP 639 a build stops where a pattern of `license-files` matches nothing. Older back ends
    publish without the licence.
    """

    severity = "warning"
    message = "{setting} names {pattern}, and no such file is there"
    why = "The build stops for it, or the licence is missing in what is published."
    fix = "Name the file that is there{candidate:?: %s}."
    setting: str
    pattern: str
    candidate: str
