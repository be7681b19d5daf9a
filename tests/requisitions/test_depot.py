"""The page of the deposit: what it shows is what it keeps, a date that cannot be is said, a second click changes nothing."""

import uuid
from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from dossiers.models import Brouillon, Dossier
from requisitions.forms.cadres import AUTRE, PRINCIPAUX
from requisitions.models import Cadre, Requisition
from tests.requisitions.test_parcours import depot, pdf
from tests.requisitions.test_reception import il_y_a, recue  # noqa: F401

MAGISTRAT = {"autorisation_magistrat": "Mme Ardoin, substitut", "autorisation_le": "2026-01-05T10:00"}


def dans(**duree) -> str:
    return timezone.localtime(timezone.now() + timedelta(**duree)).strftime("%Y-%m-%dT%H:%M")


def jour(ecart: int) -> str:
    return (timezone.localdate() + timedelta(days=ecart)).isoformat()


def page(client, cle=None, **champs):
    donnees = {
        "cadre": "FLAG", "type_acte": "DOSSIER", "mission": "Compte rendu du passage.", "nom": "Delcambre",
        "naissance": "1992-03-07", "statut_personne": "inconnu", "urgence": "ORDINAIRE", "fichier": pdf(), **champs,
    }  # fmt: skip
    return client.post(reverse("requisitions:depot", args=[cle or uuid.uuid4()]), donnees)


def fautes(reponse) -> dict[str, list[str]]:
    assert reponse.status_code == 200, reponse.status_code
    return reponse.context["form"].errors


# 1. Who records


@pytest.mark.parametrize("heure", ["2026-11-24T10:00", "2026-11-24T23:00"])
def test_la_garde_ouvre_ce_qu_elle_vient_d_enregistrer_meme_recu_en_journee(heure, recue, distribution, time_machine):  # noqa: F811
    time_machine.move_to(datetime.fromisoformat("2026-11-24T23:30:00+01:00"), tick=True)
    dossier = recue(par="garde", recue_le=heure)
    page = distribution.client("garde").get(reverse("requisitions:dossier", args=[dossier.cle]))
    assert page.status_code == 200
    assert distribution.client("securite").get(reverse("requisitions:dossier", args=[dossier.cle])).status_code == 404


# 2 and 7. Dates


@pytest.mark.parametrize(
    ("champs", "champ", "phrase"),
    [
        ({"naissance": jour(1)}, "naissance", "Cette date n’est pas encore passée."),
        ({"naissance": "1890-01-01"}, "naissance", "Vérifiez l’année"),
        ({"naissance": "0026-01-01"}, "naissance", "Vérifiez l’année"),
        ({"date_faits": jour(2)}, "date_faits", "Cette date n’est pas encore passée."),
        ({"cadre": "PRELIM", **MAGISTRAT, "autorisation_mode": "orale", "autorisation_le": dans(hours=3)},
         "autorisation_le", "Cette heure n’est pas encore passée."),
        ({"cadre": "CR", "cr_reference": "JI/1", "cr_juge": "M. Thiriez", "cr_date": jour(3)},
         "cr_date", "Cette date n’est pas encore passée."),
        ({"cadre": "CR", "cr_reference": "JI/1", "cr_juge": "M. Thiriez", "cr_date": jour(-3), "cr_jusqu_au": "2206-01-01"},
         "cr_jusqu_au", "Vérifiez l’année"),
        ({"periode_du": dans(hours=2), "periode_au": dans(hours=3)}, "periode_du", "Cette heure n’est pas encore passée."),
        ({"periode_du": "0001-01-01T00:00", "periode_au": il_y_a(hours=1)}, "periode_du", "Vérifiez l’année"),
        ({"urgence": "IMMEDIATE", "fin_mesure": "0001-01-01T00:00"}, "fin_mesure", "Vérifiez l’année"),
    ],
)  # fmt: skip
def test_une_date_impossible_se_dit_a_cote_de_son_champ(champs, champ, phrase, distribution, table):
    reponse = page(distribution.client("opj"), **champs)
    assert phrase in " ".join(fautes(reponse)[champ])
    assert not Dossier.objects.exists()


