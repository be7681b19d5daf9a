"""The motives for which an identity of a requisition is shown, and the pages that show it."""

MOTIFS = [
    ("RAPPROCHEMENT", "Rapprochement avec le fichier des patients"),
    ("REPONSE", "Préparation de la réponse"),
    ("APPEL", "Appel du service requérant"),
]
PAGES = frozenset({"dossier", "tri", "reponse", "gel", "audition", "preparation"})
