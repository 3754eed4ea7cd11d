"""Give every formula cell the value that it comes to, for readers that do not calculate."""

from __future__ import annotations

from xlsx_builder.model.problem import Problem, Severity


def with_values(content: bytes) -> tuple[bytes, tuple[Problem, ...]]:
    """The workbook with the value of each formula stored beside it.

    Values are a service to viewers that show no others (Protected View, phones, pandas): where they cannot be had, the
    workbook stands without them, Excel calculates it when it opens, and a problem says so.
    """
    from formualizer import recalculate_xlsx_bytes  # noqa: PLC0415

    try:
        result = recalculate_xlsx_bytes(content)
    except (OSError, ValueError, RuntimeError) as error:
        message = f"The formulas' values could not be stored ({error}); they appear when Excel opens the workbook."
        return content, (Problem(Severity.WARNING, message),)
    return result["bytes"], tuple(
        Problem(Severity.ERROR, f"{count['count']} formulas come to {word}, first {first(count)}.")
        for word, count in result["summary"].get("error_summary", {}).items()
    )


def first(count: dict[str, object]) -> str:
    """The first place that an error count names."""
    places = count.get("locations")
    return str(places[0]) if isinstance(places, list) and places else "in a place unknown"
