"""The seed: every state, something for every role, the same rows twice, chained journal, numbers that follow on."""

import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from io import BytesIO, StringIO
from typing import Any

import environ
import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from accounts.demonstration import COMPTES
from accounts.models import User
from accounts.roles import Role
from accueil.demonstration.actes import joindre_les_actes
from accueil.demonstration.declarations import COLLEGUES
from accueil.demonstration.peuplement import peupler
from accueil.demonstration.plis import garnir
from accueil.demonstration.suites import achever
from bilans.indicateurs import relever
from convention.acteur import acteur_de
from convention.models import Permanence, Service
from dossiers.boite import boite
from dossiers.echeances import PARIS
from dossiers.models import Compteur, Dossier, Echeance, Participation
from dossiers.registre import type_de, types
from journal.chaine import verifier
from requisitions import etats as etats_req
from requisitions import titres
from requisitions.models import Derogation, Incident, InstructionGenerale, Memoire, Remise, Requisition
from requisitions.workflow import ouvrir_pli, telecharger_pli
from requisitions.workflow.acte import ACTE_SIGNE, APPUI
from signalements import etats as etats_sig
from signalements.models import Mesure, Victime
from tests.coffre_ouvert import lire
from tests.conftest import vider_la_base

NOMBRE = 150
INSTANT = datetime(2026, 11, 18, 15, 0, tzinfo=PARIS)
SANS_DOSSIER = {
    Role.REFERENT_PROGRAMME,
    Role.PARTENAIRE,
    Role.CRIP,
    Role.ARS,
    Role.REFERENT,
    Role.ADMIN_INSTITUTION,
    Role.DPO,
    # Its rows are its own: it opens no case.
    Role.REGIE,
}
pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def en_proprietaire() -> Iterator[None]:
    """Run as the role that the seed asks for, then as the web's again."""
    reglages = connection.settings_dict
    web = {nom: reglages[nom] for nom in ("USER", "PASSWORD")}
    proprietaire = environ.Env.db_url_config(os.environ["DATABASE_URL_PROPRIETAIRE"])
    connection.close()
    reglages.update(USER=proprietaire["USER"], PASSWORD=proprietaire["PASSWORD"])
    try:
        yield
    finally:
        connection.close()
        reglages.update(web)


def semer(nombre: int = NOMBRE, graine: int = 7) -> Any:
    vider_la_base()
    with time_machine.travel(INSTANT, tick=True), en_proprietaire():
        call_command("charger_convention", stdout=StringIO())
        call_command("charger_table_requisitions", stdout=StringIO())
        fait = peupler(nombre, graine, lambda fait, total: None, INSTANT)
        achever()
    return fait


@pytest.fixture
def monde() -> Iterator[Any]:
    fait = semer()
    with time_machine.travel(INSTANT, tick=True):
        yield fait


def photographie() -> tuple[object, ...]:
    # What is lived through the verbs is of the hour at which it is lived.
    dossiers = Dossier.objects.exclude(etat="BROUILLON").filter(cree_le__lt=INSTANT).order_by("reference")
    champs = ("cle", "reference", "nature", "variante", "etat", "urgence", "cree_le", "clos_le", "echeance_le")
    return (
        list(dossiers.values_list(*champs)),
        list(
            Participation.objects.filter(content_object__in=dossiers)
            .order_by("content_object__reference", "pk")
            .values_list("ligne", "role", "non_lu")
        ),
        list(
            Echeance.objects.filter(dossier__in=dossiers)
            .order_by("dossier__reference", "nom")
            .values_list("nom", "echeance_le", "tenue_le")
        ),
        [releve for releve in relever(2026) if releve.code != "I20"],
    )


def test_la_meme_graine_donne_les_memes_dossiers(monde: Any):
    premiere = photographie()
    semer()
    with time_machine.travel(INSTANT, tick=True):
        assert photographie() == premiere


