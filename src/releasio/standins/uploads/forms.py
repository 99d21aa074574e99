"""The upload form: which fields there are, and what may stand in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from packaging.utils import InvalidName, canonicalize_name

from releasio.standins.responses import HELP, Refused

if TYPE_CHECKING:
    from werkzeug.datastructures import FileStorage
    from werkzeug.wrappers import Request

    from releasio.standins.store import Fields

CORE = f" See {HELP}#core-metadata for more information."
REPEATABLE = frozenset(
    {"classifiers", "dynamic", "import_name", "import_namespace", "license_file", "obsoletes"}
    | {"obsoletes_dist", "platform", "project_urls", "provides", "provides_dist", "provides_extra"}
    | {"requires", "requires_dist", "requires_external", "supported_platform"}
)
SINGLE = frozenset(
    {"metadata_version", "name", "version", "author", "author_email", "description", "home_page"}
    | {"description_content_type", "download_url", "keywords", "license", "license_expression"}
    | {"maintainer", "maintainer_email", "requires_python", "summary"}
)
_FILES = frozenset({"content", "gpg_signature"})
_DIGESTS = {"md5_digest": 32, "sha256_digest": 64, "blake2_256_digest": 64}
_DIGEST_NAMES = {"md5_digest": "MD5", "sha256_digest": "SHA256", "blake2_256_digest": "BLAKE2"}


@dataclass(frozen=True, kw_only=True)
class Form:
    """A form that passed its own checks; `metadata` has not been looked into yet."""

    name: str
    version: str
    kind: str  # sdist | bdist_wheel
    python: str
    digests: dict[str, str]  # form field -> lower-case hexadecimal
    metadata: Fields
    attestations: str | None
    content: FileStorage | None


def read_fields(request: Request) -> Fields:
    """
    Return the text fields of an upload; empty and `UNKNOWN` ones are as good as absent.

    Raises:
        Refused: A field was sent as a file.
    """
    for name in request.files:
        if name not in _FILES:
            raise Refused(400, f"{name}: Should not be a tuple.")
    fields = {
        name: [value.replace("\0", "\\x00") for value in values if value not in {"", "UNKNOWN"}]
        for name, values in request.form.lists()
    }
    return {name: values for name, values in fields.items() if values}


def read_form(fields: Fields, content: FileStorage | None) -> Form:
    """
    Return *fields* as a form.

    Raises:
        Refused: The first field that is wrong, in the index's order.
    """
    if _first(fields, "protocol_version") not in {None, "1"}:
        raise Refused(400, "Unknown protocol version.")
    _check_name(_first(fields, "name") or "")
    _check_digests(fields)
    kind = _check_kind(_first(fields, "filetype"), _first(fields, "pyversion"))
    return Form(
        name=_first(fields, "name") or "",
        version=_first(fields, "version") or "",
        kind=kind,
        python=_first(fields, "pyversion") or "source",
        digests={name: fields[name][0].lower() for name in _DIGESTS if name in fields},
        metadata={name: fields[name] for name in sorted(REPEATABLE | SINGLE) if name in fields},
        attestations=_first(fields, "attestations"),
        content=content,
    )


def is_name(text: str) -> bool:
    """Tell whether *text* is a project name at all."""
    try:
        canonicalize_name(text, validate=True)
    except InvalidName:
        return False
    return True


def _first(fields: Fields, name: str) -> str | None:
    return fields.get(name, [None])[0]


def _check_name(name: str) -> None:
    if not name:
        problem = "This field is required."
    elif not is_name(name):
        problem = (
            "Start and end with a letter or numeral containing only ASCII numeric and "
            "'.', '_' and '-'."
        )
    else:
        return
    raise Refused(400, f"{name!r} is an invalid value for Name. Error: {problem}{CORE}")


def _check_digests(fields: Fields) -> None:
    for name, length in sorted(_DIGESTS.items()):
        value = _first(fields, name)
        if value and not re.fullmatch(rf"[0-9a-fA-F]{{{length}}}", value):
            words = f"Use a valid, hex-encoded, {_DIGEST_NAMES[name]} message digest."
            raise Refused(400, f"Invalid value for {name}. Error: {words}")
    if not _DIGESTS.keys() & fields.keys():
        raise Refused(400, "Error: Include at least one message digest.")


def _check_kind(kind: str | None, python: str | None) -> str:
    template = "Invalid value for {}. Error: {}"
    match kind, python:
        case None, _:
            raise Refused(400, template.format("filetype", "This field is required."))
        case "bdist_wheel", None:
            words = "Python version is required for binary distribution uploads."
            raise Refused(400, template.format("pyversion", words))
        case "sdist", str(python_tag) if python_tag != "source":
            words = "Use 'source' as Python version for an sdist."
            raise Refused(400, template.format("pyversion", words))
        case ("sdist" | "bdist_wheel") as valid_kind, _:
            return valid_kind
    raise Refused(400, template.format("filetype", "Use a known file type."))
