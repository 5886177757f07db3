"""Pages that show every part of the design, for tests and for looking at."""

from datetime import UTC, date, datetime

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from farthing.service.design import chart
from farthing.service.design.forms import (
    Choice,
    ChoiceField,
    ChoicesField,
    DateField,
    DesignForm,
    Divider,
    EmailField,
    Group,
    LongTextField,
    MoneyField,
    NationalInsuranceField,
    NHSNumberField,
    PostcodeField,
    TelephoneField,
    TextField,
    TickField,
    UploadField,
    WholeNumberField,
    YesNoField,
)

TODAY = date(2026, 11, 25)


class EveryField(DesignForm):
    """One of every kind."""

    name = TextField(label="Full name", called="your full name", help_text="As it is on letters to you")
    rent = MoneyField(label="Rent", called="your rent", max_value=500_000, help_text="Leave out service charges")
    people = WholeNumberField(label="How many people live with you?", called="the number of people", max_value=30)
    born = DateField(
        label="Date of birth", called="your date of birth", must_be="in the past", birth=True, help_text="27 3 1942"
    )
    savings = YesNoField(
        label="Do you have savings?",
        yes_reveals=("savings_amount", "savings_note"),
        error_messages={"required": "Select yes if you have savings"},
    )
    savings_amount = MoneyField(label="How much do you have in savings?", called="how much you have in savings")
    savings_note = LongTextField(label="Anything else about your savings?", required=False)
    setting = ChoiceField(
        [
            Choice("home", "At home", hint="Also in sheltered housing"),
            Choice("care_home", "In a care home"),
            Divider(),
            Choice("unknown", "I do not know yet"),
        ],
        label="Where will you be cared for?",
        error_messages={"required": "Select where you will be cared for"},
    )
    benefits = ChoicesField(
        [
            Group(
                "For disability", (Choice("pip", "Personal Independence Payment"), Choice("aa", "Attendance Allowance"))
            ),
            Group("For pensioners", (Choice("pc", "Pension Credit", hint="Guarantee or savings credit"),)),
            Choice("none", "None of these", alone=True),
        ],
        label="Which benefits do you get?",
        help_text="Select all that apply",
        error_messages={"required": "Select the benefits you get, or “None of these”"},
    )
    contact = ChoicesField([("email", "Email"), ("post", "Post")], label="How may we contact you?")
    title = ChoiceField(
        [("mr", "Mr"), ("mrs", "Mrs"), ("dr", "Dr")],
        label="Title",
        widget=forms.Select,
        error_messages={"required": "Select a title"},
    )
    why = LongTextField(label="Why do you ask?", called="why you ask", max_length=200, rows=3)
    letter = UploadField(label="A letter about your pension", accept=".pdf,.jpg", help_text="PDF or JPEG, up to 10MB")
    email = EmailField(label="Email address", called="your email address")
    telephone = TelephoneField(label="Telephone number", required=False)
    nhs_number = NHSNumberField(label="NHS number", required=False)
    national_insurance = NationalInsuranceField(label="National Insurance number", required=False)
    postcode = PostcodeField(label="Postcode", called="your postcode")
    secret = forms.CharField(
        label="Password", widget=forms.PasswordInput, error_messages={"required": "Enter your password"}
    )
    agreed = TickField(label="What I have said is true", error_messages={"required": "Tick the box if it is true"})


class OneQuestion(DesignForm):
    """A page of one question."""

    savings = MoneyField(label="How much do you have in savings?", called="how much you have in savings")


def every_field(request: HttpRequest) -> HttpResponse:
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    return render(request, "showroom/every_field.html", {"form": EveryField(data, files, today=TODAY)})


def question(request: HttpRequest) -> HttpResponse:
    return render(request, "showroom/question.html", {"form": OneQuestion(request.POST or None)})


def officer(request: HttpRequest) -> HttpResponse:
    at = datetime(2026, 7, 1, 14, 15, tzinfo=UTC)
    happened = [
        {"title": "Application received", "at": at, "who": "an invented officer", "text": "By post."},
        {"title": "Estimate saved", "at": at, "text": "Online."},
    ]
    return render(request, "showroom/officer.html", {"at": at, "on": TODAY, "happened": happened})


def charts(request: HttpRequest) -> HttpResponse:
    points = [
        (0, 4_800),
        *((1_425_000 + step * 25_000, 4_800 + (step + 1) * 100) for step in range(36)),
        (2_325_000, 90_000),
    ]
    stairs = chart.steps_chart(
        "savings",
        title="What you would pay by savings",
        description="It rises by a pound a week for each £250 above £14,250, and is the full cost above £23,250.",
        points=points,
        across_to=3_000_000,
        here=(1_800_000, points[15][1]),
        limits=[chart.Limit(1_425_000, "Lower limit £14,250"), chart.Limit(2_325_000, "Upper limit £23,250")],
    )
    decided = [("Pays nothing", 41), ("Pays a contribution", 188), ("Pays the full cost", 71)]
    left = [(2026 + year, 2_800_000 - year * 310_000) for year in range(9)]
    shown = {
        "stairs": stairs,
        "points": points,
        "bars": chart.bars("decided", title="Decisions", description="Most pay a contribution.", bars=decided),
        "decided": decided,
        "line": chart.line("left", title="What is left", description="It falls each year.", points=left),
        "left": left,
    }
    return render(request, "showroom/charts.html", shown)


PAGES = {"/every-field": every_field, "/question": question, "/officer": officer, "/charts": charts}
