"""Which roles checked a page: never names of people."""

from __future__ import annotations

from typing import TypedDict

from medloc.model import Article, Policy


class CheckedBy(TypedDict):
    """Roles that approved every sentence, and those that approved statements of high risk only."""

    roles: tuple[str, ...]
    high_risk_roles: tuple[str, ...]


def checked_by(policy: Policy, article: Article, *, is_source: bool) -> CheckedBy:
    """The roles behind a published page, in the order of the policy: an approved message has all
    the roles that the policy wants of it, each from another person."""
    plain = policy.roles_for(is_source=is_source, high_risk=False)
    risky = any(message.high_risk for message in article.messages)
    more = policy.roles_for(is_source=is_source, high_risk=True) if risky else ()
    every = tuple(role for role in plain if role in more or not risky)
    return CheckedBy(roles=every, high_risk_roles=tuple(role for role in more if role not in every))
