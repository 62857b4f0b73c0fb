"""feeds.schema.json: what feeds.toml may say, for editors that complete and check it while one writes.

`python -m aggregator.config.schema` prints it.
"""

import json
import sys
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core.core_schema import BeforeValidatorFunctionSchema, ModelSchema, NullableSchema

from aggregator.config.descriptions import DESCRIPTIONS
from aggregator.config.tables import File, short_form
from aggregator.model.source import FROM_PLACE
from aggregator.model.units import listed


class _AsWritten(GenerateJsonSchema):
    """The tables as they are written, with the meaning of each key."""

    def function_before_schema(self, schema: BeforeValidatorFunctionSchema) -> JsonSchemaValue:
        written = super().function_before_schema(schema)
        function = schema["function"]["function"]
        if function is listed:
            return {"anyOf": [written["items"], written]}
        return {"type": "string", "minLength": 1} if function is short_form else written

    def nullable_schema(self, schema: NullableSchema) -> JsonSchemaValue:
        """TOML has no null: what may be None is what may be left out."""
        return self.generate_inner(schema["schema"])

    def model_schema(self, schema: ModelSchema) -> JsonSchemaValue:
        written = super().model_schema(schema)
        name = schema["cls"].__name__
        # What our docstrings say is for those who read the code.
        written.pop("description", None)
        written.get("properties", {}).pop(FROM_PLACE, None)
        for key, value in written.get("properties", {}).items():
            described = {"description": DESCRIPTIONS[name][key]} if key in DESCRIPTIONS.get(name, {}) else {}
            written["properties"][key] = {**value, **described}
            written["properties"][key].pop("title", None)
            if value.get("default", ...) in (None, "", {}, []):
                written["properties"][key].pop("default")
        return written


def schema() -> dict[str, Any]:
    made = File.model_json_schema(schema_generator=_AsWritten)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made, "title": "feeds.toml of nyhetsflode"}


def as_text() -> str:
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    sys.stdout.write(as_text())
