"""What an account may be called, what a password must be, and who somebody is elsewhere."""

from __future__ import annotations

from corpus.errors import BadInputError

MIN_PASSWORD = 12
MAX_PASSWORD = 200  # hashing takes as long as the password: nobody may make it take long
MAX_NAME = 80
MAX_SUBJECT = 500


def account_name(name: str) -> str:
    """The name as it is stored. Raises BadInputError when it is not fit for one."""
    name = name.strip().lower()
    if not name or len(name) > MAX_NAME or not name.isprintable() or " " in name:
        raise BadInputError(
            f"'{name[:MAX_NAME]}' kan geen accountnaam zijn. "
            f"Neem 1 tot {MAX_NAME} tekens zonder spaties, bijvoorbeeld een e-mailadres."
        )
    return name


def subject_of(issuer: str, subject: str) -> str:
    """Who somebody is at a provider, as it is stored: a subject is only unique at its issuer
    (OpenID Connect Core 1.0, section 2). Raises BadInputError when it is not fit."""
    if not subject or not subject.isprintable() or " " in subject:
        raise BadInputError(
            f"'{subject[:MAX_NAME]}' kan geen kenmerk van iemand zijn. Neem over wat op de "
            "pagina staat waarop het inloggen werd geweigerd."
        )
    whole = f"{issuer} {subject}"
    if len(whole) > MAX_SUBJECT:
        raise BadInputError(
            f"Inlogdienst en kenmerk zijn samen {len(whole)} tekens; "
            f"hoogstens {MAX_SUBJECT} kan bewaard worden."
        )
    return whole


def check_password(password: str, name: str) -> None:
    """Length is what counts (NIST SP 800-63B). Raises BadInputError when it is not fit."""
    if not MIN_PASSWORD <= len(password) <= MAX_PASSWORD:
        raise BadInputError(
            f"Een wachtwoord heeft {MIN_PASSWORD} tot {MAX_PASSWORD} tekens; "
            f"dit heeft er {len(password)}. Neem bijvoorbeeld vier losse woorden."
        )
    if name and name in password.lower():
        raise BadInputError("De accountnaam staat in het wachtwoord. Neem een ander wachtwoord.")
    if len(set(password)) < MIN_PASSWORD // 2:
        raise BadInputError(
            "Dit wachtwoord bestaat uit te weinig verschillende tekens. Neem een ander."
        )
