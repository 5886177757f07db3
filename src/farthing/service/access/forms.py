"""Every form of signing in and of looking after accounts."""

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError

from farthing.service.access.models import Account, Role, Scope
from farthing.service.design.forms import ChoicesField, DesignForm, EmailField, TextField, WholeNumberField


class AddressForm(DesignForm):
    """Asks for a link by e-mail."""

    email = EmailField(
        label="What is your email address?",
        max_length=254,
        help_text="We will send you a link to sign in. You do not need a password.",
        called="your email address",
    )


class PasswordForm(DesignForm):
    """A staff sign-in, its first half."""

    email = EmailField(
        label="Email address",
        called="your email address",
        widget=forms.EmailInput(attrs={"autocomplete": "username", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label="Password",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Enter your password"},
    )


class CodeForm(DesignForm):
    """The second half: a code from an app, or a recovery code."""

    code = TextField(
        label="Code",
        called="the code",
        max_length=20,
        width=10,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false", "autocapitalize": "off"}),
    )


class NewPasswordForm(DesignForm):
    """A new password, typed once: the page lets it be shown."""

    new_password = forms.CharField(
        label="New password",
        strip=False,
        help_text="At least 12 characters. Three random words make a good password.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Enter a new password"},
    )

    def __init__(self, *arguments: Any, account: Account, **options: Any):
        self.account = account
        super().__init__(*arguments, **options)

    def clean_new_password(self) -> str:
        """Refuse a password that is short, common, or like the name or address of the account."""
        password: str = self.cleaned_data["new_password"]
        password_validation.validate_password(password, self.account)
        return password


class ChangePasswordForm(NewPasswordForm):
    """A new password in the place of the one that is given too."""

    password = forms.CharField(
        label="Your password now",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Enter the password you have now"},
    )
    field_order = ("password", "new_password")

    def clean_password(self) -> str:
        """Refuse to go on where the password in use is not known."""
        password: str = self.cleaned_data["password"]
        if not self.account.check_password(password):
            raise ValidationError("This is not the password you have now")
        return password


class RolesForm(DesignForm):
    """The roles of a member of staff."""

    roles = ChoicesField(
        label="Roles",
        choices=[(role.value, str(role.label)) for role in Role],
        required=False,
        help_text="A member of staff with no role sees no page.",
    )


class StaffForm(RolesForm):
    """A new member of staff."""

    name = TextField(label="Name", called="their name", max_length=200)
    email = EmailField(label="Work email address", called="their work email address", max_length=254)
    field_order = ("name", "email", "roles")


class TokenForm(DesignForm):
    """A new token for another program."""

    name = TextField(label="What is the token for?", called="what the token is for", max_length=100)
    scopes = ChoicesField(
        label="What may it do?",
        choices=[(scope.value, str(scope.label)) for scope in Scope],
        error_messages={"required": "Select at least one thing it may do"},
    )
    days = WholeNumberField(
        label="How many days should it work?",
        called="how many days it should work",
        min_value=1,
        max_value=730,
        initial=365,
    )


class PasskeyNameForm(DesignForm):
    """What a person calls a passkey."""

    name = TextField(
        label="What should we call this device?",
        help_text="For example, my phone.",
        called="a name for this device",
        max_length=100,
    )
