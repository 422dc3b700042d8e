"""Which account somebody has whom a provider knows, and with which role."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from corpus.account_rules import MAX_NAME, account_name, subject_of
from corpus.errors import BadInputError
from corpus.ledger import Ledger
from corpus.settings import Settings
from corpus.staff import Account, Accounts, Role, Sessions
from web.staff.oidc import Identity

DISABLED = "Je account {name} is uitgezet. Vraag een beheerder als dat niet klopt."
NO_ROLE = (
    "{provider} weet wie je bent, maar geeft je geen rol in Routewijzer. "
    "Vraag een beheerder om je toegang te geven."
)
UNKNOWN = (
    "{provider} weet wie je bent, maar je hebt nog geen account in Routewijzer. "
    "Stuur een beheerder het kenmerk hieronder, dan kan die er een maken."
)
_NAMES = ("email", "preferred_username", "eduperson_principal_name")
_SUFFIX = 6


class UnknownPersonError(BadInputError):
    """Somebody without an account. ``subject`` is what staff need to make one."""

    def __init__(self, message: str, subject: str) -> None:
        super().__init__(message)
        self.subject = subject


class Identities:
    """Turns identities into accounts. What it changes is in the audit log."""

    def __init__(
        self, accounts: Accounts, sessions: Sessions, ledger: Ledger, settings: Settings
    ) -> None:
        self._accounts = accounts
        self._sessions = sessions
        self._ledger = ledger
        self._settings = settings

    def account(self, identity: Identity) -> Account:
        """The account of ``identity``. Where the settings name a claim for it, that decides the
        role, each time; else the account was made beforehand.

        Raises UnknownPersonError or BadInputError when there is none or it may not come in.
        """
        subject = subject_of(identity.issuer, identity.subject)
        account = self._accounts.by_subject(subject)
        if account is not None and account.disabled:
            self._note_refused(identity, account, "account uitgezet")
            raise BadInputError(DISABLED.format(name=account.name))
        if self._settings.oidc_role_claim:
            return self._by_claim(identity, subject, account)
        if account is None:
            self._note_refused(identity, account, "nog geen account")
            said = UNKNOWN.format(provider=self._settings.oidc_name)
            raise UnknownPersonError(said, identity.subject)
        return account

    def _by_claim(self, identity: Identity, subject: str, account: Account | None) -> Account:
        role = role_of(identity.claims, self._settings)
        if role is None:
            if account is not None:
                self._sessions.close_all(account.name)
            self._note_refused(identity, account, "geen rol")
            raise BadInputError(NO_ROLE.format(provider=self._settings.oidc_name))
        if account is None:
            name = self._free_name(identity, subject)
            self._accounts.add_elsewhere(name, subject, role)
            self._log("staff add", {"name": name, "role": role})
            return Account(name, role, disabled=False, subject=subject)
        if account.role != role:
            self._accounts.set_role(account.name, role)
            self._log("staff role", {"name": account.name, "role": role})
        return Account(account.name, role, disabled=False, subject=subject)

    def _free_name(self, identity: Identity, subject: str) -> str:
        """What the provider calls them. Never the name of an account that there is: who has the
        same address there need not be the same person."""
        taken = {account.name for account in self._accounts.all()}
        digest = hashlib.sha256(subject.encode()).hexdigest()
        for name in (*_names(identity.claims), "medewerker"):
            if name not in taken and name != "medewerker":
                return name
            own = f"{name[: MAX_NAME - _SUFFIX - 1]}-{digest[:_SUFFIX]}"
            if own not in taken:
                return own
        return digest

    def _note_refused(self, identity: Identity, account: Account | None, why: str) -> None:
        detail = {"subject": identity.subject, "refused": why}
        self._log("sign in refused", detail | ({"name": account.name} if account else {}))

    def _log(self, action: str, detail: dict[str, Any]) -> None:
        self._ledger.log(self._settings.oidc_name, action, detail)


def role_of(claims: Mapping[str, Any], settings: Settings) -> Role | None:
    """The highest role that the claim gives, or None. The claim is a text or a list of texts."""
    found = _claim(claims, settings.oidc_role_claim or "")
    values = {found} if isinstance(found, str) else set()
    if isinstance(found, list):
        values = {value for value in found if isinstance(value, str)}
    if values & set(settings.oidc_publishers):
        return "publisher"
    return "editor" if values & set(settings.oidc_editors) else None


def _claim(claims: Mapping[str, Any], name: str) -> object:
    """A claim by its name, or by a path as ``realm_access.roles``."""
    if name in claims:
        return claims[name]
    found: object = claims
    for part in name.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def _names(claims: Mapping[str, Any]) -> Iterator[str]:
    for claim in _NAMES:
        name = claims.get(claim)
        if not isinstance(name, str) or (
            claim == "email" and claims.get("email_verified") is False
        ):
            continue
        try:
            yield account_name(name)
        except BadInputError:
            continue  # not fit for a name: the next one may be
