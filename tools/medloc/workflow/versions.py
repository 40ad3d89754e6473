"""Articles as their files and the ledger's `source` events have them, each text read once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from medloc.articles import read_article
from medloc.errors import MedlocError
from medloc.model import Article, Event, Message, Pair
from medloc.standing import Decisions
from medloc.workflow.project import Project
from medloc.workflow.sources import Sources
from medloc.workflow.translations import written_sources

Places = Mapping[tuple[str, str], Message]
"""The messages of a text by context and source text written out."""


class Versions:
    """The texts of every article, the file's and those recorded."""

    def __init__(self, project: Project, sources: Sources, decisions: Decisions) -> None:
        self._project, self._sources, self._decisions = project, sources, decisions
        self._articles: dict[int, Article | None] = {}
        self._places: dict[tuple[str, int], Places] = {}

    def current(self, article: str) -> Places:
        """The messages of the article's file; none when it is gone or cannot be read."""
        return self._written((article, 0), self._sources.articles.get(article))

    def recorded(self, event: Event) -> Places:
        """The messages of a `source` event; none when its text can no longer be read."""
        return self._written((event.draft.article, event.number), self.article(event))

    def article(self, event: Event) -> Article | None:
        """The article that a `source` event recorded, read under the settings of now."""
        if event.number not in self._articles:
            self._articles[event.number] = self._read(event)
        return self._articles[event.number]

    def newest_first(self, article: str) -> Iterator[Event]:
        """The `source` events of an article."""
        return reversed(self._decisions.sources.get(article, ()))

    def high_risk(self, pair: Pair, *, recorded_first: bool = False) -> bool:
        """Whether the newest text that has the place of a pair marks it as high risk; a place that
        no text has is taken for one that is."""
        place = (pair.context, pair.source)
        current = self.current(pair.article).get(place)
        if current is not None and not recorded_first:
            return current.high_risk
        texts = (self.recorded(event) for event in self.newest_first(pair.article))
        found = next((places[place] for places in texts if place in places), current)
        return found is None or found.high_risk

    def _written(self, key: tuple[str, int], article: Article | None) -> Places:
        if key not in self._places:
            self._places[key] = {} if article is None else self._of(article)
        return self._places[key]

    def _of(self, article: Article) -> Places:
        try:
            written = written_sources(self._project, article)
        except MedlocError:  # a unit whose pattern was taken out since
            return {}
        pairs = zip(article.messages, written, strict=True)
        return {(message.context, text): message for message, text in pairs}

    def _read(self, event: Event) -> Article | None:
        settings = self._project.settings
        slug = event.draft.article
        try:
            return read_article(
                f"{slug}.md",
                event.draft.text.encode(),
                slug=slug,
                translate_fields=settings.translate_fields,
                raw_html=settings.policy.raw_html,
            )
        except MedlocError:  # it was right under the rules of its day
            return None
