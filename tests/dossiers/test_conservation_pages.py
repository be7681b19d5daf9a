"""The table of durations, the officer's pages, and the extract of one person."""

import json
import time
import uuid
from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from convention import quatre_yeux
from convention.models import DemandeDouble
from dossiers.conservation import verbes
from dossiers.conservation.gels import est_gele
from dossiers.models import Conservation, Dossier, MiseEnAttente, Personne, RegleConservation
from journal.models import Entree
from tests.distribution import Distribution
from tests.dossiers.farce import jeton
from tests.dossiers.retention import MOTIF, Monde
from tests.rapport import consigner


def test_une_duree_change_par_deux_personnes_et_une_nouvelle_version(monde: Monde) -> None:
    regle = RegleConservation.objects.get(code="signalement-majeur")
    durees = {"actif_mois": 3, "actif_jours": 0, "archive_mois": 12}
    verbes.demander(
        acte="regler", motif=MOTIF, acteur=monde.distribution.acteur("dpo"), regle=regle, contenu={"durees": durees}
    )
    assert RegleConservation.objects.filter(code=regle.code).count() == 1
    demande = DemandeDouble.objects.latest("pk")
    with pytest.raises(quatre_yeux.ApprobationRefusee):
        monde.approuver("juriste")
    assert demande.approuvee_le is None
    monde.approuver("referente")
    nouvelle = RegleConservation.objects.get(code=regle.code, fin=None)
    assert (nouvelle.version, nouvelle.actif_mois, nouvelle.archive_mois) == (2, 3, 12)
    assert nouvelle.signee_par == monde.distribution.utilisateur("referente")
    call_command("charger_conservation", stdout=StringIO())
    assert RegleConservation.objects.filter(code=regle.code).count() == 2


@pytest.mark.parametrize(
    ("ligne", "phrase"),
    [
        ("- {code: a, libelle: A, depart: cloture, actif: 6, sort: destruction}", "Ligne 3 : il manque « fondement »"),
        ("- {code: a, libelle: A, depart: jadis, actif: 6, sort: destruction, fondement: F}", "Ligne 3 : « depart »"),
        ("- {code: a, libelle: A, depart: cloture, actif: x, sort: destruction, fondement: F}", "Ligne 3 : une durée"),
        ("- {code: [}", "n’est pas lisible"),
    ],
)
def test_un_fichier_de_durees_faux_nomme_sa_ligne(db: None, tmp_path: Path, ligne: str, phrase: str) -> None:
    faux = tmp_path / "faux.yaml"
    faux.write_text(f"debut: 2025-01-01\nregles:\n  {ligne}\n", encoding="utf-8")
    with pytest.raises(CommandError) as refus:
        call_command("charger_conservation", str(faux))
    assert phrase in str(refus.value).replace("\u00a0", " ")
    assert not RegleConservation.objects.exists()


def test_la_page_du_dpo_ne_nomme_personne_et_ne_coute_pas_plus_avec_plus_de_dossiers(
    monde: Monde, horloge: time_machine.Traveller
) -> None:
    monde.clore()
    monde.jour()
    client = monde.distribution.client("dpo")
    client.get("/conservation/")
    Conservation.objects.update(echeance=timezone.localdate())
    with CaptureQueriesContext(
        connection,
    ) as une:
        page = client.get("/conservation/").content.decode()
    assert monde.dossier.reference in page
    assert not [m for p in monde.dossier.personnes.all() for m in (p.nom, p.prenoms) if m in page]
    for rang in range(8):
        copie = Dossier.objects.get(pk=monde.dossier.pk)
        copie.pk, copie.cle, copie.reference = None, uuid.uuid4(), f"SIG-2026-9{rang:03d}"
        copie.save()
        Conservation.objects.create(
            dossier=copie, cle=copie.cle, reference=copie.reference, nature=copie.nature,
            regle=monde.suivi().regle, institutions=monde.suivi().institutions, echeance=timezone.localdate(),
        )  # fmt: skip
    with CaptureQueriesContext(connection) as neuf:
        assert client.get("/conservation/").content.decode().count("SIG-2026-9") == 8
    assert len(neuf) == len(une)


