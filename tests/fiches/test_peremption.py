"""Sheets that cite an expired article, sheets not reviewed for a year, and the act that says they were."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from fiches import lecture
from fiches.contenu import lire
from fiches.models import ReferenceLegale, VersionFiche
from fiches.peremption import etats, lieux_des_citations
from journal.models import Entree
from tests.distribution import Distribution
from tests.fiches.conftest import relire

pytestmark = pytest.mark.django_db
RAPPORT = "/fiches/references/"


def page(distribution: Distribution, nom: str) -> str:
    return distribution.client(nom).get(RAPPORT).content.decode().replace("\u00a0", " ")


def en_vigueur(numero: int) -> VersionFiche:
    return VersionFiche.objects.get(fiche__numero=numero, etat="EN_VIGUEUR")


def test_le_code_recodifie_apparait_l_annee_d_avant_puis_comme_expire_avec_son_successeur(convention: None) -> None:
    reference = ReferenceLegale.objects.get(cle="CPP-10-2")
    assert reference.fin == date(2028, 12, 31)

    def citees(jour: date, genre: str) -> set[str]:
        return {c.reference.cle for etat in etats(jour, lecture.en_vigueur()) for c in getattr(etat, genre)}

    assert "CPP-10-2" not in citees(date(2027, 12, 1), "bientot")
    assert "CPP-10-2" in citees(date(2028, 12, 31), "bientot")
    assert "CPP-10-2" not in citees(date(2028, 12, 31), "expirees")
    assert "CPP-10-2" in citees(date(2029, 1, 1), "expirees")


def test_une_citation_se_trouve_aussi_dans_l_arbre_et_dans_les_derogations(convention: None) -> None:
    contenu = lire(en_vigueur(5).contenu)
    assert contenu.secret is not None
    derogation = next(ligne for ligne in contenu.secret.derogations if ligne.references)
    assert f"Dérogation {derogation.code}" in lieux_des_citations(contenu)[derogation.references[0]]
    arbre = lire(en_vigueur(1).contenu)
    assert arbre.arbre is not None
    conclusion = next(ligne for ligne in arbre.arbre.conclusions if ligne.bases)
    assert f"« Que faire ? » : {conclusion.titre}" in lieux_des_citations(arbre)[conclusion.bases[0]]


def test_le_rapport_dit_l_article_expire_et_ce_qui_le_remplace(convention: None, distribution: Distribution) -> None:
    assert "Aucune fiche ne cite un texte expiré." in page(distribution, "soignante")
    cle = en_vigueur(1).contenu["textes"][0]["reference"]
    successeur = ReferenceLegale.objects.get(cle="CP-122-7")
    ReferenceLegale.objects.filter(cle=cle).update(fin=timezone.localdate() - timedelta(days=1), successeur=successeur)
    vue = page(distribution, "soignante")
    assert "un texte qui n’est plus en vigueur" in vue
    assert str(ReferenceLegale.objects.get(cle=cle)) in vue
    assert str(successeur) in vue


def test_une_fiche_sans_relecture_depuis_un_an_est_signalee_puis_verifiee_par_la_referente(
    convention: None, distribution: Distribution
) -> None:
    VersionFiche.objects.filter(etat="EN_VIGUEUR").update(verifie_le=timezone.localdate())
    version = en_vigueur(1)
    VersionFiche.objects.filter(pk=version.pk).update(verifie_le=timezone.localdate() - timedelta(days=365))
    assert "À relire, plus de douze mois" in distribution.client("soignante").get("/fiches/1/").content.decode()
    assert "Vérifiée aujourd’hui" not in page(distribution, "soignante")
    client = distribution.client("referente")
    assert "Vérifiée aujourd’hui" in page(distribution, "referente")
    adresse = reverse("fiches:relire", args=[1, version.numero])
    assert "est vérifiée aujourd’hui" in client.post(adresse, follow=True).content.decode()
    apres = relire(version)
    assert (apres.verifie_le, apres.empreinte) == (timezone.localdate(), version.empreinte)
    assert Entree.objects.filter(contenu__contains='"action":"relire"').count() == 1
    assert "Chaque fiche a été relue dans l’année" in page(distribution, "referente")
    assert "déjà vérifiée aujourd’hui" in client.post(adresse, follow=True).content.decode()


def test_nul_autre_ne_dit_une_fiche_verifiee(convention: None, distribution: Distribution) -> None:
    VersionFiche.objects.filter(fiche__numero=1).update(verifie_le=date(2020, 1, 1))
    adresse = reverse("fiches:relire", args=[1, "1.0"])
    suite = distribution.client("parquet").post(adresse, follow=True).content.decode()
    assert "Seule la référente" in suite
    assert en_vigueur(1).verifie_le == date(2020, 1, 1)
    assert distribution.client("referente").get(adresse).status_code == 405
