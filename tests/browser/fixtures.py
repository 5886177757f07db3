"""What a test in a browser may use: a server, and visitors to it. Without Chromium the tests are left out, and that is said."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.server import Server, serving
from tests.browser.visitor import Visitor
from tests.databases import Databases

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium-headless-shell") or shutil.which("chromium")
"""Chromium without its windows where there is one: the same pages, a quarter sooner."""
FLAGS = (
    "--no-sandbox --disable-gpu --disable-dev-shm-usage --disable-background-networking --disable-component-update "
    "--disable-sync --no-first-run --disable-quic --process-per-site --renderer-process-limit=1"
)
UNHURRIED = "--js-flags=--no-opt --no-maglev"
"""Scripts run for a moment here: to compile them as well as can be takes longer than it gains."""
WAITS_MS = 30_000

# Playwright keeps an event loop running in this thread, which Django takes for asynchronous code in every later test.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium, which asks nothing of anybody but the page it shows."""
    if CHROMIUM is None:
        pytest.skip("there is no Chromium (sudo apt-get install chromium-headless-shell)")
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": [*FLAGS.split(), UNHURRIED]}


@pytest.fixture(scope="module")
def desk(browser: Browser, databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with nobody in its database but a member of staff of each role, for the tests of one file."""
    with serving(databases, "staff", tmp_path_factory.mktemp("desk")) as server:
        yield server
        assert " ERROR " not in server.log(), server.log()


@pytest.fixture(scope="module")
def demonstration(browser: Browser, databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with the invented caseload in its database, for the tests of one file."""
    with serving(databases, "demonstration", tmp_path_factory.mktemp("desk")) as server:
        yield server
        assert " ERROR " not in server.log(), server.log()


_FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    """Note that a test failed, for the picture that is then kept."""
    report = yield
    if report.when == "call":
        item.stash[_FAILED] = report.failed
    return report


Arrives = Callable[..., Visitor]


@pytest.fixture
def arrives(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Arrives]:
    """Somebody comes with a browser of their own: ``arrives(desk)``, ``arrives(desk, java_script_enabled=False)``.

    Afterwards nothing may have gone wrong that the test did not say it expects.
    """
    visitors: list[Visitor] = []
    journey = Path(request.node.path).stem.removeprefix("test_").replace("_", "-")

    def arriving(server: Server, journey: str = journey, **options: Any) -> Visitor:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, "locale": "en-GB", **options})
        context.set_default_timeout(WAITS_MS)
        visitors.append(Visitor(context, server, journey))
        return visitors[-1]

    yield arriving
    complaints = [each for visitor in visitors for each in visitor.complaints]
    for visitor in visitors:
        if complaints or request.node.stash.get(_FAILED, False):
            visitor.picture("when-it-failed", always=True)
        visitor.context.close()
    assert not complaints, "\n".join(complaints)
