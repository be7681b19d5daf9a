"""Is it the right route, for this person, towards this recipient? Controls of the domain's §9.1."""

from signalements.controles.autorites import ARME, DISPARITION, inquietante
from signalements.controles.socle import AVEC_ACCORD, COUPLE, MAJORITE, PLAINTE, VC, Derogation, Faits, controle
from transitions.verdict import Niveau


@controle("C01", Niveau.BLOQUANT, "age", "CP-226-14-3")
def c01(faits: Faits) -> str:
    """A minor is never reported under the routes of adults, even inside a couple; nor an adult as a child."""
    if faits.age is None:
        return "Indiquez l’âge de la personne, même approché\u00a0: il décide de la voie à suivre."
    if faits.age in faits.ages_admis:
        return ""
    if faits.age < MAJORITE:
        return (
            "La personne est mineure\u00a0: ce signalement ne lui est pas applicable. "
            "Suivez la fiche «\u00a0Enfant en danger\u00a0»."
        )
    return (
        "La personne est majeure\u00a0: cette voie concerne les mineurs. "
        "Choisissez la situation qui convient à un adulte."
    )


@controle("C02", Niveau.BLOQUANT, "danger_immediat", "CP-226-14-3")
def c02(faits: Faits) -> str:
    """Without agreement: a couple, an immediate danger and a hold, each with its reason."""
    if faits.voie != VC:
        return ""
    if faits.lien_auteur not in COUPLE:
        return (
            "Sans accord, seules les violences au sein du couple se signalent ainsi. "
            "Précisez le lien avec l’auteur désigné."
        )
    if faits.danger_immediat != "OUI" or faits.emprise != "OUI":
        return (
            "Sans son accord, la loi demande un danger immédiat et une emprise. Une condition manque\u00a0: "
            "recherchez son accord, ou notez votre décision de ne pas signaler."
        )
    if not (faits.danger_motive and faits.emprise_motivee):
        return "Écrivez au moins un fait pour le danger et un fait pour l’emprise."
    return ""


@controle("C03", Niveau.BLOQUANT, "accord", "CP-226-14-3")
def c03(faits: Faits) -> str:
    """The agreement was looked for, and refused or impossible."""
    if faits.voie != VC:
        return ""
    if faits.accord == "OUI":
        return "La personne est d’accord\u00a0: poursuivez avec son accord (article 226-14, 2°)."
    if faits.accord_recherche != "OUI" or faits.accord not in {"REFUS", "IMPOSSIBLE"}:
        return "Vous devez d’abord rechercher l’accord de la personne, et noter sa réponse."
    return ""


@controle("C04", Niveau.BLOQUANT, "information", "CP-226-14-3")
def c04(faits: Faits) -> str:
    """The person is told; a written reason postpones it, and the reminder stays."""
    if faits.voie != VC or faits.information == "FAITE":
        return ""
    if faits.information in {"DIFFEREE", "NON_FAITE"} and faits.non_information_motivee:
        return Derogation(
            "La personne n’est pas encore informée du signalement. "
            "L’information reste due\u00a0: vous la noterez après l’envoi."
        )
    if faits.information:
        return "Écrivez pourquoi la personne n’est pas encore informée du signalement."
    return "Vous n’avez pas indiqué si la personne a été informée du signalement."


@controle("C05", Niveau.BLOQUANT, "accord", "CP-226-14-2")
def c05(faits: Faits) -> str:
    """With agreement means a written agreement."""
    if faits.voie not in {AVEC_ACCORD, PLAINTE}:
        return ""
    if faits.accord != "OUI":
        return "Sans l’accord de la personne, ce fondement n’est pas possible. Voyez les options de la fiche."
    return "" if faits.accord_ecrit else "Recueillez un accord écrit et daté, puis confirmez-le ici."


@controle("C06", Niveau.BLOQUANT, "profession", "CP-226-14-3")
def c06(faits: Faits) -> str:
    """Profession against legal basis (domain §2.3); None admits whoever is bound by professional secrecy."""
    if faits.professions_admises is None or faits.profession in faits.professions_admises:
        return ""
    sociale = "ASSISTANT_SOCIAL" in faits.professions_admises
    action = " ou d’action sociale" if sociale else ""
    return (
        f"Cette base légale est réservée aux professionnels de santé{action}. Demandez à un médecin, une sage-femme ou "
        "un infirmier qui a lui-même constaté les faits de faire ce signalement."
    )


@controle("C07", Niveau.BLOQUANT, "destinataire", "CP-226-14-3")
def c07(faits: Faits) -> str:
    """The recipient is one the legal basis names; an adult who left, lucid and safe, is looked for by nobody."""
    if faits.voie == DISPARITION and not inquietante(faits):
        return (
            "Une personne majeure, lucide et sans danger est libre de partir\u00a0: personne n’est prévenu sans son "
            "accord. Notez votre décision de ne pas signaler."
        )
    if faits.destinataire in faits.destinataires_admis:
        return ""
    if faits.voie in {VC, AVEC_ACCORD}:
        return "Seul le procureur de la République peut recevoir ce signalement\u00a0: ni police, ni préfet, ni CRIP."
    return "Ce fondement ne permet pas d’écrire à ce destinataire. Choisissez parmi ceux qui sont proposés."


@controle("C57", Niveau.BLOQUANT, "destinataire", "CP-226-14-4")
def c57(faits: Faits) -> str:
    """The weapon of someone who is not the patient never opens a sending to the préfet."""
    if faits.voie == ARME and faits.propre("est_patient") != "OUI":
        return (
            "La personne dangereuse ne vous consulte pas\u00a0: ce texte ne s’applique pas. Dans un couple, mentionnez "
            "l’arme au procureur. Péril imminent\u00a0: le 17."
        )
    if faits.arme and faits.destinataire[0] == "SPREF":
        return (
            "L’arme de l’auteur désigné ne permet pas d’écrire au préfet\u00a0: il n’est pas votre patient. "
            "Mentionnez-la au procureur."
        )
    return ""


@controle("C60", Niveau.ALERTE, "base_legale", "")
def c60(faits: Faits) -> str:
    """The reference was in force on the day of the examination."""
    if faits.base_debut is None:
        return (
            "La référence légale n’est pas dans la base de l’application. "
            "Faites-la vérifier par les affaires juridiques."
        )
    jour = faits.date_constat.date() if faits.date_constat else None
    if jour and (jour < faits.base_debut or (faits.base_fin and jour > faits.base_fin)):
        return "La référence légale n’était pas en vigueur le jour du constat. Remplacez-la par celle en vigueur."
    return ""


@controle("C61", Niveau.BLOQUANT, "attestation_conscience", "CP-226-14-3")
def c61(faits: Faits) -> str:
    """Who signs has examined the person, and attests in conscience."""
    if faits.voie == VC and not faits.a_examine:
        return "Le signataire doit avoir lui-même examiné la personne."
    return "" if faits.attestation_conscience else "Cochez la case de votre attestation pour transmettre."
