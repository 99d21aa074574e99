"""The last releases as the rules would have made them, in words and as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from releasio.config.pages.toml_text import toml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from releasio.cli.screen import Terminal
    from releasio.setup.replay.replay import Replay, Replayed

_FEW = 2  # reasons, and settings, of one release


def show_replay(screen: Terminal, replay: Replay, *, verbose: bool = False) -> None:
    """
    Show each release, what the rules make of it, and what would make them agree.

    Args:
        screen: Where to.
        replay: The releases.
        verbose: Show every reason, also of releases that are the same.
    """
    count = len(replay.releases)
    if not count:
        screen.say(f"{replay.name} has no two releases that could be compared")
        return
    names = "the last release" if count == 1 else f"the last {count} releases"
    screen.say(f"{names} of {replay.name}, decided once more: {_agreement(replay)}", bold=True)
    width = max(len(release.past.tag) for release in replay.releases)
    for release in replay.releases:
        screen.say(f"  {release.past.tag:{width}}  {_outcome(release)}")
        for line in _details(release, verbose=verbose):
            screen.say(f"  {'':{width}}    {line}")
    if remedy := replay.remedy:
        screen.say()
        number = "all" if remedy.agreeing == count else f"{remedy.agreeing} of {count}"
        screen.say(f"{number} are the same with")
        for key, value in plain(remedy.values).items():
            screen.say(f"  {key} = {toml(value)}")
    elif replay.agreeing < count:
        screen.say()
        screen.say("no setting that releasio knows of makes more of them the same")


def _agreement(replay: Replay) -> str:
    count = len(replay.releases)
    if replay.agreeing == count:
        return "as they were made" if count > 1 else "as it was made"
    return f"{replay.agreeing} as they were made, {count - replay.agreeing} not"


def _outcome(release: Replayed) -> str:
    choice = release.choice
    if release.agrees:
        return "the same"
    if choice.trouble:
        return "not known"
    return f"would be {choice.version}" if choice.version else "would not be released"


def _details(release: Replayed, *, verbose: bool) -> Iterator[str]:
    reasons = release.choice.reasons
    if verbose:
        yield from reasons
    elif not release.agrees:
        yield from reasons[:_FEW]
        if len(reasons) > _FEW:
            yield f"and {len(reasons) - _FEW} more (--verbose shows them)"
    if release.choice.trouble:
        yield release.choice.trouble
    for values in release.remedies[: None if verbose else 1]:
        settings = ", ".join(f"{key} = {toml(value)}" for key, value in plain(values).items())
        yield f"the same with {settings}"


def plain(values: Mapping[str, object]) -> dict[str, Any]:
    """Return *values* as JSON and TOML have them."""
    return {
        key: list(value) if isinstance(value, tuple) else value for key, value in values.items()
    }


def replay_data(replay: Replay) -> dict[str, Any]:
    """Return *replay* as it stands in the JSON document."""
    remedy = replay.remedy
    return {
        "name": replay.name,
        "agreeing": replay.agreeing,
        "releases": [_release_data(release) for release in replay.releases],
        "remedy": remedy and {"settings": plain(remedy.values), "agreeing": remedy.agreeing},
    }


def _release_data(release: Replayed) -> dict[str, Any]:
    past, choice = release.past, release.choice
    return {
        "tag": past.tag,
        "version": str(past.version),
        "date": past.moment.date().isoformat(),
        "base": past.base,
        "agrees": release.agrees,
        "replayed": str(choice.version) if choice.version else None,
        "reasons": list(choice.reasons),
        "trouble": choice.trouble or None,
        "remedies": [plain(values) for values in release.remedies],
    }
