"""A file copied for another case: the same evidence under its own key, and what the antivirus said goes with it."""

import hashlib
import uuid

import pytest
from cryptography.exceptions import InvalidTag

from documents import antivirus, coffre
from documents.models import Fichier
from documents.reception import recevoir
from tests.documents import corpus

pytestmark = pytest.mark.django_db


def depose() -> tuple[Fichier, bytes]:
    """A document that the vault cleans: what is served is not what was sent."""
    contenu = next(octets for nom, octets in corpus.bons(9) if nom == "liens.pdf")
    fichier = recevoir("liens.pdf", contenu)
    assert coffre.lire(fichier) != contenu
    return fichier, contenu


def test_la_copie_porte_l_empreinte_de_ce_qui_a_ete_envoye() -> None:
    fichier, contenu = depose()
    copie = coffre.copier(fichier)
    assert copie is not None
    assert copie.empreinte_deposee == hashlib.sha256(contenu).hexdigest()
    assert coffre.ouvrir_origine(copie).read() == contenu
    assert coffre.lire(copie) == coffre.lire(fichier)
    assert (copie.pk, copie.cle) != (fichier.pk, fichier.cle)


def test_la_copie_ne_s_ouvre_que_dans_son_dossier_et_survit_a_l_effacement_de_l_autre() -> None:
    fichier, contenu = depose()
    ici, ailleurs = uuid.uuid4(), uuid.uuid4()
    coffre.rattacher(fichier, ici)
    with pytest.raises(InvalidTag):
        coffre.copier(fichier, ailleurs)
    copie = coffre.copier(fichier, ici)
    assert copie is not None
    coffre.rattacher(copie, ailleurs)
    coffre.effacer(fichier)
    assert coffre.ouvrir_origine(copie).read() == contenu
    with pytest.raises(InvalidTag):
        coffre.lire(copie, ici)


def test_la_copie_d_un_fichier_non_controle_attend_aussi(monkeypatch: pytest.MonkeyPatch) -> None:
    def en_panne(_: object) -> antivirus.Verdict:
        raise antivirus.AntivirusIndisponible

    monkeypatch.setattr(antivirus, "present", lambda: True)
    monkeypatch.setattr(antivirus, "analyser", en_panne)
    fichier = recevoir("liens.pdf", next(octets for nom, octets in corpus.bons(9) if nom == "liens.pdf"))
    copie = coffre.copier(fichier)
    assert copie is not None
    assert (copie.analyse, copie.etat_fichier) == (Fichier.Analyse.NON_ANALYSE, Fichier.Etat.EN_ATTENTE)
    assert not copie.servi


@pytest.mark.parametrize("etat", [Fichier.Etat.REFUSE, Fichier.Etat.EFFACE])
def test_ce_qui_est_refuse_ou_efface_ne_se_copie_pas(etat: str) -> None:
    fichier, _ = depose()
    fichier.etat_fichier = etat
    assert coffre.copier(fichier) is None
