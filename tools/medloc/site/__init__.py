"""The built site as a folder: what proves it, how it is put in place, how it is looked at."""

from medloc.site.manifests import (
    ROOT,
    SiteError,
    canonical_json,
    listed,
    page_proof,
    read_manifest,
    seal,
)
from medloc.site.publish import INTENT, Published, publish
from medloc.site.serve import serve, serve_pages

__all__ = [
    "INTENT",
    "ROOT",
    "Published",
    "SiteError",
    "canonical_json",
    "listed",
    "page_proof",
    "publish",
    "read_manifest",
    "seal",
    "serve",
    "serve_pages",
]
