"""Trusted publishing from a GitLab job."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.auth.trusted.elsewhere import elsewhere
from releasio.auth.trusted.exchange import exchange, wanted_audience
from releasio.auth.trusted.prospects import refuse_hopeless
from releasio.auth.trusted.single_use import identity_in, once
from releasio.errors.auth.identity import IdentityNotDeclared
from releasio.frozen import frozen
from releasio.rules.credentials.credential import Credential, NotHere
from releasio.rules.credentials.policy import TRUSTED
from releasio.rules.credentials.secret import Secret
from releasio.rules.identity.claims import read_claims
from releasio.rules.index.registry import AUDIENCES
from releasio.world.ci.ci import in_gitlab, token_variable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from releasio.auth.asking import Asking
    from releasio.rules.index.registry import Registry

_UNDECLARED = "the job declares no identity for this index"
_OF_PYPI = "PYPI_ID_TOKEN"  # PyPI's own page names it for TestPyPI, too
_OF_SIGSTORE = "SIGSTORE_ID_TOKEN"  # what files are signed with; no index takes it


@frozen
class GitLabSource:
    """The identity that the job declares for the index; GitLab makes one, good for one mint."""

    name: str = "trusted publishing (GitLab CI)"
    kind: str = TRUSTED

    def offer(self, env: Mapping[str, str], registry: Registry) -> str | NotHere:
        """It applies in a job that declares an identity for the index, as far as that is known."""
        if not in_gitlab(env):
            return NotHere(elsewhere(env, registry, "GitLab CI"))
        audience = AUDIENCES.get(registry.site)
        if _declared(env, audience):
            return "the job declares an identity"
        if audience is None:
            return "the index says which one"
        error = IdentityNotDeclared(registry.name, token_variable(audience), audience)
        return NotHere(_UNDECLARED, error)

    def foresee(self, asking: Asking) -> NotHere | None:
        """Read the identity that is declared: whom it is for, until when, and of which job."""
        audience = wanted_audience(asking)
        if not isinstance(audience, str):
            return audience
        try:
            refuse_hopeless(asking, read_claims(_fetcher(asking, audience)()))
        except IdentityNotDeclared as error:
            return NotHere(_UNDECLARED, error)
        return None

    def ask(self, asking: Asking) -> Credential | NotHere:
        """Mint with it."""
        try:
            return exchange(asking, self.name, lambda audience: _fetcher(asking, audience))
        except IdentityNotDeclared as error:
            return NotHere(_UNDECLARED, error)


def _declared(env: Mapping[str, str], audience: str | None) -> bool:
    """Tell whether the job declares an identity for *audience*; `None`: any but Sigstore's."""
    there = {name for name in env if name.endswith("_ID_TOKEN") and env[name].strip()}
    if audience is None:
        return bool(there - {_OF_SIGSTORE})
    if token_variable(audience) in there:
        return True
    return _OF_PYPI in there and read_claims(Secret(env[_OF_PYPI].strip())).get("aud") == audience


def _fetcher(asking: Asking, audience: str) -> Callable[[], Secret]:
    own = token_variable(audience)
    for variable in (own, _OF_PYPI):
        if not asking.env.get(variable, "").strip():
            continue
        identity = identity_in(asking, variable)
        # one that is for PyPI is not wrong for being there, only not meant for this index
        if variable == own or read_claims(identity).get("aud") == audience:
            return once(asking, variable, identity, audience)
    raise IdentityNotDeclared(asking.registry.name, own, audience)
