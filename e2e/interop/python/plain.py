"""Fails in one way under the Sentry SDK: plain.py SCENARIO.

Where to send to, the release and the environment come from SENTRY_DSN, SENTRY_RELEASE and SENTRY_ENVIRONMENT.
"""

import logging
import sys

import sentry_sdk
from sentry_sdk import sessions
from shop import PaymentError, pay


def handled():
    try:
        pay()
    except PaymentError as error:
        sentry_sdk.capture_exception(error)


def wrapped():
    try:
        raise ExceptionGroup("basket", [KeyError("shelf"), TimeoutError("stock took too long")])
    except ExceptionGroup as error:
        sentry_sdk.capture_exception(error)


def message():
    sentry_sdk.capture_message("Disk quota 91% used", level="warning")


def log():
    try:
        pay()
    except PaymentError:
        logging.getLogger("shop.checkout").exception("Order %s was not paid", 7)


def scope():
    sentry_sdk.set_tag("tenant", "north")
    sentry_sdk.set_tag("attempt", 3)
    sentry_sdk.set_context("order", {"number": 7})
    sentry_sdk.set_user({"id": 17, "email": "jo@example.com"})
    sentry_sdk.add_breadcrumb(category="cart", message="two items added")
    handled()


def session():
    # The name it had before 2.0.
    track = getattr(sessions, "track_session", None)
    with track(sentry_sdk.get_isolation_scope(), session_mode="application") if track else sessions.auto_session_tracking():
        handled()


def dropped():
    """The first is dropped by before_send; the SDK tells so along with the second, if not before."""
    handled()
    message()


SCENARIOS = {
    "handled": handled,
    "wrapped": wrapped,
    "crash": pay,
    "message": message,
    "log": log,
    "scope": scope,
    "sessions": session,
    "dropped": dropped,
}

if __name__ == "__main__":
    scenario = sys.argv[1]
    # A busy machine may need longer than the two seconds that are the default.
    options = {"shutdown_timeout": 20}
    if scenario == "dropped":
        options["before_send"] = lambda event, hint: None if "exception" in event else event
    sentry_sdk.init(**options)
    SCENARIOS[scenario]()
    sentry_sdk.flush(20)
