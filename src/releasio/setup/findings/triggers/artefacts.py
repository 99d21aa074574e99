"""How the built files come to the job that publishes them."""

from __future__ import annotations

from releasio.setup.finding import Finding


class ArtefactActionRetired(Finding):
    """
    An artefact is handed on by a version of the action that GitHub refuses.

    Versions 1 to 3 of `actions/upload-artifact` and `actions/download-artifact` fail since 2025. In
    version 4 a name can be uploaded once only, and artefacts of older versions cannot be read.
    """

    severity = "error"
    message = "{action} no longer runs"
    why = """
    The job fails: "This request has been automatically failed because it uses a deprecated version
    of `{name}`"."""
    fix = """
    Raise both upload and download to the same newer version. Give each leg of a matrix a name of
    its own, and download them with `pattern` and `merge-multiple: true`."""
    action: str
    name: str


class ArtefactNotUploaded(Finding):
    """
    A job downloads an artefact that no job uploads.

    The names differ. They are compared letter by letter.
    """

    severity = "error"
    message = (
        "job {job} downloads the artefact {name}, and the jobs before it upload {names:listed}"
    )
    why = 'The step ends with "Unable to find any artifacts for the associated workflow".'
    fix = "Use the same name in both places."
    job: str
    name: str
    names: tuple[str, ...]


class ArtefactNameTwice(Finding):
    """
    Two uploads give their artefact the same name.

    Since version 4 a name can be used once in a run. Each leg of a matrix needs its own.
    """

    severity = "error"
    message = "{who} the artefact {name} more than once in one run"
    why = """
    The second one ends with "Failed to CreateArtifact: Received non-retryable error: (409)
    Conflict: an artifact with this name already exists"."""
    fix = """
    Give each its own name, such as `{name}-${{{{ matrix.os }}}}` in a matrix, and download them
    with `pattern: {name}-*` and `merge-multiple: true`."""
    who: str
    name: str


class ArtefactsInFolders(Finding):
    """
    Artefacts are downloaded into a folder each, and the upload looks beside them.

    Without `name`, or with `pattern` alone, every artefact gets a folder of its own below `path`.
    With `merge-multiple: true` the files lie in `path` itself.
    """

    severity = "error"
    message = (
        "job {job} downloads each artefact into a folder of its own, and uploads from {folder}"
    )
    why = """
    The folder holds folders and no file, so the upload ends with "Unknown distribution format" or
    "no packages"."""
    fix = "Add `merge-multiple: true` to the download."
    job: str
    folder: str
