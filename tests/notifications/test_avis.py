"""Notices: told to those who may see, at the time of sending; an e-mail says nothing but that something waits."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone

from convention.models import Permanence, Rattachement
from convention.rattachements import terminer
from dossiers.classes import Classe
from dossiers.models import Exclusion, Personne
from dossiers.suivi import relater
from notifications.boite_envoi import executer
from notifications.models import Avis, Envoi
from tests.canari import Voliere
from tests.distribution import Distribution
from tests.dossiers.essai import commencer, transmettre, type_essai

__all__ = ["type_essai"]
pytestmark = pytest.mark.usefixtures("type_essai")
Travailler = Callable[[], int]


@pytest.fixture
def prevenus(distribution: Distribution, travailler: Travailler) -> Callable[[], set[str]]:
    """Who has a notice once the worker has passed."""

    def faire() -> set[str]:
        travailler()
        return {courriel.split("@")[0] for courriel in Avis.objects.values_list("destinataire__courriel", flat=True)}

    return faire


def envoyer(distribution: Distribution, *services: str) -> Any:
    soignante = distribution.acteur("soignante")
    return transmettre(commencer(soignante), soignante, *(distribution.service(code) for code in services))


def test_les_personnes_du_service_sont_prevenues_pas_l_auteur(
    distribution: Distribution, prevenus: Callable[[], set[str]]
) -> None:
    for nom in ("parquet", "opj", "etranger"):
        distribution.utilisateur(nom)
    envoyer(distribution, "PARQUET-PERM")
    assert prevenus() == {"parquet"}


def test_qui_a_perdu_l_acces_avant_l_envoi_n_est_pas_prevenu(
    distribution: Distribution, prevenus: Callable[[], set[str]], mailoutbox: list[EmailMessage]
) -> None:
    opj, gendarme, parquet = (distribution.utilisateur(nom) for nom in ("opj", "gendarme", "parquet"))
    soignante = distribution.utilisateur("soignante")
    dossier = envoyer(distribution, "POLICE-CSP", "GEND-COB1", "PARQUET-PERM")
    terminer(rattachement=opj.rattachements.get(), acteur=distribution.acteur("admin_chv"))
    gendarme.is_active = False
    gendarme.save()
    Exclusion.objects.create(dossier=dossier, utilisateur=parquet, pose_par=soignante)
    assert prevenus() == set()
    assert mailoutbox == []


def test_une_personne_dont_la_fin_est_prevue_est_encore_prevenue(
    distribution: Distribution, prevenus: Callable[[], set[str]]
) -> None:
    opj = distribution.utilisateur("opj")
    Rattachement.objects.filter(utilisateur=opj).update(fin_le=timezone.localdate() + timedelta(days=30))
    envoyer(distribution, "POLICE-CSP")
    assert prevenus() == {"opj"}


def test_la_garde_n_est_prevenue_que_pendant_sa_permanence(
    distribution: Distribution, prevenus: Callable[[], set[str]]
) -> None:
    garde = distribution.utilisateur("garde")
    envoyer(distribution, "CHV-GARDE")
    Permanence.objects.filter(titulaire=garde).delete()
    assert prevenus() == set()


def test_une_seconde_livraison_ne_previent_pas_deux_fois(
    distribution: Distribution, travailler: Travailler, mailoutbox: list[EmailMessage]
) -> None:
    distribution.utilisateur("parquet")
    envoyer(distribution, "PARQUET-PERM")
    travailler()
    Envoi.objects.update(fait_le=None)
    for envoi in Envoi.objects.all():
        executer(envoi.pk)
    assert Avis.objects.count() == len(mailoutbox) == 1


def test_un_courriel_ne_contient_rien_de_nominatif(
    distribution: Distribution, travailler: Travailler, mailoutbox: list[EmailMessage]
) -> None:
    voliere = Voliere()
    distribution.utilisateur("parquet")
    soignante = distribution.acteur("soignante")
    dossier = commencer(soignante)
    Personne.objects.create(
        dossier=dossier,
        nom=voliere.poser("Personne", "nom", Classe.IDENTITE),
        prenoms=voliere.poser("Personne", "prenoms", Classe.IDENTITE),
    )
    transmis = transmettre(dossier, soignante, distribution.service("PARQUET-PERM"))
    mot = voliere.poser("Evenement", "commentaire", Classe.ADMINISTRATIF)
    relater(dossier=transmis, nom="note", libelle="Complément demandé", acteur=soignante, commentaire=mot)
    travailler()
    assert len(mailoutbox) == 2
    for message in mailoutbox:
        brut = message.message().as_bytes()
        assert voliere.canaris_dans(brut) == set()
        assert soignante.nom not in message.body + message.subject
        assert distribution.service("CHV-URG").nom not in message.body + message.subject
        assert transmis.reference in message.subject
        assert str(dossier.cle) not in message.body
        assert message.to == ["parquet@demo.test"]
    assert len({message.extra_headers["Message-ID"] for message in mailoutbox}) == 2
    assert voliere.canaris_dans(repr(list(Avis.objects.values()))) == set()
    assert voliere.canaris_dans(repr(list(Envoi.objects.values()))) == set()


def test_la_meme_information_garde_le_meme_message_id(
    distribution: Distribution, travailler: Travailler, mailoutbox: list[EmailMessage]
) -> None:
    distribution.utilisateur("parquet")
    envoyer(distribution, "PARQUET-PERM")
    travailler()
    Avis.objects.all().delete()
    Envoi.objects.update(fait_le=None)
    travailler()
    assert len({message.extra_headers["Message-ID"] for message in mailoutbox}) == 1
    assert len(mailoutbox) == 2
