"""What one wants of a year, and how many referrals it takes."""

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render

from touchline.accounts.middleware import MemberRequest
from touchline.accounts.models import Member
from touchline.core.changes import SeeOther, change
from touchline.core.forms import Form
from touchline.core.money import Money, currency_of, shown
from touchline.core.paths import path_to
from touchline.referrals.balance.goal import Record, Spread, needed, rounded
from touchline.referrals.balance.history import record, sources
from touchline.referrals.models import Goal
from touchline.referrals.money_field import MoneyField

# So many partners are shown until all of them are asked for.
SHOWN = 20


class GoalForm(Form):
    """Income and order as they are typed, and how many quotes a win takes."""

    income = MoneyField("Income wanted of a year", required=True)
    order = MoneyField("An average order", required=True)
    quotes_per_win = forms.DecimalField(
        label="Quotes for one win",
        min_value=Decimal(1),
        max_value=Decimal(100),
        max_digits=5,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )

    def __init__(self, member: Member, posted: Any = None, goal: Goal | None = None) -> None:
        initial = {}
        if goal:
            initial = {
                "income": Money(goal.income_minor, goal.currency),
                "order": Money(goal.order_minor, goal.currency),
                "quotes_per_win": goal.quotes_per_win.normalize(),
            }
        super().__init__(posted, initial=initial)
        for name in ("income", "order"):
            field: Any = self.fields[name]
            field.spoken_in(member.workspace.country, goal.currency if goal else "")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        income, order = data.get("income"), data.get("order")
        for name, amount in (("income", income), ("order", order)):
            if amount is not None and amount.minor == 0:
                self.add_error(name, "Give more than nothing: it is what the rest is counted from.")
        if income and order and income.currency != order.currency:
            self.add_error(
                "order",
                f"The income is in {income.currency} and the order in {order.currency}. "
                "Give both in one currency.",
            )
        return data


@change
def goal(request: MemberRequest) -> HttpResponse:
    """Show what one's goal takes and where it could come from; a POST sets it."""
    member = request.member
    posted = request.POST if request.method == "POST" else None
    own: Goal | None = Goal.objects.visible_to(member).filter(member=member).first()
    form = GoalForm(member, posted, own)
    if posted is not None and form.is_valid():
        Goal.aim(member, **form.cleaned_data)
        messages.success(request, "Kept. This is what it takes.")
        return SeeOther(path_to("referrals:goal"))
    currency = own.currency if own else currency_of(member.workspace.country)
    takes = needed(own.income_minor, own.order_minor, own.quotes_per_win) if own else None
    found = sources(member, member.today(), None if "all" in request.GET else SHOWN)
    context = {
        "section": "referrals",
        "form": form,
        "goal": own,
        "takes": takes,
        "a_month": rounded(takes.a_month) if takes else "",
        "a_quarter": rounded(takes.a_quarter) if takes else "",
        "orders": rounded(takes.orders) if takes else "",
        "sources": found,
        "each": [(one, _quartiles(one.spread)) for one in found.each],
        "together": _quartiles(found.together) if found.together else None,
        "short": bool(takes and found.together and found.together.middle < takes.a_quarter),
        **_record(record(member, currency), currency, member.workspace.country),
    }
    return render(request, "referrals/goal.html", context, status=200 if posted is None else 422)


def _quartiles(spread: Spread) -> dict[str, str]:
    return {name: rounded(getattr(spread, name)) for name in ("low", "middle", "high")}


def _record(own: Record, currency: str, country: str) -> dict[str, Any]:
    """Say what one's own referrals came to so far, each with how many it rests on."""
    average, quotes = own.average_minor, own.quotes_per_win
    return {
        "record": own,
        "record_order": shown(Money(average, currency), country) if average else "",
        "record_quotes": rounded(quotes) if quotes else "",
    }
