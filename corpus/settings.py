"""All settings, read once at an entry point and passed in from there."""

from __future__ import annotations

import os
import re
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AliasChoices, Field, SecretStr, field_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

# Of this machine http will do, too: to try it out.
_ORIGIN = re.compile(r"(https://[a-z0-9.-]+|http://(localhost|127\.0\.0\.1))(:[0-9]{1,5})?")
_ISSUER = re.compile(
    r"(https://[A-Za-z0-9.-]+|http://(localhost|127\.0\.0\.1))(:[0-9]{1,5})?(/[!-~]*)?"
)


NO_ADDRESS = "geen"

_ENVIRONMENT = ("routewijzer_", "otel_")
"""How the names of all settings begin in the environment, in small letters."""

Addresses = Annotated[tuple[str, ...], NoDecode]
Names = Annotated[tuple[str, ...], NoDecode]


def _network(given: str) -> str:
    try:
        return str(ip_network(given, strict=False))
    except ValueError:
        raise ValueError(
            f"'{given}' is geen adres of netwerk. Schrijf bijvoorbeeld 10.0.0.5 of 10.0.0.0/8, "
            f"met komma's ertussen, of {NO_ADDRESS}"
        ) from None


def _default_model_dir() -> Path:
    return Path.home() / ".cache" / "routewijzer" / "models"


