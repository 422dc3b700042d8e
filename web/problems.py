"""Errors in plain Dutch: JSON for programs, a page for people."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from fastapi.templating import Jinja2Templates
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.types import Scope

from corpus.database import DISK_ERRORS
from corpus.disk_trouble import disk_trouble
from corpus.errors import BadInputError, BusyError, NotReadyError, RoutewijzerError
from web.language import N_

log = logging.getLogger(__name__)

UNEXPECTED = N_("Er ging iets mis bij ons. Probeer het later nog eens.")

_FOR_PROGRAMS = ("/api/", "/gesprek", "/healthz", "/readyz", "/openapi.json")
_HTTP_ERRORS = {
    400: N_("Dit verzoek is niet te lezen. Controleer de inhoud en stuur het nog eens."),
    404: N_("Deze pagina bestaat niet. Controleer het adres."),
    405: N_("Dit adres kan niet op deze manier worden gebruikt. Kijk op /docs hoe het wel kan."),
    413: N_("De vraag is te groot. Stuur hoogstens 64 kB."),
}

_FIELD_ERRORS = {
    "missing": "Het veld '{field}' ontbreekt. Vul het in.",
    "extra_forbidden": "Het veld '{field}' is onbekend. Laat het weg.",
    "string_type": "Het veld '{field}' moet tekst zijn.",
    "int_type": "Het veld '{field}' moet een geheel getal zijn.",
    "int_parsing": "Het veld '{field}' moet een geheel getal zijn.",
    "string_too_long": "Het veld '{field}' is te lang. Geef hoogstens {max_length} tekens.",
    "bool_type": "Het veld '{field}' moet true of false zijn.",
    "bool_parsing": "Het veld '{field}' moet true of false zijn.",
    "list_type": "Het veld '{field}' moet een lijst zijn.",
    "literal_error": "Het veld '{field}' klopt niet. Kies uit: bedrijf, hogeschool, beleid.",
    "too_long": "Het veld '{field}' is te lang. Geef er hoogstens {max_length}.",
}

_BODY_ERRORS = {
    "json_invalid": "De inhoud is geen geldige JSON. Controleer de opmaak.",
    "missing": "De inhoud ontbreekt. Stuur JSON; op /docs staat met welke velden.",
}


class Problem(BaseModel):
    """Body of every error that a program gets."""

    error: str
    trace_id: str | None = None


class Problems:
    """Makes the responses to errors, and is installed on the application once."""

    def __init__(self, templates: Jinja2Templates) -> None:
        self._templates = templates

    def install(self, app: FastAPI) -> None:
        """Register the handlers. Unexpected errors are the guard's, see :meth:`unexpected`."""
        app.add_exception_handler(RoutewijzerError, self._known)
        app.add_exception_handler(HTTPException, self._http)
        app.add_exception_handler(RequestValidationError, self._invalid)
        for kind in DISK_ERRORS:
            app.add_exception_handler(kind, self._disk)

    def known(self, scope: Scope, error: Exception) -> Response | None:
        """The response for an error that can be told plainly, else None."""
        if isinstance(error, RoutewijzerError):
            return self._known(Request(scope), error)
        if isinstance(error, DISK_ERRORS) and disk_trouble(error) is not None:
            return self._disk(Request(scope), error)
        return None

    def unexpected(self, scope: Scope, trace_id: str) -> Response:
        """The 500 response, with the trace id under which the log tells more."""
        return self.respond(Request(scope), 500, UNEXPECTED, trace_id=trace_id)

    def respond(
        self,
        request: Request,
        status: int,
        message: str,
        *,
        trace_id: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        """JSON ``{"error": message}`` for the API, and a page in Dutch for other addresses."""
        if request.url.path.startswith(_FOR_PROGRAMS):
            body = Problem(error=message, trace_id=trace_id).model_dump(exclude_none=True)
            return JSONResponse(body, status_code=status, headers=headers)
        context = {"status": status, "message": message, "trace_id": trace_id}
        return self._templates.TemplateResponse(
            request, "error.html", context, status_code=status, headers=headers
        )

    def _known(self, request: Request, error: Exception) -> Response:
        return self.respond(request, status_of(error), str(error))

    def _disk(self, request: Request, error: Exception) -> Response:
        trouble = disk_trouble(error)
        if trouble is None:
            raise error  # the guard's
        log.warning("The disk fails: %s", trouble)
        return self.respond(request, 503, f"{trouble}.")

    def _http(self, request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)  # noqa: S101 - narrows for mypy
        own_words = error.detail if error.detail.endswith(".") else None
        message = own_words or _HTTP_ERRORS.get(error.status_code, UNEXPECTED)
        return self.respond(request, error.status_code, message, headers=error.headers)

    def _invalid(self, request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)  # noqa: S101 - narrows for mypy
        return self.respond(request, 422, field_error(error.errors()[0]))


def status_of(error: Exception) -> int:
    """HTTP status for an error of ours: 400 bad input, 503 not ready or busy, 500 otherwise."""
    if isinstance(error, BadInputError):
        return 400
    return 503 if isinstance(error, NotReadyError | BusyError) else 500


def field_error(error: Mapping[str, Any]) -> str:
    """One Dutch line for one validation error of pydantic."""
    kind, where = error["type"], error["loc"]
    if kind == "json_invalid" or len(where) == 1:
        return _BODY_ERRORS.get(kind, "Stuur JSON, met Content-Type: application/json.")
    wording = _FIELD_ERRORS.get(kind, "Het veld '{field}' klopt niet. Controleer het.")
    return wording.format(field=where[1], max_length=error.get("ctx", {}).get("max_length"))
