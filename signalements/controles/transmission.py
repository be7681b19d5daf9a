"""What goes with the sending: call, linked situations. Controls of the domain's §9.3."""

from datetime import timedelta

from signalements import ressorts
from signalements.controles.socle import AVEC_ACCORD, MAJORITE, VC, Derogation, Faits, controle
from transitions.verdict import Niveau

CONTACT_JOURS = 183
SANS_SUITE_JOURS = 183
# How long a complete letter may wait before it is sent, by urgency: proposed, to be validated by the committee.
ATTENTES = {"IMMEDIATE": timedelta(hours=2), "JOUR": timedelta(hours=24)}
ATTENTE = timedelta(days=5)


@controle("C39", Niveau.BLOQUANT, "contact_confirme", "")
def c39(faits: Faits) -> str:
    """The recipient's contact is out of date or unverified for six months: its author verifies it, or says so."""
    ancien = faits.contact_jours is not None and faits.contact_jours > CONTACT_JOURS
    if not ancien and not faits.contact_expire:
        return ""
    if faits.contact_confirme:
        return Derogation("Le contact du destinataire est ancien\u00a0: vous avez confirmé qu’il est le bon.")
    pourquoi = "n’est plus valable" if faits.contact_expire else "n’est plus vérifié depuis six mois"
    return (
        f"Le contact du destinataire {pourquoi}. Vérifiez qu’il est le bon, puis cochez la "
        "case sous le destinataire. En urgence, appelez d’abord."
    )


@controle("C41", Niveau.ALERTE, "commune_faits", "CPP-43")
def c41(faits: Faits) -> str:
    """The place of the facts belongs to another court: said, never held."""
    if faits.destinataire[0] != "PARQUET" or faits.propre("ressort_motif") == "DOMICILE":
        return ""
    tribunal = ressorts.tribunal_de(faits.commune)
    if not tribunal:
        return _ressort_inconnu(faits)
    if tribunal == ressorts.ICI:
        return ""
    return (
        f"{faits.commune.strip()} est hors du ressort de {ressorts.ICI}\u00a0: à transmettre au parquet de {tribunal}. "
        f"Dans l’urgence, envoyez ici\u00a0: le parquet de {ressorts.ICI} réoriente."
    )


def _ressort_inconnu(faits: Faits) -> str:
    """What to check when the table says nothing of a commune: never a guess."""
    if not faits.commune.strip():
        return ""
    return (
        f"«\u00a0{faits.commune.strip()}\u00a0» n’est pas dans la table des ressorts. Vérifiez l’orthographe et le "
        "département, ou demandez à la permanence du parquet quel tribunal est compétent."
    )


@controle("C43", Niveau.ALERTE, "", "")
def c43(faits: Faits) -> str:
    """Complete and not sent, beyond what its urgency allows."""
    if faits.attente is None or faits.attente <= ATTENTES.get(faits.urgence, ATTENTE):
        return ""
    return "Toutes les étapes sont remplies et rien n’est parti. Transmettez, ou décidez de ne pas signaler."


@controle("C45", Niveau.ALERTE, "", "CPP-40-2")
def c45(faits: Faits) -> str:
    """Sent six months ago, no outcome known: asked once for all, of the recipient's referent."""
    if faits.sans_suite_jours is None or faits.sans_suite_jours <= SANS_SUITE_JOURS:
        return ""
    return "Aucune suite n’est connue depuis six mois\u00a0: demandez-la au destinataire, une fois pour tous."


@controle("C48", Niveau.ALERTE, "nom", "")
def c48(faits: Faits) -> str:
    """The same person, the same route, within thirty days."""
    if not faits.doublon:
        return ""
    return (
        "Vous avez déjà écrit la même chose pour une personne du même nom, il y a moins de 30\u00a0jours. "
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
