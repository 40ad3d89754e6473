"""The built site as a folder: what proves it, how it is put in place, how it is looked at."""

from medloc.site.manifests import (
    ROOT,
    SiteError,
    canonical_json,
    listed,
    locale_manifest,
    page_proof,
    read_manifest,
    root_manifest,
    seal,
    sha256,
    unlisted,
)
from medloc.site.publish import INTENT, Publication, Published, publish
from medloc.site.serve import serve_pages

__all__ = [
    "INTENT",
    "ROOT",
    "Publication",
    "Published",
    "SiteError",
    "canonical_json",
    "listed",
    "locale_manifest",
    "page_proof",
    "publish",
    "read_manifest",
    "root_manifest",
    "seal",
    "serve_pages",
    "sha256",
    "unlisted",
]
