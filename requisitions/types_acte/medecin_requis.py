"""What every doctor who is required says first: no tie, the oath, the identity, when."""

from requisitions.types_acte.base import Champ, Genre

LIEN = Champ(
    "lien",
    "Votre lien avec la personne",
    Genre.CHOIX,
    choix=(
        ("aucun", "Aucun"),
        ("traitant", "Je la soigne, ou l’ai soignée pendant ce séjour"),
        ("proche", "Un proche, ou un intérêt personnel"),
    ),
    requis=True,
)
SEUL = Champ(
    "seul",
    "Aucun autre médecin n’est disponible",
    Genre.OUI,
    aide="Un médecin traitant n’est pas expert de son patient, sauf s’il est seul.",
)
SERMENT = Champ(
    "serment",
    "Serment",
    Genre.CHOIX,
    choix=(
        ("liste", "Inscrit sur une liste d’experts"),
        ("ecrit", "Je jure d’apporter mon concours à la justice en mon honneur et en ma conscience"),
    ),
    aide="Demandé par les articles 60 et 77-1, hors garde à vue. Le serment prêté ici est signé et daté en "
    "enregistrant\u00a0: il part avec la réponse.",
    papier="Serment",
    imprime=True,
)
IDENTITE = Champ("identite_verifiee", "J’ai vérifié l’identité de la personne", Genre.OUI)
EXAMEN = Champ("examen_le", "Examen commencé, ou refus constaté, le", Genre.MOMENT, requis=True, imprime=True)
ACCORD = Champ(
    "accord_personne",
    "La personne",
    Genre.CHOIX,
    choix=(("donne", "A donné son accord à l’examen"), ("refuse", "A refusé l’examen, refus constaté par écrit")),
    requis=True,
    imprime=True,
)
