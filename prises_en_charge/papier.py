"""The blank form of a medical extraction. Asked by the health unit; nothing on it tells the escort why."""

from dossiers.papier import Champ, FormulairePapier, Section

FORMULAIRE = FormulairePapier(
    code="DET",
    titre="Demande d’extraction médicale",
    consigne="Aucun motif médical ni spécialité sur ce papier : l’escorte le lira. L’heure ne se dit pas à la personne "
    "détenue.",
    reprise="Personnes détenues, demande d’extraction",
    hospitalier=False,
    sections=(
        Section(
            "La demande",
            (
                Champ("Unité sanitaire, nom et fonction du demandeur"),
                Champ("Jour et heure de la demande"),
                Champ("Urgence", cases=("Immédiate", "Dans la journée", "Programmée")),
                Champ("Établissement, et repère de la personne dans l’établissement"),
            ),
        ),
        Section(
            "Le trajet",
            (
                Champ("Jour et heure d’arrivée attendus à l’hôpital"),
                Champ("Accueil à l’hôpital", aide="Le guichet, jamais le service."),
                Champ("Durée prévue"),
                Champ("Transport", cases=("Véhicule pénitentiaire", "Ambulance", "SMUR")),
                Champ("Précautions pour le transport, sans motif médical", lignes=2),
            ),
        ),
        Section(
            "L’escorte et le retour",
            (
                Champ("Chef d’escorte, niveau, effectif"),
                Champ("Départ : jour et heure"),
                Champ("Arrivée : jour et heure"),
                Champ("Retour : jour et heure"),
                Champ("Incidents", lignes=3),
            ),
        ),
    ),
)
