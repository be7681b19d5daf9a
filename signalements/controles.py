"""The numbered controls, pure functions over frozen facts. They hold an online sending, never care nor a call."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from transitions.verdict import Constat, Niveau

SOIGNANTS = frozenset({"MEDECIN", "SAGE_FEMME", "PHARMACIEN", "INFIRMIER", "AIDE_SOIGNANT", "CADRE_SANTE"})
COUPLE = frozenset({"CONJOINT", "CONCUBIN", "PACS", "EX_CONJOINT", "EX_CONCUBIN", "EX_PACS", "SANS_COHABITATION"})
VC = "VC_SANS_ACCORD"
AVEC_ACCORD = "MAJEUR_AVEC_ACCORD"


@dataclass(frozen=True, slots=True)
class Faits:
    """What the controls may know of a signalement: closed answers, and whether a reason was written."""

    voie: str
    age: int | None = None
    lien_auteur: str = ""
    danger_immediat: str = ""
    danger_motive: bool = False
    emprise: str = ""
    emprise_motivee: bool = False
    accord_recherche: str = ""
    accord: str = ""
    accord_ecrit: bool = False
    information: str = ""
    non_information_motivee: bool = False
    profession: str = ""
    a_examine: bool = False
    attestation_conscience: bool = False
    destinataire: tuple[str, str] = ("", "")
    destinataires_admis: frozenset[tuple[str, str]] = frozenset()
    base_debut: date | None = None
    base_fin: date | None = None
    date_constat: datetime | None = None
    urgence: str = ""
    appel: bool = False
    enfants: int = 0
    arme: bool = False
    auteur_present: str = ""


class Derogation(str):
    """A message that lowers a blocking rule to an alert: its traced derogation."""


Controle = Callable[[Faits], Constat | None]
CONTROLES: dict[str, Controle] = {}


def controle(numero: str, niveau: Niveau, champ: str, reference: str) -> Callable[[Callable[[Faits], str]], Controle]:
    """Register a rule: the function returns the French message of what it found, or an empty string."""

    def enregistrer(fonction: Callable[[Faits], str]) -> Controle:
        def constater(faits: Faits) -> Constat | None:
            message = fonction(faits)
            if not message:
                return None
            effectif = Niveau.ALERTE if isinstance(message, Derogation) else niveau
            return Constat(numero, effectif, str(message), champ, reference)

        constater.__doc__ = fonction.__doc__
        CONTROLES[numero] = constater
        return constater

    return enregistrer


def controler(faits: Faits, numeros: Iterable[str]) -> list[Constat]:
    """Run these controls in order; only what was found is returned."""
    constats = (CONTROLES[numero](faits) for numero in numeros)
    return [constat for constat in constats if constat]


@controle("C01", Niveau.BLOQUANT, "age", "CP-226-14-3")
def c01(faits: Faits) -> str:
    """A minor is never reported under these voies, even inside a couple."""
    if faits.age is None:
        return "Indiquez l’âge de la personne, même approché\u00a0: il décide de la voie à suivre."
    if faits.age < 18:
        return (
            "La personne est mineure\u00a0: ce signalement ne lui est pas applicable. "
            "Suivez la fiche «\u00a0Enfant en danger\u00a0»."
        )
    return ""


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
    if faits.voie != AVEC_ACCORD:
        return ""
    if faits.accord != "OUI":
        return "Sans l’accord de la personne, ce fondement n’est pas possible. Voyez les options de la fiche."
    return "" if faits.accord_ecrit else "Recueillez un accord écrit et daté, puis confirmez-le ici."


@controle("C06", Niveau.BLOQUANT, "profession", "CP-226-14-3")
def c06(faits: Faits) -> str:
    """Profession against legal basis."""
    if faits.profession in SOIGNANTS:
        return ""
    return (
        "Cette base légale est réservée aux professionnels de santé. Demandez à un médecin, une sage-femme ou "
        "un infirmier qui a lui-même constaté les faits de faire ce signalement."
    )


@controle("C07", Niveau.BLOQUANT, "destinataire", "CP-226-14-3")
def c07(faits: Faits) -> str:
    """The recipient is one the legal basis names."""
    if faits.destinataire in faits.destinataires_admis:
        return ""
    return "Seul le procureur de la République peut recevoir ce signalement\u00a0: ni police, ni préfet, ni CRIP."


@controle("C57", Niveau.BLOQUANT, "destinataire", "CP-226-14-4")
def c57(faits: Faits) -> str:
    """The weapon of someone who is not the patient never opens a sending to the préfet."""
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
    return (
        ""
        if faits.attestation_conscience
        else "Cochez «\u00a0Je transmets ce signalement en conscience\u00a0» pour transmettre."
    )


@controle("C62", Niveau.ALERTE, "date_appel", "CP-223-6")
def c62(faits: Faits) -> str:
    """An urgent case: a call and a writing, not one alone."""
    if faits.urgence == "IMMEDIATE" and not faits.appel:
        return "Sa vie est en danger\u00a0: l’envoi en ligne ne suffit pas. Appelez aussi la permanence du parquet."
    return ""


@controle("C63", Niveau.ALERTE, "enfants", "CASF-L226-2-1")
def c63(faits: Faits) -> str:
    """Other situations seen at the same time have their own case and recipient."""
    autres = []
    if faits.enfants:
        autres.append("les enfants (fiche «\u00a0Enfant en danger\u00a0»)")
    if faits.auteur_present == "OUI":
        autres.append("la présence de l’auteur désigné sur le site (poste de sécurité, sans motif médical)")
    if not autres:
        return ""
    return f"Pensez aussi à\u00a0: {', '.join(autres)}. Chaque situation a son propre dossier."
