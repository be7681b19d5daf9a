"""The expected results of the domain's §10.1: base, recipient, copy, sending and controls, row by row."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pytest

from signalements.controles import CONTROLES, Faits, controler
from signalements.controles.violence import CONSENTEMENT
from signalements.declarations.routes import ROUTES
from signalements.voies import VOIES
from signalements.voies.modele import ADULTE, MINEUR
from tests.declarations.test_objet_illicite import CT07B
from tests.declarations.test_violence import CT08, POLICE
from tests.signalements.test_autorites import ARME, PERIL, avec
from tests.signalements.test_controles import AVEC, CT01
from tests.signalements.test_protection import NOURRISSON, SOUS_TUTELLE


@dataclass(frozen=True)
class Ligne:
    """A row. `controles`: those the voie runs. `voisins`: those of the row that hold the same person under another
    voie. `forme`: those that no rule runs, because the product offers no way to do what they forbid, or a deadline
    does it. `constats`: exactly what is found."""

    faits: Faits
    base: str
    destinataire: str
    part: bool
    controles: str
    constats: str = ""
    copies: tuple[str, ...] = ()
    second: tuple[str, ...] = ()
    voisins: Mapping[str, Faits] = field(default_factory=dict)
    forme: str = ""


def sous(code: str, cas: Faits) -> Faits:
    """The same person, under another voie, towards its own recipient."""
    voie = VOIES[code]
    return replace(
        cas,
        voie=code,
        ages_admis=voie.ages,
        professions_admises=voie.professions,
        destinataires_admis=voie.destinataires,
        destinataire=next(iter(voie.destinataires)),
    )


CAS_01 = replace(CT01, arme=True, auteur_present="OUI")
CAS_03 = replace(NOURRISSON, enfants=1, base_debut=CT01.base_debut, ages_admis=MINEUR)
CAS_05 = replace(
    avec(SOUS_TUTELLE, mandataire_mis_en_cause="OUI", mandataire_informe="NON_MIS_EN_CAUSE"),
    base_debut=CT01.base_debut,
    ages_admis=ADULTE,
)
LUCIDE = replace(
    AVEC, age=79, accord="REFUS", accord_ecrit=False, lien_auteur="", propres={"incapacite_se_proteger": "NON"}
)
LIGNES = {
    "01": Ligne(
        CAS_01,
        "CP-226-14-3",
        "PARQUET-PERM",
        part=True,
        controles="C03 C04 C07 C57 C61 C63",
        constats="C63",
        forme="C50 C56",
    ),
    "01b": Ligne(
        replace(CT01, emprise_motivee=False),
        "CP-226-14-3",
        "PARQUET-PERM",
        part=False,
        controles="C02",
        constats="C02",
        forme="C46",
    ),
    "01c": Ligne(
        replace(CT01, profession="ASSISTANT_SOCIAL"),
        "CP-226-14-3",
        "PARQUET-PERM",
        part=False,
        controles="C06",
        constats="C06",
    ),
    "03": Ligne(
        CAS_03,
        "CP-226-14-1",
        "PARQUET-PERM",
        part=True,
        controles="C11 C12 C47",
        constats="C47",
        copies=("CRIP-59",),
        voisins={"C10": sous("MINEUR_IP", CAS_03)},
    ),
    "05": Ligne(
        CAS_05,
        "CP-226-14-1",
        "PARQUET-PERM",
        part=True,
        controles="C13 C15",
        constats="C15",
        second=("MAJEUR_VULNERABLE_ARS",),
        voisins={"C14": sous("MAJEUR_VULNERABLE_ARS", CAS_05)},
    ),
    "05b": Ligne(
        LUCIDE,
        "CP-226-14-2",
        "PARQUET-PERM",
        part=False,
        controles="C05",
        constats="C05",
        voisins={"C13": sous("MAJEUR_VULNERABLE_PR", LUCIDE)},
    ),
    "07": Ligne(ARME, "CP-226-14-4", "SPREF-SEC", part=True, controles="C07 C17 C18"),
    "07 + péril": Ligne(PERIL, "CP-223-6", "PARQUET-PERM", part=True, controles="C21"),
}


@dataclass(frozen=True)
class SansPatient:
    """A row of a declaration. `base` is that of its document; `constats` exactly what is found."""

    faits: Faits
    base: str
    destinataire: tuple[str, str]
    controles: str
    part: bool
    copies: tuple[str, ...]
    constats: str = ""


def declaration(code: str, vers: tuple[str, str], **reponses: object) -> Faits:
    """What a route's controls read, towards this recipient."""
    route = ROUTES[code]
    return Faits(
        voie=code,
        destinataire=vers,
        destinataires_admis=route.destinataires,
        base_debut=CT01.base_debut,
        base_fin=None,
        date_constat=CT01.date_constat,
        role="JURISTE",
        pieces=frozenset({CONSENTEMENT}) if reponses.get("consentement") == "OUI" else frozenset(),
        propres=reponses,
    )


