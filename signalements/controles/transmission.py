"""What goes with the sending: call, linked situations. Controls of the domain's §9.3."""

from signalements import ressorts
from signalements.controles.socle import AVEC_ACCORD, MAJORITE, VC, Faits, controle
from transitions.verdict import Niveau


@controle("C41", Niveau.ALERTE, "commune_faits", "CPP-43")
def c41(faits: Faits) -> str:
    """The place of the facts belongs to another court: said, never held."""
    if faits.destinataire[0] != "PARQUET" or faits.propre("ressort_motif") == "DOMICILE":
        return ""
    tribunal = ressorts.tribunal_de(faits.commune)
    if not tribunal or tribunal == ressorts.ICI:
        return ""
    return (
        f"{faits.commune.strip()} est hors du ressort de {ressorts.ICI}\u00a0: à transmettre au parquet de {tribunal}. "
        f"Dans l’urgence, envoyez ici\u00a0: le parquet de {ressorts.ICI} réoriente."
    )


@controle("C48", Niveau.ALERTE, "nom", "")
def c48(faits: Faits) -> str:
    """The same person, the same route, within thirty days."""
    if not faits.doublon:
        return ""
    return (
        "Vous avez déjà écrit ce signalement pour une personne du même nom, il y a moins de 30\u00a0jours. "
        "S’il s’agit du même épisode, ajoutez plutôt un complément."
    )


@controle("C59", Niveau.ALERTE, "second_avis", "CSP-R4127-44")
def c59(faits: Faits) -> str:
    """Not reporting a child or a person who cannot protect oneself calls for a second opinion."""
    enfant = faits.age is not None and faits.age < MAJORITE
    if not faits.non_signalement or not (enfant or faits.propre("incapacite_se_proteger") == "OUI"):
        return ""
    qui = "un mineur" if enfant else "une personne hors d’état de se protéger"
    return f"La décision concerne {qui}\u00a0: demandez un second avis avant de ne pas signaler."


@controle("C62", Niveau.ALERTE, "date_appel", "CP-223-6")
def c62(faits: Faits) -> str:
    """An urgent case: a call and a writing, not one alone."""
    if faits.urgence == "IMMEDIATE" and not faits.appel:
        parquet = any(institution == "PARQUET" for institution, _ in faits.destinataires_admis)
        qui = "la permanence du parquet" if parquet else "le 17 ou l’unité destinataire"
        return f"Le danger est immédiat\u00a0: l’envoi en ligne ne suffit pas. Appelez aussi {qui}."
    return ""


@controle("C63", Niveau.ALERTE, "enfants", "CASF-L226-2-1")
def c63(faits: Faits) -> str:
    """Other situations seen at the same time have their own case and recipient."""
    autres = []
    if faits.enfants and faits.voie in {VC, AVEC_ACCORD}:
        autres.append("les enfants (fiche «\u00a0Enfant en danger\u00a0»)")
    if faits.auteur_present == "OUI":
        autres.append("la présence de l’auteur désigné sur le site (poste de sécurité, sans motif médical)")
    if faits.propre("peril_imminent") == "OUI" or faits.propre("arme_ou_projet") == "OUI":
        autres.append(
            "le péril ou l’arme (appelez le 17 s’il est imminent\u00a0; fiche «\u00a0Armes et menaces\u00a0»)"
        )
    if not autres:
        return ""
    return f"Pensez aussi à\u00a0: {', '.join(autres)}. Chaque situation a son propre dossier."


@controle("C47", Niveau.ALERTE, "enfants", "CASF-L226-2-1")
def c47(faits: Faits) -> str:
    """Children declared without a case of their own."""
    if not faits.enfants or faits.enfants_lies >= faits.enfants:
        return ""
    if faits.age is not None and faits.age < MAJORITE:
        return "Vous avez noté une fratrie\u00a0: ouvrez un dossier pour chaque enfant qui est en danger."
    return "Vous avez noté des enfants\u00a0: chaque enfant en danger a son propre dossier, à ouvrir après l’envoi."
