#!/usr/bin/env python3
"""Posts signed bulletins to quakewire; needs Python 3.8 and nothing else.

  send_bulletin.py post FILE        a bulletin as JSON (see ../README.md); - is standard input
  send_bulletin.py heartbeat        for cron or a systemd timer, each 30 seconds
  send_bulletin.py magID=... ...    as the `EEW.script` of SeisComP's sceewlog, which calls it after each alert

Address and key are in the JSON file that QUAKEWIRE_SENDER names (default /etc/quakewire-sender.json), readable by its
user only: {"url": "https://.../v1/bulletins", "key": "infp-2026", "secret": "<base64>"}.
Exit code 0: taken; 1: refused, or no answer after 5 attempts; 2: wrong usage.
"""
import base64
import datetime
import hashlib
import hmac
import json
import os
import re
import sys
import time
import urllib.error
import urllib.request
import uuid

ATTEMPTS = 5
PAUSE_SECONDS = 0.5
TIMEOUT_SECONDS = 10


def sign(config, body):
    """Headers of one attempt: each is signed anew, because a post is taken once and only for 30 seconds."""
    name, seconds = str(uuid.uuid4()), str(int(time.time()))
    content = f"{name}.{seconds}.".encode() + body
    digest = hmac.new(base64.b64decode(config["secret"]), content, hashlib.sha256).digest()
    return {
        "content-type": "application/json",
        "quakewire-key": config["key"],
        "webhook-id": name,
        "webhook-timestamp": seconds,
        "webhook-signature": "v1," + base64.b64encode(digest).decode(),
    }


def send(config, document):
    """True when it was taken. Sending the same bulletin again does no harm."""
    body = json.dumps({"schema": 1, **document}).encode()
    for attempt in range(ATTEMPTS):
        if attempt:
            time.sleep(PAUSE_SECONDS)
        request = urllib.request.Request(config["url"], body, sign(config, body), method="POST")
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer:
                print(answer.status, answer.read().decode())
                return True
        except urllib.error.HTTPError as error:
            print(error.code, error.read().decode()[:500], file=sys.stderr)
            if error.code != 429 and error.code < 500:
                return False
        except OSError as error:
            print(f"no answer: {error}", file=sys.stderr)
    return False


def from_sceewlog(arguments):
    """A bulletin from sceewlog's `name=value` arguments; None where it says that the solution is no alert.

    sceewlog names the magnitude, not the earthquake: each of its solutions has an id of its own, and quakewire joins them
    by time and place.
    """
    given = dict(argument.split("=", 1) for argument in arguments)
    if given.get("eew") in ("False", "0"):
        return None
    arrivals, amplitudes = int(float(given.get("nstorg") or 0)), int(float(given.get("nstmag") or 0))
    return {
        "id": re.sub(r"[^\w.-]", "-", given["magID"], flags=re.ASCII)[-60:],
        "status": "automatic",
        "updated": utc(given.get("tsobject") or given["ts"]),
        "originTime": utc(given["ot"]),
        "latitude": float(given["lat"]),
        "longitude": float(given["lon"]),
        "depthKm": float(given["depth"]),
        "magnitude": float(given["magnitude"]),
        "magnitudeType": given.get("type", ""),
        "stations": arrivals or amplitudes,
    }


def utc(text):
    """SeisComP's times are UTC, with or without saying so."""
    time_of_day = datetime.datetime.strptime(text.rstrip("Z")[:26], "%Y-%m-%dT%H:%M:%S.%f" if "." in text else "%Y-%m-%dT%H:%M:%S")
    return time_of_day.isoformat(timespec="milliseconds") + "Z"


def document_of(arguments):
    if arguments == ["heartbeat"]:
        return {"heartbeat": True}
    if len(arguments) == 2 and arguments[0] == "post":
        with sys.stdin if arguments[1] == "-" else open(arguments[1], encoding="utf-8") as file:
            return json.load(file)
    if arguments and all("=" in argument for argument in arguments):
        return from_sceewlog(arguments)
    raise ValueError(__doc__)


def main():
    if sys.argv[1:] == ["--help"]:
        print(__doc__)
        return 0
    try:
        with open(os.environ.get("QUAKEWIRE_SENDER", "/etc/quakewire-sender.json"), encoding="utf-8") as file:
            config = json.load(file)
        document = document_of(sys.argv[1:])
    except (OSError, ValueError, KeyError) as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 2
    return 0 if document is None or send(config, document) else 1


if __name__ == "__main__":
    sys.exit(main())
