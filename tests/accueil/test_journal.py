"""The journal page: what the DPO filters, reads, verifies and takes away."""

import io
import json
import subprocess
import sys
import time
import uuid
import zipfile
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accueil.acces import archive, taches
from accueil.acces.reponse import acces, cles, est_authentique, extrait
from journal.carnet import carnet, noter
from journal.models import Entree, Export, Verification
from tests.canari import jetons_dans
from tests.distribution import Distribution
from tests.signalements.situation import JETON, transmis

ADRESSE = "/journal/"


def page_de(client: Any, **filtre: Any) -> str:
    reponse = client.get(ADRESSE, filtre)
    assert reponse.status_code == 200
    return reponse.content.decode().replace("\u00a0", " ")


def lignes_de(page: str) -> list[str]:
    return page.split("<tbody>")[-1].split("</tbody>")[0].split("</tr>")[:-1] if "<tbody>" in page else []


def elever(client: Any) -> Any:
    session = client.session
    session["eleve_le"] = int(time.time())
    session.save()
    return client


def agir(distribution: Distribution, nom: str, action: str, **champs: Any) -> None:
    acteur = distribution.acteur(nom)
    with carnet(acteur):
        noter(action, acteur=acteur, **champs)


@pytest.fixture
def dpo(distribution: Distribution) -> Any:
    return distribution.client("dpo")


@pytest.fixture
def dossier(distribution: Distribution) -> Any:
    distribution.utilisateur("parquet")
    return transmis(distribution.acteur("soignante"))


@pytest.mark.parametrize(
    "nom", ["journal", "journal_verifier", "journal_exporter", "journal_verificateur", "journal_export"]
)
@pytest.mark.parametrize("qui", ["soignante", "referente", "parquet", "juriste"])
def test_le_journal_et_ses_suites_sont_a_la_protection_des_donnees(
    distribution: Distribution, qui: str, nom: str
) -> None:
    client = elever(distribution.client(qui))
    arguments = ["00000000-0000-0000-0000-000000000001"] if nom == "journal_export" else []
    envoi = client.post if nom == "journal_verifier" else client.get
    statut = envoi(reverse(f"accueil:{nom}", args=arguments)).status_code
    # The verifier is a public program: whoever is signed in may take it.
    assert statut == (200 if nom == "journal_verificateur" else 403)


def test_chaque_filtre_retient_ce_qu_il_dit(distribution: Distribution, dpo: Any, dossier: Any) -> None:
    agir(distribution, "soignante", "afficher_identite", objet="signalement", cle=dossier.cle, motif="VERIFIER")
    agir(distribution, "cadre", "bris_de_glace", objet="signalement", cle=dossier.cle)
    distribution.client("soignante").get(f"/pieces/{uuid.uuid4()}/")
    soignante = distribution.utilisateur("soignante")
    jour = timezone.localdate().isoformat()
    cas = {
        "personne": ({"personne": soignante.cle}, lambda ligne: "Camille Aubert" in ligne),
        "action": ({"action": "afficher_identite"}, lambda ligne: "Identité affichée" in ligne),
        "resultat": ({"resultat": "introuvable"}, lambda ligne: "Page introuvable" in ligne),
        "dossier": ({"dossier": dossier.reference.lower()}, lambda ligne: dossier.reference in ligne),
        "cle": ({"dossier": str(dossier.cle)[:20]}, lambda ligne: False),
        "service": ({"service": "CHV-URG"}, lambda ligne: "CHV-URG" in ligne),
        "exceptionnels": ({"exceptionnels": "on"}, lambda ligne: "Accès exceptionnel" in ligne),
        "periode": ({"du": jour, "au": jour}, lambda ligne: True),
    }
    for nom, (filtre, juste) in cas.items():
        lignes = lignes_de(page_de(dpo, **filtre))
        assert all(juste(ligne) for ligne in lignes), nom
        assert bool(lignes) is (nom != "cle"), nom
    veille = (timezone.localdate() - timedelta(days=2)).isoformat()
    assert "Aucun événement sur cette période." in page_de(dpo, du=veille, au=veille)


def test_les_dates_a_l_envers_se_disent_pres_du_champ(dpo: Any) -> None:
    page = page_de(dpo, du="2026-11-20", au="2026-11-01")
    assert "La fin vient avant le début" in page
    for filtre in ({"personne": "nimporte"}, {"action": "inconnue"}, {"du": "hier"}, {"service": "X' OR 1"}):
        assert "point" in page_de(dpo, **filtre)


def test_les_pages_se_suivent_sans_trou_ni_doublon(distribution: Distribution, dpo: Any) -> None:
    with carnet(distribution.acteur("dpo")):
        for rang in range(120):
            noter("telecharger", acteur=distribution.acteur("dpo"), objet=f"objet_{rang}")
    vus: list[str] = []
    filtre: dict[str, str] = {"action": "telecharger"}
    for _ in range(3):
        page = page_de(dpo, **filtre)
        vus += [ligne.split("Objet ")[1].split("<")[0] for ligne in lignes_de(page) if "Objet " in ligne]
        if "avant=" not in page:
            break
        filtre["avant"] = page.split("avant=")[-1].split('"')[0]
        agir(distribution, "dpo", "telecharger", objet="apres")
    assert vus == [str(rang) for rang in reversed(range(120))]
    for jeton in ("x", "1-", "9" * 60, "-1-1", "1-1-1", "١-١"):
        assert lignes_de(page_de(dpo, action="telecharger", avant=jeton))