JURISTES = ("CHV", "juridique")
ALERTE = {
    "type_alerte": "COLIS_SUSPECT",
    "niveau": "GRAVE",
    "faits": "Un sac sans propriétaire.",
    "zone": "Hall B",
    "heure_alerte": "2027-04-09T10:00:00+02:00",
    "heure_appel17": "2027-04-09T10:02:00+02:00",
    "retex_prevu": "2027-05-05",
}
AGENT = CT08 | {"plainte_mode": "AGENT", "consentement": "NON"}
DRH = ("CHV-DRH", "CHV-DIR")
SANS_PATIENT = {
    "07b": SansPatient(
        declaration("OBJET_ILLICITE", POLICE, **CT07B),
        "INSTR-2011-139",
        POLICE,
        "C07 C16",
        True,
        ("CHV-SECU", "CHV-GARDE"),
    ),
    "07b nommé": SansPatient(
        declaration("OBJET_ILLICITE", POLICE, **CT07B | {"description": "Douze sachets dans la veste de M. Dupont."}),
        "INSTR-2011-139",
        POLICE,
        "C16",
        False,
        ("CHV-SECU", "CHV-GARDE"),
        "C16",
    ),
    "07c": SansPatient(
        replace(declaration("ALERTE_SURETE", POLICE, **ALERTE), urgence="IMMEDIATE", appel=True),
        "INSTR-2016-340",
        POLICE,
        "C07",
        True,
        ("SPREF-SEC", "CHV-DIR", "CHV-SECU"),
    ),
    "07c sans appel": SansPatient(
        replace(
            declaration("ALERTE_SURETE", POLICE, **ALERTE | {"heure_appel17": ""}), urgence="IMMEDIATE", appel=True
        ),
        "INSTR-2016-340",
        POLICE,
        "C79",
        True,
        ("SPREF-SEC", "CHV-DIR", "CHV-SECU"),
        "C79",
    ),
    "08": SansPatient(declaration("VIOLENCE_PERSONNEL", POLICE, **CT08), "CPP-15-3-4", POLICE, "C22 C25", True, DRH),
    "08b employeur": SansPatient(
        declaration("VIOLENCE_PERSONNEL", POLICE, **CT08 | {"infraction": "CP_433_5"}),
        "CPP-15-3-4",
        POLICE,
        "C22 C24",
        False,
        DRH,
        "C22 C24",
    ),
    "08b": SansPatient(
        declaration("VIOLENCE_PERSONNEL", JURISTES, **AGENT | {"infraction": "CP_433_5"}),
        "CGFP-L134-5",
        JURISTES,
        "C22 C24",
        True,
        DRH,
    ),
    "08c employeur": SansPatient(
        declaration("VIOLENCE_PERSONNEL", POLICE, **CT08 | {"auteur_type": "AGENT"}),
        "CPP-15-3-4",
        POLICE,
        "C22",
        False,
        DRH,
        "C22",
    ),
    "08c": SansPatient(
        declaration("VIOLENCE_PERSONNEL", JURISTES, **AGENT | {"auteur_type": "AGENT"}),
        "CGFP-L134-5",
        JURISTES,
        "C22",
        True,
        DRH,
    ),
    "08d": SansPatient(
        declaration(
            "VIOLENCE_PERSONNEL",
            POLICE,
            **AGENT | {"passe_droit": "OUI", "plainte_mode": "OBLIGATOIRE_433_3_1", "infraction": "CP_433_3_1"},
        ),
        "CP-433-3-1",
        POLICE,
        "C23",
        True,
        DRH,
    ),
    "08d agent": SansPatient(
        declaration("VIOLENCE_PERSONNEL", JURISTES, **AGENT | {"passe_droit": "OUI"}),
        "CGFP-L134-5",
        JURISTES,
        "C23",
        True,
        DRH,
        "C23",
    ),
}


