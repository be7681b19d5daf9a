"""The duty roster: who may write it, what it refuses, and who is called at a given moment."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.roles import Role
from convention.acteur import Acteur, acteur_de
from convention.gardes import appels, trous_de
from convention.models import Contact, Permanence, Service
from convention.permanences import (
    COMMENCEE,
    DEJA_FINI,
    PASSEE,
    PermanenceRefusee,
    Saisie,
    inscrire,
    modifier,
    terminer,
)
from convention.rattachements import rattacher
from journal.models import Entree
from presentation.temps import PARIS
from tests.distribution import Distribution

pytestmark = pytest.mark.django_db
SOIR = datetime(2026, 12, 7, 20, tzinfo=PARIS)
NUIT = timedelta(hours=12)


@pytest.fixture(autouse=True)
def un_jour_avant():
    with time_machine.travel(datetime(2026, 12, 6, 12, tzinfo=PARIS), tick=True):
        yield


@pytest.fixture
def urgences(distribution: Distribution) -> Service:
    return distribution.service("CHV-URG")


def saisie(distribution: Distribution, nom: str = "soignante", debut: datetime = SOIR, **autres: object) -> Saisie:
    valeurs = {"titulaire": distribution.utilisateur(nom), "debut": debut, "fin": debut + NUIT, **autres}
    return Saisie(**valeurs)  # type: ignore[arg-type]


def admin(distribution: Distribution) -> Acteur:
    return distribution.acteur("admin_chv")


def test_deux_creneaux_du_meme_rang_ne_se_chevauchent_pas(distribution: Distribution, urgences: Service) -> None:
    inscrire(service=urgences, saisie=saisie(distribution), acteur=admin(distribution))
    with pytest.raises(PermanenceRefusee, match="Deux personnes sur le même créneau") as refus:
        inscrire(
            service=urgences,
            saisie=saisie(distribution, "infirmiere", SOIR + NUIT - timedelta(minutes=1)),
            acteur=admin(distribution),
        )
    assert refus.value.champ == "debut"
    assert Permanence.objects.filter(service=urgences).count() == 1


def test_un_second_appel_et_une_releve_sont_possibles(distribution: Distribution, urgences: Service) -> None:
    for s in (
        saisie(distribution),
        saisie(distribution, "infirmiere", rang=2),
        saisie(distribution, "infirmiere", SOIR + NUIT),
    ):
        inscrire(service=urgences, saisie=s, acteur=admin(distribution))
    assert Permanence.objects.filter(service=urgences).count() == 3


def test_la_base_refuse_ce_que_le_verbe_n_aurait_pas_vu(distribution: Distribution, urgences: Service) -> None:
    creneau = inscrire(service=urgences, saisie=saisie(distribution), acteur=admin(distribution))
    for autre, rang in (("infirmiere", 1), ("soignante", 2)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Permanence.objects.create(
                service=urgences,
                titulaire=distribution.utilisateur(autre),
                rang=rang,
                debut=creneau.debut + timedelta(hours=1),
                fin=creneau.fin + timedelta(hours=1),
            )


def test_le_titulaire_a_un_droit_dans_le_service_pendant_tout_le_creneau(
    distribution: Distribution, urgences: Service
) -> None:
    with pytest.raises(PermanenceRefusee, match="pas de droit dans ce service"):
        inscrire(service=urgences, saisie=saisie(distribution, "juriste"), acteur=admin(distribution))
    soignante = distribution.utilisateur("soignante")
    soignante.rattachements.update(fin_le=(SOIR + NUIT).date())
    with pytest.raises(PermanenceRefusee, match="pendant tout le créneau"):
        inscrire(service=urgences, saisie=saisie(distribution), acteur=admin(distribution))


@pytest.mark.parametrize("nom", ["soignante", "juriste", "opj", "parquet", "medecin", "dpo"])
def test_qui_ne_tient_pas_le_service_n_ecrit_pas_son_tableau(
    distribution: Distribution, urgences: Service, nom: str
) -> None:
    with pytest.raises(PermanenceRefusee):
        inscrire(service=urgences, saisie=saisie(distribution, "infirmiere"), acteur=distribution.acteur(nom))


def test_le_parquet_tient_le_sien_et_la_referente_celui_de_sa_maison(distribution: Distribution) -> None:
    parquet = distribution.service("PARQUET-PERM")
    inscrire(service=parquet, saisie=saisie(distribution, "parquet"), acteur=distribution.acteur("parquet"))
    with pytest.raises(PermanenceRefusee):
        inscrire(
            service=parquet,
            saisie=saisie(distribution, "parquet2", SOIR + NUIT),
            acteur=distribution.acteur("referente"),
        )


def test_l_administrateur_de_garde_n_ouvre_pas_sa_propre_garde(distribution: Distribution) -> None:
    garde, service = distribution.utilisateur("garde"), distribution.service("CHV-GARDE")
    with pytest.raises(PermanenceRefusee, match="une autre personne inscrit votre créneau"):
        inscrire(service=service, saisie=saisie(distribution, "garde"), acteur=acteur_de(garde))
    (en_cours,) = Permanence.objects.filter(titulaire=garde)
    plus_longue = Saisie(garde, en_cours.debut, en_cours.fin + NUIT)
    with pytest.raises(PermanenceRefusee, match="une autre personne"):
        modifier(creneau=en_cours, saisie=plus_longue, acteur=acteur_de(garde))
    modifier(creneau=en_cours, saisie=plus_longue, acteur=admin(distribution))
    with time_machine.travel(en_cours.fin + timedelta(hours=1)):
        assert acteur_de(garde).a(Role.GARDE)


def test_ce_qui_est_passe_ne_change_plus(distribution: Distribution, urgences: Service) -> None:
    creneau = inscrire(service=urgences, saisie=saisie(distribution), acteur=admin(distribution))
    with time_machine.travel(SOIR + timedelta(hours=1)):
        with pytest.raises(PermanenceRefusee) as refus:
            modifier(
                creneau=creneau,
                saisie=saisie(distribution, debut=SOIR + timedelta(hours=2)),
                acteur=admin(distribution),
            )
        assert str(refus.value) == COMMENCEE
        terminer(creneau=creneau, acteur=admin(distribution))
        creneau.refresh_from_db()
        assert creneau.fin <= timezone.now()
        with pytest.raises(PermanenceRefusee, match=PASSEE[:20]):
            terminer(creneau=creneau, acteur=admin(distribution))
        with pytest.raises(PermanenceRefusee) as refus:
            inscrire(service=urgences, saisie=saisie(distribution, debut=SOIR - 2 * NUIT), acteur=admin(distribution))
        assert str(refus.value) == DEJA_FINI


def test_un_creneau_a_venir_se_retire_et_chaque_acte_est_au_journal(
    distribution: Distribution, urgences: Service
) -> None:
    creneau = inscrire(service=urgences, saisie=saisie(distribution), acteur=admin(distribution))
    terminer(creneau=creneau, acteur=admin(distribution))
    assert not Permanence.objects.filter(service=urgences).exists()
    actes = [entree.contenu for entree in Entree.objects.order_by("pk")]
    assert any("inscrire_permanence" in acte for acte in actes)
    assert any("terminer_permanence" in acte for acte in actes)
    assert not any(str(distribution.utilisateur("soignante")) in acte for acte in actes)


def test_un_second_clic_n_inscrit_pas_deux_fois(distribution: Distribution, urgences: Service) -> None:
    inscrire(service=urgences, saisie=saisie(distribution), acteur=admin(distribution))
    with pytest.raises(PermanenceRefusee):
        inscrire(service=urgences, saisie=saisie(distribution), acteur=admin(distribution))


def test_on_appelle_le_premier_puis_le_second_puis_le_service_puis_son_remplacant(
    distribution: Distribution, urgences: Service, django_assert_num_queries: object
) -> None:
    garde = distribution.service("CHV-GARDE")
    urgences.remplacant = garde
    urgences.save()
    garde.remplacant = urgences  # a loop that people made
    garde.save()
    for nom, rang, numero in (("infirmiere", 2, "06 39 98 00 02"), ("soignante", 1, "06 39 98 00 01")):
        inscrire(
            service=urgences,
            saisie=saisie(distribution, nom, rang=rang, telephone=numero),
            acteur=admin(distribution),
        )
    with django_assert_num_queries(4):  # type: ignore[operator]
        suite = appels(urgences, SOIR + timedelta(hours=1))
    numeros = [appel.telephone for appel in suite]
    assert numeros[:2] == ["06 39 98 00 01", "06 39 98 00 02"]
    assert numeros[2] == urgences.contacts.get().telephone
    assert numeros[3] == garde.contacts.get().telephone
    assert [appel.service.code for appel in suite] == ["CHV-URG"] * 3 + ["CHV-GARDE"]


def test_un_compte_ferme_n_est_de_garde_nulle_part(distribution: Distribution, urgences: Service) -> None:
    inscrire(service=urgences, saisie=saisie(distribution), acteur=admin(distribution))
    soignante = distribution.utilisateur("soignante")
    soignante.is_active = False
    soignante.save()
    assert [appel.titulaire for appel in appels(urgences, SOIR)] == [None]
    assert len(trous_de([urgences.pk], SOIR)[urgences.pk]) == 1


def test_sans_numero_ni_garde_il_n_y_a_personne_a_appeler(distribution: Distribution, urgences: Service) -> None:
    Contact.objects.filter(service=urgences).delete()
    assert appels(urgences) == []


def test_une_personne_d_un_second_droit_dans_le_service_compte_une_fois(
    distribution: Distribution, urgences: Service
) -> None:
    rattacher(utilisateur=distribution.utilisateur("soignante"), service=urgences, role=Role.CADRE, acteur=None)
    cadre = acteur_de(distribution.utilisateur("soignante"))
    inscrire(service=urgences, saisie=saisie(distribution), acteur=cadre)
    assert Permanence.objects.filter(service=urgences).count() == 1
