"""Does `make run` in a fresh clone give a verdict, start fast again, and end cleanly?

A new home, no caches, no services, as a newcomer has it. Standard library only.
"""

from __future__ import annotations

import http.cookiejar
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SECONDS_FIRST_START = 300
SECONDS_SECOND_START = 40
SECONDS_TO_STOP = 20

PAVEWAY = {
    "exporter": "United Kingdom",
    "recipient": "Saudi Arabia",
    "end_user": "Royal Saudi Air Force",
    "items": [{"item": "Paveway IV"}],
    "end_use_place": "Yemen",
    "on": "2019-06-20",
}
VERDICTS = {"PROHIBITED", "REFUSE", "HIGH", "ELEVATED", "LOW"}


class Failed(Exception):
    """Something a newcomer would stumble over."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def newcomer(home: Path, port: int) -> dict[str, str]:
    """The environment of somebody who has never seen this project."""
    own = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "VAR_DIR", "VIRTUAL_ENV", "MAKE")
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith((*own, "XDG_", "DJANGO_"))
    }
    return {**kept, "HOME": str(home), "PORT": str(port)}


class Site:
    """`make run`, as started in a terminal: in a process group of its own."""

    def __init__(self, clone: Path, home: Path) -> None:
        self.clone = clone
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = clone.parent / f"run-{self.port}.log"
        self.began = time.monotonic()
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                ["make", "run"],
                cwd=clone,
                env=newcomer(home, self.port),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def wait_until_it_answers(self, seconds: float) -> float:
        """The seconds it took; fails when there is no answer in time."""
        while time.monotonic() - self.began < seconds:
            if f"MSP answers at {self.url}/" in self.said():
                return time.monotonic() - self.began
            if self.process.poll() is not None:
                message = f"make run ended with code {self.process.returncode}"
                raise Failed(message)
            time.sleep(0.1)
        message = f"make run gave no address in {seconds} seconds"
        raise Failed(message)

    def said(self) -> str:
        return self.log.read_text(errors="replace")

    def stop(self) -> None:
        """Press Ctrl-C; fail if anything is left running afterwards."""
        os.killpg(self.process.pid, signal.SIGINT)
        try:
            self.process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired as error:
            message = f"make run did not end {SECONDS_TO_STOP} seconds after Ctrl-C"
            raise Failed(message) from error
        if left := processes_of(self.clone):
            message = f"still running after Ctrl-C: {left}"
            raise Failed(message)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                message = f"something still answers at port {self.port}"
                raise Failed(message)


def processes_of(clone: Path) -> dict[int, str]:
    """Running processes that work in the clone."""
    found = {}
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdecimal() and (entry / "cwd").resolve() == clone:
                words = (entry / "cmdline").read_bytes().split(b"\0")
                found[int(entry.name)] = b" ".join(words).decode(errors="replace")
        except OSError:
            continue  # it ended while we looked
    return found


class Visitor:
    """A browser without a window: it keeps cookies and follows redirects."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.cookies = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(self.cookies)
        )

    def open(self, path: str, data: bytes | None = None, **headers: str) -> str:
        request = urllib.request.Request(self.url + path, data, headers)  # noqa: S310
        request.add_header("Referer", self.url + path)
        with self.opener.open(request, timeout=30) as answer:
            return str(answer.read().decode())

    def cookie(self, name: str) -> str:
        return next((c.value or "" for c in self.cookies if c.name == name), "")

    def sign_in(self, username: str, password: str) -> None:
        page = self.open("/sign-in/")
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        if not token:
            message = "the sign-in page has no form"
            raise Failed(message)
        form = {
            "csrfmiddlewaretoken": token[1],
            "username": username,
            "password": password,
        }
        self.open("/sign-in/", urllib.parse.urlencode(form).encode())
        if not self.cookie("sessionid"):
            message = f"{username} cannot sign in with the password that was shown"
            raise Failed(message)

    def screen(self, transfer: dict[str, object]) -> dict[str, object]:
        headers = {
            "Content-Type": "application/json",
            "X-CSRFToken": self.cookie("csrftoken"),
        }
        body = json.dumps(transfer).encode()
        return dict(json.loads(self.open("/api/v1/screen", body, **headers)))


def first_account(accounts: Path) -> tuple[str, str]:
    """The analyst's name and password, as `make run` shows them."""
    for line in accounts.read_text(encoding="utf-8").splitlines():
        words = line.split()
        if len(words) >= 2 and "analyst" in line.lower():
            return words[0], words[1]
    message = f"no analyst in {accounts}"
    raise Failed(message)


def check_verdict(site: Site) -> None:
    visitor = Visitor(site.url)
    visitor.sign_in(*first_account(site.clone / "var" / "demo-accounts.txt"))
    answer = visitor.screen(dict(PAVEWAY))
    if answer.get("verdict") not in VERDICTS or not answer.get("findings"):
        message = f"no verdict in {json.dumps(answer)[:500]}"
        raise Failed(message)
    print(f"verdict over HTTP: {answer['verdict']}, {answer.get('headline', '')}")


def check(folder: Path) -> None:
    clone, home = folder / "clone", folder / "home"
    home.mkdir()
    source = ROOT.as_uri()
    subprocess.run(["git", "clone", "--quiet", source, str(clone)], check=True)
    for which, limit in (
        ("first", SECONDS_FIRST_START),
        ("second", SECONDS_SECOND_START),
    ):
        site = Site(clone, home)
        try:
            seconds = site.wait_until_it_answers(limit)
            print(f"{which} make run answered after {seconds:.1f} s")
            check_verdict(site)
        except BaseException:
            print(site.said(), file=sys.stderr)
            raise
        finally:
            if site.process.poll() is None:
                site.stop()
    print("Ctrl-C left nothing running")


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="msp-fresh-") as folder:
        try:
            check(Path(folder).resolve())
        except Failed as problem:
            print(f"fresh clone: {problem}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
