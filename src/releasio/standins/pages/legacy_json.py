"""The older JSON pages: `/pypi/{project}/json`, with or without a version."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from packaging.utils import canonicalize_version
from packaging.version import Version

if TYPE_CHECKING:
    from collections.abc import Sequence

    from releasio.standins.store import Fields, File, Project

_LISTS = ("classifiers", "requires_dist")
_TEXTS = (
    "author",
    "author_email",
    "description",
    "description_content_type",
    "download_url",
    "home_page",
    "keywords",
    "license",
    "license_expression",
    "maintainer",
    "maintainer_email",
    "requires_python",
    "summary",
)


def document(
    project: Project, files: Sequence[File], version: str | None, site: str
) -> dict[str, Any] | None:
    """Return the page of *version*, or of the latest one; None where there is no such version."""
    wanted = _latest(project) if version is None else canonicalize_version(version)
    release = project.releases.get(wanted)
    if not release:
        return None
    entries: dict[str, list[dict[str, Any]]] = {}
    for file in files:
        entries.setdefault(file.version, []).append(_entry(file, site))
    data = {
        "info": _info(project.name, release.version, release.metadata),
        "last_serial": max((file.serial for file in files), default=project.born),
        "ownership": {"organization": None, "roles": []},
        "urls": entries.get(wanted, []),
        "vulnerabilities": [],
    }
    if version is None:
        data["releases"] = {
            one.version: entries.get(key, []) for key, one in project.releases.items()
        }
    return data


def _latest(project: Project) -> str:
    """Return the canonical version that is newest; a pre-release only where there is no other."""
    versions = sorted(project.releases, key=lambda v: (not Version(v).is_prerelease, Version(v)))
    return versions[-1] if versions else ""


def _info(name: str, version: str, metadata: Fields) -> dict[str, Any]:
    info: dict[str, Any] = {"name": name, "version": version}
    info |= {field: metadata.get(field, [None])[0] for field in _TEXTS}
    info |= {field: metadata.get(field) for field in _LISTS}
    urls = (text.partition(",") for text in metadata.get("project_urls", []))
    return info | {"project_urls": {label.strip(): url.strip() for label, _, url in urls} or None}


def _entry(file: File, site: str) -> dict[str, Any]:
    return {
        "filename": file.name,
        "url": f"{site}/{file.path}",
        "digests": {"md5": file.md5, "sha256": file.sha256, "blake2b_256": file.blake2},
        "size": file.size,
        "upload_time_iso_8601": file.uploaded,
        "yanked": file.yanked is not None,
        "yanked_reason": file.yanked or None,
        "core-metadata": {"sha256": file.metadata_sha256} if file.metadata_sha256 else False,
        "packagetype": file.kind,
        "python_version": file.python,
        "requires_python": file.requires_python or None,
    }
