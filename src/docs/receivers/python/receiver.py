"""Takes notifications. Python 3 and nothing else: SIGNATURE_KEY=… PORT=8081 python3 receiver.py"""
import base64
import hashlib
import hmac
import json
import os
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

# The key, and while it is being replaced the one before it too.
KEYS = [os.environ[name] for name in ("SIGNATURE_KEY", "SIGNATURE_KEY_BEFORE") if os.environ.get(name)]
TOLERANCE = 5 * 60  # seconds, for webhook-timestamp
LARGEST = 32 * 1024 * 1024
if not KEYS:
    raise SystemExit("set SIGNATURE_KEY to what the instance has as event.notification.signature.key")


def sign(key, data):
    return base64.b64encode(hmac.new(key, data, hashlib.sha256).digest())


def standard_key(key):
    return base64.b64decode(key[len("whsec_"):]) if key.startswith("whsec_") else key.encode()


def standard_webhooks(headers, body):
    """Either key will do: for a day after a change both signatures are sent."""
    try:
        if abs(time.time() - int(headers["webhook-timestamp"])) > TOLERANCE:
            return False
    except (TypeError, ValueError):
        return False
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    given = headers["webhook-signature"].encode().split(b" ")
    return any(hmac.compare_digest(b"v1," + sign(standard_key(key), signed), each) for key in KEYS for each in given)


def elements(headers, body):
    """As Open Connectors signs: neither time nor headers, and the new key's only."""
    given = headers.get("Elements-Webhook-Signature", "").encode()
    return any(hmac.compare_digest(b"sha256=" + sign(key.encode(), body), given) for key in KEYS)


def genuine(headers, body):
    return standard_webhooks(headers, body) if "webhook-signature" in headers else elements(headers, body)


class Store:
    """Stands for your database: insert … on conflict (id) do nothing, committed before it returns."""

    def __init__(self):
        self.lock = threading.Lock()
        self.rows = {}

    def add(self, notification_id, body):
        with self.lock:
            return self.rows.setdefault(notification_id, body) is body


store = Store()


def events(notification):
    """(type, resource, id): an objectId is Id|SyncToken, or the bare Id."""
    if "specversion" in notification:  # a CloudEvent: quickbooks.invoices.created
        resource, word = notification["type"].split(".")[1:]
        return [(word, resource, notification["subject"])]
    return [(event["eventType"], event["objectType"], event["objectId"].split("|")[0])
            for event in notification["message"]["events"]]


class Receiver(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        length = int(self.headers.get("Content-Length", 0))
        if length > LARGEST:
            self.close_connection = True
            return self.answer(413)
        body = self.rfile.read(length)  # the bytes as they came: parsed and written again they would be others
        if not genuine(self.headers, body):
            return self.answer(401)
        notification = json.loads(body)
        notification_id = notification["id"] if "specversion" in notification else notification["message"]["eventId"]
        if notification_id != self.headers["Elements-Webhook-Id"]:  # the one in the body is signed in any case
            return self.answer(401)
        new = store.add(notification_id, body)
        self.answer(200)  # only now: what is not answered 2xx is sent again
        if new:  # the work itself, in a worker of yours
            for event in events(notification):
                print(*event, flush=True)

    def answer(self, status):
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *words):
        pass


server = ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT", 8081))), Receiver)
print("listening on", server.server_port, flush=True)
server.serve_forever()
