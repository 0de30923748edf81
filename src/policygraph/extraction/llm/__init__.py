"""A language model as second extractor, behind the same records as the rules.

The model only proposes. A record is accepted when every quote in it stands
verbatim in the text; offsets are computed here, never taken from the model.
Nothing is sent anywhere unless the caller names an endpoint.
"""

from policygraph.extraction.llm.client import Endpoint
from policygraph.extraction.llm.extractor import Estimate, ModelExtractor, ModelReport
from policygraph.extraction.llm.merge import merge

__all__ = ["Endpoint", "Estimate", "ModelExtractor", "ModelReport", "merge"]
