class LancementImpossible(Exception):  # noqa: N818  a French sentence, as its message
    """Carries one clear French sentence for the person at the keyboard."""
