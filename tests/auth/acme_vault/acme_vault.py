"""Tokens from Acme's vault, which is a directory here."""

from __future__ import annotations

from pathlib import Path

from releasio.credentials import NotHere, Question, Refused, Token


def token(question: Question) -> Token | NotHere:
    """Return the token that the vault keeps for the index."""
    vault = question.env.get("ACME_VAULT")
    if not vault:
        return NotHere("ACME_VAULT is not set")
    path = Path(vault, question.registry)
    if not path.exists():
        msg = f"the vault keeps nothing for {question.registry}"
        raise Refused(
            msg,
            fix=f"Put a token of {question.url} into {path.name}.",
        )
    return Token(path.read_text(encoding="utf-8"))