def test_le_monde_est_complet(monde: Any):
    """One seed is long to make: what must be true of it is checked together."""
    chaque_etat_a_quelqu_un()
    chaque_role_a_de_quoi_lire()
    le_parquet_a_de_l_urgent_du_retard_et_du_lu()
    les_enveloppes_et_les_parts_disent_la_meme_chose()
    les_numeros_se_suivent()
    les_permanences_couvrent_l_annee()
    les_declarations_ont_des_victimes_et_des_mesures()
    une_requisition_est_venue_au_guichet()
    le_pli_qui_attend_la_police_s_ouvre()
    les_demandes_ouvertes_ont_leur_acte_signe()
    la_police_a_des_titres_a_viser()
    un_point_est_leve_et_une_alerte_justifiee_par_ecrit()
    une_echeance_manquee_est_au_registre()
    assert verifier() == []


def les_declarations_ont_des_victimes_et_des_mesures() -> None:
    assert {victime.nom for victime in Victime.objects.order_by("pk")} <= set(COLLEGUES)
    assert Victime.objects.exists()
    assert Mesure.objects.filter(faite_le=None).exists()


def une_requisition_est_venue_au_guichet() -> None:
    lettre = Requisition.objects.get(canal=Requisition.Canal.MAIN_PROPRE)
    agent = lettre.dossier.cree_par
    assert acteur_de(agent).a(Role.JURISTE)
    assert lettre.dossier.evenements.earliest("le").par == agent


def le_pli_qui_attend_la_police_s_ouvre() -> None:
    with en_proprietaire():
        assert garnir()
    opj = acteur_de(User.objects.get(courriel="opj@demo.test"))
    attendent = Remise.objects.filter(expiration__gt=timezone.now(), ouverte_le=None)
    dossier = attendent.filter(dossier__service_emetteur__in=opj.services).latest("prete_le").dossier
    ouvrir_pli(dossier=dossier, acteur=opj)
    pli = lire(telecharger_pli(dossier=dossier, acteur=opj))
    assert zipfile.ZipFile(BytesIO(pli)).namelist() == ["bordereau.pdf", f"{dossier.reference}-01.pdf"]


def les_demandes_ouvertes_ont_leur_acte_signe() -> None:
    with en_proprietaire():
        assert joindre_les_actes()
        assert not joindre_les_actes(), "une seule fois"
    ecrites = Requisition.objects.filter(orale=False, dossier__etat__in=etats_req.AVANT_REMISE)
    assert not ecrites.exclude(dossier__pieces__intitule=ACTE_SIGNE).exists()
    a_autoriser = ecrites.filter(autorisation_mode=Requisition.Autorisation.ECRITE)
    assert not a_autoriser.exclude(dossier__pieces__intitule=APPUI).exists()


def la_police_a_des_titres_a_viser() -> None:
    opj = acteur_de(User.objects.get(courriel="opj@demo.test"))
    assert titres.utilisables(opj).exists()
    fins = set(InstructionGenerale.objects.values_list("fin", flat=True))
    assert min(fins) < timezone.localdate() <= max(fins)


def un_point_est_leve_et_une_alerte_justifiee_par_ecrit() -> None:
    leve = Derogation.objects.get(niveau=Derogation.Niveau.BLOQUANT)
    alerte = Derogation.objects.get(dossier=leve.dossier_id, niveau=Derogation.Niveau.ALERTE)
    assert (leve.controle, leve.vitale, leve.dossier.etat) == ("R-00", False, etats_req.VALIDEE)
    assert leve.motif != alerte.motif
    for ecrit in (leve, alerte):
        assert acteur_de(ecrit.levee_par).a(Role.JURISTE)
        lue = leve.dossier.evenements.get(commentaire=ecrit.motif)
        assert lue.reserve_a_id, "le requérant n’en lit rien"


def une_echeance_manquee_est_au_registre() -> None:
    manquee = Incident.objects.get()
    assert manquee.echeance_le < timezone.now()
    assert manquee.dossier.echeances.get(nom="reponse").tenue_le is None
    for nom in ("juriste", "directrice"):
        acteur = acteur_de(User.objects.get(courriel=f"{nom}@demo.test"))
        assert Dossier.objects.visibles_par(acteur).filter(incidents=manquee).exists(), nom


def chaque_etat_a_quelqu_un() -> None:
    for genre in types():
        attendus = (
            set(genre.workflow.etats) - {etats_req.BROUILLON}
            if genre.nature == "REQUISITION"
            else set(genre.workflow.etats)
        )
        if genre.nature == "DECLARATION":
            attendus -= {etats_sig.REORIENTE, etats_sig.REMIS}
            attendus -= {etats_sig.SUSPENDU, *etats_sig.SANS_ENVOI}
        vus = set(Dossier.objects.filter(nature=genre.nature).values_list("etat", flat=True))
        assert vus == attendus, genre.nature