def test_personne_ne_nait_apres_la_reception(recue, distribution, time_machine):  # noqa: F811
    time_machine.move_to(datetime.fromisoformat("2026-11-24T10:00:00+01:00"), tick=True)
    with pytest.raises(AssertionError, match="suit la réception"):
        recue(recue_le="2026-11-20T10:00", naissance="2026-11-22")
    assert recue(recue_le="2026-11-20T10:00", naissance="2026-11-20").personnes.get().age == 0


VIDEO = {"type_acte": "VIDEO", "cible": "Entrée des urgences", "num_procedure": "2026/77"}


@pytest.mark.parametrize(
    ("champs", "phrase"),
    [
        ({**VIDEO, "periode_du": il_y_a(days=40), "periode_au": il_y_a(days=39)}, "Ces images sont sans doute effacées"),
        ({**VIDEO, "periode_du": il_y_a(days=31), "periode_au": il_y_a(days=2)}, "Le début de ces images"),
        ({**VIDEO, "periode_du": il_y_a(days=2), "periode_au": dans(hours=2)}, "La période demandée n’est pas finie"),
        ({"urgence": "IMMEDIATE", "fin_mesure": il_y_a(hours=1)}, "La fin de la mesure est déjà passée"),
        ({"urgence": "IMMEDIATE", "fin_mesure": dans(days=8)}, "dans plus de six jours"),
    ],
)  # fmt: skip
def test_une_date_peu_probable_se_dit_sans_arreter_la_demande(champs, phrase, distribution, table):
    opj, cle = distribution.client("opj"), uuid.uuid4()
    retenue = page(opj, cle, **champs, mission="").content.decode()
    assert phrase in retenue
    page(opj, cle, **champs)
    dossier = Dossier.objects.get(requisition__cle_depot=cle)
    assert phrase in opj.get(reverse("requisitions:dossier", args=[dossier.cle])).content.decode()


def test_une_date_probable_n_avertit_de_rien(distribution, table):
    opj = distribution.client("opj")
    dossier = depot(opj, **VIDEO, periode_du=il_y_a(days=2), periode_au=il_y_a(days=1))
    lue = opj.get(reverse("requisitions:dossier", args=[dossier.cle])).content.decode()
    assert "sans doute" not in lue
    assert "n’est pas finie" not in lue


# 3. A second click


def test_un_second_clic_mene_au_meme_dossier_sans_doublon_ni_brouillon(distribution, table):
    opj, cle = distribution.client("opj"), uuid.uuid4()
    premier = page(opj, cle, type_acte="PRESENCE")
    second = page(opj, cle, type_acte="PRESENCE", fichier="")
    assert (second.status_code, second.url) == (302, premier.url)
    assert Dossier.objects.count() == 1
    assert not Brouillon.objects.exists()
    retour = opj.get(reverse("requisitions:depot", args=[cle]))
    assert (retour.status_code, retour.url) == (302, premier.url), "le bouton « précédent » mène au dossier"


@pytest.mark.parametrize("champs", [{"mission": "Autre chose."}, {"mission": ""}])
def test_ce_que_l_on_change_apres_le_depot_ne_part_pas_et_se_dit(champs, distribution, table):
    opj, cle = distribution.client("opj"), uuid.uuid4()
    page(opj, cle)
    reponse = page(opj, cle, **champs)
    assert reponse.status_code == 409
    assert "Cette page a déjà déposé la réquisition REQ-" in reponse.content.decode()
    assert page(opj, cle, **champs, geste="garder").status_code == 302
    assert (Dossier.objects.count(), Brouillon.objects.count()) == (1, 0)


# 4 and 5. What is not shown is neither kept nor checked


