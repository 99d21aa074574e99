"""What the defaults that changed do to the very next release; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.config.reading.generations import CHANGED, NEWEST, with_new_default, with_old_default
from releasio.frozen import frozen, replace
from releasio.release.decision import Refused, Releases, decide
from releasio.rules.bump.by_files import again

if TYPE_CHECKING:
    from collections.abc import Iterator

    from releasio.config.reading.generations import ChangedDefault
    from releasio.config.tables.model import Config
    from releasio.release.facts import Facts, PackageFacts


@frozen
class Effect:
    """
    What one default does to the next release.

    Attributes:
        changed: The default.
        difference: What is different by the other one, as words to go behind "with the
            other one"; empty: nothing.
    """

    changed: ChangedDefault
    difference: str


@frozen
class _Outcome:
    """What people see of a release."""

    version: str  # empty: nothing is released
    notes: str
    files: frozenset[str]


def undated_notes(facts: Facts) -> Iterator[str]:
    """
    Yield a sentence where old defaults would make another release of the next one.

    Only for a settings file that does not say for which defaults it was written.
    """
    if not facts.undated:
        return
    effects = [effect for effect in old_effects(facts) if effect.difference]
    if effects:
        differences = "; ".join(
            f"by the old default of {effect.changed.key} {effect.difference}" for effect in effects
        )
        yield (
            "the settings file has no config_version, so the newest defaults count: "
            f"{differences}. config_version = {NEWEST} keeps the new ones, an older one the old "
            "ones, and `releasio config upgrade` shows how to keep one of them"
        )


def old_effects(facts: Facts) -> Iterator[Effect]:
    """Yield what each old default would change, of those that nobody chose."""
    current_outcome = _outcome(facts)
    for default in CHANGED:
        if default.key not in facts.chosen:
            old_outcome = _outcome(with_config(facts, with_old_default(facts.config, default)))
            yield Effect(default, _difference(current_outcome, old_outcome))


def new_effects(facts: Facts, old_config: Config, set_keys: frozenset[str]) -> Iterator[Effect]:
    """
    Yield what each new default would change of a release by the settings of *old_config*.

    Args:
        facts: As the new defaults read them.
        old_config: The settings with old defaults.
        set_keys: The keys that somebody sets; they stay.
    """
    old_outcome = _outcome(with_config(facts, old_config))
    for default in CHANGED:
        if default.key not in set_keys:
            new_outcome = _outcome(with_config(facts, with_new_default(old_config, default)))
            yield Effect(default, _difference(old_outcome, new_outcome))


def with_config(facts: Facts, config: Config) -> Facts:
    """Return *facts* as they are by another *config*; files and history are the same."""
    packages = tuple(_package(package, config) for package in facts.packages)
    return replace(facts, config=config, packages=packages)


def _package(package: PackageFacts, config: Config) -> PackageFacts:
    reading, span = again(package.reading, config), package.since_final
    if span is not None:
        span = replace(span, reading=again(span.reading, config))
    return replace(package, reading=reading, since_final=span)


def _outcome(facts: Facts) -> _Outcome:
    match decide(facts):
        case Releases(releases) | Refused(_, releases):  # what stands in the way is said elsewhere
            return _Outcome(
                ", ".join(str(release.version) for release in releases),
                "".join(release.notes for release in releases),
                frozenset(edit.path for release in releases for edit in release.edits),
            )
        case _:
            return _Outcome("", "", frozenset())


def _difference(current: _Outcome, alternative: _Outcome) -> str:
    if current.version != alternative.version:
        version = alternative.version
        sentence = f"{version} would be released" if version else "nothing would be"
        return f"{sentence}, not {current.version or 'nothing'}"
    if added_files := sorted(alternative.files - current.files):
        return f"{', '.join(added_files)} would be written, too"
    if omitted_files := sorted(current.files - alternative.files):
        return f"{', '.join(omitted_files)} would not be written"
    if current.notes == alternative.notes:
        return ""
    if _entries(current.notes) == _entries(alternative.notes):
        lines = alternative.notes.splitlines()
        groups = [line.lstrip("# ") for line in lines if line.startswith("#")]
        return f"the notes would have {', '.join(groups) or 'no groups'}"
    return f"the notes would have {_entries(alternative.notes)}, not {_entries(current.notes)}"


def _entries(notes: str) -> str:
    number = sum(line.startswith(("- ", "* ")) for line in notes.splitlines())
    return f"{number} {'entry' if number == 1 else 'entries'}"
