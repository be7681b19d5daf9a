class LancementImpossible(Exception):
    """Carries one clear French sentence for the person at the keyboard."""