@pytest.mark.parametrize(
    ("champs", "vides"),
    [
        ({"cible": "Parking", "cameras": "C4"}, {"cible": "", "cameras": ""}),
        ({"type_acte": "PRESENCE", "periode_du": il_y_a(days=3), "periode_au": il_y_a(days=2)},
         {"periode_du": None, "periode_au": None}),
        ({"type_acte": "PRESENCE", "periode_du": il_y_a(days=2), "periode_au": il_y_a(days=3)},
         {"periode_du": None, "periode_au": None}),
        ({"type_acte": "PRESENCE", "periode_du": "pas une date"}, {"periode_du": None}),
        ({"fin_mesure": dans(hours=5)}, {"fin_mesure": None}),
        ({"delai_motif": "Départ du témoin"}, {"delai_motif": ""}),
        ({"orale": "on", "orale_motif": "Nuit"}, {"orale": False, "orale_motif": ""}),
        ({"orale_motif": "Nuit"}, {"orale_motif": ""}),
        ({**VIDEO, "periode_du": il_y_a(days=3), "periode_au": il_y_a(days=2), "statut_personne": "gav",
          "naissance_inconnue": "on", "nom": "x" * 200, "naissance": jour(4)},
         {"statut_personne": "", "naissance_inconnue": False}),
        ({"type_acte": "MOYENS", "nom": "", "naissance": "", "statut_personne": "gav"}, {"statut_personne": ""}),
        ({"cadre": "PRELIM", "autorisation_mode": "orale", "ordre_ecrit": "on", **MAGISTRAT, "instruction_reference": "IG-1",
          "instruction_du": jour(4), "instruction_couvre": "on", "procureur_informe": "on"},
         {"instruction_reference": "", "instruction_du": None, "instruction_couvre": False, "procureur_informe": False,
          "ordre_ecrit": False}),
        ({"cr_date": jour(4), "autorisation_le": dans(days=2)}, {"cr_date": None, "autorisation_le": None}),
    ],
)  # fmt: skip
def test_ce_que_la_page_ne_montre_plus_n_est_ni_garde_ni_verifie(champs, vides, distribution, table):
    cle = uuid.uuid4()
    reponse = page(distribution.client("opj"), cle, **champs)
    assert reponse.status_code == 302, reponse.context["form"].errors
    lettre = Requisition.objects.get(cle_depot=cle)
    assert {champ: getattr(lettre, champ) for champ in vides} == vides


def test_un_champ_cache_garde_sa_saisie_tant_que_la_page_s_ecrit(distribution, table):
    opj, cle = distribution.client("opj"), uuid.uuid4()
    html = page(opj, cle, cible="CANARI-LIEU", mission="").content.decode()
    assert "CANARI-LIEU" in html
    assert "CANARI-LIEU" in opj.get(reverse("requisitions:depot", args=[cle])).content.decode()


# 6. Bone age


@pytest.mark.parametrize("cadre", [cadre for cadre in Cadre if cadre != Cadre.PREFET])
def test_le_magistrat_d_une_radiographie_d_age_se_garde_dans_chaque_cadre(cadre, distribution, table):
    propre = {"cadre": cadre} if cadre in PRINCIPAUX else {"cadre": AUTRE, "cadre_autre": cadre}
    cle = uuid.uuid4()
    reponse = page(
        distribution.client("opj"), cle, **propre, type_acte="AGE", **MAGISTRAT, autorisation_mode="orale",
        cr_reference="JI/1", cr_juge="M. Thiriez", cr_date=jour(-9), ordre_ecrit="on",
    )  # fmt: skip
    assert reponse.status_code == 302, reponse.context["form"].errors
    lettre = Requisition.objects.get(cle_depot=cle)
    assert (lettre.autorisation_magistrat, lettre.autorisation_le is not None) == (
        MAGISTRAT["autorisation_magistrat"],
        True,
    )


# What must be kept


def test_des_traces_se_demandent_avec_le_compte_et_la_periode(police):
    trouvees = fautes(page(police, type_acte="LOGS"))
    assert trouvees["cible"] == ["Indiquez le compte, le poste ou le logiciel dont il faut garder les traces."]
    assert "periode_du" in trouvees
    dites = {"cible": "Compte des entrées", "periode_du": il_y_a(days=2), "periode_au": il_y_a(days=1)}
    assert page(police, type_acte="LOGS", **dites).status_code == 302
    assert Dossier.objects.get().gel.objet == "LOGS"


@pytest.mark.parametrize("acte", ["TUBES", "EFFETS"])
def test_la_personne_nommee_dit_deja_de_qui_il_faut_garder(acte, police):
    assert page(police, type_acte=acte).status_code == 302


@pytest.mark.parametrize("acte", ["LOGS", "VIDEO"])
def test_un_papier_qui_ne_dit_pas_quoi_garder_s_enregistre_quand_meme_et_gele(acte, recue):  # noqa: F811
    dossier = recue(type_acte=acte, nom="" if acte == "VIDEO" else "Delcambre")
    assert (dossier.requisition.cible, dossier.gel.objet) == ("", acte)
