"""The expected results of the domain's §10.1: base, recipient, copy, sending and controls, row by row."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pytest

from signalements.controles import CONTROLES, Faits, controler
from signalements.voies import VOIES
from signalements.voies.modele import ADULTE, MINEUR
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
# Rows whose voie is not online among those that carry a patient; nothing here claims to test them.
NON_COUVERTES = {
    "07b": "OBJET_ILLICITE",
    "07c": "ALERTE_SURETE",
    "08": "VIOLENCE_PERSONNEL",
    "08b": "VIOLENCE_PERSONNEL",
    "08c": "VIOLENCE_PERSONNEL",
    "08d": "VIOLENCE_PERSONNEL",
}


def test_les_quatorze_lignes_du_tableau_sont_ici_couvertes_ou_nommees():
    assert len(LIGNES) + len(NON_COUVERTES) == 14
    assert set(LIGNES).isdisjoint(NON_COUVERTES)
    assert set(NON_COUVERTES.values()).isdisjoint(VOIES)


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
