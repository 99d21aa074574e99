"""Facts -> the way from checked files to what installers see; pure."""

from __future__ import annotations

from itertools import groupby
from types import MappingProxyType
from typing import TYPE_CHECKING

from releasio.release.changelog.file_name import changelog_of
from releasio.release.objections import on_release_branch
from releasio.release.plans.deliveries import deliveries_of, uploads
from releasio.release.plans.forge import ForgeSteps, forge_steps
from releasio.release.plans.hooks import hooks_of
from releasio.release.plans.on_forge import address_of, merged_back_to, moved_tags
from releasio.release.plans.plan import Plan, tags_of
from releasio.rules.contents.tag_message import tag_message
from releasio.rules.identity.attested import takes_attestations, trust_for
from releasio.steps.publish.ask import Ask
from releasio.steps.publish.attest import Attest
from releasio.steps.publish.authenticate import Authenticate
from releasio.steps.publish.compare import Compare
from releasio.steps.publish.land import Land
from releasio.steps.publish.push import Push
from releasio.steps.publish.tag_object import NewTag
from releasio.steps.publish.upload import Upload
from releasio.steps.publish.verify import Verify

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from releasio.release.facts import Facts
    from releasio.release.plans.plan import Built
    from releasio.release.release import Release
    from releasio.steps.publish.delivery import Delivery
    from releasio.steps.publish.merging import Merging
    from releasio.steps.step import Step

_NONE: Mapping[str, Built] = MappingProxyType({})


def plan_publish(
    facts: Facts,
    releases: Sequence[Release],
    commit: str | None,
    built: Mapping[str, Built] = _NONE,
    *,
    tagged: bool = True,
    apart: bool = False,
) -> Plan:
    """
    Return the way from checked files to what installers see.

    Args:
        facts: What is known.
        releases: What is released.
        commit: The commit of new releases; `None` in a preview in which it does not exist yet.
        built: The checked files by tag; none in a preview, and when nothing is uploaded.
        tagged: Whether releases get a tag and a push; if not, only their files go anywhere.
        apart: Whether this is a job of its own, that runs nobody's hooks beside its secrets, and
            that may have waited while the branch went on.
    """
    hooks, policy = facts.config.hooks, facts.config.publish.policy
    prepared_releases = [release for release in releases if release.kind != "new" and not apart]
    deliveries_by_release = [
        (release, deliveries_of(facts, release, built.get(release.tag)) if uploads(facts) else ())
        for release in releases
    ]
    forge = forge_steps(facts, _with_files(releases, built)) if tagged else ForgeSteps()
    steps: list[Step] = [
        *hooks_of(prepared_releases, "pre_release", hooks.pre_release),
        *(
            step
            for release, deliveries in deliveries_by_release
            for step in _comparison(facts, release, deliveries)
        ),
        *(
            Authenticate(delivery, policy)
            for _, deliveries in deliveries_by_release
            for delivery in deliveries
        ),
        *(
            step
            for release, deliveries in deliveries_by_release
            if tagged
            for step in _asks(facts, release, deliveries)
        ),
        *forge.first,
        *(step for _, deliveries in deliveries_by_release for step in _attests(facts, deliveries)),
        *(_pushes(facts, releases, commit, built, apart=apart) if tagged else ()),
        *forge.pushed,
        *(step for _, deliveries in deliveries_by_release for step in _uploads(facts, deliveries)),
        *forge.last,
        *hooks_of(() if apart else releases, "post_release", hooks.post_release),
    ]
    return Plan("publish", tags_of(releases), tuple(steps))


def _with_files(
    releases: Sequence[Release], built: Mapping[str, Built]
) -> list[tuple[Release, Built | None]]:
    return [(release, built.get(release.tag)) for release in releases]


