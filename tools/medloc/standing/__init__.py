"""Where every wording stands: `folding` groups events, `judging` judges pairs, `entitlement` says
who may decide what. Pure, and the code that must be perfect."""

from medloc.standing.entitlement import (
    EDITOR,
    Claim,
    carrying_refusal,
    is_recalled_here,
    page_refusal,
    refusal,
)
from medloc.standing.folding import NOTHING, Decisions, History, earlier_spot, fold, standing_recall
from medloc.standing.judging import Item, judge, last_approved, standings

__all__ = [
    "EDITOR",
    "NOTHING",
    "Claim",
    "Decisions",
    "History",
    "Item",
    "carrying_refusal",
    "earlier_spot",
    "fold",
    "is_recalled_here",
    "judge",
    "last_approved",
    "page_refusal",
    "refusal",
    "standing_recall",
    "standings",
]
