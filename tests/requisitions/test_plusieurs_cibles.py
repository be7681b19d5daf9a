"""One page, several persons or places: a case for each, all or none, and each is controlled for what it is."""

import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from dossiers.models import Brouillon, Dossier, Lien, ReprisePapier
from dossiers.papier import numeroter
from requisitions import documents
from requisitions.cles_de_depot import MAXIMUM, cle_de
from requisitions.documents.papier import FORMULAIRE
from requisitions.workflow.acte import ACTE_SIGNE
from tests.requisitions.test_parcours import pdf
from tests.requisitions.test_reception import il_y_a

PREMIERE = {
    "cadre": "FLAG", "type_acte": "DOSSIER", "mission": "Compte rendu du passage.", "nom": "Delcambre",
    "naissance": "1992-03-07", "statut_personne": "victime", "urgence": "ORDINAIRE",
}  # fmt: skip
LEFEBVRE = {"nom": "Lefebvre", "naissance": "1988-02-02", "statut_personne": "temoin"}
MARLIER = {"nom": "Marlier", "naissance": "1990-03-03", "statut_personne": "inconnu"}
PAUL = {"nom": "Delcambre", "prenoms": "Paul", "naissance": "1995-01-01", "statut_personne": "suspect"}
VIDEO = {
    "type_acte": "VIDEO", "cible": "Entrée des urgences", "cameras": "C4", "num_procedure": "2026/77",
    "periode_du": il_y_a(days=3, hours=2), "periode_au": il_y_a(days=3, hours=1),
}  # fmt: skip


def lignes(*autres: dict[str, str]) -> dict[str, str]:
    """What a browser sends of the lines."""
    champs = {"autres-TOTAL_FORMS": str(len(autres)), "autres-INITIAL_FORMS": "0"}
    for rang, autre in enumerate(autres):
        champs |= {f"autres-{rang}-{nom}": valeur for nom, valeur in autre.items()}
    return champs


def envoyer(client, *autres, cle=None, **champs):
    page = {**PREMIERE, "fichier": pdf(), **champs, **lignes(*autres)}
    return client.post(reverse("requisitions:depot", args=[cle or uuid.uuid4()]), page)


def fautes(reponse, rang: int) -> dict[str, list[str]]:
    assert reponse.status_code == 200, reponse.status_code
    assert not Dossier.objects.exists(), "rien n’est déposé tant qu’une ligne est fautive"
    return reponse.context["form"].autres.forms[rang].errors


# 1. A case for each


def test_chaque_personne_a_son_dossier_son_numero_son_delai_et_son_accuse(police):
    cle = uuid.uuid4()
    reponse = envoyer(police, LEFEBVRE, MARLIER, cle=cle, mission="Certificat.\nCompte rendu.", num_procedure="2026/12")
    dossiers = list(Dossier.objects.order_by("pk"))
    assert reponse.url == reverse("requisitions:dossier", args=[dossiers[0].cle])
    assert [dossier.personnes.get().nom for dossier in dossiers] == ["Delcambre", "Lefebvre", "Marlier"]
    assert len({dossier.reference for dossier in dossiers}) == 3
    for dossier in dossiers:
        lettre = dossier.requisition
        assert (lettre.mission, lettre.num_procedure) == ("Certificat.\nCompte rendu.", "2026/12")
        assert dossier.echeances.filter(nom="reponse").exists()
        assert dossier.pieces.exclude(document=None).get().intitule == "Accusé de réception"
    assert not Brouillon.objects.exists()


def test_l_acte_signe_suit_chacun_avec_son_empreinte_dans_un_fichier_a_lui(police):
    envoyer(police, LEFEBVRE, fichier=pdf(texte="Réquisition du 21"))
    signes = [dossier.pieces.get(intitule=ACTE_SIGNE).fichier for dossier in Dossier.objects.order_by("pk")]
    assert signes[0].pk != signes[1].pk
    assert signes[0].attache != signes[1].attache
    for champ in ("empreinte_deposee", "empreinte", "analyse", "taille_origine"):
        assert getattr(signes[0], champ) == getattr(signes[1], champ), champ


def test_les_dossiers_d_une_page_se_nomment_entre_eux(police, distribution):
    envoyer(police, LEFEBVRE, MARLIER)
    premier, second, troisieme = Dossier.objects.order_by("pk")
    assert set(Lien.objects.values_list("origine", "cible")) == {(premier.pk, second.pk), (premier.pk, troisieme.pk)}
    for qui in (police, distribution.client("juriste")):
        lue = qui.get(reverse("requisitions:dossier", args=[troisieme.cle])).content.decode()
        assert "Même acte" in lue
        assert str(premier.reference) in lue
        assert str(second.reference) in lue


