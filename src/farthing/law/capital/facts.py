"""What the person owns."""

from pathlib import Path

from farthing.base.days import day
from farthing.engine.facts import Fact, item_list
from farthing.engine.kinds import read_kinds
from farthing.law.home.facts import HOME_FACTS

CAPITAL = read_kinds(Path(__file__).with_name("kinds.yaml"))["capital"]

capital = item_list(
    "capital",
    Fact(
        "kind", CAPITAL, "capital", required=True,
        question="What is it?",
    ),
    Fact(
        "value", "£", "capital",
        question="What is it worth today?",
        hint="The whole of it, before debts and before anybody else's share.",
        evidence="Statement, certificate, valuation",
    ),
    Fact(
        "owned_percent", "percent", "capital", most=100,
        question="What share of it, in per cent, does the person own?",
        offered_for="property",
        to_you="What share of it, in per cent, do you own?",
        left_out=100, meaning="The whole of it, or an equal share with each other owner.",
    ),
    Fact(
        "owners", "number", "capital", least=1, most=100,
        question="How many people own it together in equal shares, counting the person?",
        to_you="How many people own it together in equal shares, counting you?",
        left_out=1, meaning="Nobody else owns it.",
    ),
    Fact(
        "valued_as_share", "yes/no", "capital",
        question="Is the value what a buyer would pay for the person's share alone?",
        of_council=True, offered_for="property",
        left_out=False, meaning="The value is of the whole.",
    ),
    Fact(
        "secured_debt", "£", "capital",
        question="How much is owed on it, for example a mortgage?",
        offered_for="property",
        evidence="Mortgage statement",
        left_out=0, meaning="Nothing is owed on it.",
    ),
    Fact(
        "sells_without_cost", "yes/no", "capital",
        question="Could it be sold without any cost?",
        of_council=True, offered_for="sale_costs",
        left_out=False, meaning="Selling it costs what selling such a thing usually costs.",
    ),
    Fact(
        "currency_cost", "£", "capital",
        question="What would it cost to bring the money to the United Kingdom and change it into pounds?",
        of_council=True,
        left_out=0, meaning="It is held in pounds.",
    ),
    Fact(
        "received", "date", "capital", least=day("1900-01-01"), wanted="timed",
        question="On what day was it received?",
        hint="Some money is left out of account for a while from that day.",
    ),
    Fact(
        "disregard_agreed", "yes/no", "capital",
        question="Has the council agreed to leave it out of account?",
        of_council=True,
        left_out=False, meaning="The council has not agreed to leave it out.",
    ),
    Fact(
        "engaged_in_business", "yes/no", "capital", wanted="business",
        question="Does the person work in the business, or are they selling it within a reasonable time?",
        to_you="Do you work in the business, or are you selling it within a reasonable time?",
    ),
    Fact(
        "was", CAPITAL, "capital",
        question="What was it that was given away or sold?",
        offered_for="notional",
        left_out=CAPITAL.cash, meaning="It was money.",
    ),
    Fact(
        "amount_received", "£", "capital",
        question="How much was received for it?",
        offered_for="notional",
        left_out=0, meaning="Nothing was received for it.",
    ),
    Fact(
        "avoiding_charge_was_motive", "yes/no", "capital",
        question="Was avoiding a charge for care a significant reason for parting with it?",
        of_council=True,
        left_out=True, meaning="Listed as given away, it is what the council has found was given away to avoid a charge.",
    ),
    Fact(
        "care_was_foreseeable", "yes/no", "capital",
        question="Could the person then reasonably expect to need care and to pay towards it?",
        of_council=True,
        left_out=True, meaning="Listed as given away, it is what the council has found was given away to avoid a charge.",
    ),
    Fact(
        "diminished_by", "£", "capital",
        question="By how much has it been taken down so far for the higher charge it causes?",
        of_council=True, offered_for="notional",
        left_out=0, meaning="It has not been taken down yet.",
    ),
    *HOME_FACTS,
    says="Savings, property and everything else of value that the person owns",
    question="What savings, investments and property does the person have?",
    to_you="What savings, investments and property do you have?",
    hint="Each account, investment and property on its own. An empty list says there is nothing.",
)  # fmt: skip
