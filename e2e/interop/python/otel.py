"""Fails in one way under OpenTelemetry: otel.py SCENARIO.

Where to send to, and what is failing, come from OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_HEADERS and
OTEL_RESOURCE_ATTRIBUTES.
"""

import logging
import sys

from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http._log_exporter import OTLPLogExporter
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.instrumentation.logging.handler import LoggingHandler
from opentelemetry.sdk._logs import LoggerProvider
from opentelemetry.sdk._logs.export import BatchLogRecordProcessor
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from shop import PaymentError, pay

logger = logging.getLogger("shop.checkout")
tracer = trace.get_tracer("shop.checkout")


def log():
    try:
        pay()
    except PaymentError:
        logger.exception("Order %s was not paid", 7)


def message():
    logger.info("Not an error")
    logger.error("Disk quota 91% used")


def scope():
    try:
        pay()
    except PaymentError:
        logger.exception("Order %s was not paid", 7, extra={"tenant": "north", "attempt": 3, "user.id": "17"})


def request():
    """The exception leaves two spans and is recorded on both."""
    attributes = {"http.request.method": "POST", "http.route": "/orders/{order}", "url.path": "/orders/7"}
    with tracer.start_as_current_span("POST /orders/{order}", kind=trace.SpanKind.SERVER, attributes=attributes):
        with tracer.start_as_current_span("charge card"):
            pay()


def crash():
    """Logged by the hook that Python calls for what nobody has caught."""
    sys.excepthook = lambda kind, error, stack: logger.critical("Uncaught", exc_info=(kind, error, stack))
    pay()


SCENARIOS = {"log": log, "message": message, "scope": scope, "request": request, "crash": crash}

if __name__ == "__main__":
    logs = LoggerProvider()
    logs.add_log_record_processor(BatchLogRecordProcessor(OTLPLogExporter()))
    logger.addHandler(LoggingHandler(logger_provider=logs))
    logger.setLevel(logging.INFO)
    traces = TracerProvider()
    traces.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    trace.set_tracer_provider(traces)
    # Both providers send what is left when the interpreter ends.
    SCENARIOS[sys.argv[1]]()
