"""`make run`: make everything ready, then run the web server and the worker.

Standard library only. Ctrl-C, or a SIGTERM, stops both; so does the end of either.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request

from scripts.prepare import (
    PYTHON,
    ROOT,
    NotReady,
    prepare_data,
    prepare_env,
    prepare_packages,
    var_dir,
)

SECONDS_TO_ANSWER = 60
SECONDS_TO_STOP = 15

Processes = dict[str, "subprocess.Popen[bytes]"]


def address() -> tuple[str, int]:
    text = os.environ.get("PORT", "8000")
    if not text.isdecimal() or not 0 < int(text) < 65536:
        message = f"PORT is {text!r}: write a number, as in PORT=8001 make run."
        raise NotReady(message)
    return os.environ.get("HOST", "127.0.0.1"), int(text)


def check_port(host: str, port: int) -> None:
    with socket.socket() as probe:
        # Else a server stopped a moment ago would look like one that still runs.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            message = (
                f"Port {port} is in use by another program: "
                f"choose a free one with PORT={port + 1} make run."
            )
            raise NotReady(message) from error


def start(host: str, port: int) -> Processes:
    """Start both in sessions of their own: the terminal's Ctrl-C reaches only us."""
    python = str(PYTHON)
    gunicorn = [python, "-m", "gunicorn", "msp.wsgi", "--workers", "2", "--preload"]
    # The default of 30 seconds would cut a steward's import of a large file short.
    gunicorn += ["--timeout", "300"]
    commands = {
        "web server": [*gunicorn, "--bind", f"{host}:{port}", "--log-level", "warning"],
        "worker": [python, "manage.py", "worker"],
    }
    return {
        name: subprocess.Popen(command, cwd=ROOT, start_new_session=True)
        for name, command in commands.items()
    }


def wait_for_answer(url: str, processes: Processes, stopped: threading.Event) -> None:
    deadline = time.monotonic() + SECONDS_TO_ANSWER
    while time.monotonic() < deadline and not stopped.is_set():
        if any(process.poll() is not None for process in processes.values()):
            return  # watch() says which one, and why
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=5):  # noqa: S310
                return
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            time.sleep(0.1)
    if not stopped.is_set():
        message = f"The web server gave no answer in {SECONDS_TO_ANSWER} seconds."
        raise NotReady(message)


def welcome(url: str) -> None:
    accounts = var_dir() / "demo-accounts.txt"
    print(f"\nMSP answers at {url}/\n")
    if accounts.is_file():
        print(f"Demo sign-ins ({accounts}):\n")
        print(accounts.read_text(encoding="utf-8").strip())
    print("\nCtrl-C stops everything.", flush=True)


def watch(processes: Processes, stopped: threading.Event) -> int:
    """Wait for Ctrl-C, or for the first of the processes to end by itself."""
    while not stopped.wait(0.2):
        for name, process in processes.items():
            if process.poll() is not None:
                print(
                    f"\nThe {name} ended by itself (code {process.returncode}); "
                    "what it said stands above.",
                    file=sys.stderr,
                )
                return 1
    return 0


def stop(processes: Processes) -> None:
    """Ask all to end, wait, and end what is left with everything it started."""
    for process in processes.values():
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + SECONDS_TO_STOP
    for process in processes.values():
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def serve(host: str, port: int) -> int:
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    url = f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}"  # noqa: S104
    processes = start(host, port)
    try:
        wait_for_answer(url, processes, stopped)
        if not stopped.is_set() and all(p.poll() is None for p in processes.values()):
            welcome(url)
        return watch(processes, stopped)
    finally:
        stop(processes)
        print("\nStopped.", flush=True)


def main() -> int:
    try:
        host, port = address()
        check_port(host, port)
        print("Making MSP ready:")
        prepare_packages("requirements.txt")
        prepare_env()
        prepare_data()
        return serve(host, port)
    except NotReady as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
