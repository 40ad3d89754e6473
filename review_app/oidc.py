"""Signing in by an OpenID provider (OpenID Connect Core 1.0, with PKCE). The one door to Authlib.

The provider says whose e-mail address it is; who that is, and what they may do, is in `people`.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

from authlib.integrations.base_client import OAuthError
from authlib.integrations.starlette_client import OAuth
from httpx2 import HTTPError
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from medloc.errors import SettingsError
from medloc.model import Person
from medloc.settings import FILE_NAME, AppSettings

_TROUBLES = (OAuthError, HTTPError, RuntimeError, ValueError, KeyError)


class Provider:
    """The OpenID provider of the settings; raises SettingsError when its secret is missing."""

    def __init__(self, settings: AppSettings, *, back: str) -> None:
        self._back = back
        secret = os.environ.get(settings.oidc_secret, "")
        if not secret:
            raise SettingsError(
                f"app.oidc: the environment variable {settings.oidc_secret} is not set",
                path=FILE_NAME,
                advice="Set it to the client's secret before starting the app.",
            )
        issuer = settings.oidc_issuer.rstrip("/")
        self._client = OAuth().register(
            "medloc",
            client_id=settings.oidc_client,
            client_secret=secret,
            server_metadata_url=f"{issuer}/.well-known/openid-configuration",
            client_kwargs={"scope": "openid email", "code_challenge_method": "S256"},
        )

    async def begin(self, request: Request) -> Response | None:
        """Send somebody to the provider; None when it does not answer, or not as one."""
        back = request.url.replace(path=self._back, query="")
        try:
            answer: RedirectResponse = await self._client.authorize_redirect(request, str(back))
        except _TROUBLES:
            return None
        return answer

    async def person(self, request: Request, people: Mapping[str, Person]) -> tuple[str, str]:
        """(id of the person who came back, "") or ("", why nobody may come in)."""
        try:
            token = await self._client.authorize_access_token(request)
        except _TROUBLES as trouble:
            return "", f"the provider did not confirm who you are ({trouble})"
        claims = token.get("userinfo") or {}
        email = str(claims.get("email", "")).casefold()
        if not email or claims.get("email_verified") is not True:
            return "", "the provider does not vouch for an e-mail address of yours"
        found = [p.id for p in people.values() if p.email.casefold() == email]
        if len(found) != 1:
            return "", f"nobody in `people` has the address {email}"
        return found[0], ""
