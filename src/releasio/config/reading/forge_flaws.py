"""What settings about the forge must be: they become parts of addresses, and words on its pages."""

from __future__ import annotations

from types import MappingProxyType

from releasio.text.pattern import pattern

_GAP = pattern(r"\{([^{}]*)\}")
_NAME = pattern(r"(?!\.+\Z)[A-Za-z0-9_.-]+\Z")
_WORKFLOW = pattern(r"[^/\\?#%\s]+\.ya?ml\Z|\d+\Z")
_IN_A_TITLE = frozenset({"project", "tag", "version"})


def _owner_flaw(text: str) -> str:
    return "" if all(map(_NAME.match, text.split("/"))) else "the name of an account or a group"


def _repository_flaw(text: str) -> str:
    is_name = _NAME.match(text) and not text.endswith(".git")
    return "" if is_name else "the name of a repository, without its owner and .git"


def _interface_flaw(text: str) -> str:
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(text)
        is_address = bool(parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0)
    except ValueError:
        is_address = False
    is_plain = text.isprintable() and " " not in text and "#" not in text
    return "" if is_address and is_plain else "an address such as https://api.example.org"


def _workflow_flaw(text: str) -> str:
    return "" if _WORKFLOW.match(text) else "the name of a file in the folder of the workflows"


def _title_flaw(text: str) -> str:
    is_known = _IN_A_TITLE.issuperset(_GAP.findall(text))
    if is_known and text.strip() and text.isprintable():
        return ""
    return "one line, in which {project}, {tag} and {version} are filled in"


# each returns what a value must be and is not; empty when it is
FORGE_FLAWS = MappingProxyType(
    {
        "owner": _owner_flaw,
        "repository": _repository_flaw,
        "interface": _interface_flaw,
        "workflow": _workflow_flaw,
        "title": _title_flaw,
    }
)
