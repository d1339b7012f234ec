"""A FastAPI app under the Sentry SDK, served by uvicorn, that gets one request: fastapi_app.py SCENARIO.

Where to send to, the release and the environment come from SENTRY_DSN, SENTRY_RELEASE and SENTRY_ENVIRONMENT.
"""

import json
import logging
import sys
import threading
import time
import urllib.error
import urllib.request

import sentry_sdk
import uvicorn
from fastapi import FastAPI

sentry_sdk.init(shutdown_timeout=20, send_default_pii=True, traces_sample_rate=1.0)
app = FastAPI()


class PaymentError(Exception):
    pass


def charge(order):
    raise PaymentError(f"payment of order {order} failed")


@app.post("/orders/{order}/request")
async def request(order: int, body: dict):
    charge(order)


# Runs in a thread of its own, because it is not async.
@app.post("/orders/{order}/handled")
def handled(order: int, body: dict):
    try:
        charge(order)
    except PaymentError as error:
        sentry_sdk.capture_exception(error)
    return {"order": order}


@app.post("/orders/{order}/log")
async def log(order: int, body: dict):
    try:
        charge(order)
    except PaymentError:
        logging.getLogger("shop.checkout").exception("Order %s was not paid", order)
    return {"order": order}


app.post("/orders/{order}/sessions")(request)


def post(port, path):
    body = json.dumps({"card": "visa", "password": "hunter2"}).encode()
    headers = {"content-type": "application/json", "authorization": "Bearer hunter2"}
    url = f"http://127.0.0.1:{port}{path}"
    try:
        with urllib.request.urlopen(urllib.request.Request(url, body, headers)) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


if __name__ == "__main__":
    scenario = sys.argv[1]
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    status = post(port, f"/orders/7/{scenario}?token=hunter2")
    server.should_exit = True
    thread.join()
    sentry_sdk.flush(20)
    print(f"answered {status}")
