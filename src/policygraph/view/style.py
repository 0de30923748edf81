"""How things look: one sign and colour a category, one stroke a stance."""

from __future__ import annotations

from dataclasses import dataclass

from policygraph.vocabulary import EntityType


@dataclass(frozen=True)
class Category:
    """A line of the legend: a shape of vis-network and a colour safe for the common colour-vision types."""

    key: str
    shape: str
    colour: str
    classes: tuple[str, ...]


@dataclass(frozen=True)
class Stroke:
    """How a line is drawn; `dashes` in pixels, empty for a solid one; `ink` for light and dark ground."""

    dashes: tuple[int, ...]
    width: float
    ink: tuple[str, str]


# Colours of Okabe and Ito; the shape carries the meaning where colour cannot.
CATEGORIES: tuple[Category, ...] = (
    Category("person", "dot", "#0072b2", ("Person",)),
    Category("government", "square", "#d55e00", ("Government", "Administration", "GovernmentBody")),
    Category("organisation", "hexagon", "#cc79a7", ("Organisation", "InternationalOrganisation", "PoliticalParty")),
    Category("group", "triangleDown", "#e69f00", ("SocialGroup", "Actor")),
    Category("place", "diamond", "#009e73", ("Place", "Country", "Region", "AdministrativeArea", "PopulatedPlace")),
    Category("event", "star", "#f0e442", ("Event", "Visit", "Meeting", "SpeechAct", "Incident")),
    Category("plan", "triangle", "#56b4e9", ("Initiative", "Policy")),
    # Hollow: the page fills it with the colour of the ground.
    Category("aim", "dot", "", ("Objective", "Outcome", "Post", "PublicOffice", "Tenure", "Thing")),
)

STROKES: dict[str, Stroke] = {
    "asserted": Stroke((), 1.8, ("#4d5b6c", "#b6c2d1")),
    "planned": Stroke((9, 5), 1.8, ("#0b5cad", "#7db8f0")),
    "hypothetical": Stroke((2, 5), 1.8, ("#7a5195", "#c9a6e0")),
    "recommended": Stroke((10, 4, 2, 4), 1.8, ("#8a5a00", "#e0b050")),
    "denied": Stroke((4, 4), 2.2, ("#b3261e", "#ff8a80")),
    "record": Stroke((), 0.9, ("#1f7a5c", "#6fd0ae")),
    "coded": Stroke((16, 3), 1.1, ("#9c2f7f", "#e48fc8")),
}

_OF = {name: index for index, category in enumerate(CATEGORIES) for name in category.classes}


def category(class_name: str) -> int:
    """Position in `CATEGORIES` of a class of the ontology; anything else counts with the last.

    >>> CATEGORIES[category("GovernmentBody")].key
    'government'
    """
    return _OF.get(class_name, len(CATEGORIES) - 1)


def uncovered() -> list[str]:
    """Classes of entities without a category: none, as a test asserts."""
    return [t.value for t in EntityType if t.value not in _OF]
