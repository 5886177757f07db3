"""What is sent, as a JSON Schema that stands by itself."""

from typing import Any

from pydantic import BaseModel


def sent_schema(model: type[BaseModel], **instead: dict[str, Any]) -> dict[str, Any]:
    """The schema of a model, with what it refers to written out; ``instead`` gives the schema of single fields."""
    schema = model.model_json_schema()
    referred = schema.pop("$defs", {})
    written: dict[str, Any] = _written_out(schema, referred)
    written["properties"] |= instead
    return written


def _written_out(part: Any, referred: dict[str, Any]) -> Any:
    if isinstance(part, list):
        return [_written_out(each, referred) for each in part]
    if not isinstance(part, dict):
        return part
    if "$ref" in part:
        return _written_out(referred[part["$ref"].rpartition("/")[2]], referred)
    return {name: _written_out(each, referred) for name, each in part.items()}
