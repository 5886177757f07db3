"""Enterprises and their entries, what was checked, the listing that is searched, enquiries, concerns and other feeds.

What an enterprise says of itself is kept as entries that are never changed: a newer one follows, and the editor publishes
it. What is searched is a ``Listing``, made from the published entry and thrown away when it may no longer be shown.
"""

from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models

from farthing.service.references import LONGEST, new_reference


def enterprise_reference() -> str:
    """A new reference for an enterprise."""
    return new_reference("ME")


def enquiry_reference() -> str:
    """A new reference for an enquiry."""
    return new_reference("EQ")


def concern_reference() -> str:
    """A new reference for a concern."""
    return new_reference("CN")


class State(models.TextChoices):
    """Where an enterprise is. ``WITHDRAWN`` is by itself, ``GONE`` that another feed no longer has it."""

    DRAFT = "draft", "Being written"
    WAITING = "waiting", "Waiting for the editor"
    PUBLISHED = "published", "Published"
    SUSPENDED = "suspended", "Suspended"
    REFUSED = "refused", "Not accepted"
    WITHDRAWN = "withdrawn", "Withdrawn"
    GONE = "gone", "No longer in the feed"


class Space(models.TextChoices):
    """Whether an enterprise can take somebody on now."""

    SPACE = "space", "Space now"
    FULL = "full", "Full"
    UNKNOWN = "unknown", "Ask"


class CheckKind(models.TextChoices):
    """What is checked of an enterprise. ``IDENTITY`` to ``TRAINING`` are asked of each, ``CQC`` where help is regulated."""

    IDENTITY = "identity", "Identity"
    DBS = "dbs", "Enhanced DBS check"
    INSURANCE = "insurance", "Public liability insurance"
    TRAINING = "training", "Training"
    REFERENCES = "references", "Two references"
    CQC = "cqc", "Registered with the Care Quality Commission"
    NO_CQC = "no_cqc", "Need not be registered with the Care Quality Commission"


class ConcernKind(models.TextChoices):
    """What somebody is worried about, which says the team it goes to."""

    COMPLAINT = "complaint", "A complaint"
    SAFEGUARDING = "safeguarding", "Somebody may be being harmed"
    WRONG = "wrong", "Something in the entry is wrong"


class Did(models.TextChoices):
    """What a step was, with the words that follow the name of whoever took it."""

    BEGAN = "began", "began the entry"
    HANDED_IN = "handed in", "handed the entry in"
    PUBLISHED = "published", "published the entry"
    UPDATED = "updated", "changed prices, hours or how to be reached, published at once"
    REFUSED = "refused", "did not accept the entry"
    SUSPENDED = "suspended", "suspended the enterprise"
    RESTORED = "restored", "let the enterprise be shown again"
    WITHDREW = "withdrew", "took the entry back"
    SAID_SPACE = "said space", "said that there is space"
    SAID_FULL = "said full", "said that it is full"
    SAID_ASK = "said ask", "said to ask whether there is space"
    LEFT_FEED = "left feed", "no longer named it"
    FEED_STOPPED = "feed stopped", "stopped reading the directory it came from"


class Feed(models.Model):
    """Another council's directory that is read. ``every_hours`` between readings; ``is_read`` is whether it is still.

    ``whole_next`` is that the next reading asks for everything, whatever was read before.
    """

    name = models.CharField(max_length=120, unique=True)
    url = models.URLField(max_length=500, unique=True)
    licence = models.CharField(max_length=200, blank=True)
    every_hours = models.PositiveIntegerField(default=24)
    is_read = models.BooleanField(default=True)
    etag = models.CharField(max_length=200, blank=True)
    whole_next = models.BooleanField(default=True)
    next_at = models.DateTimeField(null=True)


class FeedReading(models.Model):
    """One reading of a feed and what came of it. ``problem`` is empty where it was read to its end.

    ``reasons`` are why services were left out, each with how many, the most first.
    """

    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, related_name="readings")
    at = models.DateTimeField()
    found = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    gone = models.PositiveIntegerField(default=0)
    already_here = models.PositiveIntegerField(default=0)
    left_out = models.PositiveIntegerField(default=0)
    reasons = models.JSONField(default=list)
    problem = models.CharField(max_length=500, blank=True)


class FeedStep(models.Model):
    """That a feed was stopped, or started again: by whom, and why. Sealed."""

    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, related_name="steps")
    is_read = models.BooleanField()
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Enterprise(models.Model):
    """A care micro-enterprise. ``owner`` is who signs in for it; one read from a ``feed`` has none."""

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    reference = models.CharField(max_length=LONGEST, unique=True, default=enterprise_reference, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="enterprises")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT, db_index=True)
    space = models.CharField(max_length=10, choices=Space.choices, default=Space.UNKNOWN)
    space_told_at = models.DateTimeField(null=True)
    published = models.ForeignKey("EntryVersion", on_delete=models.PROTECT, null=True, related_name="+")
    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, null=True, related_name="enterprises")
    elsewhere_id = models.CharField(max_length=100, blank=True)
    reminded_of = models.DateField(null=True)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField(db_index=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["feed", "elsewhere_id"], condition=models.Q(feed__isnull=False), name="once_from_a_feed"
            ),
        ]


class EntryVersion(models.Model):
    """An entry as an enterprise wrote it (see ``entry.py``). Sealed. ``number`` counts those of one enterprise."""

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="entries")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    by = models.CharField(max_length=254)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["enterprise", "number"], name="entries_are_numbered"),
        ]


