"""Whether the index will know the jobs that publish."""

from __future__ import annotations

from releasio.setup.finding import Finding


class PublisherDiffers(Finding):
    """
    The last release was published by another publisher than the one that the job needs.

    The provenance of a file on the index names the repository, the workflow file and the
    environment that published it. A job takes an upload token only where a publisher has all of
    them: a workflow file that was renamed, an environment that was added, a repository that was
    renamed or moved, or another spelling of one of them needs a publisher of its own. Add it on the
    index before the next release, or change the workflow back. Earlier publishers can stay.
    """

    severity = "warning"
    message = """
    {project} {version} was published to {target} by {registered}; job {job} is another:
    {differences:and}"""
    why = """
    Unless this publisher was added since, {target} answers "invalid-publisher: valid token, but no
    corresponding publisher (Publisher with matching claims was not found)"."""
    fix = "Add the publisher that the job needs, if {target} does not have it: {link}"
    project: str
    version: str
    target: str
    registered: str
    job: str
    differences: tuple[str, ...]
    link: str


class SeveralPublishers(Finding):
    """
    Several workflow files or environments publish the project to the same index.

    A publisher has one workflow file and at most one environment. Each of the jobs needs a
    publisher that fits it; one without an environment fits all environments of its file.
    """

    severity = "note"
    message = "{project} is published to {target} from {places:and}"
    why = "Each of them needs a publisher of its own; the one that has none is refused."
    fix = "See that {target} has a publisher for each: releasio doctor --publisher"
    project: str
    target: str
    places: tuple[str, ...]


class PublishedByCalledWorkflow(Finding):
    """
    A job publishes in a workflow that another one calls.

    The index knows such a job by the file that is called, and the certificate of its attestations
    names the file that calls. So the publisher must name the called file, and attestations are
    refused whichever it names. Move the publishing job into the workflow that events start, and
    keep only the build in the called one; or publish without attestations.
    """

    severity = "warning"
    message = "job {job} publishes in {callee}, which {caller} calls"
    why = """
    The publisher must name {callee}, not {caller}, or the index answers "invalid-publisher"; and
    attestations are refused: "Certificate's Build Config URI does not match expected Trusted
    Publisher"."""
    fix = "Move the job into {caller}, and call another workflow for the build only."
    job: str
    callee: str
    caller: str


class PublishedAtOtherRef(Finding):
    """
    A job calls a publishing workflow of its own repository at another ref.

    The index wants the workflow file to be of the very commit, branch or tag that the run is of.
    Named with a fixed ref, it is so only in runs of that ref. Call it by its path, with `./`.
    """

    severity = "warning"
    message = "job {job} calls {callee}, which publishes, at the fixed ref {ref}"
    why = """
    In a run of any other branch or tag the index answers "invalid-publisher": "The
    job_workflow_ref claim does not match"."""
    fix = "Call it as ./{callee}."
    job: str
    callee: str
    ref: str


class RepositoryRenamed(Finding):
    """
    The forge calls the repository something else than the remote does.

    It was renamed or moved, and the forge leads the old address on. The identity of a job has the
    new name, so a publisher that has the old one does not fit any more. Add publishers with the new
    name, and let the remote have its new address.
    """

    severity = "warning"
    message = "the remote calls the repository {remote}, and {forge} calls it {slug}"
    why = """
    A publisher that still says {remote} answers "invalid-publisher: valid token, but no
    corresponding publisher"; identities say {slug}."""
    fix = "Name {slug} in the publishers, and run: git remote set-url origin {page}"
    remote: str
    forge: str
    slug: str
    page: str


class RepositoryCaseDiffers(Finding):
    """
    The forge spells the repository in another case than the remote does.

    Git and the forge do not look at the case; the index does, for the name of the repository as it
    was typed into its form. Type it as the forge spells it.
    """

    severity = "note"
    message = "the remote spells the repository {remote}, and {forge} {slug}"
    why = """
    The index compares the name with case: a publisher for {remote} never fits, "Publisher with
    matching claims was not found"."""
    fix = "Spell it {slug} in the index's form."
    remote: str
    forge: str
    slug: str


class IdentityUnknownToIndex(Finding):
    """
    The repository is on a server whose identities the index does not know.

    PyPI and TestPyPI know the identities of github.com, gitlab.com, Google Cloud and ActiveState. A
    GitHub Enterprise Server makes identities of its own, which they refuse, and so does a GitLab of
    one's own, unless PyPI has let your organisation in. Publish with a token.
    """

    severity = "warning"
    message = "job {job} publishes to {target} without a token, from a repository on {host}"
    why = """
    {target} knows the identities of github.com and gitlab.com, not those of {host}: "unknown
    trusted publishing issuer"."""
    fix = "Give the upload a token, or publish from github.com or gitlab.com."
    job: str
    target: str
    host: str


class IdentityForOtherAudience(Finding):
    """
    A job of GitLab CI gets an identity that is made out to somebody else than the index.

    The index takes an identity only if its audience is the index's own name: `pypi`, or `testpypi`
    for TestPyPI; no address. Tools look for it in the variable `PYPI_ID_TOKEN`, or
    `TESTPYPI_ID_TOKEN`.
    """

    severity = "error"
    message = "the identity {variable} of job {job} is for {audience}; {target} wants {target}"
    why = """
    The tool refuses it, or {target} answers "invalid-token: token verification failed": the
    audience does not match."""
    fix = "Write `aud: {target}`."
    job: str
    variable: str
    audience: str
    target: str


class IdentityNotGiven(Finding):
    """
    A job of GitLab CI publishes without a token and gets no identity for the index.

    GitLab gives a job an identity only under `id_tokens`, in the variable that is named there.
    Tools look for one called after the index: `PYPI_ID_TOKEN` with `aud: pypi`, `TESTPYPI_ID_TOKEN`
    with `aud: testpypi`.
    """

    code = "identity-token-missing"
    severity = "error"
    message = "job {job} publishes to {target} and has no identity in {variable}"
    why = '"GitLab: Environment variable {variable} not found": {tool} has nothing to publish with.'
    fix = "Give the job `id_tokens:` with `{variable}:` and `aud: {target}`."
    job: str
    target: str
    variable: str
    tool: str