def test_aucun_nom_de_patient_n_apparait(distribution: Distribution, dpo: Any, dossier: Any) -> None:
    distribution.client("parquet").get(reverse("signalements:lettre", args=[dossier.cle]))
    page = page_de(dpo)
    assert dossier.reference in page
    assert not any(jeton in page for jeton in JETON.values())
    assert jetons_dans(page) == set()


def test_les_lignes_sont_en_francais(distribution: Distribution, dpo: Any, dossier: Any) -> None:
    distribution.client("soignante").get("/compte/")
    agir(distribution, "soignante", "afficher_identite", objet="signalement", cle=dossier.cle, motif="VERIFIER")
    page = page_de(dpo)
    for mot in ("Page ouverte", "Identité affichée", "Compte, compte", "soin et protection", "verifier", "127.0.0.1"):
        assert mot in page, mot
    assert "afficher_identite</" not in page


@pytest.mark.parametrize("nombre", [1, 40])
def test_la_page_coute_un_nombre_constant_de_requetes(distribution: Distribution, dpo: Any, nombre: int) -> None:
    for rang in range(nombre):
        agir(distribution, "dpo", "telecharger", objet=f"o{rang}")
    page_de(dpo)
    with CaptureQueriesContext(connection) as capture:
        page_de(dpo)
    assert len(capture) <= 34


def test_le_bandeau_dit_l_integrite_et_nomme_la_rupture(dpo: Any, distribution: Distribution) -> None:
    assert "Chaîne pas encore vérifiée" in page_de(dpo)
    call_command("verifier_journal", stdout=StringIO())
    assert "Chaîne intacte" in page_de(dpo)
    chaine = distribution.acteur("dpo").principale.institution_code
    Verification.objects.create(entrees=9, ancres=0, ruptures=[["AILLEURS", 3, "contenu modifié"]])
    assert "Chaîne intacte" in page_de(dpo)
    Verification.objects.create(entrees=9, ancres=0, ruptures=[[chaine, 1204, "contenu modifié"]])
    page = page_de(dpo)
    assert "Chaîne rompue à l’événement n° 1204" in page
    assert "prévenez" in page


def test_verifier_maintenant_passe_par_le_travailleur(dpo: Any, travailler: Callable[[], int]) -> None:
    for _ in range(2):
        assert dpo.post(reverse("accueil:journal_verifier")).status_code == 302
    assert travailler() == 1
    assert "Chaîne intacte" in page_de(dpo)


def exporter(client: Any, **envoi: Any) -> Any:
    jour = timezone.localdate().isoformat()
    return client.post(reverse("accueil:journal_exporter"), {"du": jour, "au": jour, "motif": "CONTROLE", **envoi})


def test_l_export_demande_une_preuve_d_identite(dpo: Any) -> None:
    for reponse in (dpo.get(reverse("accueil:journal_exporter")), exporter(dpo)):
        assert reponse.status_code == 302
        assert "/journal/exports/" not in reponse["Location"]
    assert not Entree.objects.filter(action="exporter_journal").exists()


def test_l_export_se_verifie_sans_le_produit(dpo: Any, distribution: Distribution, tmp_path: Path) -> None:
    dpo.get(ADRESSE)
    taches.envoyer_les_tetes({})
    reponse = exporter(elever(dpo))
    assert reponse["Content-Disposition"].startswith("attachment")
    with zipfile.ZipFile(io.BytesIO(reponse.content)) as zip_recu:
        zip_recu.extractall(tmp_path)
        noms = zip_recu.namelist()
    jsonl = next(nom for nom in noms if nom.endswith(".jsonl"))
    assert {"ancres.json", "verificateur.py", "LISEZ-MOI.txt", jsonl} == set(noms)
    ancre = json.loads((tmp_path / "ancres.json").read_text())[0]
    commande = ["verificateur.py", jsonl, "--ancre", f"{ancre['numero']}:{ancre['empreinte']}"]
    resultat = subprocess.run(
        [sys.executable, "-I", *commande], cwd=tmp_path, capture_output=True, text=True, timeout=30
    )
    assert resultat.returncode == 0, resultat.stderr
    chaine = distribution.acteur("dpo").principale.institution_code
    lignes = [json.loads(ligne) for ligne in (tmp_path / jsonl).read_text().splitlines()]
    assert {ligne["chaine"] for ligne in lignes} == {chaine}
    assert f"--ancre {ancre['numero']}" in (tmp_path / "LISEZ-MOI.txt").read_text()
    trace = Entree.objects.get(action="exporter_journal")
    assert '"motif":"CONTROLE"' in trace.contenu
    assert f'"entrees":{len(lignes)}' in trace.contenu