class Step(models.Model):
    """That an enterprise went from one state to another, or its space was told: by whom, and why. Sealed.

    ``entry`` is the entry that was handed in, published or refused.
    """

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="steps")
    did = models.CharField(max_length=30, choices=Did.choices)
    entry = models.ForeignKey(EntryVersion, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True)
    by = models.CharField(max_length=254)
    at = models.DateTimeField()


class Proof(models.Model):
    """A file an enterprise sent to prove something. ``kept_as`` is its name in the store; ``name`` is its sender's.

    ``type`` is what the file is, found by looking into it.
    """

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="proofs")
    kind = models.CharField(max_length=10, choices=CheckKind.choices)
    name = models.CharField(max_length=200)
    type = models.CharField(max_length=40)
    kept_as = models.CharField(max_length=200, unique=True)
    digest = models.CharField(max_length=64)
    bytes = models.PositiveIntegerField()
    virus_check = models.CharField(max_length=20)
    sent_at = models.DateTimeField()


class Check(models.Model):
    """That a member of staff saw something proved. Sealed: a newer one of a kind takes the place of an older.

    ``runs_out_on`` is the last day it holds; None where it does not run out. ``number`` is of a policy or registration.
    """

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="checks")
    kind = models.CharField(max_length=10, choices=CheckKind.choices)
    seen_on = models.DateField()
    runs_out_on = models.DateField(null=True)
    number = models.CharField(max_length=60, blank=True)
    says = models.TextField(blank=True)
    proof = models.ForeignKey(Proof, on_delete=models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Listing(models.Model):
    """What is searched: the published entry of an enterprise, for as long as it may be shown.

    ``shown_until`` is the last day every check that is needed holds, None for ever. ``place`` is the town or village that is
    shown instead of a postcode; ``easting`` and ``northing`` are right to the kilometre, because whoever asks for distances
    often enough would otherwise find a sole trader's home. ``words`` are what it is found by, reduced to their stems.
    ``hourly`` is the lowest price of an hour in pence. What was not told is None, and no where only a yes is looked for;
    ages are told where there is a limit, or ``any_age``.
    """

    enterprise = models.OneToOneField(Enterprise, on_delete=models.PROTECT, primary_key=True, related_name="listing")
    name = models.CharField(max_length=200)
    place = models.CharField(max_length=100)
    easting = models.IntegerField()
    northing = models.IntegerField()
    travels = models.PositiveIntegerField(null=True)
    shown_until = models.DateField(null=True, db_index=True)
    name_words = models.TextField()
    words = models.TextField()
    hourly = models.PositiveIntegerField(null=True)
    minimum_age = models.PositiveSmallIntegerField(null=True)
    maximum_age = models.PositiveSmallIntegerField(null=True)
    any_age = models.BooleanField(default=False)
    has_space = models.BooleanField()
    drives = models.BooleanField()
    takes_direct_payments = models.BooleanField()
    welcomes_self_funders = models.BooleanField()
    changed_at = models.DateTimeField(db_index=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["easting", "northing"], name="listing_by_place")]


class ListingTerm(models.Model):
    """One thing a listing is found by: a kind of help, a group who is helped, or a language as "language:pl"."""

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="terms")
    term = models.CharField(max_length=40)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["term", "listing"], name="a_term_once_a_listing"),
        ]


class ListingHours(models.Model):
    """When a listing gives help on a day of the week, nought for Monday, in minutes after midnight."""

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="hours")
    day = models.PositiveSmallIntegerField()
    opens = models.PositiveSmallIntegerField()
    closes = models.PositiveSmallIntegerField()


class Postcode(models.Model):
    """Where a postcode is, in metres of the national grid. ``code`` has no space. ``is_ended`` where it is no longer used."""

    code = models.CharField(max_length=7, primary_key=True)
    authority = models.CharField(max_length=9)
    easting = models.IntegerField()
    northing = models.IntegerField()
    is_ended = models.BooleanField(default=False)


class Enquiry(models.Model):
    """A question to an enterprise. Neither sees the other's address. ``link`` is a digest of what opens it for the asker.

    ``wiped_at`` is when its words, name and address were deleted; that it was asked stays.
    """

    reference = models.CharField(max_length=LONGEST, unique=True, default=enquiry_reference, editable=False)
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="enquiries")
    name = models.CharField(max_length=100)
    email = models.EmailField(max_length=254)
    asked_from = models.CharField(max_length=64)
    link = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(db_index=True)
    closed_at = models.DateTimeField(null=True)
    wiped_at = models.DateTimeField(null=True)


class EnquiryMessage(models.Model):
    """One message of an enquiry, by the asker or the enterprise."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="messages")
    by_enterprise = models.BooleanField()
    says = models.TextField()
    at = models.DateTimeField()


class Concern(models.Model):
    """What somebody told the council of an enterprise. ``email`` may be empty. ``sent_to`` is the team it goes to.

    ``sent_at`` is when the team was e-mailed, None where that is still to be done; ``wiped_at`` is when its words, name and
    address were deleted.
    """

    reference = models.CharField(max_length=LONGEST, unique=True, default=concern_reference, editable=False)
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="concerns")
    kind = models.CharField(max_length=12, choices=ConcernKind.choices)
    says = models.TextField()
    name = models.CharField(max_length=100, blank=True)
    email = models.EmailField(max_length=254, blank=True)
    asked_from = models.CharField(max_length=64)
    sent_to = models.EmailField(max_length=254)
    made_at = models.DateTimeField(db_index=True)
    sent_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.TextField(blank=True)
    wiped_at = models.DateTimeField(null=True)
