"""A browser, and a site of its own: what `make run` starts, in an empty folder.

Each journey runs wide and narrow. Whatever page it passes is looked at by axe, and a
console error, a refused resource or a request to a third party fails the journey.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Page,
    Request,
    ViewportSize,
    expect,
    sync_playwright,
)

ROOT = Path(__file__).resolve().parent.parent.parent
SECONDS_TO_START = 180
SIZES: dict[str, ViewportSize] = {
    "wide": {"width": 1440, "height": 900},
    "narrow": {"width": 360, "height": 800},
}
# Chromium runs as root here, and should keep to itself.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker("browser")


@dataclass(frozen=True)
class Site:
    """A running MSP, who may sign in (by name), and a partner's token."""

    url: str
    accounts: dict[str, tuple[str, str]]
    token: str


@dataclass
class Visitor:
    """Somebody at a browser. `look()` at every page worth looking at."""

    page: Page
    site: Site
    troubles: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.on("request", self._see_request)

    def open(self, path: str) -> None:
        self.page.goto(self.site.url + path)

    def sign_in(self, role: str) -> None:
        name, password = self.site.accounts[role]
        self.open("/sign-in/")
        self.page.get_by_label("Account name").fill(name)
        self.page.get_by_label("Password").fill(password)
        self.page.get_by_role("button", name="Sign in").click()
        expect(self.page.get_by_role("heading", name="Transfers")).to_be_visible()

    def look(self, name: str) -> None:
        """Check the page as it stands: axe, and nothing wider than the window."""
        self.page.wait_for_load_state("networkidle")
        self._take_picture(name)
        self.page.evaluate(_axe())
        options = {"runOnly": {"type": "tag", "values": WCAG}}
        found = self.page.evaluate("options => axe.run(document, options)", options)
        self.troubles += [
            f"{name}: {violation['id']}: {node['target']} {node['failureSummary']}"
            for violation in found["violations"]
            for node in violation["nodes"]
        ]
        root = "document.documentElement"
        too_wide = self.page.evaluate(f"{root}.scrollWidth - {root}.clientWidth")
        if too_wide > 0:
            self.troubles.append(f"{name}: {too_wide} pixels wider than the window")

    def _take_picture(self, name: str) -> None:
        if folder := os.environ.get("SCREENSHOTS"):
            size = self.page.viewport_size or {"width": 0}
            path = Path(folder) / f"{name}-{size['width']}.png"
            self.page.screenshot(path=path, full_page=True)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.troubles.append(f"{self.page.url}: {message.text}")

    def _see_request(self, request: Request) -> None:
        here = urlsplit(self.site.url).netloc
        if urlsplit(request.url).netloc != here:
            self.troubles.append(f"{self.page.url}: asked {request.url}")


def _axe() -> str:
    package = resources.files("axe_playwright_python")
    return (package / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    own = {"VAR_DIR": str(folder), "PORT": str(port), "HOST": "127.0.0.1"}
    embedded = {"DATABASE_URL": "", "REDIS_URL": "", "INSECURE_HTTP": "true"}
    environment = {**os.environ, **own, **embedded}
    log = folder / "run.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "scripts.run"],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"MSP answers at {url}/", log, process)
        accounts = _sign_ins(folder / "demo-accounts.txt")
        yield Site(url, accounts, _token(accounts["partner"][0], environment))
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


def _wait_for(words: str, log: Path, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while words not in log.read_text(errors="replace"):
        if process.poll() is not None or time.monotonic() > deadline:
            pytest.fail(f"MSP did not start:\n{log.read_text(errors='replace')}")
        time.sleep(0.2)


def _sign_ins(accounts: Path) -> dict[str, tuple[str, str]]:
    """What create_demo wrote down: account name to name and password."""
    found: dict[str, tuple[str, str]] = {}
    for line in accounts.read_text(encoding="utf-8").splitlines():
        words = line.split()
        found[words[0]] = (words[0], words[1])
    return found


def _token(username: str, environment: dict[str, str]) -> str:
    """As the README tells a partner's administrator to make one."""
    done = subprocess.run(
        [sys.executable, "manage.py", "create_token", username],
        cwd=ROOT,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if not chromium:
        pytest.fail("the journeys need Chromium (on Debian: apt install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(params=SIZES)
def visitor(
    request: pytest.FixtureRequest, browser: Browser, site: Site
) -> Iterator[Visitor]:
    """Somebody without an account, at a wide and at a narrow window."""
    size = SIZES[request.param]
    context = browser.new_context(viewport=size, reduced_motion="reduce")
    visitor = Visitor(context.new_page(), site)
    visitor.page.set_default_timeout(10_000)
    yield visitor
    context.close()
    assert visitor.troubles == []
