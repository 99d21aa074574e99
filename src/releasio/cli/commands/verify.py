"""`releasio verify`."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import click

from releasio.cli.options import (
    Options,
    json_option,
    not_empty,
    project_option,
    registry_option,
    takes_options,
    verbose_option,
)

if TYPE_CHECKING:
    from releasio.cli.context import App
    from releasio.release.checking.comparison import Comparison
    from releasio.world.world import World

_YANKED = (
    "{} {} yanked on {}: installers pass over what is yanked, unless exactly this version is asked "
    "for (=={}). If that is not meant to be, undo it on the index; else release the next version."
)
_STRAY = (
    "{namer} does not name {names}, but {registry} has {it} as {project} {version}, and installers "
    "may take {it}. Somebody uploaded {it} beside the release: one of you who built more of it, or "
    "somebody else with a credential of yours. Look who it was{where}; if it was none of you, "
    "delete or yank {it} there, and replace the credentials."
)
_BARE = (
    "publish.attestations = true, but {} shows no provenance of {}: they were uploaded without, "
    "or the index does not keep it"
)


_WEEK = 7 * 86_400  # seconds; nobody waits longer, and a clock may know no later


class Wait(click.FloatRange):
    """A number of seconds that has an end."""

    def convert(
        self,
        value: float,
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> float:
        """Refuse what is no number as well: it is not out of any range."""
        seconds: float = super().convert(value, param, ctx)
        if math.isnan(seconds):
            self.fail(f"{value!r} is no number of seconds.", param, ctx)
        return seconds


@click.command()
@click.argument("version", required=False, callback=not_empty)
@project_option
@registry_option
@click.option(
    "--install",
    is_flag=True,
    help="Install it from the index, freshly; import it, and ask its programs for help.",
)
@click.option(
    "--wait",
    type=Wait(min=0, max=_WEEK),
    metavar="SECONDS",
    help="How long to look until the index shows every file, 0: once. Without it the release's "
    "age decides.",
)
@json_option
@verbose_option
@takes_options
def verify(options: Options, *, install: bool, wait: float | None) -> None:
    """
    Compare what is on the index with tag and record.

    VERSION is, unless given, the last release that HEAD contains. The tag of a
    release names its files and their hashes, so any clone will do; of a tag that was
    made by hand the clone that released it has the record. A release of the last hour
    is looked for until the index shows it.
    """
    from releasio.cli.doorway import doorway

    app = options.app("verify")
    app.screen.chatty = options.verbose
    with doorway(app):
        _verify(app, options.version, install=install, wait=wait)


def _verify(app: App, version: str | None, *, install: bool, wait: float | None) -> None:
    from releasio.release.checking.verify import compare_release

    settings = app.settings
    with app.world() as world:
        comparison = compare_release(world, settings, version, wait=wait)
        app.document["release"] = {
            "tag": comparison.tag,
            "version": comparison.version,
            "files": comparison.states,
            "yanked": dict(comparison.yanked),
            "attestations": {name: str(proof) for name, proof in comparison.proofs.items()},
        }
        app.screen.say(
            f"{comparison.project} {comparison.version} on {comparison.registry.name}", bold=True
        )
        for name, state in comparison.states.items():
            app.screen.say(f"  {'[x]' if state == 'same' else '[!]'} {name}: {state}")
            _tell_yank(app, comparison, name)
            _tell_proof(app, comparison, name)
        if comparison.yanked:
            app.screen.note(_yanked(comparison))
        if comparison.stray:
            app.screen.note(_stray(comparison))
        if comparison.bare:
            app.screen.note(_BARE.format(comparison.registry.name, ", ".join(comparison.bare)))
        comparison.raise_problems()
        if install:
            _install(app, world, comparison)


def _tell_yank(app: App, comparison: Comparison, name: str) -> None:
    """Say that the file was yanked, and why."""
    if name in comparison.yanked:
        reason = " ".join(comparison.yanked[name].split()) or "the index gives no reason"
        app.screen.say(f"  [!] {name}: yanked: {reason}")


def _yanked(comparison: Comparison) -> str:
    """Say what it means that files were yanked: their owner's will, and no fault of theirs."""
    whole = f"{comparison.project} {comparison.version}"
    names = sorted(comparison.yanked)
    subject = whole if names == sorted(comparison.found) else f"{', '.join(names)} of {whole}"
    verb = "is" if subject == whole or len(names) == 1 else "are"
    return _YANKED.format(subject, verb, comparison.registry.name, comparison.version)


def _stray(comparison: Comparison) -> str:
    """Say what it means that the index has files that are not of the release."""
    site = comparison.registry.site
    return _STRAY.format(
        namer=comparison.namer,
        names=", ".join(comparison.stray),
        it="it" if len(comparison.stray) == 1 else "them",
        registry=comparison.registry.name,
        project=comparison.project,
        version=comparison.version,
        where=f" ({site}/manage/project/{comparison.project}/history/)"
        if site
        else " on the index",
    )


def _tell_proof(app: App, comparison: Comparison, name: str) -> None:
    """Say who published the file, where that is said of any file of the release."""
    if comparison.attested and name in comparison.proofs:
        proof = comparison.proofs[name]
        mark = "[!]" if name in comparison.unproven else "[x]" if proof.holds else "[-]"
        app.screen.say(f"  {mark} {name}: attestation {proof}")


def _install(app: App, world: World, comparison: Comparison) -> None:
    """Try it out, and say what was tried."""
    from releasio.release.checking.installation import install_release

    trial = install_release(world, comparison)
    app.document["release"]["installed"] = {
        "installer": trial.installer,
        "imported": list(trial.modules),
        "scripts": list(trial.scripts),
    }
    modules = ", ".join(trial.modules) or "no module to import"
    app.screen.say(f"  [x] installed with {trial.installer} and imported: {modules}")
    if trial.scripts:
        app.screen.say(f"  [x] asked for help: {', '.join(trial.scripts)}")
