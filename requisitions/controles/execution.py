"""Controls of what is done: who examines, oath, identity, seizure, age, search inside the body, presence."""

from requisitions.controles.indiscretions import soin_devine
from requisitions.controles.modele import Faits, alerte, bloquant, sans_accents
from requisitions.ins import ComparaisonIns, faute_d_identite
from requisitions.types_acte import Famille, codes, libelles, type_acte
from requisitions.types_acte.saisie import est_perquisition
from transitions.verdict import Constat

EXAMENS = codes(Famille.EXAMEN)
REQUIS = frozenset(code for code in libelles() if type_acte(code).requis)
# Acts of articles 60 and 77-1; a search inside the body and a bone age have texts of their own.
SUR_SERMENT = EXAMENS - {"EX_GAV", "INCORP", "AGE", "PREL_ALC", "PREL_STUP"}
DES_ARTICLES_60 = frozenset({"FLAG", "PRELIM", "MORT74"})
# What the hospital writes of these names no ward.
NEUTRES = frozenset({"PRESENCE", "RECH_CRIT", "AUD_PAT", "EFFETS"})
# « Hospitalisé », « majeur protégé »: the demand of a hearing says them itself.
CONNUS = ("hospitalis", "proteg")
# « Téléphone protégé par un code »: an object is protected, nobody is.
ADMIS = {"AUD_PAT": CONNUS, "EFFETS": ("proteg",)}


# Neither is an agreement, and each says its own: nobody is said to have refused who stayed silent.
SUITES_DE_L_ACCORD = {
    "refuse": "Le médecin a refusé\u00a0: proposez la saisie.",
    "sans_reponse": "Le médecin n’a pas répondu dans le délai\u00a0: proposez la saisie.",
}


def _requis(f: Faits) -> str:
    return "La personne requise" if type_acte(f.type_acte).pas_que_des_medecins else "Le médecin requis"


def r11(f: Faits) -> Constat | None:
    if f.type_acte in REQUIS and not f.volet and not f.rien_fourni:
        return bloquant("R-11", f"{_requis(f)} n’a rien noté encore.", "lien", "art. R. 4127-105 CSP")
    lien = f.volet.get("lien", "")
    if lien not in {"traitant", "proche"}:
        return None
    message = "Le médecin soigne la personne ou a un intérêt personnel\u00a0: désignez-en un autre."
    garde = "Gardé faute d’autre médecin"
    if type_acte(f.type_acte).pas_que_des_medecins:
        message = "La personne requise soigne la personne ou a un intérêt personnel\u00a0: désignez-en une autre."
        garde = "Gardée faute de quelqu’un d’autre"
    if f.type_acte.startswith("PREL_") or f.volet.get("seul"):
        return alerte("R-11", f"{message} {garde}, à justifier.", "lien", "art. R. 4127-105 CSP")
    return bloquant("R-11", message, "lien", "art. R. 4127-105 CSP")


def r12(f: Faits) -> Constat | None:
    """The paper that the doctor signed, not the word that there is one."""
    if f.type_acte not in SUR_SERMENT or f.cadre not in DES_ARTICLES_60 or (f.rien_fourni and not f.volet):
        return None
    if f.volet.get("serment") == "liste" or f.serment_signe:
        return None
    return bloquant("R-12", "Il manque le serment écrit, ou l’inscription sur une liste.", "serment", "art. 60 CPP")


def r13(f: Faits) -> Constat | None:
    if f.type_acte == "DOSSIER" and not f.rien_fourni and f.accord not in {"total", "partiel"}:
        suite = SUITES_DE_L_ACCORD.get(f.accord, "L’accord du médecin manque.")
        return bloquant("R-13", suite, reference="art. 60-1, 77-1-1 et 99-3 CPP")
    return None


def r13_doctrine(f: Faits) -> Constat | None:
    """Where the establishment only hands a record over by seizure, it says so as soon as it is asked."""
    if f.type_acte == "DOSSIER" and f.doctrine_saisie and not f.rien_fourni:
        message = "Cet hôpital ne remet un dossier médical que par saisie : demandez une saisie."
        return bloquant("R-13", message, "type_acte", "art. 56-3 CPP")
    return None


def r14(f: Faits) -> Constat | None:
    remis = f.type_acte == "DOSSIER" and f.accord in {"total", "partiel"}
    if not remis and f.type_acte != "SAISIE":
        return None
    if not f.identite_verifiee and f.ins != ComparaisonIns.DISCORDANTE:
        return bloquant("R-14", "L’identité du patient n’est pas confirmée sur les pièces.", "identite_verifiee")
    if faute := faute_d_identite(f.ins):
        return bloquant("R-14", faute, "ins")
    if f.type_acte == "SAISIE" and not f.volet.get("homonyme_ecarte"):
        return bloquant("R-14", "Dites qu’aucun homonyme n’est concerné.", "homonyme_ecarte")
    return None


