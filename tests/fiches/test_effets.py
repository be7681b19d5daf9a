"""An approved version comes into force on the day that was planned, by the clock and for nobody's account."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from convention.models import Resiliation
from documents import coffre
from documents.models import Document
from fiches import effets
from fiches.models import VersionFiche, Visa
from notifications.battement import battre
from notifications.models import Avis
from tests.distribution import Distribution
from tests.fiches.conftest import reecrire, relire
from transitions.workflow import TransitionRefusee

pytestmark = pytest.mark.django_db
COMPARER = (1, "1.0", "1.1")


def dans(jours: int) -> date:
    return timezone.localdate() + timedelta(days=jours)


@pytest.fixture
def approuvee(en_approbation: VersionFiche, approuver: Callable[..., None]) -> VersionFiche:
    approuver(en_approbation)
    return relire(en_approbation)


def test_la_veille_rien_ne_change_le_jour_dit_l_ancienne_s_arrete_et_la_nouvelle_commence(
    approuvee: VersionFiche, referente: Any
) -> None:
    effets.programmer(version=approuvee, acteur=referente, jour=dans(10))
    effets.appliquer_effets(dans(9))
    assert relire(approuvee).etat == "APPROUVEE"
    effets.appliquer_effets(dans(10))
    effets.appliquer_effets(dans(10))
    nouvelle, ancienne = relire(approuvee), VersionFiche.objects.get(fiche__numero=1, rang=1)
    assert (nouvelle.etat, nouvelle.effet_le) == ("EN_VIGUEUR", dans(10))
    assert (ancienne.etat, ancienne.fin_le) == ("REMPLACEE", dans(10))


def test_un_passage_en_retard_date_du_jour_ou_il_a_lieu_et_previent_les_partenaires(
    approuvee: VersionFiche, referente: Any, parquet: Any, travailler: Callable[[], int]
) -> None:
    effets.programmer(version=approuvee, acteur=referente, jour=dans(10))
    effets.appliquer_effets(dans(12))
    travailler()
    assert relire(approuvee).effet_le == dans(12)
    textes = Avis.objects.filter(destinataire_id=parquet.utilisateur_id).values_list("texte", flat=True)
    assert any("est en vigueur" in texte for texte in textes)
    assert any("Une date d’entrée en vigueur est fixée" in texte for texte in textes)


def test_l_horloge_applique_ce_qui_est_du(approuvee: VersionFiche) -> None:
    VersionFiche.objects.filter(pk=approuvee.pk).update(effet_prevu=dans(0))
    assert battre()
    assert relire(approuvee).etat == "EN_VIGUEUR"


def test_un_partenaire_qui_manque_ce_jour_la_retient_la_version_et_la_referente_le_sait(
    approuvee: VersionFiche, referente: Any, travailler: Callable[[], int]
) -> None:
    effets.programmer(version=approuvee, acteur=referente, jour=dans(10))
    Visa.objects.filter(version_fiche=approuvee, institution__code="CDOM").update(tombe_le=timezone.now())
    effets.appliquer_effets(dans(10))
    effets.appliquer_effets(dans(10))
    travailler()
    assert relire(approuvee).etat == "APPROUVEE"
    retenues = Avis.objects.filter(destinataire_id=referente.utilisateur_id, texte__contains="n’a pas pris effet")
    assert retenues.count() == 1


def test_changer_un_mot_annule_la_date(approuvee: VersionFiche, referente: Any) -> None:
    version = effets.programmer(version=approuvee, acteur=referente, jour=dans(10))
    version = reecrire(version, referente, a_eviter=["Rien."])
    assert (version.etat, version.effet_prevu) == ("EN_APPROBATION", None)


def test_la_date_se_fixe_a_l_avenir_par_la_referente_sur_un_texte_approuve(
    en_approbation: VersionFiche, approuver: Callable[..., None], referente: Any, parquet: Any
) -> None:
    with pytest.raises(TransitionRefusee, match="approuvé par tous"):
        effets.programmer(version=en_approbation, acteur=referente, jour=dans(10))
    with pytest.raises(DatabaseError), transaction.atomic():
        VersionFiche.objects.filter(pk=en_approbation.pk).update(effet_prevu=dans(10))
    approuver(en_approbation)
    with pytest.raises(TransitionRefusee, match="Seule la référente"):
        effets.programmer(version=en_approbation, acteur=parquet, jour=dans(10))
    with pytest.raises(TransitionRefusee, match="date à venir"):
        effets.programmer(version=en_approbation, acteur=referente, jour=dans(0))


def test_les_pages_disent_la_date(approuvee: VersionFiche, distribution: Distribution) -> None:
    client = distribution.client("referente")
    adresse = reverse("fiches:programmer", args=COMPARER)
    passee = client.post(adresse, {"jour": dans(-1).isoformat()}).content.decode()
    assert "Choisissez une date à venir." in passee
    assert dans(-1).isoformat() in passee
    assert "entrera en vigueur le" in client.post(adresse, {"jour": dans(10).isoformat()}, follow=True).content.decode()
    soignante = distribution.client("soignante")
    assert "La version 1.1 entre en vigueur le" in soignante.get("/fiches/1/").content.decode()
    assert "ce texte entre en vigueur le" in soignante.get("/fiches/1/versions/1.1/").content.decode()
    assert "Fixer la date d’effet" not in soignante.get(reverse("fiches:comparer", args=COMPARER)).content.decode()


def test_la_convention_finie_la_fiche_se_lit_avec_un_avertissement_et_son_papier_ne_fait_plus_foi(
    convention: None, distribution: Distribution, referente: Any
) -> None:
    version = VersionFiche.objects.get(fiche__numero=1, etat="EN_VIGUEUR")
    papier = Document.objects.create(
        genre="fiche-chv",
        intitule="Fiche 1",
        reference="FICHE-1-1.0",
        objet_cle=version.cle,
        empreinte="0" * 64,
        fichier=coffre.deposer(b"%PDF-1.7", extension="pdf", type_mime="application/pdf"),
    )
    Resiliation.objects.create(
        convention=version.fiche.thematique.convention,
        motif="L’objet a disparu.",
        prononcee_par_id=referente.utilisateur_id,
        effet_le=dans(30),
    )
    soignante = distribution.client("soignante")
    effets.appliquer_effets()
    papier.refresh_from_db()
    assert papier.statut == "en_vigueur"
    assert "a pris fin" not in soignante.get("/fiches/1/").content.decode()
    Resiliation.objects.update(effet_le=dans(0))
    effets.appliquer_effets()
    papier.refresh_from_db()
    assert papier.statut == "abroge"
    assert "cette fiche n’engage plus les partenaires" in soignante.get("/fiches/1/").content.decode()
