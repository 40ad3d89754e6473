"""Hands letters to a mail server: the standard library's SMTP."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Sequence
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from medloc.errors import MedlocError
from medloc.workflow.notify import Digest, letter, subject

_TIMEOUT = 30.0
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


class MailError(MedlocError):
    """A letter could not be sent."""


def send(
    found: Sequence[Digest], *, host: str, port: int, sender: str, link: str
) -> tuple[tuple[str, ...], tuple[MailError, ...]]:
    """Send each digest to its person: ids of those it was sent to, and what went wrong.

    The connection is encrypted where the server offers it; its certificate is checked unless it is
    this machine. Raises MailError when nothing can be sent at all.
    """
    sent: list[str] = []
    troubles: list[MailError] = []
    try:
        with smtplib.SMTP(host, port, timeout=_TIMEOUT) as server:
            server.ehlo()
            if server.has_extn("starttls") and host not in _LOOPBACK:
                server.starttls(context=ssl.create_default_context())
            for digest in found:
                problem = _send_one(server, digest, sender, link)
                if problem is None:
                    sent.append(digest.person.id)
                else:
                    troubles.append(problem)
    except (OSError, smtplib.SMTPException) as error:
        raise MailError(
            f"--smtp {host}:{port}: letters cannot be handed over ({error})",
            advice=f"Handed over so far: {', '.join(sent) or 'none'}. Ask whoever runs the mail "
            "server, or leave --smtp out and paste the text.",
        ) from error
    return tuple(sent), tuple(troubles)


def _send_one(server: smtplib.SMTP, digest: Digest, sender: str, link: str) -> MailError | None:
    person = digest.person
    if not person.email:
        return MailError(
            f"`{person.id}` has no e-mail address", advice="Add `email:` to them in `people`."
        )
    try:
        server.send_message(_message(digest, sender, link))
    except (smtplib.SMTPServerDisconnected, TimeoutError):
        raise
    except (smtplib.SMTPException, ValueError) as error:
        return MailError(f"the letter to `{person.id}` was refused ({_said(error)})")
    return None


def _message(digest: Digest, sender: str, link: str) -> EmailMessage:
    """The letter as mail; no automatic answer shall come back."""
    person = digest.person
    message = EmailMessage(policy=SMTP)
    message["From"] = Address("medloc", addr_spec=sender)
    message["To"] = Address(" ".join(person.name.split()), addr_spec=person.email)
    message["Subject"] = subject(digest)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter(digest, link=link))
    return message


def _said(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return "; ".join(str(reply[1], "utf-8", "replace") for reply in error.recipients.values())
    return str(error)