def r14_homonymes(f: Faits) -> Constat | None:
    """As soon as it is received: other open demands about the same name."""
    if f.type_acte in {"DOSSIER", "SAISIE"} and f.homonymes:
        return alerte("R-14", f"Même nom dans d’autres dossiers ouverts : {f.homonymes}. Relisez prénom et naissance.")
    return None


def r15(f: Faits) -> Constat | None:
    remis = f.type_acte == "SAISIE" or (f.type_acte == "DOSSIER" and f.accord in {"total", "partiel"})
    if not remis or not f.ordre_requis:
        return None
    if not f.ordre_convoque and not f.volet.get("ordre_appele_le"):
        return bloquant("R-15", "Convoquez le représentant de l’Ordre.", "ordre_presence", "art. 56-3 CPP")
    if f.type_acte == "DOSSIER" or f.volet.get("ordre_presence") == "present":
        return None
    if f.volet.get("ordre_motif") and f.inventaire.reserves:
        return None
    return bloquant(
        "R-15",
        "Notez la présence de l’Ordre, ou le motif de son absence et la réserve.",
        "ordre_motif",
        "art. 56-3 CPP",
    )


def r16(f: Faits) -> Constat | None:
    if f.type_acte != "SAISIE" or not f.volet or f.volet.get("magistrat_present"):
        return None
    if not est_perquisition(str(f.volet.get("operation", "")), inopinee=f.inopinee, precision=f.precision):
        return None
    suite = "le parquet est appelé, faites-le écrire au procès-verbal avant de signer."
    if not f.volet.get("appel_parquet_le"):
        suite = "appelez le parquet et notez l’heure."
    return alerte("R-16", f"Perquisition sans magistrat : {suite}", "appel_parquet_le", "art. 56-3 CPP")


def r21(f: Faits) -> Constat | None:
    if f.type_acte == "PRESENCE" and f.presence_protegee and f.reponse_presence != "sans_reponse":
        return bloquant("R-21", "La seule réponse possible est la réponse neutre.", "reponse_presence")
    return None


def r22(f: Faits) -> Constat | None:
    """Who is there, who came, who is heard: no answer and no message tells where they are treated nor of what."""
    if f.type_acte not in NEUTRES:
        return None
    champ, texte = "", f.reponse_texte
    if f.type_acte == "RECH_CRIT":
        champ, texte = "identites", str(f.volet.get("identites") or "")
    if f.type_acte == "EFFETS":
        champ, texte = "pieces", f.texte_inventaire
    lu = sans_accents(texte)
    if any(sans_accents(nom) in lu for nom in f.services):
        return bloquant("R-22", "Ce texte nomme un service. Retirez-le.", champ)
    if trouve := soin_devine(texte, admis=ADMIS.get(f.type_acte, ())):
        return bloquant("R-22", f"«\u00a0{trouve}\u00a0» laisse deviner un soin. Retirez-le.", champ)
    return None


def r21_recherche(f: Faits) -> Constat | None:
    """Who is protected is left out of the list; a magistrate may have to know, and legal affairs decide it."""
    if f.type_acte == "RECH_CRIT" and f.volet.get("ecartee"):
        qui = "Une personne protégée correspond et n’est pas dans la liste"
        return alerte("R-21", f"{qui}\u00a0: le parquet est à appeler par les affaires juridiques.")
    return None


def r23_execution(f: Faits) -> Constat | None:
    """Done: the person agreed and the margin of error is written; a refusal noted without examination may leave."""
    if f.type_acte != "AGE" or not f.volet:
        return None
    if f.volet.get("accord_personne") == "refuse" and not f.volet.get("marge"):
        return None
    if f.volet.get("accord_personne") != "donne":
        return bloquant("R-23", "La personne n’a pas donné son accord.", "accord_personne", "art. 388 du code civil")
    if not f.volet.get("marge"):
        return bloquant("R-23", "Écrivez la marge d’erreur.", "marge", "art. 388 du code civil")
    return None


def r29(f: Faits) -> Constat | None:
    if f.type_acte != "INCORP" or not f.volet or f.volet.get("resultat") == "non_realise":
        return None
    base, le, examen = (f.volet.get(nom) for nom in ("base", "base_le", "examen_le"))
    textes = "art. 706-88-2 CPP et 60 bis du code des douanes"
    if base not in {"consentement", "decision"} or not le:
        return bloquant("R-29", "Il faut un consentement exprès ou la décision d’un magistrat, datés.", "base", textes)
    if examen and str(le) > str(examen):
        return bloquant(
            "R-29", "Le consentement ou la décision suit l’examen : il devait le précéder.", "base_le", textes
        )
    if base == "decision" and not (f.volet.get("magistrat") and f.volet.get("designe")):
        return bloquant("R-29", "Le médecin qui examine est celui que la décision désigne.", "designe", textes)
    return None


def r35(f: Faits) -> Constat | None:
    if f.type_acte in EXAMENS - {"EX_GAV"} and f.medecin_usmp:
        return bloquant(
            "R-35",
            "Un médecin de l’unité sanitaire n’est pas l’expert de la personne détenue.",
            "medecin",
            "art. L. 322-2 du code pénitentiaire",
        )
    return None
