"""The pages of feedback: who reads what, what a form gives back, long lists."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bilans.demonstration import EXEMPLES
from bilans.etats import A_L_ETUDE, APPROUVEE, CLOS, PLANIFIEE, RECU, REPONDU
from bilans.models import Decision, RetourExperience, Reunion
from bilans.pages import PAGE
from tests.bilans.conftest import PASSAGE, TEXTE, version
from tests.distribution import Distribution

pytestmark = pytest.mark.django_db


def page(distribution: Distribution, nom: str, adresse: str) -> str:
    return distribution.client(nom).get(adresse).content.decode()


class TestPages:
    def test_une_soignante_signale_une_etape_et_lit_la_reponse(self, fiches: None, distribution: Distribution) -> None:
        soignante, referente = distribution.client("soignante"), distribution.client("referente")
        adresse = reverse("bilans:deposer", args=[1, "1.0", PASSAGE])
        assert adresse in soignante.get(reverse("fiches:fiche", args=[1])).content.decode()
        cle = soignante.get(adresse).context["form"].initial["cle"]
        saisie = {"categorie": "DELAI", "texte": TEXTE, "cle": cle}
        detail = reverse("bilans:retour", args=[cle])
        assert soignante.post(adresse, saisie).headers["Location"] == detail
        assert soignante.post(adresse, saisie).headers["Location"] == detail
        lue = referente.get(detail).content.decode()
        assert distribution.utilisateur("soignante").nom in lue
        avancer = reverse("bilans:avancer_retour", args=[cle])
        vide = referente.post(avancer, {"geste": "repondre", "reponse": ""}).content.decode()
        assert "son auteur la lira" in vide
        referente.post(avancer, {"geste": "repondre", "reponse": "Le bureau est ouvert."})
        assert "Le bureau est ouvert." in soignante.get(detail).content.decode()
        sans_motif = referente.post(avancer, {"geste": "conclure", "issue": "NON_RETENU"}).content.decode()
        assert "Dites pourquoi" in sans_motif
        referente.post(avancer, {"geste": "conclure", "issue": "COMITE"})
        assert RetourExperience.objects.get().etat == CLOS
        assert f"/retours/{cle}/" in referente.get(reverse("bilans:comite")).content.decode()

    def test_un_texte_nominatif_revient_une_fois_avec_un_conseil_puis_part(
        self, fiches: None, distribution: Distribution
    ) -> None:
        client, adresse = distribution.client("soignante"), reverse("bilans:deposer", args=[1, "1.0", PASSAGE])
        saisie = {"categorie": "AUTRE", "texte": "J’ai reçu Mme Quennesson.", "cle": uuid.uuid4()}
        conseil = client.post(adresse, saisie).content.decode()
        assert "un nom de personne" in conseil
        assert "J’ai reçu Mme Quennesson." in conseil
        assert not RetourExperience.objects.exists()
        client.post(adresse, {**saisie, "relu": "1"})
        assert RetourExperience.objects.count() == 1

    def test_pour_tout_autre_un_retour_n_existe_pas(
        self, deposer: Callable[..., RetourExperience], distribution: Distribution
    ) -> None:
        retour = deposer()
        for nom in ("infirmiere", "cadre", "directrice", "dpo", "opj", "etranger", "admin_chv", "parquet"):
            client = distribution.client(nom)
            assert client.get(reverse("bilans:retour", args=[retour.cle])).status_code == 404, nom
            avancer = reverse("bilans:avancer_retour", args=[retour.cle])
            assert client.post(avancer, {"geste": "etudier"}).status_code == 404, nom
            assert "Aucun retour" in page(distribution, nom, reverse("bilans:retours"))
            assert "canari" not in page(distribution, nom, reverse("fiches:fiche", args=[1]))
        retour.refresh_from_db()
        assert retour.etat == RECU

    def test_son_auteur_voit_son_retour_mais_ne_le_fait_pas_avancer(
        self, deposer: Callable[..., RetourExperience], distribution: Distribution
    ) -> None:
        client, avancer = distribution.client("soignante"), reverse("bilans:avancer_retour", args=[deposer().cle])
        assert client.post(avancer, {"geste": "etudier"}).status_code == 403
        assert client.post(avancer, {"geste": "voler"}).status_code == 403
        assert distribution.client("referente").post(avancer, {"geste": "voler"}).status_code == 404

    def test_les_listes_de_la_referente_sont_fermees_aux_autres(
        self, deposer: Callable[..., RetourExperience], distribution: Distribution
    ) -> None:
        deposer()
        for nom in ("soignante", "cadre", "directrice", "opj"):
            client = distribution.client(nom)
            assert client.get(reverse("bilans:a_traiter")).status_code == 403
            comite = client.get(reverse("bilans:comite"))
            assert comite.status_code == (403 if nom == "soignante" else 200)
            assert "Étapes à revoir" not in comite.content.decode()
        liste = page(distribution, "referente", reverse("bilans:a_traiter"))
        assert "Fiche 1" in liste
        assert distribution.utilisateur("soignante").nom not in liste

    def test_la_fiche_compte_les_retours_pour_la_referente_seule(
        self, deposer: Callable[..., RetourExperience], distribution: Distribution
    ) -> None:
        deposer()
        fiche = reverse("fiches:fiche", args=[1])
        assert "1 retour à traiter" in page(distribution, "referente", fiche)
        assert "à traiter" not in page(distribution, "infirmiere", fiche)

    def test_une_longue_liste_se_lit_page_par_page_sans_rien_perdre(
        self, deposer: Callable[..., RetourExperience], distribution: Distribution
    ) -> None:
        modele, debut = deposer(), timezone.now() - timedelta(days=1)
        for rang in range(2 * PAGE):
            # Three share each moment: the primary key decides.
            modele.pk, modele.cle, modele.depose_le = None, uuid.uuid4(), debut + timedelta(minutes=rang // 3)
            modele._state.adding = True
            modele.save()
        for nom, adresse in (
            ("soignante", reverse("bilans:retours")),
            ("referente", reverse("bilans:a_traiter")),
            ("referente", f"{reverse('bilans:a_traiter')}?tri=fiche&fiche=1"),
        ):
            client, vus, suite = distribution.client(nom), [], adresse
            while suite:
                contexte = client.get(suite).context
                vus += [ligne["retour"].pk for ligne in contexte["lignes"]]
                suite = adresse.split("?")[0] + contexte["suivant"] if contexte["suivant"] else ""
            assert len(vus) == len(set(vus)) == 2 * PAGE + 1

    def test_une_page_demandee_apres_n_importe_quoi_est_la_premiere(
        self, deposer: Callable[..., RetourExperience], distribution: Distribution
    ) -> None:
        deposer()
        for apres in ("x", "'", str(uuid.uuid4())):
            reponse = distribution.client("soignante").get(reverse("bilans:retours"), {"apres": apres})
            assert len(reponse.context["lignes"]) == 1

    def test_la_liste_coute_autant_pour_un_retour_que_pour_trente(
        self, deposer: Callable[..., RetourExperience], distribution: Distribution
    ) -> None:
        client = distribution.client("referente")

        def compter() -> int:
            with CaptureQueriesContext(connection) as requetes:
                client.get(reverse("bilans:a_traiter"))
            return len(requetes)

        deposer()
        client.get(reverse("bilans:a_traiter"))
        un = compter()
        for rang in range(29):
            deposer("soignante" if rang % 2 else "infirmiere", version=version(1 + rang % 5))
        assert compter() == un

    def test_la_demonstration_a_un_retour_dans_chaque_etat(
        self, fiches: None, distribution: Distribution, settings: Any
    ) -> None:
        settings.MODE_DEMONSTRATION = True
        for nom in {exemple.qui for exemple in EXEMPLES} | {"referente"}:
            distribution.utilisateur(nom)
        for _ in range(2):
            call_command("peupler_retours")
        assert RetourExperience.objects.count() == 10
        assert list(Reunion.objects.order_by("debut").values_list("etat", flat=True)) == [APPROUVEE, PLANIFIEE]
        assert {bool(decision.close_le) for decision in Decision.objects.all()} == {True, False}
        assert set(RetourExperience.objects.values_list("etat", flat=True)) == {RECU, A_L_ETUDE, REPONDU, CLOS}
        for retour in RetourExperience.objects.all():
            dates = [d for d in (retour.depose_le, retour.etudie_le, retour.repondu_le, retour.clos_le) if d]
            assert dates == sorted(dates)
