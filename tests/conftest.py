"""What the tests of all rooms share: one browser, since a process can drive only one at a time; no test is timed."""

from hypothesis import settings

from tests.browser.fixtures import browser, watched

__all__ = ["browser", "watched"]

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
