"""Spans with OpenTelemetry. Imported only when traces are asked for."""

from __future__ import annotations

from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.id_generator import RandomIdGenerator
from opentelemetry.trace import SpanKind, Status, StatusCode, set_span_in_context

from corpus.trace_id import trace_id
from web.watch.metrics import STEPS
from web.watch.request import Answered
from web.watch.traces import Seen

_EXPORT_S = 5


class TraceIds(RandomIdGenerator):
    """The id that is in the answer and in the log is that of the trace, too."""

    def generate_trace_id(self) -> int:
        """The id of the request that is being answered, as a number."""
        return int(trace_id(), 16)


class OtelSpans:
    """Makes the spans of a request when it is over."""

    def __init__(self, processor: SpanProcessor) -> None:
        """``processor`` takes the spans; nothing global is set."""
        provider = TracerProvider(
            resource=Resource.create({"service.name": "routewijzer"}), id_generator=TraceIds()
        )
        provider.add_span_processor(processor)
        self._tracer = provider.get_tracer("routewijzer")

    def request(self, seen: Seen) -> None:
        """A span for the request, with the answers that were given in it."""
        root = self._tracer.start_span(
            f"{seen.method} {seen.route}",
            context=Context(),  # the top of its trace, whoever asks
            kind=SpanKind.SERVER,
            start_time=seen.began_ns,
            attributes={
                "http.request.method": seen.method,
                "http.route": seen.route,
                "http.response.status_code": seen.status,
                "routewijzer.refused": seen.refused,
            },
        )
        if seen.status >= 500:
            root.set_status(Status(StatusCode.ERROR))
        inside = set_span_in_context(root, Context())
        for given in seen.answered:
            self._answer(given, inside)
        root.end(seen.began_ns + round(seen.seconds * 1e9))

    def _answer(self, given: Answered, inside: Context) -> None:
        whole = self._tracer.start_span(
            "answer",
            context=inside,
            start_time=given.began_ns,
            attributes={
                "routewijzer.status": given.status,
                "routewijzer.engine": given.engine,
                "routewijzer.edition": given.edition,
            },
        )
        inside, at = set_span_in_context(whole, inside), given.began_ns
        for name, ms in given.steps:
            step = self._tracer.start_span(STEPS.get(name, "other"), inside, start_time=at)
            at += round(ms * 1e6)
            step.end(at)
        whole.end(at)


def export_to(endpoint: str) -> OtelSpans:
    """Spans that go to ``endpoint`` by OTLP over gRPC, in the background."""
    insecure = not endpoint.startswith("https://")
    exporter = OTLPSpanExporter(endpoint=endpoint, insecure=insecure, timeout=_EXPORT_S)
    return OtelSpans(BatchSpanProcessor(exporter))