def test_qui_depose_lit_combien_sont_parties(police):
    page = police.get(envoyer(police, LEFEBVRE, MARLIER).url).content.decode()
    assert "3 réquisitions déposées à" in page


def test_une_ligne_vide_ne_compte_pas(police):
    assert envoyer(police, {"nom": ""}, LEFEBVRE, {}).status_code == 302
    assert Dossier.objects.count() == 2


def test_les_memes_elements_se_demandent_a_chacun(police, distribution):
    envoyer(police, LEFEBVRE, mission="1. Compte rendu.\n2. Photographies.")
    for dossier in Dossier.objects.all():
        lue = distribution.client("juriste").get(reverse("requisitions:dossier", args=[dossier.cle])).content.decode()
        assert "Photographies." in lue


# 2. All, or none; once


def test_tout_part_ou_rien(police, monkeypatch):
    vrai, appels = documents.accuse_reception, []

    def casser(*args, **options):
        appels.append(args)
        if len(appels) == 3:
            raise RuntimeError("panne")
        return vrai(*args, **options)

    monkeypatch.setattr(documents, "accuse_reception", casser)
    with pytest.raises(RuntimeError, match="panne"):
        envoyer(police, LEFEBVRE, MARLIER)
    assert not Dossier.objects.exists()
    assert not Lien.objects.exists()


def test_un_second_clic_mene_aux_memes_dossiers(police):
    cle = uuid.uuid4()
    premier = envoyer(police, LEFEBVRE, PAUL, cle=cle)
    second = envoyer(police, LEFEBVRE, PAUL, cle=cle, fichier="")
    assert (second.status_code, second.url) == (302, premier.url)
    assert Dossier.objects.count() == 3
    assert not Brouillon.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_un_second_clic_pendant_le_premier_attend_et_mene_aux_memes_dossiers(police, monkeypatch):
    """The draft was kept while it was typed: the second click stands behind it, not before the table's unique key."""
    cle, vrai, en_route = uuid.uuid4(), documents.accuse_reception, threading.Event()
    envoyer(police, LEFEBVRE, cle=cle, geste="garder")

    def lentement(*args, **options):
        en_route.set()
        time.sleep(0.3)
        return vrai(*args, **options)

    monkeypatch.setattr(documents, "accuse_reception", lentement)

    def cliquer(attendre: bool):
        try:
            assert not attendre or en_route.wait(20)
            return envoyer(police, LEFEBVRE, cle=cle, fichier="")
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as equipe:
        reponses = list(equipe.map(cliquer, (False, True)))
    assert [reponse.status_code for reponse in reponses] == [302, 302]
    assert reponses[0].url == reponses[1].url
    assert Dossier.objects.count() == 2


@pytest.mark.parametrize("autres", [(), (LEFEBVRE, MARLIER), (MARLIER,), ({**LEFEBVRE, "statut_personne": "victime"},)])
def test_ce_qui_change_apres_le_depot_ne_part_pas_et_se_dit(autres, police):
    cle = uuid.uuid4()
    envoyer(police, LEFEBVRE, cle=cle)
    reponse = envoyer(police, *autres, cle=cle, fichier="")
    assert reponse.status_code == 409
    assert "Cette page a déjà déposé" in reponse.content.decode()
    assert Dossier.objects.count() == 2


def test_une_personne_ajoutee_a_une_page_deja_deposee_ne_part_pas(police):
    cle = uuid.uuid4()
    envoyer(police, cle=cle)
    assert envoyer(police, LEFEBVRE, cle=cle, fichier="").status_code == 409
    assert Dossier.objects.count() == 1


def test_la_cle_de_chacun_vient_de_celle_de_la_page():
    page = uuid.uuid4()
    cles = [cle_de(page, rang) for rang in range(MAXIMUM)]
    assert cles[0] == page
    assert cles == [cle_de(page, rang) for rang in range(MAXIMUM)]
    assert len({*cles, *(cle_de(uuid.uuid4(), rang) for rang in range(MAXIMUM))}) == 2 * MAXIMUM


# 3. What is wrong is said on its line