def chaque_role_a_de_quoi_lire() -> None:
    for compte in COMPTES:
        acteur = acteur_de(User.objects.get(courriel=compte.courriel))
        assert acteur.roles == {compte.role}, compte.courriel
        lignes = boite(acteur, phases=("en_cours", "en_attente", "clos"), taille=5).lignes
        assert bool(lignes) or compte.role in SANS_DOSSIER, compte.courriel
        assert compte.role != Role.REGIE or Memoire.objects.filter(service__in=acteur.services).exists()
        for ligne in lignes:
            assert ligne.dossier.etat in type_de(ligne.dossier).workflow.etats


def le_parquet_a_de_l_urgent_du_retard_et_du_lu() -> None:
    acteur = acteur_de(User.objects.get(courriel="parquet@demo.test"))
    lignes = boite(acteur).lignes
    restes = [(ligne.echeance - timezone.now()).total_seconds() / 60 for ligne in lignes if ligne.echeance]
    assert any(0 < reste < 60 for reste in restes)
    assert any(reste < 0 for reste in restes)
    assert {ligne.part["non_lu"] for ligne in lignes} == {True, False}
    assert any(ligne.dossier.etat == "TRANSMIS" for ligne in lignes)


def les_enveloppes_et_les_parts_disent_la_meme_chose() -> None:
    for part in Participation.objects.select_related("content_object"):
        dossier = part.content_object
        assert (part.phase, part.nature, part.urgence) == (dossier.phase, dossier.nature, dossier.urgence)
        assert part.derniere_activite == dossier.derniere_activite
    assert not Participation.objects.filter(ligne__regex=r"Varlet|Ozanne|Delcambre|Quennesson").exists()
    for nature, lettre in (
        ("SIGNALEMENT", "signalement"),
        ("REQUISITION", "requisition"),
        ("EXTRACTION", "extraction"),
        ("DECLARATION", "declaration"),
    ):
        assert not Dossier.objects.filter(nature=nature, **{f"{lettre}__isnull": True}).exists()


def les_numeros_se_suivent() -> None:
    for compteur in Compteur.objects.all():
        debut = f"{compteur.prefixe}-{compteur.annee}-"
        numeros = sorted(
            int(reference[len(debut) :])
            for reference in Dossier.objects.filter(reference__startswith=debut).values_list("reference", flat=True)
        )
        assert numeros == list(range(1, compteur.dernier + 1))


def les_permanences_couvrent_l_annee() -> None:
    maintenant = timezone.now()
    for service in Service.objects.filter(permanence=True):
        for jours in (-29, 0, 180, 364):
            quand = maintenant + timedelta(days=jours)
            assert Permanence.objects.filter(service=service, debut__lte=quand, fin__gt=quand).exists(), service.code


def test_une_base_deja_peuplee_est_laissee_telle_quelle(monde: Any, capsys: pytest.CaptureFixture[str]):
    avant = Dossier.objects.count()
    with en_proprietaire():
        call_command("peupler_demo", "--dossiers", "10")
    assert "Déjà peuplé" in capsys.readouterr().out
    assert Dossier.objects.count() == avant


def test_sans_convention_la_commande_dit_quoi_faire():
    with en_proprietaire(), pytest.raises(CommandError, match="charger_convention"):
        call_command("peupler_demo", "--dossiers", "10")


def test_un_echec_ne_laisse_rien(monkeypatch: pytest.MonkeyPatch):
    from accueil.management.commands import peupler_demo

    def casser() -> None:
        raise RuntimeError

    monkeypatch.setattr(peupler_demo, "achever", casser)
    with en_proprietaire():
        call_command("charger_convention")
        with pytest.raises(RuntimeError):
            call_command("peupler_demo", "--dossiers", "40")
        assert not Dossier.objects.exists()
        assert not User.objects.exists()


def test_les_comptes_se_lisent(capsys: pytest.CaptureFixture[str]):
    call_command("comptes_demo")
    sortie = capsys.readouterr().out
    assert all(compte.courriel in sortie for compte in COMPTES)
