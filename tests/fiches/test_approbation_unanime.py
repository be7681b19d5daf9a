"""Approved means that every mandatory partner approved this very text, whatever the order of the acts."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from fiches import contenu as contenus
from fiches import workflow
from fiches.models import VersionFiche, Visa
from fiches.positions import manquants
from tests.distribution import Distribution
from tests.fiches.conftest import REPRESENTANTS, reecrire, relire
from transitions.workflow import TransitionRefusee

pytestmark = pytest.mark.django_db
ACTES = st.one_of(
    st.tuples(st.just("avis"), st.sampled_from(REPRESENTANTS), st.sampled_from(Visa.Avis.values)),
    st.tuples(st.just("tous_sauf"), st.sampled_from(("", *REPRESENTANTS)), st.just("")),
    st.tuples(st.just("texte"), st.sampled_from(("a", "b")), st.just("")),
    st.tuples(st.just("vigueur"), st.just(""), st.just("")),
)
PUBLIEE = [("tous_sauf", "", ""), ("vigueur", "", "")]
RETIREE = [
    ("tous_sauf", "ordre", ""),
    ("avis", "parquet", "RESERVE"),
    ("avis", "ordre", "APPROUVE"),
    ("vigueur", "", ""),
]
REECRITE = [("tous_sauf", "", ""), ("texte", "a", ""), ("vigueur", "", ""), ("avis", "ordre", "APPROUVE")]
REVENUE = [("tous_sauf", "", ""), ("texte", "a", ""), ("texte", "b", ""), ("texte", "a", ""), ("vigueur", "", "")]


def donner(version: VersionFiche, acteur: Any, avis: str = "APPROUVE") -> Visa:
    version = relire(version)
    motif = "" if avis == "APPROUVE" else "Un point est à revoir."
    return workflow.donner_avis(version=version, acteur=acteur, avis=avis, motif=motif, empreinte=version.empreinte)


def jouer(version: VersionFiche, distribution: Distribution, acte: tuple[str, str, str]) -> None:
    """One act, by the person who may do it. A refused act changes nothing."""
    genre, qui, avis = acte
    referente = distribution.acteur("referente")
    if genre == "avis":
        donner(version, distribution.acteur(qui), avis)
    elif genre == "tous_sauf":
        for nom in REPRESENTANTS:
            if nom != qui:
                donner(version, distribution.acteur(nom))
    elif genre == "texte":
        reecrire(relire(version), referente, a_eviter=[f"Variante {qui}."])
    else:
        workflow.mettre_en_vigueur(version=version, acteur=referente)


def approuvee_par_tous(version: VersionFiche, distribution: Distribution) -> None:
    """Read from the rows, by none of the functions under test."""
    sceau = contenus.empreinte(version.titre, contenus.lire(version.contenu))
    approuvent = Visa.objects.filter(version_fiche=version, avis="APPROUVE", tombe_le=None, empreinte=sceau)
    obligatoires = {distribution.acteur(nom).principale.institution_id for nom in REPRESENTANTS}
    assert version.empreinte == sceau
    assert obligatoires <= set(approuvent.values_list("institution_id", flat=True))


@given(actes=st.lists(ACTES, min_size=2, max_size=7))
@example(actes=PUBLIEE)
@example(actes=RETIREE)
@example(actes=REECRITE)
@example(actes=REVENUE)
@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_approuvee_veut_dire_approuvee_par_chaque_partenaire_sur_ce_texte_exact(
    en_approbation: VersionFiche, distribution: Distribution, actes: list[tuple[str, str, str]]
) -> None:
    for nom in REPRESENTANTS:
        distribution.utilisateur(nom)
    with transaction.atomic():
        for acte in actes:
            try:
                with transaction.atomic():
                    jouer(en_approbation, distribution, acte)
            except TransitionRefusee:
                pass
            version = relire(en_approbation)
            if version.etat in {"APPROUVEE", "EN_VIGUEUR"}:
                approuvee_par_tous(version, distribution)
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("actes", "etat"), [(PUBLIEE, "EN_VIGUEUR"), (RETIREE, "EN_APPROBATION"), (REECRITE, "EN_APPROBATION")]
)
def test_les_suites_d_actes_menent_bien_ou_l_on_croit(
    actes: list[tuple[str, str, str]], etat: str, en_approbation: VersionFiche, distribution: Distribution
) -> None:
    for acte in actes:
        try:
            jouer(en_approbation, distribution, acte)
        except TransitionRefusee:
            continue
    assert relire(en_approbation).etat == etat


@contextmanager
def retenu(acte: Callable[[], Any]) -> Iterator[Callable[[Callable[[], Any]], Any]]:
    """`acte` runs in a transaction that stays open; `face_a(autre)` starts another, waits until the database holds it
    back, lets the first commit, and returns what the second gave or raised."""
    fait, lacher, issue = threading.Event(), threading.Event(), []

    def premier() -> None:
        try:
            with transaction.atomic():
                acte()
                fait.set()
                lacher.wait(60)
        finally:
            fait.set()
            connection.close()

    def face_a(autre: Callable[[], Any]) -> Any:
        def second() -> None:
            try:
                issue.append(autre())
            except Exception as erreur:
                issue.append(erreur)
            finally:
                connection.close()

        fil = threading.Thread(target=second)
        fil.start()
        while fil.is_alive() and not _un_acte_attend():
            fil.join(0.05)
        assert fil.is_alive(), f"Le second acte n’a pas attendu le premier : {issue}"
        lacher.set()
        fil.join(60)
        return issue[0]

    fil = threading.Thread(target=premier)
    fil.start()
    assert fait.wait(60)
    try:
        yield face_a
    finally:
        lacher.set()
        fil.join(60)


def _un_acte_attend() -> bool:
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
        )
        return bool(curseur.fetchone()[0])


@pytest.mark.django_db(transaction=True)
def test_le_dernier_accord_n_approuve_pas_un_texte_dont_un_partenaire_se_retire_au_meme_instant(
    en_approbation: VersionFiche, approuver: Callable[..., None], ordre: Any, douanes: Any, referente: Any
) -> None:
    approuver(en_approbation, sauf=("douanes",))
    with retenu(lambda: donner(en_approbation, ordre, "RESERVE")) as face_a:
        face_a(lambda: donner(en_approbation, douanes))
    version = relire(en_approbation)
    assert version.etat == "EN_APPROBATION"
    assert [position.institution.code for position in manquants(version)] == ["CDOM"]
    with pytest.raises(TransitionRefusee):
        workflow.mettre_en_vigueur(version=version, acteur=referente)


@pytest.mark.django_db(transaction=True)
def test_la_mise_en_vigueur_attend_la_modification_en_cours_puis_est_refusee(
    en_approbation: VersionFiche, approuver: Callable[..., None], referente: Any
) -> None:
    approuver(en_approbation)
    version = relire(en_approbation)
    with retenu(lambda: reecrire(version, referente, a_eviter=["Rien."])) as face_a:
        issue = face_a(lambda: workflow.mettre_en_vigueur(version=version, acteur=referente))
    assert isinstance(issue, TransitionRefusee)
    assert relire(version).etat == "EN_APPROBATION"
    assert VersionFiche.objects.get(fiche__numero=1, etat="EN_VIGUEUR").numero == "1.0"
