"""The committee: called, held, its minutes frozen once approved, its decisions carried to their end."""

import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from bilans import decisions, reunions
from bilans.decisions import echeance_de_decision
from bilans.models import Decision, RetourExperience, Reunion
from bilans.ordre_du_jour import ordre_du_jour
from convention.models import Convention, Institution
from fiches.models import Fiche, VersionFiche
from notifications.models import Avis
from tests.distribution import Distribution
from transitions.workflow import TransitionRefusee

LUNDI = date(2026, 11, 23)


def dans(jours: int) -> date:
    return timezone.localdate() + timedelta(days=jours)


def maison(code: str) -> Institution:
    return Institution.objects.get(code=code)


@pytest.fixture
def convention(fiches: None) -> Convention:
    return Convention.objects.get(code="chv-2025")


@pytest.fixture
def reunion(convention: Convention, referente: Any) -> Reunion:
    """Planned for tomorrow with the parquet, the customs and the hospital, then an hour ago as if it had come."""
    codes = ("CHV", "PARQUET", "DOUANES")
    planifiee = reunions.planifier(
        convention=convention,
        acteur=referente,
        genre="SUIVI",
        debut=timezone.now() + timedelta(days=1),
        lieu="Salle du conseil",
        a_distance=False,
        institutions=[maison(code).pk for code in codes],
        cle=uuid.uuid4(),
        points=["Calendrier des formations"],
    )
    Reunion.objects.filter(pk=planifiee.pk).update(debut=timezone.now() - timedelta(hours=1))
    return relire(planifiee)


def relire(reunion: Reunion) -> Reunion:
    return Reunion.objects.select_related("convention").get(pk=reunion.pk)


def tenir(reunion: Reunion, acteur: Any) -> Reunion:
    presences = {
        ligne.pk: (ligne.institution.code != "DOUANES", "Le représentant") for ligne in reunion.invitations.all()
    }
    return reunions.consigner_seance(
        reunion=reunion, acteur=acteur, presences=presences, compte_rendu="Les étapes de la fiche 1 sont revues."
    )


def decider(reunion: Reunion, acteur: Any, code: str = "PARQUET", **champs: Any) -> Decision:
    return decisions.decider(
        **{
            "reunion": reunion,
            "acteur": acteur,
            "texte": "Écrire un modèle de réponse.",
            "institution": maison(code),
            "echeance": dans(20),
            **champs,
        }
    )


@pytest.mark.parametrize(("jour", "phrase"), [(date(1, 1, 1), "à venir"), (date(9999, 1, 1), "cinq ans")])
def test_une_decision_a_une_date_a_venir_et_raisonnable(jour: date, phrase: str) -> None:
    assert phrase in echeance_de_decision(jour, LUNDI).raison
    assert echeance_de_decision(LUNDI, LUNDI)


@pytest.mark.django_db
def test_l_ordre_du_jour_reprend_ce_qui_est_ouvert_et_rien_de_l_autre_convention(
    convention: Convention, deposer: Callable[..., RetourExperience], reunion: Reunion, referente: Any
) -> None:
    deposer()
    VersionFiche.objects.filter(fiche__numero=2, etat="EN_VIGUEUR").update(verifie_le=dans(-400))
    tenir(reunion, referente)
    decider(reunion, referente)
    points = {(point.rubrique, point.texte) for point in ordre_du_jour(convention)}
    textes = " ".join(texte for _, texte in points)
    assert {"Retours d’expérience", "Fiches à réviser", "Décisions à suivre"} <= {rubrique for rubrique, _ in points}
    assert "Fiche 2" in textes
    assert "canari" not in textes
    assert ordre_du_jour(Convention.objects.get(code="cls-2025")) == []


