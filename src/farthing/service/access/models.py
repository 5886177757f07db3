"""Accounts: of people, who sign in by a link or a passkey, and of staff, who sign in with a password and a second factor."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac


class Role(models.TextChoices):
    """What a member of the council's staff may do."""

    OFFICER = "officer", "Financial assessment officer"
    CHECKER = "checker", "Checker of decisions"
    MANAGER = "manager", "Manager"
    FINANCE = "finance", "Finance officer"
    DIRECTORY_EDITOR = "directory_editor", "Directory editor"
    ANALYST = "analyst", "Analyst"
    AUDITOR = "auditor", "Auditor, who reads all and changes nothing"
    ADMINISTRATOR = "administrator", "Administrator"


class Accounts(BaseUserManager["Account"]):
    """Makes accounts. An e-mail address is kept in small letters."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        """The account of an e-mail address, however it is typed."""
        return self.get(email=(username or "").strip().lower())

    def create_person(self, email: str, **fields: Any) -> "Account":
        """An account of a person or somebody who acts for one: it has no password."""
        account = self.model(email=email.strip().lower(), works_for_council=False, **fields)
        account.set_unusable_password()
        account.save(using=self._db)
        return account

    def create_staff(self, email: str, name: str, password: str | None, *roles: Role, granted_by: str) -> "Account":
        """An account of a member of staff with roles. ``password`` is None where they sign in by OpenID Connect only."""
        account = self.model(email=email.strip().lower(), name=name, works_for_council=True)
        account.set_password(password)
        account.save(using=self._db)
        GrantedRole.objects.bulk_create(
            GrantedRole(account=account, role=role, granted_by=granted_by) for role in roles
        )
        return account


class Account(AbstractBaseUser):
    """Somebody who can sign in."""

    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=200, blank=True)
    works_for_council = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    made_at = models.DateTimeField(auto_now_add=True)
    openid_subject = models.CharField(max_length=255, unique=True, null=True, editable=False)
    sessions_ended = models.PositiveIntegerField(default=0, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = Accounts()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="email_in_small_letters"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_session_auth_hash(self) -> str:
        """What a session must match to go on: a new password ends every other session, and so does ``sessions_ended``."""
        return salted_hmac(
            "farthing.access.session", f"{self.password}:{self.sessions_ended}", algorithm="sha256"
        ).hexdigest()

    @property
    def actor(self) -> str:
        """How the audit names somebody: staff by their e-mail address, people by nothing personal."""
        return self.email if self.works_for_council else f"account-{self.pk}"

    @property
    def roles(self) -> frozenset[str]:
        """The roles granted, read once a request."""
        if not hasattr(self, "_roles"):
            self._roles = (
                frozenset(self.granted_roles.values_list("role", flat=True)) if self.works_for_council else frozenset()
            )
        return self._roles

    def forget_roles_read(self) -> None:
        """Read the roles afresh when they are next asked for."""
        vars(self).pop("_roles", None)


class GrantedRole(models.Model):
    """A role that a member of staff has. ``granted_by`` names who gave it."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="granted_roles")
    role = models.CharField(max_length=20, choices=Role.choices)
    granted_at = models.DateTimeField(auto_now_add=True)
    granted_by = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["account", "role"], name="a_role_once_an_account"),
        ]


class SignInLink(models.Model):
    """A link sent by e-mail that signs somebody in once. Only its digest is kept, never the link.

    ``asked_from`` is a digest of the address of the computer that asked, to count by; the address itself is not kept.
    """

    digest = models.CharField(max_length=64, unique=True)
    email = models.EmailField(max_length=254)
    next_page = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField(db_index=True)
    asked_from = models.CharField(max_length=64, db_index=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class RecoveryCode(models.Model):
    """A code that stands in once for a member of staff's second factor. Only its digest is kept."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64, unique=True)
    used_at = models.DateTimeField(null=True)


class Passkey(models.Model):
    """A passkey of an account, by the WebAuthn standard."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="passkeys")
    credential = models.BinaryField(unique=True)
    public_key = models.BinaryField()
    times_used = models.PositiveBigIntegerField(default=0)
    name = models.CharField(max_length=100)
    made_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(null=True)


class Scope(models.TextChoices):
    """What a program's token lets it do."""

    CALCULATE = "calculate", "Work out contributions, and read rates and rules"
    READ_APPLICATIONS = "read_applications", "Read applications"
    SEND_APPLICATIONS = "send_applications", "Send applications"
    READ_DECISIONS = "read_decisions", "Read decisions"


class ApiToken(models.Model):
    """A token that another program calls the API with. Only its digest is kept."""

    digest = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=100)
    scopes = models.JSONField(default=list)
    made_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="api_tokens")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)


class CallsInAMinute(models.Model):
    """How many calls a computer made in one minute. ``computer`` is a digest: the address itself is not kept."""

    computer = models.CharField(max_length=64)
    minute = models.DateTimeField(db_index=True)
    calls = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["computer", "minute"], name="a_computer_once_a_minute"),
        ]
