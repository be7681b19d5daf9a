"""The motives for which an identity of a signalement is shown."""

MOTIFS_AUTEUR = [
    ("VERIFIER", "Vérifier l’identité avant l’envoi"),
    ("JOINDRE", "Joindre la personne"),
    ("COMPLETER", "Corriger ou compléter le signalement"),
]
MOTIFS_DESTINATAIRE = [
    ("TRAITER", "Traiter ce signalement"),
    ("RAPPROCHER", "Le rapprocher d’une procédure"),
    ("PROTEGER", "Faire protéger la personne"),
]
