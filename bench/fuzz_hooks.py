"""Hooks of Schemathesis for bench/fuzz.sh."""

import uuid

import schemathesis


@schemathesis.hook
def before_call(ctx, case, kwargs):
    """The example of a key, sent twice, would repeat the first response instead of testing the second request."""
    key = (case.headers or {}).get("Idempotency-Key")
    if key is not None and key.isascii() and key.isprintable() and 0 < len(key) <= 255 and " " not in key:
        case.headers["Idempotency-Key"] = str(uuid.uuid4())