@pytest.mark.django_db
def test_le_compte_rendu_approuve_ne_change_plus_mais_ses_decisions_se_suivent(
    reunion: Reunion, referente: Any, parquet: Any, douanes: Any, travailler: Callable[[], int]
) -> None:
    with pytest.raises(TransitionRefusee):
        reunions.approuver(reunion=reunion, acteur=referente)
    tenue = tenir(reunion, referente)
    assert tenue.ordre_du_jour[-1] == {"rubrique": "Autre point", "texte": "Calendrier des formations"}
    decision = decider(reunion, referente)
    de_trop = decider(reunion, referente, "DOUANES")
    decisions.retirer(decision=de_trop, acteur=referente)
    with pytest.raises(TransitionRefusee, match="institution invitée"):
        decider(reunion, referente, "CDOM")
    with pytest.raises(TransitionRefusee, match="pas encore approuvé"):
        decisions.clore(decision=decision, acteur=parquet, issue="FAITE", suite="Fait.")
    approuvee = reunions.approuver(reunion=reunion, acteur=referente)
    assert len(approuvee.empreinte) == 64
    for geste in (
        lambda: Reunion.objects.filter(pk=reunion.pk).update(compte_rendu="Autre chose."),
        lambda: reunion.invitations.update(present=True),
        lambda: Decision.objects.filter(pk=decision.pk).update(texte="Autre chose."),
        lambda: Decision.objects.filter(pk=decision.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            geste()
    with pytest.raises(TransitionRefusee, match="entre la réunion et l’approbation"):
        decider(reunion, referente)
    with pytest.raises(TransitionRefusee, match="L’institution qui porte"):
        decisions.clore(decision=decision, acteur=douanes, issue="FAITE", suite="Fait.")
    close = decisions.clore(decision=decision, acteur=parquet, issue="FAITE", suite="Le modèle est en ligne.")
    assert (close.issue, close.close_par_id) == ("FAITE", parquet.utilisateur_id)
    travailler()
    assert Avis.objects.filter(destinataire_id=parquet.utilisateur_id, texte__contains="est approuvé").exists()


@pytest.mark.django_db
def test_qui_porte_une_decision_est_prevenu_avant_puis_en_retard_une_fois(
    reunion: Reunion, referente: Any, parquet: Any, douanes: Any, travailler: Callable[[], int]
) -> None:
    tenir(reunion, referente)
    decider(reunion, referente)
    reunions.approuver(reunion=reunion, acteur=referente)
    travailler()
    Avis.objects.all().delete()
    for jour in (dans(5), dans(14), dans(15), dans(21), dans(22)):
        decisions.rappeler(jour)
    travailler()
    recus = Avis.objects.filter(destinataire_id=parquet.utilisateur_id).values_list("texte", flat=True)
    assert sorted("en retard" in texte for texte in recus) == [False, True]
    assert not Avis.objects.filter(destinataire_id=douanes.utilisateur_id).exists()


@pytest.mark.django_db
def test_la_referente_mene_la_reunion_par_ses_pages_et_chaque_faute_a_sa_phrase(
    convention: Convention, distribution: Distribution, referente: Any
) -> None:
    client = distribution.client("referente")
    planifier = reverse("bilans:planifier_reunion", args=["chv-2025"])
    assert "Aucune réunion depuis un an" in client.get(reverse("bilans:comite")).content.decode()
    vide = client.post(
        planifier, {"debut": "0001-01-01T00:00", "genre": "SUIVI", "points": "Un point"}
    ).content.decode()
    for phrase in ("Choisissez une date à venir.", "Invitez au moins une institution.", "Dites où elle se tient"):
        assert phrase in vide
    assert "Un point" in vide
    institutions = [str(maison(code).pk) for code in ("CHV", "PARQUET")]
    saisi = {
        "cle": uuid.uuid4(),
        "debut": "9999-01-01T10:00",
        "genre": "SUIVI",
        "lieu": "Salle",
        "institutions": institutions,
    }
    assert "dans les trois ans" in client.post(planifier, saisi).content.decode()
    for _second_clic in range(2):
        suite = client.post(planifier, {**saisi, "debut": f"{dans(3).isoformat()}T10:00"})
    reunion = Reunion.objects.get()
    assert suite["Location"] == reverse("bilans:reunion", args=[reunion.cle])
    avancer = reverse("bilans:avancer_reunion", args=[reunion.cle])
    presence = reunion.invitations.first()
    seance = {"geste": "tenir", "compte_rendu": "Tout va bien.", f"present-{presence.pk}": "on"}
    trop_tot = client.post(avancer, seance).content.decode()
    assert "n’a pas encore eu lieu" in trop_tot
    Reunion.objects.update(debut=timezone.now() - timedelta(hours=1))
    absents = client.post(avancer, {"geste": "tenir", "compte_rendu": "Tout va bien."}).content.decode()
    assert "Cochez au moins une institution présente." in absents
    assert "Tout va bien." in absents
    client.post(avancer, seance)
    fiche = Fiche.objects.get(numero=1)
    decision = {"geste": "decider", "texte": "Revoir la fiche.", "institution": institutions[1], "fiche": fiche.pk}
    assert (
        "Choisissez une date à venir." in client.post(avancer, {**decision, "echeance": "0001-01-01"}).content.decode()
    )
    for _second_clic in range(2):
        client.post(avancer, {**decision, "echeance": dans(10).isoformat()})
    assert Decision.objects.count() == 1
    client.post(avancer, {"geste": "approuver"})
    assert Reunion.objects.get().etat == "APPROUVEE"
    pdf = reverse("bilans:reunion_pdf", args=[reunion.cle])
    assert client.get(pdf).status_code == 302
    assert client.post(pdf, follow=True).content.startswith(b"%PDF")
    assert client.post(avancer, {"geste": "voler"}).status_code == 404


@pytest.mark.django_db
def test_une_institution_invitee_lit_et_porte_les_autres_ne_savent_pas(
    reunion: Reunion, referente: Any, distribution: Distribution
) -> None:
    page = reverse("bilans:reunion", args=[reunion.cle])
    assert distribution.client("parquet").get(page).status_code == 200
    for nom in ("ordre", "soignante", "cpam"):
        assert distribution.client(nom).get(page).status_code == 404
    parquet = distribution.client("parquet")
    avancer = reverse("bilans:avancer_reunion", args=[reunion.cle])
    assert parquet.post(avancer, {"geste": "annuler", "motif": "Non"}).status_code == 403
    assert parquet.get(reverse("bilans:reunion_pdf", args=[reunion.cle])).status_code == 403
    assert parquet.get(reverse("bilans:planifier_reunion", args=["chv-2025"])).status_code == 403
    assert distribution.client("cpam").get(reverse("bilans:planifier_reunion", args=["chv-2025"])).status_code == 404
    tenir(reunion, referente)
    decision = decider(reunion, referente)
    assert "sont revues" not in parquet.get(page).content.decode()
    reunions.approuver(reunion=reunion, acteur=referente)
    assert "sont revues" in parquet.get(page).content.decode()
    liste, suivre = reverse("bilans:decisions"), reverse("bilans:suivre_decision", args=[decision.pk])
    assert "Écrire un modèle" in parquet.get(liste).content.decode()
    assert "Écrire un modèle" not in distribution.client("ordre").get(liste).content.decode()
    assert distribution.client("ordre").post(suivre, {"issue": "FAITE", "suite": "Oui"}).status_code == 404
    assert distribution.client("douanes").post(suivre, {"issue": "FAITE", "suite": "Oui"}).status_code == 403
    vide = parquet.post(suivre, {"issue": "FAITE", "suite": " "}).content.decode()
    assert "Dites ce qui a été fait" in vide
    parquet.post(suivre, {"issue": "FAITE", "suite": "Le modèle est écrit."})
    assert "Le modèle est écrit." in parquet.get(liste).content.decode()