def test_les_quatorze_lignes_du_tableau_sont_couvertes():
    attendues = ["01", "01b", "01c", "03", "05", "05b", "07", "péril", "07b", "07c", "08", "08b", "08c", "08d"]
    assert {cas.split()[-1] if "péril" in cas else cas.split()[0] for cas in (*LIGNES, *SANS_PATIENT)} == set(attendues)


@pytest.mark.parametrize("cas", SANS_PATIENT)
def test_une_declaration_suit_la_ligne_du_tableau_et_rien_d_autre_n_est_trouve(cas):
    ligne = SANS_PATIENT[cas]
    route = ROUTES[ligne.faits.voie]
    assert route.bases_par.get(ligne.faits.propre("plainte_mode") or "", route.bases[0]) == ligne.base
    assert ligne.destinataire in route.destinataires
    assert route.copies == ligne.copies
    assert set(ligne.controles.split()) <= set(route.controles)
    constats = controler(ligne.faits, route.controles)
    assert {constat.numero for constat in constats} == set(ligne.constats.split())
    assert any(constat.bloque for constat in constats) != ligne.part


def test_cas_08_le_poste_de_police_ne_recoit_rien_sans_plainte_de_l_hopital():
    interne = replace(SANS_PATIENT["08b"].faits, destinataire=POLICE)
    assert {c.numero for c in controler(interne, ROUTES["VIOLENCE_PERSONNEL"].controles) if c.bloque} == {"C73"}


@pytest.mark.parametrize("cas", LIGNES)
def test_la_base_et_les_destinataires_sont_ceux_du_tableau(cas):
    ligne = LIGNES[cas]
    voie = VOIES[ligne.faits.voie]
    assert voie.bases[0] == ligne.base
    assert voie.destinataire_defaut == ligne.destinataire
    assert voie.copies_pour(ligne.faits.age, ligne.faits.propres) == ligne.copies
    assert set(ligne.second) <= {autre.code for autre in voie.alternatives}


@pytest.mark.parametrize("cas", LIGNES)
def test_les_controles_du_tableau_sont_ceux_qui_agissent_et_rien_d_autre_n_est_trouve(cas):
    ligne = LIGNES[cas]
    voie = VOIES[ligne.faits.voie]
    assert set(ligne.controles.split()) <= set(voie.controles)
    constats = controler(ligne.faits, voie.controles)
    assert {constat.numero for constat in constats} == set(ligne.constats.split())
    assert any(constat.bloque for constat in constats) != ligne.part
    for numero, voisin in ligne.voisins.items():
        assert numero in VOIES[voisin.voie].controles
        assert CONTROLES[numero](voisin) is not None
    assert set(ligne.forme.split()).isdisjoint(CONTROLES)


@pytest.mark.parametrize(
    ("ailleurs", "refus"), [(("POLICE", "voie-publique"), {"C07"}), (("SPREF", "securite"), {"C07", "C57"})]
)
def test_cas_01_ni_le_commissariat_ni_le_prefet_pour_le_fusil_du_compagnon(ailleurs, refus):
    constats = controler(replace(CAS_01, destinataire=ailleurs), VOIES["VC_SANS_ACCORD"].controles)
    assert {constat.numero for constat in constats if constat.bloque} == refus


def test_cas_01c_part_quand_un_medecin_qui_a_constate_le_signe():
    assert controler(replace(LIGNES["01c"].faits, profession="MEDECIN"), VOIES["VC_SANS_ACCORD"].controles) == []


def test_cas_07_le_texte_au_prefet_est_releve_s_il_dit_une_maladie_ou_une_rumeur():
    trouves = controler(
        avec(replace(ARME, faits_ecrits="Suivi en psychiatrie."), source_connaissance="TIERS_SEUL"),
        VOIES["ARME_PREFET"].controles,
    )
    assert {constat.numero for constat in trouves} == {"C17", "C18"}


def test_cas_07_peril_ne_part_qu_apres_un_appel_dont_l_heure_est_ecrite():
    requis = {propre.nom for propre in VOIES["PERIL_TIERS"].propres if propre.erreur}
    assert {"secours_appeles", "heure_appel"} <= requis
