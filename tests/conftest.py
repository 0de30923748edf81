"""What the tests of all rooms share: one browser, since a process can drive only one at a time."""

from tests.browser.fixtures import browser, watched

__all__ = ["browser", "watched"]
