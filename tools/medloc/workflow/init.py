"""A new content project: settings, one article, nothing else."""

from __future__ import annotations

from pathlib import Path

from medloc import files
from medloc.errors import UsageError
from medloc.settings import FILE_NAME

_SETTINGS = """\
# Settings of this content project. An unknown key is an error that names its line.
source: en
locales: [es]

site:
  output: site
  name: My health library

# Who may do what. Each role that must approve is a different person.
people:
  - {id: editor, name: Medical editor, roles: [editor, medical], locales: [en]}
  - {id: translator-es, name: Spanish translator, roles: [translator], locales: [es]}
  - {id: medical-es, name: Spanish medical reviewer, roles: [medical], locales: [es]}
  - {id: linguist-es, name: Spanish language reviewer, roles: [linguistic], locales: [es]}
  - {id: publisher, name: Publisher, roles: [publisher]}

policy:
  normal: [medical]
  high_risk: [linguistic, medical]
  source: [medical]
  doors: [app, cli]
"""

_ARTICLE = """\
---
title: Fever
description: What fever is, and when to get help.
quantities:
  limit: {value: 38, unit: celsius}
---

## What fever is {#what-it-is}

Fever is a body temperature of {limit} or more.

## When to get help {#when-to-get-help}
<!-- risk: high -->

Get help at once if a person with fever is **confused** or has a stiff neck.
"""

_IGNORED = "/site/\n.medloc/\n/ledger.sqlite*\n*.mo\n"


def make_project(folder: Path) -> tuple[str, ...]:
    """Write a new project into `folder`; returns the paths written.

    Raises UsageError when the folder is there and not empty: nothing of anybody's is overwritten.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(
            f"{folder} is not an empty folder", advice="Name a new folder, or empty this one."
        )
    contents = {
        FILE_NAME: _SETTINGS,
        "source_content/fever.md": _ARTICLE,
        ".gitignore": _IGNORED,
    }
    for name, text in contents.items():
        files.replace(folder / name, text.encode())
    return tuple(contents)
