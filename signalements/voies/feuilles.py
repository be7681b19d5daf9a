"""The sheets that several voies print."""

from signalements.voies.modele import Feuille

INFORMATION = Feuille("information", "Attestation d’information de la personne", "pdf/attestation_information.html")
# Its name and its file name say nothing either: it may be seen by somebody else.
RESSOURCES = Feuille("numeros-utiles", "Carte de numéros utiles", "pdf/numeros_utiles.html", muette=True)
RETOUR = Feuille("retour", "Fiche de retour", "pdf/fiche_retour.html")
DILIGENCES = Feuille("diligences", "Attestation de diligences", "pdf/diligences.html")
# Handed to an adult who may be watched: it says neither why nor by whom it was given.
ORIENTATION = Feuille(
    "accompagnement",
    "Fiche d’orientation, à remettre seul à seul",
    "pdf/fiche_orientation.html",
    muette=True,
    adulte=True,
)
# Handed to the parents, and in prevention only: never where a report must reach the prosecutor first.
RISQUES = Feuille(
    "risques",
    "Attestation de risques, à remettre aux parents",
    "pdf/attestation_risques.html",
    reponses={"msf_statut": "RISQUE", "parents_informes": "OUI_PREVENTION"},
)