def test_seule_la_protection_des_donnees_ouvre_la_page(monde: Monde) -> None:
    monde.jour()
    for nom, statut in (("dpo", 200), ("juriste", 403), ("soignante", 403), ("parquet", 403)):
        assert monde.distribution.client(nom).get("/conservation/").status_code == statut, nom
    adresse = f"/conservation/{monde.dossier.cle}/"
    for nom, statut in (("dpo", 200), ("juriste", 200), ("soignante", 404), ("opj", 404)):
        assert monde.distribution.client(nom).get(adresse).status_code == statut, nom
    for nom, statut in (("dpo", 200), ("referente", 200), ("soignante", 403)):
        assert monde.distribution.client(nom).get("/reglages/conservation/").status_code == statut, nom


def test_on_gele_et_on_prolonge_depuis_la_page(distribution: Distribution, travailler: Callable[[], int]) -> None:
    monde = Monde(distribution, travailler)
    monde.jour()
    client, adresse = distribution.client("dpo"), f"/conservation/{monde.dossier.cle}/"
    assert client.post(f"{adresse}geler/", {}).status_code == 302
    assert not MiseEnAttente.objects.exists(), "la preuve d’identité d’abord"
    session = client.session
    session["eleve_le"] = int(time.time())
    session.save()
    refus = client.post(f"{adresse}geler/", {"geler-raison": "procedure", "geler-motif": "court"})
    assert "20 caractères" in refus.content.decode()
    client.post(f"{adresse}geler/", {"geler-raison": "procedure", "geler-motif": MOTIF})
    assert est_gele(monde.dossier)
    passe = {"prolonger-jusqu_au": "2020-01-01", "prolonger-motif": MOTIF}
    assert "cinq ans" in client.post(f"{adresse}prolonger/", passe).content.decode()
    assert client.post(f"{adresse}inconnu/", {}).status_code == 404


def test_l_extrait_d_une_personne_ne_dit_rien_des_autres(monde: Monde) -> None:
    """SEC-72: three people in one case; the reporter, the third party and the designated one stay out."""
    tiers, designe, nom, prenoms = (jeton() for _ in range(4))
    Personne.objects.create(dossier=monde.dossier, nom=nom, prenoms=prenoms, naissance=date(1990, 4, 2), sexe="F")
    Personne.objects.create(dossier=monde.dossier, nom=tiers, prenoms=jeton(), role="enfant")
    Personne.objects.create(dossier=monde.dossier, nom=designe, prenoms=jeton(), role="designee")
    demande = {
        "nom": nom.upper(),
        "prenoms": prenoms,
        "naissance": "1990-04-02",
        "dpo": "dpo@demo.test",
        "motif": MOTIF,
    }
    sortie, arguments = StringIO(), [f"--{cle}={valeur}" for cle, valeur in demande.items()]
    call_command("extrait_personne", *arguments, stdout=sortie, stderr=StringIO())
    assert sortie.getvalue() == ""
    monde.approuver()
    call_command("extrait_personne", *arguments, stdout=sortie, stderr=StringIO())
    rendu = sortie.getvalue()
    extrait = json.loads(rendu)
    assert extrait["dossiers"][0]["identite"]["nom"] == nom
    auteur = monde.distribution.utilisateur("soignante")
    etrangers = [mot for mot in (tiers, designe, auteur.nom, auteur.prenom, "CANARI-") if mot in rendu]
    consigner("sec-72", personnes=3, canaris_etrangers=len(etrangers))
    assert etrangers == []
    assert Entree.objects.filter(action="extraire").count() == 1
    assert call_command("extrait_personne", *arguments, stdout=sortie, stderr=StringIO()) is None
    assert sortie.getvalue() == rendu, "un accord sert une fois"