@pytest.mark.parametrize(
    ("ligne", "champ", "phrase"),
    [
        ({"nom": "Lefebvre", "statut_personne": "temoin"}, "naissance", "Indiquez la date de naissance, ou cochez"),
        ({"naissance": "1988-02-02", "statut_personne": "temoin"}, "nom", "Indiquez le nom de la personne."),
        ({**LEFEBVRE, "naissance": "2199-01-01"}, "naissance", "Cette date n’est pas encore passée."),
        ({**LEFEBVRE, "naissance": "1890-01-01"}, "naissance", "Vérifiez l’année"),
        ({**LEFEBVRE, "naissance": "hier"}, "naissance", "date valide"),
        ({**LEFEBVRE, "nom": "L" * 81}, "nom", "80"),
        ({**LEFEBVRE, "statut_personne": "roi"}, "statut_personne", "roi"),
        ({**LEFEBVRE, "statut_personne": ""}, "statut_personne", "Choisissez la situation de la personne"),
        (
            {**LEFEBVRE, "nom": "DELCAMBRE", "naissance": "1992-03-07"},
            "nom",
            "Cette personne est déjà dans la demande.",
        ),
    ],
)
def test_une_faute_se_dit_sur_sa_ligne_et_rien_ne_se_perd(ligne, champ, phrase, police):
    reponse = envoyer(police, MARLIER, ligne)
    trouvees = fautes(reponse, 1)
    assert list(trouvees) == [champ]
    assert len(trouvees[champ]) == 1, "une faute ne se dit qu’une fois"
    assert phrase in trouvees[champ][0]
    html = reponse.content.decode()
    assert "Personne 3\u00a0: " in html, "le résumé dit de qui il s’agit"
    assert f'href="#id_autres-1-{champ}"' in html, "le résumé mène au champ"
    assert 'value="Marlier"' in html
    assert not fautes(reponse, 0)


def test_une_faute_de_la_page_ne_se_repete_pas_sur_chaque_ligne(police):
    reponse = envoyer(police, LEFEBVRE, MARLIER, mission="", fichier="")
    assert reponse.context["form"].errors.keys() == {"mission", "fichier"}
    assert all(len(phrases) == 1 for phrases in reponse.context["form"].errors.values())
    assert not fautes(reponse, 0)


def test_une_date_inconnue_se_dit_pour_chacun(police):
    assert envoyer(police, {**LEFEBVRE, "naissance": "", "naissance_inconnue": "on"}).status_code == 302
    assert [d.requisition.naissance_inconnue for d in Dossier.objects.order_by("pk")] == [False, True]


def test_une_page_en_porte_dix_au_plus(police):
    autres = [{**MARLIER, "nom": f"Nom {rang}"} for rang in range(MAXIMUM)]
    refus = envoyer(police, *autres)
    assert f"{MAXIMUM} au plus par page" in refus.content.decode()
    assert not Dossier.objects.exists()
    assert envoyer(police, *autres[1:]).status_code == 302
    assert Dossier.objects.count() == MAXIMUM


@pytest.mark.parametrize("total", ["", "abc", "-1", "²", "9" * 5000])
def test_des_lignes_illisibles_ne_deposent_rien(total, police):
    reponse = police.post(
        reverse("requisitions:depot", args=[uuid.uuid4()]), {**PREMIERE, "fichier": pdf(), "autres-TOTAL_FORMS": total}
    )
    assert reponse.status_code == 200
    assert "Cette page est incomplète" in reponse.content.decode()
    assert not Dossier.objects.exists()


def test_un_champ_que_la_ligne_ne_demande_pas_n_enregistre_rien(police):
    assert envoyer(police, {**LEFEBVRE, "service_requerant": "1"}).status_code == 200
    assert not Dossier.objects.exists()


# 4. At the counter


def test_le_guichet_enregistre_une_demande_pour_plusieurs_personnes(distribution, table):
    """The number of our own paper form is that of one sheet: the first case bears it."""
    numero = numeroter(FORMULAIRE, institution="CHV", jour=timezone.localdate(), rang=3)
    juriste = distribution.client("juriste")
    reponse = envoyer(
        juriste, LEFEBVRE, canal="main_propre", recue_le=il_y_a(minutes=1), autorite_nom="Adj. Noémie Vasseur",
        service_requerant=distribution.service("GEND-COB1").pk, autorite_qualite="OPJ", papier=numero,
    )  # fmt: skip
    assert reponse.status_code == 302, reponse.context["form"].errors
    assert "2 réquisitions enregistrées" in juriste.get(reponse.url).content.decode()
    gendarme = distribution.client("gendarme")
    for dossier in Dossier.objects.all():
        assert gendarme.get(reverse("requisitions:dossier", args=[dossier.cle])).status_code == 200
        assert dossier.requisition.autorite_nom == "Adj. Noémie Vasseur"
    assert ReprisePapier.objects.get().dossier == Dossier.objects.earliest("pk")
