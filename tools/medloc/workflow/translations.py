"""What there is to decide on: each message of an article in a locale, written out in full."""

from __future__ import annotations

from collections.abc import Mapping

from medloc import markdown
from medloc.catalogs import read_catalog
from medloc.errors import CatalogError
from medloc.model import Article, Catalog, Entry, Message, Pair, Translation
from medloc.phrases import phrase
from medloc.quantities import QuantityError, write
from medloc.workflow.project import Project, digest, read_units


def load_catalog(project: Project, article: str, locale: str) -> Catalog | None:
    """The catalog of an article and locale, None when there is no file; raises CatalogError."""
    name = project.catalog_name(article, locale)
    path = project.root / name
    try:
        if not path.is_file():
            return None
    except OSError as trouble:
        raise CatalogError(
            phrase("the file cannot be read ({strerror})", strerror=trouble.strerror),
            path=name,
            advice=phrase("Check the rights of its folder."),
        ) from None
    catalog = read_catalog(path, name=name)
    said = catalog.header("Language").replace("-", "_")
    # "pt" in the folder pt_BR is loose; "fr" in the folder es is another translator's file.
    if said and said.split("_")[0].lower() != locale.split("_")[0].lower():
        raise CatalogError(
            phrase(
                "its header says `Language: {said}`, and it stands in the folder of {locale}",
                said=said,
                locale=locale,
            ),
            path=name,
            line=1,
            advice=phrase(
                "Put the right file there, or mend the header: `Language: {locale}`.", locale=locale
            ),
        )
    return catalog


class Writer:
    """Writes messages and wordings out for one locale; keeps what it has read of units.yaml."""

    def __init__(self, project: Project, locale: str) -> None:
        self.project, self.locale = project, locale
        self._data = project.settings.data_locale(locale)
        self._digits = project.settings.digits.get(locale, "")
        self._units = read_units(project, locale)

    def values(self, article: Article) -> Mapping[str, str]:
        """Every quantity of the article as this locale writes it; raises QuantityError."""
        try:
            return {
                name: write(quantity, self._data, digits=self._digits, units=self._units)
                for name, quantity in article.quantities.items()
            }
        except QuantityError as trouble:
            if trouble.path:
                name = self.project.units_name(self.locale)
                raise QuantityError(trouble.found, path=name, advice=trouble.advice) from None
            raise QuantityError(
                phrase("quantities: {found}", found=trouble.found),
                path=article.path,
                advice=trouble.advice,
            ) from None

    def addresses(self, article: Article) -> Mapping[str, str]:
        """The addresses of per-locale links by label."""
        return {label: link.address(self.locale) for label, link in article.links.items()}


def translations(
    project: Project,
    article: Article,
    locale: str,
    catalog: Catalog | None,
    *,
    sources: tuple[str, ...] = (),
) -> tuple[Translation, ...]:
    """Each message of the article in a locale, in document order.

    `catalog` is ignored for the source language; `sources` are the article's `written_sources`, for
    a caller that asks for many locales. Raises QuantityError for a quantity that cannot be written
    in the locale.
    """
    source = project.settings.source.locale
    sources = sources or written_sources(project, article)
    if locale == source:
        return tuple(
            Translation(
                message, Pair(article.slug, locale, message.context, text, text), message.text
            )
            for message, text in zip(article.messages, sources, strict=True)
        )
    values, addresses = _written_values(project, article, locale)
    entries = _entries(catalog)
    found = []
    for message, text in zip(article.messages, sources, strict=True):
        entry = entries.get((message.context, message.text))
        wording = entry.msgstr if entry else ""
        target = _written(article, message, wording, values, addresses)
        pair = Pair(article.slug, locale, message.context, text, target)
        found.append(Translation(message, pair, wording, bool(entry and entry.fuzzy)))
    return tuple(found)


def written_sources(project: Project, article: Article) -> tuple[str, ...]:
    """The source text of each message, written out for the source language."""
    values, addresses = _written_values(project, article, project.settings.source.locale)
    return tuple(_written(article, m, m.text, values, addresses) for m in article.messages)


def _written_values(
    project: Project, article: Article, locale: str
) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Quantities by name and addresses by label, as a locale has them."""
    if not (article.quantities or article.links):
        return {}, {}
    writer = Writer(project, locale)
    return writer.values(article), writer.addresses(article)


def _entries(catalog: Catalog | None) -> Mapping[tuple[str, str], Entry]:
    if catalog is None:
        return {}
    return {entry.key: entry for entry in catalog.entries if not entry.obsolete}


def _written(
    article: Article,
    message: Message,
    text: str,
    values: Mapping[str, str],
    addresses: Mapping[str, str],
) -> str:
    # Most messages hold neither quantity nor per-locale link: nothing to parse.
    if not text or not (message.placeholders or message.links):
        return text
    return markdown.write_out(
        text, values, addresses, tail=article.skeleton.tail, plain=message.is_field
    )


def wording_problem(article: Article, translation: Translation) -> str:
    """What is wrong with the inline structure of a wording, in plain words; empty when nothing."""
    problem = markdown.wording_problem(article, translation.message, translation.wording)
    if problem or translation.message.is_field:
        return problem
    addresses = {k: link.address(translation.pair.locale) for k, link in article.links.items()}
    return markdown.written_problem(
        article, translation.wording, translation.pair.target, addresses
    )


def page_digest(found: tuple[Translation, ...]) -> str:
    """What a page was read as: SHA-256 over the hashes of its pairs, in order, one a line."""
    return digest("".join(f"{translation.pair.hash}\n" for translation in found))
