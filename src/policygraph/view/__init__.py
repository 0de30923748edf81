"""The page: one HTML file in which every line opens to the words it rests on."""

from policygraph.view.build import Step, view
from policygraph.view.page import View

__all__ = ["Step", "View", "view"]
