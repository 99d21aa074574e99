"""What publishing jobs have around them."""

from __future__ import annotations

from releasio.setup.finding import Finding


class BuildWithoutTags(Finding):
    """
    A version is made from tags, and the build has a clone without them.

    `actions/checkout` fetches one commit. On a pushed tag that is enough; on a branch the tool
    finds no tag and makes up a version such as `0.1.dev1+g1a2b3c4`, which the index refuses, or
    worse, takes.
    """

    severity = "error"
    message = "{tool} makes the version from tags, and job {job} builds {when} without them"
    why = """
    The checkout has one commit and no tag, so the version is made up: `0.0.post1`, `0.1.dev1+g...`.
    The index answers "The use of local versions is not allowed"."""
    fix = "Give actions/checkout `fetch-depth: 0`."
    tool: str
    job: str
    when: str


class ReleaseWithoutHistory(Finding):
    """
    A tool that reads the commits since the last release has a clone of one commit.

    It finds no tag and takes the project for one that was never released: a wrong version, or a
    changelog with nothing in it.
    """

    severity = "warning"
    message = "{tool} reads the commits since the last tag, and job {job} has fetched one commit"
    why = "Without tags it takes this for the first release, or finds nothing to release."
    fix = "Give actions/checkout `fetch-depth: 0`."
    tool: str
    job: str


class NoConcurrencyGroup(Finding):
    """
    Two pushes at once start two releases at once.

    Both choose the same version; the second one fails when it pushes, uploads or tags. A group
    lets them wait for each other.
    """

    severity = "warning"
    message = "{tool} releases on each push, and nothing keeps two runs of job {job} apart"
    why = """
    Both runs choose the same version, and one of them ends with "tag already exists", "failed to
    push some refs" or "File already exists"."""
    fix = "Give the job a `concurrency` group, with `cancel-in-progress: false`."
    tool: str
    job: str


class PublishingCancelled(Finding):
    """
    A newer run stops one that is publishing.

    `cancel-in-progress: true` ends a run wherever it is: with one of two files uploaded, or a tag
    pushed and nothing on the index.
    """

    severity = "warning"
    message = "`cancel-in-progress: true` stops job {job} in the middle of publishing"
    why = """
    The next run ends it with some files uploaded. They stay, and the version cannot be uploaded
    again as a whole: "File already exists"."""
    fix = "Write `cancel-in-progress: {value}`."
    job: str
    value: str


class TestsBesidePublishing(Finding):
    """
    The job that may publish also runs tests.

    Tests run what the project depends on, at whatever version the index has. All of it can ask for
    the identity of the job, and publish with it.
    """

    severity = "warning"
    message = "job {job} may publish, and runs tests as well: `{command}`"
    why = "Every package that the tests import can trade the job's identity for an upload token."
    fix = "Run the tests in a job of their own that this one `needs`; leave `id-token: write` here."
    job: str
    command: str


class BuildsBesidePublishing(Finding):
    """
    The job that may publish also builds, or installs what the index has at that moment.

    A build runs its back end and all that it requires, at whatever version the index has. All of
    it can ask for the identity of the job. Build in a job of its own, and hand the files over as
    an artefact.
    """

    severity = "warning"
    message = "job {job} may publish, and runs what nobody has pinned: `{command}`"
    why = "Every package that comes with it can trade the job's identity for an upload token."
    fix = """
    Build in a job of its own without `id-token: write`, upload `dist/` as an artefact, and have
    this job do nothing but download and publish it."""
    job: str
    command: str


class UnpinnedAction(Finding):
    """
    A job that may publish runs an action of somebody else by a name that can move.

    Whoever can move the tag or branch can publish as this project. A commit of 40 digits does not
    move; Dependabot and Renovate raise it.
    """

    severity = "warning"
    message = "job {job} may publish, and runs {actions:listed} by a name that can move"
    why = "Who moves that tag or branch runs code with the identity of this job."
    fix = "Name the commit: `uses: owner/action@<40 digits> # v1.2.3`."
    job: str
    actions: tuple[str, ...]


class PypiActionNeedsLinux(Finding):
    """
    The PyPI action runs in a container, and so on Linux only.

    On Windows and macOS the job fails. Build there, and publish in a job on Linux.
    """

    severity = "error"
    message = "job {job} runs pypa/gh-action-pypi-publish on {runner}"
    why = 'The job ends with "Container action is only supported on Linux".'
    fix = "Publish in a job with `runs-on: ubuntu-latest`, from the artefacts of the others."
    job: str
    runner: str


class RunnerRetired(Finding):
    """
    A job that publishing needs waits for a runner that GitHub no longer has.

    It waits for a day and then fails.
    """

    severity = "error"
    message = "job {job} wants {runner}, which GitHub has no more"
    why = "The job waits for a runner for a day, and then fails."
    fix = "Write `{successor}`."
    job: str
    runner: str
    successor: str
