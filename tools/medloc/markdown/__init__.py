"""Markdown: one library, one set of options, and everything that must agree with them.

Three views of the same text: `page` is what the source looks like, `parse` takes it apart, `fill`
puts a page together again from approved words. `structure_problem` keeps wordings from changing
anything but words.
"""

from medloc.markdown.characters import forbidden_character
from medloc.markdown.document import Document, HeadingBlock, HtmlBlock, Run
from medloc.markdown.inline import inline_html
from medloc.markdown.library import html
from medloc.markdown.parsing import parse
from medloc.markdown.placeholders import placeholders
from medloc.markdown.problems import structure_problem, wording_problem, written_problem
from medloc.markdown.skeleton import InexactError, build_skeleton, comments, fill, page, same_page
from medloc.markdown.structure import Structure, inline_structure
from medloc.markdown.writing import write_out

__all__ = [
    "Document",
    "HeadingBlock",
    "HtmlBlock",
    "InexactError",
    "Run",
    "Structure",
    "build_skeleton",
    "comments",
    "fill",
    "forbidden_character",
    "html",
    "inline_html",
    "inline_structure",
    "page",
    "parse",
    "placeholders",
    "same_page",
    "structure_problem",
    "wording_problem",
    "write_out",
    "written_problem",
]
