"""The page: one HTML file in which every line opens to the words it rests on."""

from policygraph.view.build import view
from policygraph.view.page import View
from policygraph.view.story import Step, read_story

__all__ = ["Step", "View", "read_story", "view"]
