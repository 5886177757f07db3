"""Payments to invented people, for the bank files. The accounts are Vocalink's published examples, which belong to nobody."""

from farthing.base.days import day
from farthing.exchange.bank_details import read_bank_account
from farthing.exchange.payments import Originator, Payment
from farthing.exchange.working_days import WorkingDays

WORKING_DAYS = WorkingDays()
MADE_ON = day("2026-05-05")
FIRST_DAY, SECOND_DAY = day("2026-05-07"), day("2026-05-11")

COUNCIL = Originator(
    service_user_number="123456",
    name="EXAMPLE COUNCIL",
    account=read_bank_account("10-79-99", "88837491", "Example County Council"),
    file_serial=7,
)

BRIEN = read_bank_account("08-99-99", "66374958", "Siân O'Brien")
LONG_NAME = read_bank_account("20-29-59", "63748472", "Bartholomew Featherstonehaugh")
SOCIETY = read_bank_account("87-14-27", "46238510", "Mr A & Mrs B Example", "D/12345678-9")

ONE_DAY = (
    Payment("DP0000101", 8_000, BRIEN, FIRST_DAY),
    Payment("DP0000102", 123_456_78, LONG_NAME, FIRST_DAY),
    Payment("DP0000103", 1, SOCIETY, FIRST_DAY),
)
SEVERAL_DAYS = (
    Payment("DP0000104", 2_000, SOCIETY, SECOND_DAY),
    *ONE_DAY,
    Payment("DP0000105", 55_500, BRIEN, SECOND_DAY),
)
