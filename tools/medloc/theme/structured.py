"""What a page tells search engines about itself, in the vocabulary of https://schema.org.

It is data, which no browser runs, so a security policy without inline scripts lets it stand. Its
words are the page's own: title, description, and the questions of sections of class `faq`.
"""

from __future__ import annotations

import json
from collections.abc import Callable

from medloc.theme.questions import questions
from medloc.theme.views import PageView

SYSTEMS = {
    "icd10": "ICD-10",
    "icd10cm": "ICD-10-CM",
    "icd11": "ICD-11",
    "mesh": "MeSH",
    "omim": "OMIM",
    "orpha": "ORPHAcode",
    "snomed": "SNOMED CT",
    "umls": "UMLS",
}
"""Coding systems by their key in an article's `codes`; any other key stands for itself."""

# Inside <script> a text could end the element, or begin a comment that swallows its end.
_ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


def structured_data(
    view: PageView, *, absolute: Callable[[str], str], all_articles: str = ""
) -> str:
    """JSON-LD of an article's page, safe inside `<script>`; empty where nobody should find it.

    `absolute` makes addresses of hrefs, `all_articles` is what the list of articles is called.
    """
    if view.draft or not view.body_html or not view.title:
        return ""
    graph = [_page(view, absolute)]
    if view.address:
        graph.append(_crumbs(view, absolute, all_articles))
    value = {"@context": "https://schema.org", "@graph": graph}
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.translate(_ESCAPES)


def _page(view: PageView, absolute: Callable[[str], str]) -> dict[str, object]:
    asked = [
        {
            "@type": "Question",
            "name": one.question,
            "acceptedAnswer": {"@type": "Answer", "text": one.answer},
        }
        for one in questions(view.body_html)
    ]
    condition = [
        {"@type": "MedicalCode", "codingSystem": SYSTEMS.get(system, system), "codeValue": code}
        for system, code in view.codes.items()
        if code
    ]
    site = {"name": view.site_name}
    found: dict[str, object] = {
        "@type": ["MedicalWebPage", "FAQPage"] if asked else "MedicalWebPage",
        "url": absolute("") if view.address else "",
        "name": view.title,
        "description": view.description,
        "inLanguage": view.language.tag,
        "audience": {"@type": "Patient"},
        "lastReviewed": view.reviewed.isoformat() if view.reviewed else "",
        "dateModified": view.approved.isoformat() if view.approved else "",
        "version": view.code,
        "about": condition and {"@type": "MedicalCondition", "name": view.title, "code": condition},
        "mainEntity": asked,
        "isPartOf": view.site_name and {"@type": "WebSite", **site},
        "publisher": view.site_name and {"@type": "Organization", **site},
        "translationOfWork": _original(view, absolute),
    }
    return {name: value for name, value in found.items() if value}


def _original(view: PageView, absolute: Callable[[str], str]) -> dict[str, object] | None:
    if view.source is None or view.is_source or not view.address:
        return None
    language, href = view.source
    return {"@type": "MedicalWebPage", "url": absolute(href), "inLanguage": language.tag}


def _crumbs(view: PageView, absolute: Callable[[str], str], all_articles: str) -> dict[str, object]:
    steps = [(all_articles, f"{view.root}{view.language.tag}/index.html"), (view.title, "")]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": name, "item": absolute(href)}
            for number, (name, href) in enumerate(steps, 1)
        ],
    }
