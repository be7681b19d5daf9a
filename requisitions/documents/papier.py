"""The blank form of the front desk: what an officer asks and what was answered, when the network is down."""

from dossiers.papier import Champ, FormulairePapier, Section

FORMULAIRE = FormulairePapier(
    code="REQ",
    titre="Réquisition reçue au guichet",
    consigne="Ne remettez rien sans l’accord du médecin responsable. Rappelez le requérant au numéro de l’annuaire, "
    "jamais à celui qu’il donne. Agrafez la copie de l’acte.",
    reprise="Réquisitions, « Enregistrer une réquisition reçue », en joignant la photographie de ce papier",
    sections=(
        Section(
            "Le requérant",
            (
                Champ("Nom, grade, matricule"),
                Champ("Service ou unité"),
                Champ("Carte professionnelle vue", cases=("Oui", "Non")),
                Champ("Rappelé au numéro de l’annuaire, à quelle heure, par qui"),
            ),
        ),
        Section(
            "L’acte",
            (
                Champ("Jour et heure de réception"),
                Champ("Cadre juridique écrit sur l’acte"),
                Champ("Magistrat, et numéro de procédure"),
                Champ("Personne visée : nom, date de naissance ou âge, situation"),
                Champ("Ce qui est demandé", lignes=4),
                Champ("Garde à vue en cours", cases=("Oui", "Non")),
                Champ("Examen demandé, puis fin de la mesure : jours et heures"),
            ),
        ),
        Section(
            "La réponse",
            (
                Champ("Médecin responsable joint : nom, heure"),
                Champ("Accord", cases=("Oui", "Non", "Sans objet")),
                Champ("Réponse", cases=("Remis", "Refusé", "Non détenu", "En attente")),
                Champ("Ce qui est remis, pièce par pièce, ou le motif du refus", lignes=5),
                Champ("Signature de l’agent"),
                Champ("Signature du requérant, jour et heure"),
            ),
        ),
    ),
)
