"""A person who has or may need care, and those who act for them."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from farthing.service.people.names import search_key
from farthing.service.references import LONGEST, new_reference


def person_reference() -> str:
    """A new reference for a person; it says nothing about them."""
    return new_reference("P")


class LetterForm(models.TextChoices):
    """How somebody wants their letters made."""

    STANDARD = "standard", "Standard print"
    LARGE_PRINT = "large_print", "Large print"
    EASY_READ = "easy_read", "Easy read"


class Channel(models.TextChoices):
    """How somebody wants their letters sent."""

    POST = "post", "By post"
    EMAIL = "email", "By e-mail"


class Person(models.Model):
    """Somebody whose care may be charged for. ``version`` grows with each change, so that two officers cannot overwrite."""

    reference = models.CharField(max_length=LONGEST, unique=True, default=person_reference, editable=False)
    given_name = models.CharField(max_length=100)
    family_name = models.CharField(max_length=100)
    name_key = models.CharField(max_length=220, db_index=True, editable=False)
    born = models.DateField(null=True, blank=True, db_index=True)
    died_on = models.DateField(null=True, blank=True)
    nhs_number = models.CharField(max_length=10, blank=True, db_index=True)
    address = models.TextField(blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    email = models.EmailField(max_length=254, blank=True)
    telephone = models.CharField(max_length=30, blank=True)
    letters_as = models.CharField(max_length=20, choices=LetterForm.choices, default=LetterForm.STANDARD)
    letters_by = models.CharField(max_length=10, choices=Channel.choices, default=Channel.POST)
    made_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["nhs_number"], condition=~models.Q(nhs_number=""), name="an_nhs_number_is_one_persons"
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the key that a name is searched by in step with the name."""
        self.name_key = search_key(f"{self.given_name} {self.family_name}")
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @property
    def full_name(self) -> str:
        """The name as it stands on a letter."""
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def address_lines(self) -> list[str]:
        """The address for an envelope, the postcode last."""
        return [line.strip() for line in self.address.splitlines() if line.strip()] + (
            [self.postcode] if self.postcode else []
        )


class Authority(models.TextChoices):
    """By what right an account acts for a person."""

    SELF = "self", "I am the person"
    POWER_OF_ATTORNEY = "power_of_attorney", "Power of attorney for property and money"
    DEPUTY = "deputy", "Deputy appointed by the Court of Protection"
    APPOINTEE = "appointee", "Appointee for benefits"
    NOMINEE = "nominee", "Nominee: the person has asked me to act for them"


class Representation(models.Model):
    """That an account acts for a person, by what authority, and whether the council has seen proof of it."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="representations")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="representations")
    authority = models.CharField(max_length=20, choices=Authority.choices)
    relationship = models.CharField(max_length=100, blank=True)
    stated_at = models.DateTimeField()
    proof_seen_at = models.DateTimeField(null=True)
    proof_seen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["person", "account"], condition=models.Q(ended_at=None), name="one_authority_at_a_time"
            ),
        ]

    @property
    def is_proved(self) -> bool:
        """Whether what the council decides and writes about the person may be shown to the account.

        A person needs no proof to see their own record: an account can only say "I am the person" of a record it made.
        """
        return self.authority == Authority.SELF or self.proof_seen_at is not None


class BroughtIn(models.Model):
    """That a person was brought in from a file of the council's, under the reference they have there.

    Brought in again under the same reference they are the same person.
    """

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="brought_in")
    reference = models.CharField(max_length=60, unique=True)
    at = models.DateTimeField()
