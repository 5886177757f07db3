"""A sum parted into instalments that differ by a penny at most, the dearer ones first."""


def instalments(amount: int, count: int) -> tuple[int, ...]:
    """``amount`` pence in ``count`` instalments. Raises ``ValueError`` for fewer than one, or for more than there are pence."""
    if not 1 <= count <= max(amount, 1):
        raise ValueError(f"{amount} pence cannot be paid in {count} instalments")
    each, over = divmod(amount, count)
    return tuple(each + (number < over) for number in range(count))
