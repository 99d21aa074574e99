"""Tokens in files: of the repository, and of this user."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.rules.identity.publisher import tokens_page
from releasio.rules.index.registry import BUILT_IN, PYPI, TOKEN_SITES
from releasio.rules.workflow.trusted import trusted_uploads
from releasio.setup.findings.secrets import tokens as findings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from releasio.setup.finding import Finding
    from releasio.setup.situation.secrets_state import KeptPassword
    from releasio.setup.situation.situation import Situation

# there a token is one that somebody made up, more often than not
_EXAMPLES = frozenset({"test", "tests", "docs", "doc", "testing", "examples", "fixtures"})


def check_kept(situation: Situation) -> Iterator[Finding]:
    """Yield the tokens that lie about."""
    for token in situation.secrets.tokens:
        registry = BUILT_IN.get(TOKEN_SITES.get(token.facts.site, ""))
        finding = findings.TokenInFile(token.facts.site, tokens_page(registry or PYPI))
        is_example = bool(_EXAMPLES.intersection(token.path.lower().split("/")[:-1]))
        finding.weighed("note" if is_example else "error")
        yield finding.at(token.path, token.line)
    token_paths = {token.path for token in situation.secrets.tokens}
    for password in situation.secrets.passwords:
        yield from _for_another(password)
        if password.path and password.path not in token_paths:
            yield findings.PasswordInRepository(password.section, password.path).at(password.path)
        elif not password.path:
            yield from _not_needed(situation, password)


def _for_another(password: KeptPassword) -> Iterator[Finding]:
    made_for = TOKEN_SITES.get(password.facts.site) if password.facts else None
    if made_for is not None and password.target in BUILT_IN and password.target != made_for:
        holder = f"[{password.section}] of {password.path or '~/.pypirc'}"
        page = tokens_page(BUILT_IN[password.target])
        yield findings.TokenForAnother(holder, made_for, password.target, page).at(password.path)


def _not_needed(situation: Situation, password: KeptPassword) -> Iterator[Finding]:
    for upload in trusted_uploads(situation.uploads):
        if upload.target == password.target:
            page = tokens_page(BUILT_IN[upload.target])
            yield findings.TokenKept(password.section, upload.target, upload.workflow.file, page)
            return