def _comparison(
    facts: Facts, release: Release, deliveries: Sequence[Delivery]
) -> tuple[Compare, ...]:
    """Return the look at the last release; what is public already is not to be judged any more."""
    if not deliveries or release.kind == "resumed":
        return ()
    settings, last = facts.config.publish, deliveries[-1]
    policy = settings.policy if _signs(facts, last) else None
    return (Compare(last, settings.allow_fewer_files, policy, first=not release.package.tags),)


def _asks(facts: Facts, release: Release, deliveries: Sequence[Delivery]) -> tuple[Ask, ...]:
    """Return the questions to indexes that take them; what is public already needs none."""
    settings = facts.config.publish
    if settings.ask_first is False or release.kind == "resumed":
        return ()
    always = settings.ask_first is True
    return tuple(
        Ask(delivery, settings.policy, always=always)
        for delivery in deliveries
        if delivery.registry.takes_questions
    )


def _attests(facts: Facts, deliveries: Sequence[Delivery]) -> tuple[Attest, ...]:
    settings = facts.config.publish
    return tuple(
        Attest(
            delivery,
            settings.policy,
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


def _pushes(
    facts: Facts,
    releases: Sequence[Release],
    commit: str | None,
    built: Mapping[str, Built],
    *,
    apart: bool,
) -> Iterator[Step]:
    """Yield one push for each commit, with all its tags, and what follows it here."""
    for release_commit, group in groupby(releases, key=lambda release: release.commit or commit):
        commit_releases = tuple(group)
        yield push_of(facts, commit_releases, release_commit, built, apart=apart)
        yield _land(facts, commit_releases, release_commit)


def push_of(
    facts: Facts,
    releases: Sequence[Release],
    commit: str | None,
    built: Mapping[str, Built] = _NONE,
    *,
    apart: bool = False,
) -> Push:
    """Return the push of *releases*, which are of one commit."""
    is_public = all(release.kind == "resumed" for release in releases)
    return Push(
        remote=facts.repository.remote,
        branch=None if is_public else facts.repository.branch,
        tags=tuple(_new_tag(facts, release, built.get(release.tag)) for release in releases),
        commit=commit,
        base=facts.repository.head,
        foresees=not built,
        forge=facts.repository.forge if facts.repository.forge_token else None,
        signed=facts.repository.forge_signs,
        merging=_merging(facts, releases) if apart and not is_public else None,
        public=facts.repository.public if commit is None else None,
    )


def _merging(facts: Facts, releases: Sequence[Release]) -> Merging:
    """Return how to merge; in the changelogs a line belongs to the version it stands below."""
    from releasio.steps.publish.merging import Merging  # only a job of its own may have to

    settings = facts.config.changelog
    packages = [release.package for release in releases] if settings.enabled else []
    return Merging(tuple(package.path(changelog_of(package, settings)) for package in packages))


def _new_tag(facts: Facts, release: Release, built: Built | None) -> NewTag:
    files = built.record.digests if built else {}
    registry = facts.routes.told(release.way.registry)
    message = tag_message(
        release.tag,
        files,
        registry,
        page=address_of(facts, release),
        moves=moved_tags(facts, release),
        merge_back=merged_back_to(facts, release),
    )
    return NewTag(release.tag, message)


def _land(facts: Facts, releases: Sequence[Release], commit: str | None) -> Land:
    current_branch = facts.repository.branch
    is_release_branch = on_release_branch(facts)
    branch = current_branch if is_release_branch else None
    other_branch = None if is_release_branch else current_branch
    base = facts.repository.head if any(release.kind == "new" for release in releases) else ""
    return Land(branch, tags_of(releases), commit, facts.repository.remote, other_branch, base)


def _uploads(facts: Facts, deliveries: Sequence[Delivery]) -> Iterator[Step]:
    settings = facts.config.publish
    for delivery in deliveries:
        yield Upload(delivery, settings.policy, settings.parallel)
        trust = trust_for(delivery.registry, settings.sigstore_trust_config)
        yield Verify(delivery, settings.verify_timeout, trust)
