"""Info sheets, ours and theirs; links; what arrives by them."""

from touchline.sheets.models.arrivals import Answer, Arrival, What
from touchline.sheets.models.links import Link, Purpose, Visit
from touchline.sheets.models.mine import CompanySheet, Sheet, SheetChange
from touchline.sheets.models.theirs import AnswerState, Source, TheirAnswer, TheirSheet

__all__ = [
    "Answer",
    "AnswerState",
    "Arrival",
    "CompanySheet",
    "Link",
    "Purpose",
    "Sheet",
    "SheetChange",
    "Source",
    "TheirAnswer",
    "TheirSheet",
    "Visit",
    "What",
]
