"""When the answer is due: the first word of legal affairs, the date the act fixes, and what a correction moves."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from requisitions import workflow as w
from requisitions.delais import PREMIER_RETOUR, REPONSE, du_terme
from requisitions.models import LigneDecision, Requisition
from tests.requisitions.conftest import tout_conforme

PARIS = ZoneInfo("Europe/Paris")
MIDI = datetime(2026, 11, 24, 12, 0, tzinfo=PARIS)
H = timedelta(hours=1)


def lettre(unite=LigneDecision.Unite.FIXE, **champs) -> Requisition:
    return Requisition(ligne_decision=LigneDecision(delai_unite=unite, articles_texte="art. 81", rang=17), **champs)


@pytest.mark.parametrize(
    ("champs", "attendu"),
    [
        ({"creneau_du": MIDI + 3 * H}, MIDI + 3 * H),
        ({"arrete_jusqu_au": MIDI + 48 * H}, MIDI + 48 * H),
        ({"debut_mesure": MIDI - 40 * H}, MIDI + 8 * H),
        ({"cr_jusqu_au": date(2026, 12, 4)}, datetime(2026, 12, 4, 18, 0, tzinfo=PARIS)),
        ({"creneau_du": MIDI - H}, None),
        ({}, None),
    ],
)
def test_la_date_de_l_acte_devient_l_echeance(champs, attendu):
    delai = du_terme(lettre(**champs), MIDI)
    assert (delai.echeance_le if delai else None) == attendu
    if delai:
        assert delai.libelle == REPONSE
        assert "ligne 17" in delai.calcul


def test_48_heures_de_mesure_sont_des_heures_qui_passent():
    """The night of 25 October 2026 has one hour more."""
    debut = datetime(2026, 10, 24, 10, 0, tzinfo=PARIS)
    terme = du_terme(lettre(debut_mesure=debut), debut).echeance_le
    assert terme.astimezone(UTC) - debut.astimezone(UTC) == 48 * H


def test_une_ligne_qui_donne_un_delai_ne_prend_pas_celui_de_l_acte():
    assert du_terme(lettre(unite=LigneDecision.Unite.HEURES, creneau_du=MIDI + H), MIDI) is None
    assert du_terme(Requisition(creneau_du=MIDI + H), MIDI) is None


def en_cours(dossier) -> list[str]:
    return list(dossier.echeances.filter(nom="reponse", tenue_le=None).values_list("libelle", flat=True))


@pytest.fixture
def commission(deposee, juriste):
    """Row 17: an examination whose date the judge fixes."""

    def faire(**champs):
        dossier = deposee(
            "EX_VICT",
            cadre="CR",
            cr_reference="JI 4/26",
            cr_juge="Mme Dubar",
            cr_date=timezone.localdate(),
            ordre_ecrit=True,
            **champs,
        )
        assert dossier.requisition.ligne_decision.rang == 17
        return w.controler(dossier=dossier, acteur=juriste)

    return faire


def test_le_premier_retour_se_tient_a_la_validation_et_la_date_de_l_acte_suit(commission, juriste):
    terme = timezone.localdate() + timedelta(days=20)
    dossier = commission(cr_jusqu_au=terme)
    assert en_cours(dossier) == [PREMIER_RETOUR]
    tout_conforme(dossier, juriste)
    w.valider(dossier=dossier, acteur=juriste)
    assert en_cours(dossier) == [REPONSE]
    assert timezone.localtime(dossier.echeances.get(tenue_le=None).echeance_le).date() == terme


def test_sans_date_dans_l_acte_rien_ne_reste_en_retard(commission, juriste):
    dossier = commission()
    tout_conforme(dossier, juriste)
    w.valider(dossier=dossier, acteur=juriste)
    assert en_cours(dossier) == []


def test_une_regularisation_est_un_premier_retour_et_sa_reponse_en_appelle_un_autre(commission, juriste, opj):
    dossier = commission()
    dossier = w.regulariser(dossier=dossier, acteur=juriste, points=["M4"], texte="Joignez la commission.")
    assert en_cours(dossier) == []
    dossier = w.repondre_regularisation(dossier=dossier, acteur=opj, texte="Voici.", corrections={})
    assert en_cours(dossier) == [PREMIER_RETOUR]
    assert dossier.echeances.get(tenue_le=None).echeance_le > timezone.now()


def test_une_heure_de_demande_corrigee_deplace_les_trois_heures(deposee, juriste, opj, time_machine):
    time_machine.move_to(MIDI, tick=False)
    dossier = deposee("EX_GAV", statut_personne="gav", heure_demande=MIDI - H, debut_mesure=MIDI - 2 * H)
    avant = dossier.echeances.get(nom="reponse")
    dossier = w.controler(dossier=dossier, acteur=juriste)
    dossier = w.regulariser(dossier=dossier, acteur=juriste, points=["M10"], texte="Précisez l’heure de la demande.")
    time_machine.move_to(MIDI + H / 2, tick=False)
    dossier = w.repondre_regularisation(
        dossier=dossier, acteur=opj, texte="Voici.", corrections={"heure_demande": MIDI - H / 2}
    )
    apres = dossier.echeances.get(nom="reponse")
    assert apres.echeance_le - avant.echeance_le == H / 2 + H / 2, "la correction, et la pause"
    assert apres.calcul.endswith("Demande corrigée.")
    assert "Suspendue" in apres.calcul
