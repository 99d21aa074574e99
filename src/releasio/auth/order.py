"""Which sources there are, in the order of the settings."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from releasio.auth.sources.command import CommandSource
from releasio.auth.sources.environment import VariableSource, variables
from releasio.auth.sources.keyring import KeyringSource
from releasio.auth.sources.plugin import PluginSource
from releasio.auth.sources.prompt import PromptSource
from releasio.auth.sources.pypirc import PypircSource
from releasio.auth.trusted.github_actions import GitHubActionsSource
from releasio.auth.trusted.gitlab import GitLabSource
from releasio.auth.trusted.google import GoogleSource
from releasio.auth.trusted.oidc_variable import OidcVariableSource
from releasio.errors.auth.credential_source import UnknownCredentialSource
from releasio.rules.credentials.policy import ORDER, PLUGINS, TRUSTED

if TYPE_CHECKING:
    from releasio.auth.asking import Source
    from releasio.rules.credentials.policy import Policy
    from releasio.rules.index.registry import Registry
    from releasio.world.tokens.plugins import Plugin


def sources(registry: Registry, policy: Policy) -> tuple[Source, ...]:
    """
    Return all sources for *registry*, in the order they are asked.

    Raises:
        UnknownCredentialSource: The order names one that does not exist.
    """
    built_in: dict[str, tuple[Source, ...]] = {
        TRUSTED: (
            GitHubActionsSource(),
            GitLabSource(),
            OidcVariableSource(),
            GoogleSource(),  # looks at the machine, so it comes after what says where this runs
        ),
        "environment": tuple(VariableSource(name) for name in variables(registry)),
        "command": (CommandSource(policy.command),),
        "keyring": (KeyringSource(),),
        "pypirc": (PypircSource(),),
        "prompt": (PromptSource(),),
    }
    chosen_sources: list[Source] = []
    for name in dict.fromkeys(policy.order):
        chosen_sources += built_in[name] if name in built_in else _brought(name, policy.order)
    return tuple(chosen_sources)


def _brought(name: str, order: tuple[str, ...]) -> list[Source]:
    """Return what other packages bring under *name*, one of *order*."""
    plugins = _plugins()
    if name == PLUGINS:
        return [
            PluginSource(plugin, PLUGINS)
            for plugin_name, plugin in plugins.items()
            if plugin_name not in order
        ]
    if name in plugins:
        return [PluginSource(plugins[name], name)]
    from difflib import get_close_matches

    names = [*ORDER, *(plugin_name for plugin_name in plugins if plugin_name not in ORDER)]
    near = get_close_matches(name, names, 1)
    raise UnknownCredentialSource(name, known=names, nearest=near[0] if near else "")


@cache
def _plugins() -> dict[str, Plugin]:
    from releasio.world.tokens.plugins import installed

    return {plugin.name: plugin for plugin in installed()}