@pytest.mark.parametrize(
    ("envoi", "dit"),
    [
        ({"motif": ""}, "Choisissez un motif"),
        ({"du": ""}, "premier jour"),
        ({"du": "2026-12-31", "au": "2026-01-01"}, "avant le début"),
        ({"du": "2020-01-01", "au": "2020-01-02"}, "Aucun événement"),
    ],
)
def test_un_export_mal_demande_dit_quoi_corriger(dpo: Any, envoi: dict[str, str], dit: str) -> None:
    dpo.get(ADRESSE)
    page = exporter(elever(dpo), **envoi)
    assert page.status_code == 200
    assert dit in page.content.decode()
    assert not Entree.objects.filter(action="exporter_journal").exists()


def test_un_long_export_se_prepare_au_fond_et_se_retire_un_jour(
    dpo: Any, distribution: Distribution, travailler: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("accueil.acces.export.IMMEDIAT", 1)
    for _ in range(3):
        dpo.get(ADRESSE)
    reponse = exporter(elever(dpo))
    export = Export.objects.get()
    adresse = reverse("accueil:journal_export", args=[export.cle])
    assert reponse["Location"] == adresse
    assert "L’export se prépare" in dpo.get(adresse).content.decode()
    fichier = reverse("accueil:journal_telecharger", args=[export.cle])
    assert dpo.get(fichier).status_code == 404
    assert travailler() == 1
    taches.preparer_export({"export": export.pk})
    assert "Télécharger l’export" in dpo.get(adresse).content.decode()
    with zipfile.ZipFile(io.BytesIO(dpo.get(fichier).content)) as recu:
        assert "verificateur.py" in recu.namelist()
    assert Entree.objects.filter(action="telecharger", cle=export.cle).count() == 1
    assert elever(distribution.client("soignante")).get(fichier).status_code == 403
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        demain = distribution.client("dpo")
        assert elever(demain).get(fichier).status_code == 404


def test_un_export_trop_long_se_fait_mois_par_mois(dpo: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accueil.acces.export.MAXIMUM", 1)
    for _ in range(3):
        dpo.get(ADRESSE)
    assert "mois par mois" in exporter(elever(dpo)).content.decode()


def test_l_archive_d_une_periode_vide_reste_lisible(db: None) -> None:
    jour = timezone.localdate()
    with zipfile.ZipFile(io.BytesIO(archive.composer("CHV", jour, jour))) as recu:
        assert recu.read(next(nom for nom in recu.namelist() if nom.endswith(".jsonl"))) == b""


def lancer(**options: Any) -> str:
    sortie = StringIO()
    jour = timezone.localdate()
    call_command("qui_a_vu", stdout=sortie, **{"du": jour, "au": jour, **options})
    return sortie.getvalue()


def test_qui_a_vu_dit_tout_et_seulement_ce_dossier(distribution: Distribution, dossier: Any, tmp_path: Path) -> None:
    autre = transmis(distribution.acteur("soignante"))
    distribution.client("parquet").get(reverse("signalements:lettre", args=[dossier.cle]), REMOTE_ADDR="192.0.2.9")
    distribution.client("parquet").get(reverse("signalements:lettre", args=[autre.cle]))
    distribution.client("opj").get(reverse("signalements:lettre", args=[dossier.cle]))
    personne = dossier.personnes.get()
    suivies = {dossier.cle, personne.cle, *dossier.pieces.values_list("cle", flat=True)}
    oracle = {f"{e.chaine} n° {e.numero} {e.empreinte}" for e in Entree.objects.all() if e.cle in suivies}
    for option in ({"dossier": dossier.reference}, {"dossier": str(dossier.cle)}, {"personne": personne.cle}):
        texte = lancer(**option)
        lignes = texte.splitlines()[1:-1]
        lus = {ligne.split(";")[-1] for ligne in lignes if "extraire_acces" not in ligne}
        assert lus == oracle, option
        assert any("Anne Verdière" in ligne and "192.0.2.9" in ligne and "procedure" in ligne for ligne in lignes)
        assert any("Caradec" in ligne and "introuvable" in ligne for ligne in lignes)
        assert not any(jeton in texte for jeton in JETON.values())
    fichier = tmp_path / "extrait.csv"
    assert "accès écrits" in lancer(dossier=dossier.reference, sortie=fichier)
    sortie = StringIO()
    call_command("qui_a_vu", verifier=fichier, stdout=sortie)
    assert "authentique" in sortie.getvalue()
    for faux in (fichier.read_text().replace("192.0.2.9", "192.0.2.8"), "sans signature", ""):
        fichier.write_text(faux)
        with pytest.raises(CommandError, match="Demandez-en un nouveau"):
            call_command("qui_a_vu", verifier=fichier)


def test_qui_a_vu_dit_ce_qui_manque(db: None) -> None:
    with pytest.raises(CommandError, match="Vérifiez-la"):
        lancer(dossier="SIG-1999-0001")
    with pytest.raises(CommandError, match="--du"):
        lancer(dossier="SIG-1999-0001", du=None)


def test_un_extrait_vide_est_signe_aussi(db: None) -> None:
    assert est_authentique(extrait(acces(cles(dossier="RIEN"), timezone.localdate(), timezone.localdate())))
