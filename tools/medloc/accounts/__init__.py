"""How people get into the review app: passwords, one-time links, sessions.

Who people are and what they may do is in the settings; here is only how they prove to be it. Of
passwords, links and sessions the file holds hashes, never the words themselves.
"""

from medloc.accounts.guesses import KNOWN_FOR
from medloc.accounts.refusing import SignInError
from medloc.accounts.sessions import IDLE, WHOLE
from medloc.accounts.store import (
    FILE_NAME,
    LINK,
    LONGEST,
    SHORTEST,
    Account,
    Accounts,
    Given,
    accounts_of,
)

__all__ = [
    "FILE_NAME",
    "IDLE",
    "KNOWN_FOR",
    "LINK",
    "LONGEST",
    "SHORTEST",
    "WHOLE",
    "Account",
    "Accounts",
    "Given",
    "SignInError",
    "accounts_of",
]
