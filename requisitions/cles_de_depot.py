"""Several persons or places on one page of the deposit: a case for each, its key drawn from the page's. Pure."""

from uuid import UUID, uuid5

MAXIMUM = 10


def cle_de(page: UUID, rang: int) -> UUID:
    """The key of the deposit of one of them, the same each time the page is sent; the first bears the page's own."""
    return uuid5(page, str(rang)) if rang else page


def cles_de(page: UUID) -> list[UUID]:
    return [cle_de(page, rang) for rang in range(MAXIMUM)]
