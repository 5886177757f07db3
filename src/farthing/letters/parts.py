"""The fields that several letters share, each drawn by a part of ``layout.typ``."""

from farthing.letters.fields import COLOUR, FLAG, LINES, SVG, TEXT, Field, Lines, Many, Record

PICTURE = Record(
    Field("svg", SVG, "the drawing itself"),
    Field("alt", TEXT, "what it shows, in words, for whoever cannot see it"),
)

COUNCIL = Field(
    "council",
    Record(
        Field("name", TEXT, "the council's name in full"),
        Field("colour", COLOUR, "the colour of the rule under its name"),
        Field("logo", PICTURE, "its logo, in place of its name").or_none(),
        Field(
            "contact",
            Record(
                Field("name", TEXT, "the team to ask"),
                Field("telephone", TEXT, "its telephone number"),
                Field("open", TEXT, "the hours it answers").or_none(),
                Field("address", LINES, "where to write to it, line by line"),
            ),
            "whom to ask",
        ),
    ),
    "the council the letter is from",
)

TO = Field(
    "to",
    Record(
        Field("name", TEXT, "the name on the envelope; of the person who died, where the letter goes to the estate"),
        Field("address", LINES, "the address, line by line, the postcode last"),
        Field("estate", FLAG, "whether the person has died, so that the letter goes to the personal representatives"),
    ),
    "whom the letter goes to",
)
ABOUT = Field("about", TEXT, "the person the letter is about, where it goes to somebody who acts for them").or_none()
REFERENCE = Field("reference", TEXT, "the reference to quote; it says nothing about the person")
DATE = Field("date", TEXT, "the day the letter is written")
SALUTATION = Field("salutation", TEXT, "how the person is greeted: Dear Mrs Example")

TOP = (COUNCIL, TO, ABOUT, REFERENCE, DATE, SALUTATION)
"""What stands at the top of every letter that is sent to somebody."""

HEADLINE = Field("headline", Lines(least=1), "the answer, a sentence each, the most important first")
CHAPTERS = Field(
    "chapters",
    Many(
        Field("name", TEXT, "what the chapter works out"),
        Field(
            "lines",
            Many(
                Field("label", TEXT, "what the line is"),
                Field("amount", TEXT, "the amount, as it is printed"),
                Field("note", TEXT, "what is particular to it: not counted").or_none(),
                Field("law", TEXT, "the law behind it"),
                Field("why", TEXT, "what that law says, in a sentence").or_none(),
            ),
            "the lines of the working, in order",
        ),
    ),
    "how the answer was worked out",
)
ASSUMED = Field("assumed", LINES, "what was assumed because nobody said, a sentence each")
REMARKS = Field("remarks", LINES, "what the law has to say about this case, a sentence each")
LAW_EDITION = Field("law_edition", TEXT, "the version of the rules the figures were worked out with")
STARTS = Field("starts", TEXT, "the day from which the decision holds")
PAYS = Field("pays", TEXT, "what there is to pay, and how often")
COUNCIL_PAYS = Field("council_pays", TEXT, "what the council pays, and how often")
BILL = Field("bill", LINES, "when the bill comes, a sentence each")
MAY_CHANGE = Field("may_change", LINES, "what may change the decision, a sentence each")
DECIDED_BY = Field(
    "decided_by",
    Record(
        Field("name", TEXT, "the officer who decided"),
        Field("role", TEXT, "what that officer is"),
    ),
    "who decided",
)
CHALLENGE = Field(
    "challenge",
    Record(
        Field("review", LINES, "how to ask for the decision to be looked at again, and by when; none after a review"),
        Field("complaint", LINES, "how to complain to the council"),
    ),
    "how to challenge the decision",
)
SUPERSEDES = Field(
    "supersedes",
    Record(
        Field("reference", TEXT, "the reference of the decision that this one replaces"),
        Field("date", TEXT, "the day that decision was made"),
        Field("why", LINES, "why there is another decision, a sentence each"),
        Field(
            "changes",
            Many(
                Field("label", TEXT, "what changed"),
                Field("before", TEXT, "what it was"),
                Field("after", TEXT, "what it is now"),
            ),
            "what changed",
        ),
    ),
    "the decision this one replaces, and what changed",
).or_none()

NUMBER = Field("number", TEXT, "its number, as it stands in the register")
CARE_OF = Field("care_of", TEXT, "the person whose care is charged for")
PERIOD = Field("period", TEXT, "the first and the last day it covers")
WEEKS = Field(
    "weeks",
    Many(
        Field("name", TEXT, "the days of the week"),
        Field(
            "services",
            Many(
                Field("label", TEXT, "the service, and its rate"),
                Field("planned", TEXT, "how much was planned"),
                Field("delivered", TEXT, "how much was delivered"),
                Field("cost", TEXT, "what it cost"),
            ),
            "each service of the week",
        ),
        Field("cost", TEXT, "what all of the week's care cost"),
        Field("contribution", TEXT, "the most the person pays for the week"),
        Field("charged", TEXT, "what the week comes to on this paper; below nought where it is taken back"),
        Field("why", LINES, "what is out of the ordinary in the week, a sentence each"),
    ),
    "week by week, what was planned, delivered and charged",
)
ADJUSTMENTS = Field(
    "adjustments",
    Many(
        Field("label", TEXT, "what is adjusted"),
        Field("amount", TEXT, "by how much; below nought where it is given back"),
        Field("why", TEXT, "why, in a sentence"),
    ),
    "what is added or taken off beside the weeks",
)
BALANCE = Field(
    "balance",
    Many(
        Field("label", TEXT, "what the line is: this paper's own amount, an earlier balance, a payment"),
        Field("amount", TEXT, "the amount, below nought where it lessens what is owed"),
    ),
    "the lines that lead to the total",
)
TOTAL = Field("total", TEXT, "what all lines of the balance come to")
BY_WHAT = Field("by_what", LINES, "the decisions the contribution rests on, a sentence each")
SIGNATURES = Field(
    "signatures",
    Many(
        Field("role", TEXT, "as what somebody signs"),
        Field("name", TEXT, "who signs"),
    ),
    "who signs",
)
