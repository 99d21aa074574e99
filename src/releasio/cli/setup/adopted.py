"""What other tools were told, and the proof that releasio does the same by it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from releasio.cli.setup.replay import replay_data, show_replay
from releasio.config.pages.toml_text import toml
from releasio.errors.base import ReleasioError
from releasio.frozen import replace
from releasio.setup.init.wanted import settings_after

if TYPE_CHECKING:
    from collections.abc import Sequence

    from releasio.cli.context import App
    from releasio.cli.screen import Terminal
    from releasio.setup.adoption.adopted import Adopted
    from releasio.setup.init.choices import Choices
    from releasio.setup.init.project import Project
    from releasio.world.world import World


def show_adopted(screen: Terminal, tools: Sequence[Adopted]) -> None:
    """Show what each of *tools* was told, in settings of releasio, and what none of them says."""
    for tool in tools:
        screen.say()
        screen.say(f"{tool.tool} ({', '.join(tool.places)})", bold=True)
        for setting in tool.translated:
            screen.say(f"  {setting.key} = {toml(setting.value)}  ({setting.place})")
        for foreign in tool.untranslated:
            names = [name for name in (foreign.place, foreign.foreign) if name]
            screen.say(f"  {': '.join((*names, foreign.reason))}. {foreign.instead}")
        for broken in tool.broken:
            screen.say(f"  {broken.place}: {broken.reason}")


def adopted_data(tools: Sequence[Adopted]) -> list[dict[str, Any]]:
    """Return the same as it stands in the JSON document."""
    return [
        {
            "tool": tool.tool,
            "places": list(tool.places),
            "settings": {setting.key: setting.value for setting in tool.translated},
            "untranslated": [vars(foreign) for foreign in tool.untranslated],
            "broken": [vars(broken) for broken in tool.broken],
        }
        for tool in tools
    ]


def show_proof(app: App, world: World | None, project: Project, choices: Choices) -> None:
    """
    Show what the chosen settings make of the last releases; nothing where there is none to show.

    What they cannot be decided for is no reason not to set the project up.
    """
    if world is None or not project.newest_tag or not project.contents.adopted:
        return
    from releasio.setup.replay.replay import replay

    settings = replace(project.settings, config=settings_after(project, choices))
    try:
        replayed = replay(world, settings)
    except ReleasioError as error:
        app.screen.note(f"the last releases were not decided once more: {error}")
        return
    app.document["replay"] = replay_data(replayed)
    app.screen.say()
    show_replay(app.screen, replayed)
