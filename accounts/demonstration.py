"""The demonstration accounts: one person per role, shown at sign-in in demonstration mode only."""

from typing import NamedTuple

from accounts.roles import Role

MOT_DE_PASSE = "demonstration-2025"


class CompteDemo(NamedTuple):
    courriel: str
    civilite: str
    prenom: str
    nom: str
    qui: str
    service: str
    role: Role
    profession: str = ""
    qualite: str = ""


# fmt: off
COMPTES = (
    CompteDemo(
        "soignante@demo.test",
        "Dr",
        "Camille",
        "Aubert",
        "médecin, urgences adultes",
        "CHV-URG",
        Role.SOIGNANT,
        "MEDECIN",
    ),
    CompteDemo(
        "cadre@demo.test",
        "Mme",
        "Sylvie",
        "Delattre",
        "cadre de santé, urgences adultes",
        "CHV-URG",
        Role.CADRE,
        "CADRE_SANTE",
    ),
    CompteDemo(
        "garde@demo.test", "M.", "Yann", "Kermadec", "administrateur de garde", "CHV-GARDE", Role.GARDE, "DIRECTION"
    ),
    CompteDemo(
        "directrice@demo.test", "Mme", "Alix", "Brunel", "directrice de site", "CHV-DIR", Role.DIRECTION, "DIRECTION"
    ),
    CompteDemo("archives@demo.test", "Mme", "Odile", "Carpentier", "archives médicales", "CHV-ARCH", Role.ARCHIVES),
    CompteDemo("juriste@demo.test", "Mme", "Nadia", "Ferhat", "affaires juridiques", "CHV-DAJ", Role.JURISTE),
    CompteDemo(
        "juriste2@demo.test", "M.", "Paul", "Lemaire", "affaires juridiques, second regard", "CHV-DAJ", Role.JURISTE
    ),
    CompteDemo(
        "medecin@demo.test",
        "Dr",
        "Ouardia",
        "Sellier",
        "médecin responsable, chirurgie",
        "CHV-CHIR",
        Role.MEDECIN_RESPONSABLE,
        "MEDECIN",
    ),
    CompteDemo("securite@demo.test", "M.", "Karim", "Benali", "PC sécurité et vidéo", "CHV-SECU", Role.SECURITE),
    CompteDemo(
        "labo@demo.test",
        "M.",
        "Fabien",
        "Kieffer",
        "laboratoire, conservation des prélèvements",
        "CHV-LABO",
        Role.SOIGNANT,
        "PHARMACIEN",
    ),
    CompteDemo("rh@demo.test", "Mme", "Solène", "Vanhove", "ressources humaines", "CHV-DRH", Role.CADRE),
    CompteDemo("regie@demo.test", "Mme", "Karine", "Dubus", "régie des frais de justice", "CHV-REGIE", Role.REGIE),
    CompteDemo(
        "service@demo.test",
        "Mme",
        "Lucie",
        "Hennebelle",
        "infirmière du plateau d’imagerie",
        "CHV-IMA",
        Role.SOIGNANT,
        "INFIRMIER",
    ),
    CompteDemo(
        "parquet@demo.test",
        "Mme",
        "Anne",
        "Verdière",
        "substitut de permanence",
        "PARQUET-PERM",
        Role.PARQUET,
        "",
        "SUBSTITUT",
    ),
    CompteDemo(
        "juge@demo.test", "M.", "Éric", "Thiriez", "juge d’instruction", "TJ-JI", Role.JUGE_INSTRUCTION, "", "JI"
    ),
    CompteDemo(
        "opj@demo.test",
        "Cap.",
        "Bastien",
        "Caradec",
        "OPJ, commissariat de Valenciennes",
        "POLICE-CSP",
        Role.ENQUETEUR,
        "",
        "OPJ",
    ),
    CompteDemo(
        "gendarme@demo.test",
        "Adj.",
        "Lina",
        "Verhaeghe",
        "APJ, brigade de gendarmerie",
        "GEND-COB1",
        Role.ENQUETEUR,
        "",
        "APJ",
    ),
    CompteDemo(
        "douanes@demo.test",
        "M.",
        "Hugo",
        "Maréchal",
        "agent des douanes, brigade de surveillance",
        "DOUANES-BSI",
        Role.DOUANES,
        "",
        "AG_DOUANE",
    ),
    CompteDemo(
        "usmp@demo.test",
        "Dr",
        "Inès",
        "Carlier",
        "médecin, unité sanitaire de la maison d’arrêt",
        "USMP-MA",
        Role.USMP,
        "MEDECIN",
    ),
    CompteDemo(
        "maison-arret@demo.test",
        "M.",
        "Denis",
        "Wattel",
        "greffe de la maison d’arrêt",
        "MA-GREFFE",
        Role.PENITENTIAIRE,
    ),
    CompteDemo(
        "epm@demo.test",
        "Mme",
        "Jeanne",
        "Potier",
        "greffe de l’établissement pour mineurs",
        "EPM-GREFFE",
        Role.PENITENTIAIRE,
    ),
    CompteDemo(
        "escorte@demo.test",
        "M.",
        "Olivier",
        "Drouart",
        "chef d’escorte, maison d’arrêt",
        "MA-ESCORTE",
        Role.PENITENTIAIRE,
    ),
    CompteDemo(
        "ordre@demo.test", "Dr", "Hélène", "Vasseur", "conseillère de l’Ordre des médecins", "CDOM-PERM", Role.ORDRE
    ),
    CompteDemo(
        "prefecture@demo.test",
        "M.",
        "Rémi",
        "Colin",
        "sous-préfecture, bureau de la sécurité",
        "SPREF-SEC",
        Role.PREFECTURE,
        "",
        "PREFET",
    ),
    CompteDemo(
        "crip@demo.test", "Mme", "Élodie", "Masson", "cellule des informations préoccupantes", "CRIP-59", Role.CRIP
    ),
    CompteDemo("ars@demo.test", "M.", "Julien", "Prévost", "cellule maltraitance de l’ARS", "ARS-CELLULE", Role.ARS),
    CompteDemo(
        "admin-chv@demo.test",
        "Mme",
        "Brigitte",
        "Noël",
        "administratrice des comptes de l’hôpital",
        "CHV-COMPTES",
        Role.ADMIN_INSTITUTION,
    ),
    CompteDemo(
        "referente@demo.test", "Mme", "Sophie", "Delcourt", "référente de la convention", "CHV-CONV", Role.REFERENT
    ),
    CompteDemo("dpo@demo.test", "M.", "Thierry", "Blondel", "délégué à la protection des données", "CHV-DPO", Role.DPO),
    CompteDemo(
        "cls@demo.test",
        "Mme",
        "Maud",
        "Lesage",
        "référente du contrat local de santé",
        "CAVM-SANTE",
        Role.REFERENT_PROGRAMME,
    ),
    CompteDemo("cpam@demo.test", "M.", "Gilles", "Wargny", "CPAM, partenaire du contrat local", "CPAM-PREV", Role.PARTENAIRE),
)
# fmt: on


def comptes_demo() -> list[tuple[str, str]]:
    """Address and description of each account, in the order of the README."""
    return [(compte.courriel, compte.qui) for compte in COMPTES]
