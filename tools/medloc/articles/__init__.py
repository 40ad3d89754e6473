"""Articles: Markdown files read as messages, headings and a skeleton.

Law: an article that is read renders, filled with its own words, to the page of its source.
"""

from medloc.articles.reading import read_article
from medloc.articles.slugs import slug_problem, suggested_slug

__all__ = ["read_article", "slug_problem", "suggested_slug"]
