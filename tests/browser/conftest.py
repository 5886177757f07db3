"""Tests in a browser: a server each file, and visitors."""

from tests.browser.fixtures import arrives, browser_type_launch_args, demonstration, desk, pytest_runtest_makereport

__all__ = ["arrives", "browser_type_launch_args", "demonstration", "desk", "pytest_runtest_makereport"]
