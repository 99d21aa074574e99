"""The project's name, and who has it."""

from __future__ import annotations

from releasio.setup.finding import Finding


class NameRefused(Finding):
    """
    No new project can have this name.

    Indexes refuse names that are none, and those of modules of the standard library. The name is
    only looked at when the project is made, so one that is there already keeps its own. PyPI
    refuses others, too: names that look like one that is there, and a list that is not public.
    """

    severity = "error"
    message = "no index makes a new project called {name}"
    why = "The first upload is refused: {words}"
    fix = "Choose another name, before anything is released under this one."
    name: str
    words: str


class NameTooSimilar(Finding):
    """
    The name is too similar to one that is on the index.

    For a new project an index looks at the name without `-`, `_` and `.`, and takes letters that
    look alike for the same.
    """

    severity = "error"
    message = "{index} makes no new project called {name}: it has {similar}"
    why = "The first upload is refused: The name is too similar to an existing project."
    fix = "Choose another name, or publish under {similar} if it is yours."
    name: str
    index: str
    similar: str


class NameTaken(Finding):
    """
    The name seems to be somebody else's project.

    The index has a project of this name, and nothing of it is known here: none of its versions is
    a tag of this repository. An upload is then refused with "The user isn't allowed to upload to
    project". Where the project is yours, fetch its tags, or give the released commits theirs.
    """

    severity = "warning"
    message = "{name} on {index} does not look like this project: {evidence}"
    why = "If it is somebody else's, every upload is refused: you are not allowed to upload to it."
    fix = "Look at {page}. If it is not yours, choose another name."
    name: str
    index: str
    evidence: str
    page: str


class NotOnIndexYet(Finding):
    """
    The project is not on the index yet.

    The first upload makes it. With a token that has to be one for the whole account; without a
    token, a pending publisher has to be registered before. It keeps the name for nobody: until the
    first upload anybody else can take it.
    """

    code = "project-not-on-index"
    severity = "note"
    message = "{name} is not on {index} yet: the first upload makes it"
    why = """
    Without a pending publisher that upload ends with "invalid-publisher: valid token, but no
    corresponding publisher"; with a token of another project, with 403."""
    fix = """
    Register a pending publisher for {name}{page:? at %s}; what to type there says: releasio doctor
    --publisher"""
    name: str
    index: str
    page: str


class ProjectClosedOnIndex(Finding):
    """
    The index takes no files of this project.

    An owner has archived it, or the index itself has put it in quarantine. What is there can
    still be installed where it is archived only.
    """

    severity = "error"
    message = "{name} is {status} on {index}{reason:?: %s}"
    why = "Every upload is refused as long as it is."
    fix = "An owner of the project can unarchive it{page:? at %s}; a quarantine is the index's."
    name: str
    index: str
    status: str
    reason: str
    page: str
