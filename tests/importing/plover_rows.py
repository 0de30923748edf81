"""Records in the layout of PLOVER, with made-up content."""

from __future__ import annotations

import json
from typing import Any

_RECORD: dict[str, Any] = {
    "id": "ruritania-1",
    "date": "2023-02-10",
    "event": ["CONSULT"],
    "mode": ["visit"],
    "context": ["diplomatic"],
    "actor": [{"code": "PER", "sector": ["GOV"], "entity_text": "the foreign minister of Peru"}],
    "recipient": [{"code": "CHL", "sector": ["GOV"], "entity_text": "Chile"}],
    "event_loc": {"entity_text": "Arica", "code": "CHL", "latitude": -18.4746, "longitude": -70.2979},
    "event_text": "travelled to",
    "event_scale": 4.0,
    "text": "The foreign minister of Peru travelled to Arica for talks.",
    "text_info": {"sequence": 2, "start": 120, "end": 178},
    "cite_info": {
        "url": "https://news.example.org/arica",
        "title": "Talks in Arica",
        "publication": "El Faro del Sur",
        "coder": "A. Coder",
        "codebook": "PLOVER 2.0",
    },
}


def record(**changes: Any) -> str:
    """One record as a line; a value of None takes the key out."""
    whole = _RECORD | changes
    return json.dumps({key: value for key, value in whole.items() if value is not None}, ensure_ascii=False)
