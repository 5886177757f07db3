"""What may be read of accounts and tokens."""

from django.db.models import Q, QuerySet

from farthing.service.access.models import Account, ApiToken, Passkey, Role


def staff_accounts(search: str = "") -> QuerySet[Account]:
    """Every member of staff by name, with their roles, or those whose name or address has the search in it."""
    found = Account.objects.filter(works_for_council=True).prefetch_related("granted_roles").order_by("name", "email")
    return found.filter(Q(name__icontains=search) | Q(email__icontains=search)) if search else found


def staff_account(number: int) -> Account | None:
    """One member of staff, by the number of the account."""
    return staff_accounts().filter(pk=number).first()


def staff_named(email: str) -> Account | None:
    """The member of staff who signs in with an address, while their account works."""
    return staff_accounts().filter(email=email.strip().lower(), is_active=True).first()


def staff_with(*roles: Role) -> QuerySet[Account]:
    """Those at work with any of these roles, by name: whom a case can be given to."""
    return staff_accounts().filter(is_active=True, granted_roles__role__in=roles).distinct()


def tokens() -> QuerySet[ApiToken]:
    """Every token for a program, the newest first."""
    return ApiToken.objects.select_related("made_by").order_by("-made_at")


def token(number: int) -> ApiToken | None:
    """One token, by its number."""
    return tokens().filter(pk=number).first()


def passkeys_of(account: Account) -> QuerySet[Passkey]:
    """The passkeys of an account, in the order they were made."""
    return account.passkeys.order_by("made_at")
