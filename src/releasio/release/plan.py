"""Facts -> Plan, one function per stage; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from releasio.frozen import frozen
from releasio.release.edits import changelog_left_alone, changelog_of
from releasio.release.outlook import on_release_branch
from releasio.rules.bump.channel import publishes
from releasio.rules.contents.ledger import commit_message, tag_message
from releasio.rules.credentials.terms import terms_of
from releasio.rules.identity.attested import takes_attestations, trust_for
from releasio.steps.build.build import Artefacts, Build, Check, Record
from releasio.steps.build.fetch import Fetch
from releasio.steps.prepare.commit import Commit
from releasio.steps.prepare.edit import Edit
from releasio.steps.prepare.open_tree import OpenTree
from releasio.steps.prepare.run_hook import RunHook
from releasio.steps.publish.ask import Ask
from releasio.steps.publish.attest import Attest
from releasio.steps.publish.authenticate import Authenticate
from releasio.steps.publish.compare import Compare
from releasio.steps.publish.land import Land
from releasio.steps.publish.push import Push
from releasio.steps.publish.upload import Delivery, Upload
from releasio.steps.publish.verify import Verify

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from releasio.config.tables.model import ChangelogConfig
    from releasio.release.facts import Facts
    from releasio.release.outlook import Release
    from releasio.rules.contents.record import Record as DistributionRecord
    from releasio.steps.step import Step

Stage = Literal["prepare", "build", "publish"]


@frozen
class Plan:
    """
    The steps of one stage, in order: complete and printable.

    Attributes:
        stage: Which of the three it is.
        tag: The release it belongs to.
        steps: What is to be done; a step that is done already is still listed.
    """

    stage: Stage
    tag: str
    steps: tuple[Step, ...]


@frozen
class Built:
    """Checked files and the folder they lie in."""

    record: DistributionRecord
    folder: Path


def plan_prepare(facts: Facts, release: Release) -> Plan:
    """Return the way from HEAD to the release commit; empty when HEAD already is it."""
    if release.kind != "new":
        return Plan("prepare", release.tag, ())
    base = facts.repository.head
    hooks = facts.config.hooks
    steps: list[Step] = [
        OpenTree(base),
        *_hooks(facts, release, "pre_release", hooks.pre_release),
        *_hooks(facts, release, "pre_bump", hooks.pre_bump),
        *plan_edits(release),
        *_hooks(facts, release, "post_bump", hooks.post_bump),
        _commit(release, base),
    ]
    return Plan("prepare", release.tag, tuple(steps))


def _commit(release: Release, base: str) -> Commit:
    new_files = tuple(edit.path for edit in release.edits if edit.before is None)
    named = (release.package.manifest.path, str(release.version))
    return Commit(commit_message(release.version), base, release.tag, new_files, *named)


def plan_edits(release: Release, *, in_place: bool = False) -> tuple[Edit, ...]:
    """Return the edits of version files, lock files and changelog."""
    return tuple(
        Edit(edit.path, edit.before, edit.after, edit.what, in_place=in_place)
        for edit in release.edits
    )


def plan_update(facts: Facts, release: Release) -> Plan:
    """Return the prepare stage's edits, in the user's work tree and without a commit."""
    hooks = facts.config.hooks
    steps: list[Step] = [
        *_hooks(facts, release, "pre_bump", hooks.pre_bump),
        *plan_edits(release, in_place=True),
        *_hooks(facts, release, "post_bump", hooks.post_bump),
    ]
    return Plan("prepare", release.tag, tuple(steps))


def plan_build(
    facts: Facts, release: Release, commit: str | None, *, out: Path | None = None
) -> Plan:
    """
    Return the way from the release commit to checked, recorded files.

    Args:
        facts: What is known.
        release: What is released.
        commit: The release commit; `None` in a preview in which it does not exist yet.
        out: Where the files go; `None`: beside the journal.
    """
    artefacts = artefacts_of(facts, release, commit, out=out)
    public = (Fetch(artefacts, deliveries_of(facts, release, None)),) if artefacts.named else ()
    steps = (*public, Build(artefacts), Check(artefacts), Record(artefacts))
    return Plan("build", release.tag, steps)


def artefacts_of(
    facts: Facts, release: Release, commit: str | None, *, out: Path | None = None
) -> Artefacts:
    """Return what is built of *release*, and into where."""
    public, strict = rules_of(facts, release)
    return Artefacts(
        project=release.package.manifest.name,
        version=str(release.version),
        tag=release.tag,
        commit=commit,
        folder=release.package.folder,
        out=out,
        hook=facts.config.hooks.build,
        variables=tuple(release.variables.items()),
        changelog=_changelog(facts, release),
        strict=strict,
        public=public,
        named=_named(release),
        submodules=release.package.submodules,
        edits=release.edits if release.kind == "resumed" else (),
    )


def rules_of(facts: Facts, release: Release) -> tuple[bool, bool]:
    """Return whether the rules of public indexes count, and whether descriptions must render."""
    sites = [registry.site for registry in release.way.registries]
    public = facts.request.public_rules or any(sites)
    return public, facts.config.publish.validate_before_publish


def _changelog(facts: Facts, release: Release) -> tuple[str, ChangelogConfig] | None:
    settings, package = facts.config.changelog, release.package
    if not settings.enabled or changelog_left_alone(package, settings):
        return None
    if release.kind == "resumed":  # what is public already cannot be given notes any more
        return None
    return package.path(changelog_of(package, settings)), settings


def plan_publish(
    facts: Facts,
    release: Release,
    commit: str | None,
    built: Built | None = None,
    *,
    tagged: bool = True,
) -> Plan:
    """
    Return the way from checked files to what installers see.

    Args:
        facts: What is known.
        release: What is released.
        commit: The release commit; `None` in a preview in which it does not exist yet.
        built: The checked files; `None` in a preview, and when nothing is uploaded.
        tagged: Whether the release gets a tag and a push; if not, only its files go anywhere.
    """
    hooks = facts.config.hooks
    pre = () if release.kind == "new" else _hooks(facts, release, "pre_release", hooks.pre_release)
    deliveries = deliveries_of(facts, release, built) if uploads(facts) else ()
    settings = facts.config.publish
    policy = terms_of(settings)
    steps: list[Step] = [
        *pre,
        *_comparison(facts, release, deliveries),
        *(Authenticate(delivery, policy) for delivery in deliveries),
        *(_asks(facts, release, deliveries) if tagged else ()),
        *_attests(facts, release, deliveries),
        *((push_of(facts, release, commit, built),) if tagged else ()),
        *((_land(facts, release, commit),) if tagged else ()),
    ]
    for delivery in deliveries:
        steps.append(Upload(delivery, policy, settings.parallel))
        trust = trust_for(delivery.registry, settings.sigstore_trust_config)
        steps.append(Verify(delivery, settings.verify_timeout, trust))
    steps += _hooks(facts, release, "post_release", hooks.post_release)
    return Plan("publish", release.tag, tuple(steps))


def _comparison(
    facts: Facts, release: Release, deliveries: Sequence[Delivery]
) -> tuple[Compare, ...]:
    """Return the look at the last release; what is public already is not to be judged any more."""
    if not deliveries or release.kind == "resumed":
        return ()
    settings, last = facts.config.publish, deliveries[-1]
    policy = terms_of(settings) if _signs(facts, last) else None
    return (Compare(last, settings.allow_fewer_files, policy, first=not release.package.tags),)


def _asks(facts: Facts, release: Release, deliveries: Sequence[Delivery]) -> tuple[Ask, ...]:
    """Return the questions to indexes that take them; what is public already needs none."""
    settings, asked = facts.config.publish, [d for d in deliveries if d.registry.takes_questions]
    if settings.ask_first is False or release.kind == "resumed":
        return ()
    always = settings.ask_first is True
    return tuple(Ask(delivery, terms_of(settings), always=always) for delivery in asked)


def _attests(facts: Facts, release: Release, deliveries: Sequence[Delivery]) -> tuple[Attest, ...]:
    settings = facts.config.publish
    return tuple(
        Attest(
            delivery,
            terms_of(settings),
            release.tag,
            required=settings.attestations is True,
            trust=trust_for(delivery.registry, settings.sigstore_trust_config),
        )
        for delivery in deliveries
        if _signs(facts, delivery)
    )


def _signs(facts: Facts, delivery: Delivery) -> bool:
    """Whether the files of *delivery* are to be signed, if they can be."""
    settings = facts.config.publish
    if settings.attestations != "auto":
        return settings.attestations
    return takes_attestations(delivery.registry, settings.sigstore_trust_config)


def uploads(facts: Facts) -> bool:
    """Whether this release goes to an index at all."""
    return facts.request.publish and publishes(facts.config, facts.repository.branch)


def deliveries_of(facts: Facts, release: Release, built: Built | None) -> tuple[Delivery, ...]:
    """Return which files go where; to a staging registry first."""
    return tuple(
        Delivery(
            registry=registry,
            project=release.package.manifest.name,
            version=str(release.version),
            files=built.record.files if built else None,
            folder=built.folder if built else None,
            named=_named(release),
            check_existing=facts.config.publish.check_existing_version,
            staging=registry == release.way.staging,
        )
        for registry in release.way.registries
    )


def _named(release: Release) -> Mapping[str, str] | None:
    """Return the files that the public tag of a release to be finished names."""
    left = release.package.unfinished if release.kind == "resumed" else None
    return left.files if left else None


def push_of(facts: Facts, release: Release, commit: str | None, built: Built | None) -> Push:
    """Return the push of this release."""
    files = built.record.digests if built else {}
    return Push(
        remote=facts.repository.remote,
        branch=None if release.kind == "resumed" else facts.repository.branch,
        tag=release.tag,
        commit=commit,
        base=facts.repository.head,
        message=tag_message(release.tag, files, facts.routes.told(release.way.registry)),
        foresees=built is None,
    )


def _land(facts: Facts, release: Release, commit: str | None) -> Land:
    here = facts.repository.branch
    branch, beside = (here, None) if on_release_branch(facts) else (None, here)
    base = facts.repository.head if release.kind == "new" else ""
    return Land(branch, release.tag, commit, facts.repository.remote, beside, base)


def _hooks(facts: Facts, release: Release, name: str, commands: Sequence[str]) -> list[RunHook]:
    folder = facts.packages[0].folder
    return [RunHook(name, each, release.variables, folder) for each in commands]
