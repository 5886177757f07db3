"""Who the invented people are: names that nobody has, a postcode of nowhere, telephone numbers kept free for plays."""

from dataclasses import dataclass
from random import Random

from stdnum.gb import nhs

GIVEN = (
    "Ada", "Albert", "Alice", "Amina", "Arthur", "Beatrice", "Bernard", "Chidi", "Clara", "Cyril", "Daisy", "Derek",
    "Doris", "Edith", "Elif", "Ernest", "Farah", "Florence", "Frank", "George", "Gladys", "Grace", "Harold", "Hazel",
    "Hilda", "Ivy", "Jack", "Jean", "Joan", "Kofi", "Leonard", "Lily", "Mabel", "Marek", "Maureen", "Mei", "Nora",
    "Olga", "Oscar", "Patrick", "Pearl", "Priya", "Ravi", "Rose", "Ruby", "Samuel", "Siobhán", "Stanley", "Violet",
    "Walter", "Winifred", "Yusuf", "Zoë",
)  # fmt: skip
FAMILY = (
    "Example", "Exampleby", "Fable", "Feigned", "Fictional", "Figment", "Imaginary", "Imagined", "Invented", "Inventon",
    "Madeup", "Makebelieve", "Mockby", "Nobody", "Notreal", "O'Invented", "Placeholder", "Pretend", "Pretendham",
    "Sample", "Sampleton", "Specimen", "Storybook", "Supposed", "Unreal",
)  # fmt: skip
STREETS = ("Imaginary Lane", "Nowhere Road", "Example Street", "Pretend Avenue", "Fable Close", "Storybook Way")
TOWNS = ("Exampleton", "Nowhere-on-Sea", "Madeup Magna", "Little Pretending")
LETTERS_OF_POSTCODES = "ABDEFGHJLNPQRSTUWXYZ"


@dataclass(frozen=True, slots=True)
class Identity:
    """One invented person. No two have the same NHS number, e-mail address or telephone number."""

    number: int
    given_name: str
    family_name: str
    address: str
    postcode: str
    telephone: str
    nhs_number: str

    @property
    def email(self) -> str:
        """An address that no letter can reach."""
        plain = "".join(each for each in self.family_name.lower() if each.isascii() and each.isalpha())
        return f"{plain}.{self.number:03d}@example.org"


def identities(people: int, seed: int) -> list[Identity]:
    """So many invented people: the same seed gives the same ones, whatever the day."""
    drawn = Random(seed)
    return [_identity(number, drawn) for number in range(1, people + 1)]


def _identity(number: int, drawn: Random) -> Identity:
    last = "".join(drawn.choice(LETTERS_OF_POSTCODES) for _ in range(2))
    return Identity(
        number=number,
        given_name=drawn.choice(GIVEN),
        family_name=drawn.choice(FAMILY),
        address=f"{drawn.randint(1, 120)} {drawn.choice(STREETS)}\n{drawn.choice(TOWNS)}",
        postcode=f"ZZ99 {drawn.randint(1, 9)}{last}",
        telephone=f"01632 960{number % 1000:03d}",
        nhs_number=_nhs_number(number),
    )


def _nhs_number(number: int) -> str:
    """The first of a hundred numbers of the range kept for tests, 999, whose check digit is right."""
    hundred = (f"999{number:05d}{last:02d}" for last in range(100))
    return next(each for each in hundred if nhs.is_valid(each))
