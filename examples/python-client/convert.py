"""Converts videos to MP3 by the HTTP API.

    python3 convert.py key ada@example.com          asks for the password, prints an API key
    API_KEY=jackalope_... python3 convert.py song.mp4 talk.mkv

GATEWAY_URL is the address of the service, http://localhost:8080 by default.
"""

import getpass
import http.client
import os
import socket
import sys

from jackalope import ApiError, Client, ConversionFailed

GATEWAY_URL = os.environ.get("GATEWAY_URL", "http://localhost:8080")


def make_key(email):
    password = getpass.getpass() if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    session = Client(GATEWAY_URL).log_in(email, password)
    print(session.make_key(f"convert.py on {socket.gethostname()}"[:100]))
    session.log_out()


def convert(video):
    client = Client(GATEWAY_URL, os.environ["API_KEY"])
    job = client.upload(video)
    client.wait(job["id"], lambda now: print(f"{video}: {now['state']}, {now['progress']:.0f} %", file=sys.stderr))
    print(client.download(job["id"]))


def main(arguments):
    if len(arguments) == 2 and arguments[0] == "key":
        return make_key(arguments[1])
    if not arguments or "API_KEY" not in os.environ:
        sys.exit(__doc__)
    for video in arguments:
        convert(video)


try:
    main(sys.argv[1:])
except (ApiError, ConversionFailed, OSError, http.client.HTTPException) as error:
    sys.exit(f"convert.py: {error}")
