"""A signalement first written on paper: both times, in the timeline, in the PDF, and in the deadlines."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from documents.models import Document
from dossiers.models import Evenement, ReprisePapier
from dossiers.papier import numeroter
from dossiers.reprise import reprendre
from presentation.temps import date_fr
from signalements import workflow
from signalements.contenu import canonique, lire
from signalements.papier import CODE, FORMULAIRE
from tests import imprime
from tests.coffre_ouvert import lire as lire_fichier
from tests.distribution import Distribution
from tests.signalements.situation import brouillon, pret, signature
from transitions.workflow import TransitionRefusee

pytestmark = pytest.mark.django_db


def numero(rang: int = 1, jours: int = 2) -> str:
    jour = timezone.localdate() - timedelta(days=jours)
    return numeroter(FORMULAIRE, institution="CHV", jour=jour, rang=rang)


def il_y_a(heures: int) -> Any:
    return (timezone.now() - timedelta(hours=heures)).replace(second=0, microsecond=0)


def saisir(client: Any, dossier: Any, **champs: Any) -> Any:
    valeurs = {"numero": numero(), "rempli_le": f"{timezone.localtime(il_y_a(5)):%Y-%m-%dT%H:%M}"} | champs
    return client.post(reverse("signalements:papier", args=[dossier.cle]), valeurs)


def test_les_deux_heures_sont_gardees_a_part(distribution: Distribution) -> None:
    dossier = brouillon(distribution.acteur("soignante"))
    client = distribution.client("soignante")
    assert saisir(client, dossier).status_code == 302
    reprise = ReprisePapier.objects.get(dossier=dossier)
    assert reprise.rempli_le == il_y_a(5)
    assert timezone.now() - reprise.saisi_le < timedelta(minutes=1)
    assert reprise.saisi_par_id == distribution.utilisateur("soignante").pk
    evenement = Evenement.objects.get(dossier=dossier, nom="reprendre_papier")
    assert numero() in evenement.libelle
    assert "Rempli le" in evenement.commentaire
    assert "saisi le" in evenement.commentaire
    assert numero() in client.get(reverse("signalements:dossier", args=[dossier.cle])).content.decode()


@pytest.mark.parametrize(
    ("champs", "message"),
    [
        ({"numero": "P-SIG-261126-CHV-01-00"}, "pas celui d’un de nos formulaires"),
        ({"numero": ""}, "Complétez"),
        ({"rempli_le": "2099-01-01T10:00"}, "dans le futur"),
        ({"rempli_le": "2020-01-01T10:00"}, "n’a pas pu être rempli avant"),
    ],
)
def test_un_papier_impossible_se_refuse_a_cote_du_champ(
    distribution: Distribution, champs: dict[str, str], message: str
) -> None:
    dossier = brouillon(distribution.acteur("soignante"))
    reponse = saisir(distribution.client("soignante"), dossier, **champs)
    assert reponse.status_code == 200
    assert message in reponse.content.decode()
    assert not ReprisePapier.objects.exists()


def test_un_papier_ne_se_saisit_qu_une_fois(distribution: Distribution) -> None:
    acteur = distribution.acteur("soignante")
    premier, second = brouillon(acteur), brouillon(acteur)
    options = {"acteur": acteur, "formulaire": CODE, "numero": numero(), "rempli_le": il_y_a(3)}
    reprendre(dossier=premier, **options)
    reprendre(dossier=premier, **options)
    with pytest.raises(TransitionRefusee, match="déjà été saisi"):
        reprendre(dossier=second, **options)


def test_les_delais_courent_depuis_le_papier_et_le_pdf_le_dit(distribution: Distribution) -> None:
    acteur = distribution.acteur("soignante")
    dossier = pret(acteur)
    reprendre(dossier=dossier, acteur=acteur, formulaire=CODE, numero=numero(), rempli_le=il_y_a(4))
    dossier = workflow.transmettre(dossier=dossier, acteur=acteur, signature=signature())
    accuse = dossier.echeances.get(nom="accuser_reception")
    assert accuse.debut_le == il_y_a(4)
    assert accuse.echeance_le == il_y_a(3)
    assert "l’heure du formulaire papier" in accuse.calcul
    texte = imprime.texte(lire_fichier(Document.objects.get(objet_cle=dossier.cle).fichier))
    assert numero() in texte
    assert f"Rempli le {date_fr(il_y_a(4))}" in texte
    assert "papier" in canonique(lire(dossier))
    with pytest.raises(TransitionRefusee, match="déjà transmis"):
        reprendre(dossier=dossier, acteur=acteur, formulaire=CODE, numero=numero(), rempli_le=il_y_a(4))


def test_un_collegue_ne_saisit_pas_le_papier_d_un_autre(distribution: Distribution) -> None:
    dossier = brouillon(distribution.acteur("soignante"))
    assert saisir(distribution.client("infirmiere"), dossier).status_code == 404