class Settings(BaseSettings):
    """Every field can be set as ``ROUTEWIJZER_<NAME>``."""

    model_config = SettingsConfigDict(
        env_prefix="ROUTEWIJZER_", frozen=True, extra="ignore", env_ignore_empty=True
    )

    data_dir: Path = Path("var")
    model_dir: Path = Field(default_factory=_default_model_dir)
    embedding_model: str = "multilingual-e5-small"
    """``multilingual-e5-small`` (built at set-up), or any sentence-transformers name or folder."""

    chroma_url: str | None = None
    """A Chroma server that keeps the vectors, as ``http://HOST:PORT``; without one they are files
    in the data folder."""
    chroma_token: SecretStr | None = None
    """Sent along as a bearer token."""
    chroma_timeout_s: float = Field(default=10.0, gt=0)
    """The longest that a question waits for that server; writing may take longer."""

    embedding_url: str | None = None
    """An embedding service that makes the vectors, such as ``http://HOST:PORT/v1``; without one
    the model runs in our own process."""
    embedding_api: Literal["openai", "tei"] = "openai"
    """How it is asked: ``/embeddings`` as OpenAI has it, or text-embeddings-inference's own."""
    embedding_api_key: SecretStr | None = None
    embedding_timeout_s: float = Field(default=5.0, gt=0)
    """The longest that a question waits for its vector, another try included; documents wait
    longer."""
    embedding_query_prefix: str = "query: "
    """Put before questions for the service; ``geen`` for nothing. These are those of E5."""
    embedding_passage_prefix: str = "passage: "
    embedding_release: str = ""
    """Anything; another value means that the service got another model under the same name."""

    reranker: str = ""
    """A cross-encoder of sentence-transformers that reads the best passages once more: a folder,
    or a hub name in the local cache. Without one none is used."""

    glossary: Path | None = None
    """A glossary file in the place of the one that comes along (corpus/glossary.toml)."""

    llm_model: str | None = None
    """A language model for LangChain, such as ``openai:NAME``; without one none is ever used."""
    llm_base_url: str | None = None
    llm_api_key: SecretStr | None = None
    llm_timeout_s: float = Field(default=30.0, gt=0)

    max_file_mb: int = Field(default=50, gt=0)
    max_text_mb: int = Field(default=5, gt=0)
    max_pages: int = Field(default=2000, gt=0)
    read_seconds: int = Field(default=300, gt=0)
    """The longest that reading one document may take, without OCR; small texts share it."""
    read_memory_mb: int = Field(default=1500, gt=0)
    """The most memory that the process that reads it may ask for."""
    ocr_seconds: int = Field(default=1800, gt=0)
    """The longest that recognising the scans in one PDF may take."""

    max_zip_files: int = Field(default=1000, gt=0)
    max_zip_mb: int = Field(default=200, gt=0)
    """For a ZIP as it is and, apart from that, for all that comes out of it."""
    fetch_seconds: float = Field(default=30.0, gt=0)
    """The longest that a page from the web may take, all redirects included."""

    database_url: SecretStr | None = None
    """A PostgreSQL server in the place of SQLite in the data folder, as
    ``postgresql://USER:PASSWORD@HOST/DATABASE``."""

    max_question_chars: int = Field(default=2000, gt=0)
    lock_timeout_s: float = Field(default=10.0, ge=0)

    jobs: Literal["here", "apart"] = "here"
    """Who does the long work that staff start: the server itself, or ``routewijzer work``."""
    job_lease_s: float = Field(default=20.0, ge=1)
    """A worker that is silent for so long is taken for dead, and its job is begun again."""

    questions_days: int = Field(default=90, ge=0)
    """Days that questions which got no good answer are kept, masked; 0 keeps nothing at all."""

    shared_days: int = Field(default=365, ge=0)
    """Days that an answer stays readable by the link that a reader shared; 0 shares nothing."""

    gap_likeness: float = Field(default=0.91, gt=0, le=1)
    """Cosine from which two questions ask for the same; another embedding model needs another."""

    owner: str = "[nog invullen: de organisatie die verantwoordelijk is]"
    """Who answers for the assistant, as the public quality page says it."""

    contact: str = "[nog invullen: e-mailadres of pagina voor vragen en klachten]"

    embed_origins: Annotated[tuple[str, ...], NoDecode] = ()
    """Sites that may show the assistant in a window of theirs, as ``https://school.nl``, with
    commas between them; without any nobody may."""

    questions_per_minute: int = Field(default=120, ge=0)
    """Questions from one address; 0 takes any number. A whole class may share one address."""
    notes_per_minute: int = Field(default=60, ge=0)
    """Opinions and shared answers from one address."""
    acts_per_minute: int = Field(default=240, ge=0)
    """What one member of staff changes, and what comes to their pages from one address."""
    answers_at_once: int = Field(default=8, ge=0)
    """Per process; 0 sets no limit."""
    answers_waiting: int = Field(default=200, ge=0)
    """Questions that wait for their turn; what comes after them is refused at once."""
    answer_wait_s: float = Field(default=5.0, gt=0)
    """The longest that a question waits for its turn."""
    answer_seconds: float = Field(default=60.0, ge=0)
    """The longest that giving an answer may take; 0 sets no limit."""
    limits_url: SecretStr | None = None
    """Where several processes count together: ``redis://HOST:PORT`` or ``sqlite:///PATH``. Without
    one ``serve`` counts in its memory, and in a file in the data folder with several workers."""
    limits_secret: SecretStr | None = None
    """Addresses are counted under a hash with this key; several machines need the same one."""
    unlimited_addresses: Addresses = ("127.0.0.0/8", "::1/128")
    """Addresses or networks that are not counted, with commas between them; ``geen`` for none.
    A proxy that does not say for whom it asks is not taken for one very busy reader."""
    trusted_proxies: Addresses = ("127.0.0.1/32", "::1/128")
    """Proxies that are believed when they say for whom they ask (X-Forwarded-For)."""

    log_format: Literal["auto", "json", "console"] = "auto"
    """``auto`` is ``console`` on a terminal and lines of JSON elsewhere."""
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    metrics_token: SecretStr | None = None
    """Lets another machine read /metrics, as ``Authorization: Bearer``; this one always may."""
    otel_endpoint: str | None = Field(
        default=None,
        validation_alias=AliasChoices(
            "otel_endpoint", "routewijzer_otel_endpoint", "otel_exporter_otlp_endpoint"
        ),
    )
    """Where traces go (OTLP over gRPC); without one none are made."""
    min_free_mb: int = Field(default=200, ge=0)
    """With less room on the disk than this the server is not ready."""

    public_url: str | None = None
    """Where the site is found, as ``https://routewijzer.school.nl``, without a path."""
    local_sign_in: bool = True
    """Whether staff may sign in with a name and a password of this installation."""
    oidc_issuer: str | None = None
    """Staff sign in with OpenID Connect there, such as ``https://connect.surfconext.nl``."""
    oidc_client_id: str | None = None
    oidc_client_secret: SecretStr | None = None
    oidc_name: str = Field(default="SURFconext", min_length=1, max_length=40)
    """What the button to sign in there says."""
    oidc_scope: str = "openid email profile"
    oidc_role_claim: str | None = None
    """The claim that gives staff their role; without one accounts are made beforehand."""
    oidc_editors: Names = ()
    """Values of that claim, with commas between them, for the role editor."""
    oidc_publishers: Names = ()
    """The same for the role publisher."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What is given goes before the environment. Files are no source, and seeking each field
        takes milliseconds: that is left out when the environment has nothing of ours."""
        ours = any(name.lower().startswith(_ENVIRONMENT) for name in os.environ)
        return (init_settings, env_settings) if ours else (init_settings,)

    @field_validator("embed_origins", mode="before")
    @classmethod
    def _origins(cls, given: object) -> object:
        """Split at the commas. They end up in a security header: nothing else may be in them."""
        if not isinstance(given, str):
            return given
        origins = tuple(part.strip().lower().rstrip("/") for part in given.split(","))
        wrong = next((part for part in origins if part and not _ORIGIN.fullmatch(part)), None)
        if wrong is not None:
            raise ValueError(
                f"'{wrong}' is geen adres van een site. Schrijf bijvoorbeeld "
                "https://www.hogeschool.nl, zonder pad, met komma's ertussen"
            )
        return tuple(part for part in origins if part)

    @field_validator("public_url", mode="before")
    @classmethod
    def _public_url(cls, given: object) -> object:
        """One origin. It is sent to the provider that staff sign in with."""
        site = given.strip().lower().rstrip("/") if isinstance(given, str) else None
        if site and not _ORIGIN.fullmatch(site):
            raise ValueError(
                f"'{site}' is geen adres van een site. Schrijf bijvoorbeeld "
                "https://routewijzer.school.nl, zonder pad"
            )
        return site or None

    @field_validator("oidc_issuer", mode="before")
    @classmethod
    def _issuer(cls, given: object) -> object:
        """An https address, to the letter: it stands in every proof that the provider gives."""
        if not isinstance(given, str) or not given.strip():
            return None
        issuer = given.strip()
        if not _ISSUER.fullmatch(issuer):
            raise ValueError(
                f"'{issuer}' is geen adres van een inlogdienst. Schrijf bijvoorbeeld "
                "https://connect.surfconext.nl"
            )
        return issuer

    @field_validator("oidc_editors", "oidc_publishers", mode="before")
    @classmethod
    def _values(cls, given: object) -> object:
        """Split at the commas."""
        if not isinstance(given, str):
            return given
        return tuple(part.strip() for part in given.split(",") if part.strip())

    @field_validator("unlimited_addresses", "trusted_proxies", mode="before")
    @classmethod
    def _networks(cls, given: object) -> object:
        """Split at the commas, each as a network."""
        if not isinstance(given, str) or given.strip().lower() == NO_ADDRESS:
            return () if isinstance(given, str) else given
        return tuple(_network(part.strip()) for part in given.split(",") if part.strip())
