"""Recalls: which stand, what the site says of them, and taking their pages down at once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from medloc.errors import MedlocError
from medloc.model import Event, Kind
from medloc.phrases import phrase
from medloc.site import canonical_json
from medloc.standing import Decisions, standing_recall
from medloc.workflow.addresses import SEARCH
from medloc.workflow.leaflet_plan import NAME
from medloc.workflow.project import Project, digest
from medloc.workflow.sources import Sources

RECALLS = "recalls.json"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Recall:
    """A recall that stands: of a page, or of one wording on it."""

    event: Event

    @property
    def page(self) -> tuple[str, str]:
        """Article and locale."""
        return self.event.draft.article, self.event.draft.locale

    @property
    def whole(self) -> bool:
        """Whether all of the page is recalled."""
        return not self.event.draft.source


def standing_recalls(decisions: Decisions) -> tuple[Recall, ...]:
    """Every recall that no later `restore` lifted, ascending."""
    histories: Iterator[tuple[Event, ...]] = (
        events for wordings in decisions.by_place.values() for events in wordings.values()
    )
    found = [
        recall
        for events in (*decisions.by_page.values(), *histories)
        if any(event.draft.kind is Kind.RECALL for event in events)
        and (recall := standing_recall(events)) is not None
    ]
    return tuple(Recall(event) for event in sorted(found, key=lambda event: event.number))


def recalls_json(recalls: Iterable[Recall]) -> bytes:
    """What `site/recalls.json` says: which pages and messages, by which event and when; no words
    and no reasons, which may quote them."""
    rows = [
        {
            "article": recall.page[0],
            "locale": recall.page[1],
            "event": recall.event.number,
            "at": recall.event.at,
            **_hashes(recall.event),
        }
        for recall in recalls
    ]
    return canonical_json({"format": FORMAT, "recalls": rows})


def unlink_recalled(
    project: Project, sources: Sources, decisions: Decisions
) -> tuple[tuple[str, ...], tuple[MedlocError, ...]]:
    """Delete from the standing site every page that carries recalled words, now, and whatever else
    shows its title: the paths, and what could not be deleted. What the build then writes in their
    place is the build's part.

    An article that was renamed is looked for under all its names.
    """
    site = project.root / project.settings.site.output
    names: dict[str, None] = {}
    for recall in standing_recalls(decisions):
        article, locale = recall.page
        tag = locale.replace("_", "-")
        for slug in sorted(decisions.related_articles(article)):
            if recall.whole or _carries(site / tag / slug / "proof.json", recall.event):
                names |= dict.fromkeys(_files(sources, tag, slug, recall))
                index = site.glob(f"{tag}/{SEARCH}/**/*.pf_*")  # its words are in there too
                names |= dict.fromkeys(path.relative_to(site).as_posix() for path in index)
                if locale == project.settings.source.locale:  # it stands on all leaflets
                    found = site.glob(f"*/{slug}/{NAME}")
                    names |= dict.fromkeys(path.relative_to(site).as_posix() for path in found)
    gone: list[str] = []
    stuck: list[MedlocError] = []
    for name in names:
        path = site / name
        if path.is_file() and not path.is_symlink():
            try:
                path.unlink()
                gone.append(name)
            except OSError as error:  # the others go all the same
                stuck.append(_stuck(f"{project.settings.site.output}/{name}", error))
    return tuple(gone), tuple(stuck)


def _files(sources: Sources, tag: str, slug: str, recall: Recall) -> list[str]:
    """The page, its data and proof, and what shows its title when that is recalled too."""
    names = [f"{tag}/{slug}/{name}" for name in ("index.html", "index.json", "proof.json", NAME)]
    if recall.whole or recall.event.draft.context.startswith("meta:"):
        article = sources.articles.get(slug)
        names += [f"{tag}/{alias}/index.html" for alias in (article.aliases if article else ())]
        names.append(f"{tag}/index.html")
    return names


def _stuck(name: str, error: OSError) -> MedlocError:
    return MedlocError(
        phrase(
            "recalled, and still there: it cannot be deleted ({strerror})", strerror=error.strerror
        ),
        path=name,
        advice=phrase("Delete it by hand at once, or whoever runs the web server should."),
    )


def _carries(proof: Path, event: Event) -> bool:
    """Whether the page of a proof shows the wording that an event recalls."""
    try:
        messages = json.loads(proof.read_bytes())["messages"]
        return any(message["target"] == digest(event.draft.target) for message in messages)
    except FileNotFoundError:
        return False
    except (OSError, ValueError, KeyError, TypeError):
        return True  # what cannot be read cannot be trusted: better no page


def _hashes(event: Event) -> dict[str, str]:
    draft = event.draft
    if not draft.source:
        return {}
    return {
        "context": draft.context,
        "source": digest(draft.source),
        "target": digest(draft.target),
    }
