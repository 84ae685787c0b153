"""How a holder stands in a row: its kind and its names, as one JSON text."""

from dataclasses import asdict

from chalicelib.domain.holders import Corporation, Holder, Individual, Kind, kind_of

_TYPES: dict[Kind, type[Individual] | type[Corporation]] = {
    Kind.INDIVIDUAL: Individual,
    Kind.CORPORATION: Corporation,
}


def holder_to_row(holder: Holder) -> dict[str, str]:
    """`holder` as plain strings."""
    return {"kind": kind_of(holder).value, **asdict(holder)}


def holder_from_row(row: dict[str, str]) -> Holder:
    """The holder that `holder_to_row` wrote."""
    names = dict(row)
    return _TYPES[Kind(names.pop("kind"))](**names)
