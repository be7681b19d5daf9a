"""Children and adults who cannot protect themselves: controls C10 to C15 of the domain's §9.1."""

from signalements.controles.socle import CRIP, MAJORITE, Faits, controle
from transitions.verdict import Niveau

MSF, TRAITE = "MSF", "TRAITE"
# Routes of article 226-14, 1°, whoever the person is: minor, or adult who cannot protect herself.
PREMIER_ALINEA = frozenset({MSF, TRAITE})
IP, MINEUR, ARS = "MINEUR_IP", "MINEUR_SIGNALEMENT", "MAJEUR_VULNERABLE_ARS"
A_LA_CRIP = frozenset({IP, "RADICALISATION_MINEUR"})
VULNERABLE = frozenset({"MAJEUR_VULNERABLE_PR", ARS})
FAMILLE = frozenset({"ASCENDANT", "BEAU_PARENT", "FRATRIE"})
# Offences against the body: the administration alone is not the place.
GRAVES = frozenset({"PHYSIQUE", "SEXUELLE", "ENFERMEMENT"})


@controle("C10", Niveau.BLOQUANT, "infraction_suspectee", "CASF-L226-4")
def c10(faits: Faits) -> str:
    """An offence or a grave danger is never an information préoccupante alone."""
    if faits.voie not in A_LA_CRIP or not faits.penal:
        return ""
    return (
        "Une infraction ou un danger grave se signale au procureur. "
        "Continuez par un signalement\u00a0: ce que vous avez écrit est conservé."
    )


@controle("C11", Niveau.BLOQUANT, "destinataire", "CASF-L226-4")
def c11(faits: Faits) -> str:
    """Who tells the prosecutor of a child directly sends a copy to the department."""
    enfant = faits.voie in PREMIER_ALINEA and faits.age is not None and faits.age < MAJORITE
    if not (faits.voie == MINEUR or enfant) or CRIP in faits.copies:
        return ""
    return "La copie à la CRIP manque. Faites vérifier l’annuaire par la référente de la convention."


@controle("C12", Niveau.ALERTE, "information_parents", "CASF-L226-2-1")
def c12(faits: Faits) -> str:
    """Parents told although an offence comes from the family; or not told of an information préoccupante."""
    if faits.voie == MSF:
        return _parents_msf(faits)
    information = faits.propre("information_parents")
    if faits.voie in A_LA_CRIP:
        if information == "FAITE" or (information and faits.propre("motif_information")):
            return ""
        return (
            "Les parents sont informés d’une information préoccupante, sauf intérêt contraire de l’enfant\u00a0: "
            "écrivez lequel."
        )
    intrafamiliale = faits.propre("auteur_lien") in FAMILLE and faits.propre("infraction_suspectee") == "OUI"
    if intrafamiliale and information == "FAITE":
        return (
            "Vous suspectez une infraction dans la famille, et les parents sont informés. "
            "Dites-le au procureur\u00a0: il y a peut-être un risque de pression ou de départ."
        )
    return ""


def _parents_msf(faits: Faits) -> str:
    if faits.propre("parents_informes") != "OUI_PREVENTION" or faits.propre("msf_statut") == "RISQUE":
        return ""
    return (
        "Les parents sont informés, et la mutilation est constatée ou redoutée bientôt. "
        "Dites-le au procureur\u00a0: il y a peut-être un risque de départ."
    )


@controle("C13", Niveau.BLOQUANT, "incapacite_se_proteger", "CP-226-14-1")
def c13(faits: Faits) -> str:
    """The state of the person, not the age nor the disability, prevents protection; it is motivated."""
    majeure = faits.voie in PREMIER_ALINEA and faits.age is not None and faits.age >= MAJORITE
    if faits.voie not in VULNERABLE and not majeure:
        return ""
    if faits.propre("incapacite_se_proteger") != "OUI":
        return (
            "La personne peut se protéger\u00a0: il faut son accord. "
            "Proposez-lui un soutien et le 3977, ou continuez avec son accord."
        )
    if not str(faits.propre("motif_incapacite") or "").strip():
        return "Écrivez les faits qui montrent qu’elle ne peut pas se protéger."
    if faits.voie in VULNERABLE and set(faits.propre("fondement_vulnerabilite") or []) <= {"AGE"}:
        return "L’âge seul ne suffit pas\u00a0: dites quelle incapacité empêche la personne de se protéger."
    return ""


@controle("C14", Niveau.ALERTE, "type_maltraitance", "CASF-L119-2")
def c14(faits: Faits) -> str:
    """A grave offence sent to the ARS alone."""
    graves = GRAVES & set(faits.propre("type_maltraitance") or [])
    if faits.voie == ARS and (graves or faits.danger_immediat == "OUI"):
        return "Les faits peuvent être une infraction grave\u00a0: signalez-les aussi, ou d’abord, au procureur."
    return ""


@controle("C15", Niveau.ALERTE, "mandataire_informe", "CP-226-14-1")
def c15(faits: Faits) -> str:
    """The legal representative who is accused must not be told."""
    accuse = faits.propre("mandataire_mis_en_cause") == "OUI"
    if not accuse:
        return ""
    if faits.propre("mandataire_informe") == "OUI":
        return "Le mandataire est mis en cause, et vous l’avez informé. Dites-le au destinataire."
    return "Le mandataire est mis en cause\u00a0: aucune information ne lui sera adressée."
