"""A client of the HTTP API, with Python's standard library alone (3.10 or later)."""

import base64
import json
import os
import re
import shutil
import time
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit


class ApiError(Exception):
    """An answer that is a problem (RFC 9457). Programs look at `code`; docs/problems.md lists all codes."""

    def __init__(self, status, problem, headers):
        self.status = status
        self.code = problem.get("code", "unknown")
        self.request_id = problem.get("requestId") or headers.get("X-Request-Id")
        seconds = headers.get("Retry-After", "")
        self.retry_after = int(seconds) if seconds.isdigit() else None
        what = problem.get("detail") or problem.get("title") or "Something else than the service has answered"
        super().__init__(f"{what} ({self.code}, status {status}, request {self.request_id})")


class ConversionFailed(Exception):
    """A job that has ended without audio."""


class Client:
    """`token` is an API key, or the access token of a login."""

    def __init__(self, url, token=None):
        self.url = urlsplit(url.rstrip("/"))
        self.token = token

    def log_in(self, email, password):
        """Gives a client with the access token of a session. It expires within minutes: make an API key with it."""
        credentials = base64.b64encode(f"{email}:{password}".encode()).decode()
        tokens = self.ask_json("POST", "/login", headers={"Authorization": f"Basic {credentials}"})
        return Client(self.url.geturl(), tokens["access_token"])

    def log_out(self):
        with self.ask("POST", "/logout"):
            pass

    def make_key(self, name, scopes=("jobs:read", "jobs:write", "files:read"), expires_in_days=90):
        """Gives a new API key. The service shows it this once."""
        wanted = {"name": name, "scopes": scopes, "expiresInDays": expires_in_days}
        headers = {"Content-Type": "application/json"}
        return self.ask_json("POST", "/account/api-keys", json.dumps(wanted), headers)["key"]

    def upload(self, path):
        """Uploads a video, read while it is sent; gives the job that converts it."""
        with open(path, "rb") as file:
            size = os.fstat(file.fileno()).st_size
            headers = {"Content-Type": "application/octet-stream", "Content-Length": str(size)}
            return self.ask_json("PUT", f"/upload/{quote(Path(path).name, safe='')}", file, headers)

    def wait(self, job_id, on_answer=lambda job: None, timeout=6 * 3600):
        """Follows a job until it is completed; gives it. Each request is answered at a change, or after 30 seconds."""
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            try:
                job = self.ask_json("GET", f"/jobs/{job_id}?wait=30")
            except ApiError as error:
                if error.retry_after is None:
                    raise
                time.sleep(error.retry_after)
                continue
            except (ConnectionError, TimeoutError):
                time.sleep(5)
                continue
            on_answer(job)
            if job["state"] == "completed":
                return job
            if job["state"] in ("failed", "canceled", "expired", "unknown"):
                raise ConversionFailed(f"Job {job_id} is {job['state']}: {job.get('error', 'no reason was given')}")
        raise TimeoutError(f"Job {job_id} has not ended within {timeout} seconds")

    def download(self, job_id, folder="."):
        """Saves the audio under the name that the service gives it; gives the path. Never overwrites a file."""
        with self.ask("GET", f"/jobs/{job_id}/audio") as answer:
            path = Path(folder, file_name_of(answer.headers))
            try:
                with open(path, "xb") as file:
                    shutil.copyfileobj(answer, file)
                    # Python tells nobody that a body is shorter than promised.
                    if answer.length:
                        raise ConnectionError(f"The download broke off after {file.tell()} bytes")
            except FileExistsError:
                raise
            except BaseException:
                path.unlink()
                raise
            return path

    def ask_json(self, *args, **options):
        with self.ask(*args, **options) as answer:
            return json.load(answer)

    @contextmanager
    def ask(self, method, path, body=None, headers=None):
        """Sends a request; gives the answer, to be read within the `with`. Raises `ApiError`."""
        connect = HTTPSConnection if self.url.scheme == "https" else HTTPConnection
        # Bounds each wait for the network, not the whole request.
        connection = connect(self.url.netloc, timeout=120, blocksize=256 * 1024)
        authorization = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        try:
            try:
                connection.request(method, self.url.path + path, body, {**authorization, **(headers or {})})
            except (BrokenPipeError, ConnectionResetError):
                # An upload that is refused ends early; the answer tells why.
                pass
            answer = connection.getresponse()
            if not 200 <= answer.status < 300:
                raise ApiError(answer.status, problem_in(answer), answer.headers)
            yield answer
        finally:
            connection.close()


def problem_in(answer):
    try:
        problem = json.loads(answer.read())
    except ValueError:
        return {}
    return problem if isinstance(problem, dict) else {}


def file_name_of(headers):
    """The name in Content-Disposition (RFC 6266), without folders. `filename` is a fallback for `filename*`."""
    extended = re.search(r"filename\*=UTF-8''([^;\s]+)", headers.get("Content-Disposition", ""), re.IGNORECASE)
    name = unquote(extended[1]) if extended else headers.get_filename("")
    name = re.split(r"[/\\]", name)[-1].replace("\0", "")
    return "audio.mp3" if name in ("", ".", "..") else name
