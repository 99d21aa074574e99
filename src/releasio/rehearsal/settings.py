"""The settings and the credential that a rehearsed project releases with."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from releasio.config.reading.load import load
from releasio.config.tables.model import Config
from releasio.config.tables.publish import RegistryConfig
from releasio.frozen import replace
from releasio.rules.credentials.policy import TRUSTED
from releasio.world.sigstore.attestor import missing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.config.reading.load import Settings
    from releasio.rehearsal.forge import StandIn
    from releasio.rehearsal.stage import Stage
    from releasio.standins.embedded import EmbeddedIndex

NAME = "embedded-index"  # what a rehearsed release calls it


def settings_for(stage: Stage, index: EmbeddedIndex, stand_in: StandIn, branch: str) -> Settings:
    """Load the project's own settings, with the index, forge and branch of the rehearsal."""
    settings = load(
        stage.project,
        stage.env,
        {
            "publish.registry": index.upload_url,
            **_signing(stage, index),
            **stand_in.settings,
            "publish.credentials": [TRUSTED, "environment"],  # nobody's own are of use here
            "publish.fallback": "on-refusal",
            "publish.enabled": True,  # an upload is no more public here than the rest
            "default_branch": branch,
            "mode": "direct",
            "hooks.post_release": [],  # it may tell the world of a release
        },
    )
    branches = {
        name: channel.but(publish=True) for name, channel in settings.config.branches.items()
    }
    publish = settings.config.publish
    if publish.staging:
        stage.screen.note(f"the staging registry {publish.staging} is left out of the rehearsal")
        publish = publish.but(staging=None)
    config = Config(
        **{**vars(settings.config), "branches": MappingProxyType(branches), "publish": publish}
    )
    return replace(settings, config=questioned(config, index))


class Questioned(RegistryConfig):
    """The embedded index, which answers questions as PyPI does, as a `[registries.NAME]` table."""

    takes_questions: ClassVar[bool] = True


def questioned(config: Config, index: EmbeddedIndex) -> Config:
    """Return *config* as it is where *index* is known to take questions."""
    registries = {**config.registries, NAME: Questioned(url=index.upload_url)}
    return config.but(registries=MappingProxyType(registries))


def _signing(stage: Stage, index: EmbeddedIndex) -> Mapping[str, object]:
    """Return the settings by which files are signed with the index's own Sigstore, if they can."""
    if missing():
        return {}
    trust = stage.folder / "sigstore.json"
    trust.write_text(index.sigstore.trust_config, encoding="utf-8")
    return {"publish.sigstore_trust_config": str(trust)}


def credentials_for(
    config: Config, index: EmbeddedIndex, job: Mapping[str, str]
) -> Mapping[str, str]:
    """Return what the release gets its credential by: the identity of *job*, or a token."""
    if config.publish.trusted_publishing is False:
        return {"RELEASIO_TOKEN": index.user_token()}
    return job
