"""What anybody may propose of the directory, and how it is answered."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from convention.corrections import CHANGE, accepter, proposer, refuser, verifier
from convention.models import Contact, CorrectionAnnuaire
from journal.models import Entree
from notifications.models import Avis
from tests.distribution import Distribution
from transitions.workflow import TransitionRefusee

pytestmark = pytest.mark.django_db
NEUF = "03 53 01 77 77"


@pytest.fixture
def contact(distribution: Distribution) -> Contact:
    contact = Contact.objects.get(service__code="CHV-SOCIAL")
    contact.verifie_le = timezone.localdate() - timedelta(days=200)
    contact.save()
    return contact


def propose(distribution: Distribution, contact: Contact, nom: str = "soignante") -> CorrectionAnnuaire:
    return proposer(
        service=contact.service,
        contact=contact,
        champ="telephone",
        nouvelle=NEUF,
        precision="",
        acteur=distribution.acteur(nom),
    )


def test_une_proposition_acceptee_change_le_numero_et_le_dit_verifie(
    distribution: Distribution, contact: Contact, travailler: Callable[[], int]
) -> None:
    avant, admin = contact.telephone, distribution.utilisateur("admin_chv")
    correction = propose(distribution, contact)
    contact.refresh_from_db()
    assert contact.telephone == avant
    travailler()
    assert Avis.objects.filter(destinataire_id=admin.pk, texte__contains="attend votre réponse").count() == 1
    accepter(correction=correction, acteur=distribution.acteur("admin_chv"))
    contact.refresh_from_db()
    assert (contact.telephone, contact.verifie_le, contact.verifie_par) == (NEUF, timezone.localdate(), admin)
    travailler()
    avis = Avis.objects.get(destinataire_id=distribution.utilisateur("soignante").pk)
    assert "acceptée" in avis.texte
    assert NEUF not in avis.texte
    assert sum("correction" in entree.contenu for entree in Entree.objects.all()) == 2


def test_un_refus_est_motive_et_lu_par_qui_a_propose(
    distribution: Distribution, contact: Contact, travailler: Callable[[], int]
) -> None:
    correction = propose(distribution, contact, "opj")
    with pytest.raises(TransitionRefusee, match="motif du refus"):
        refuser(correction=correction, motif="  ", acteur=distribution.acteur("referente"))
    refuser(correction=correction, motif="Ce poste est celui du standard.", acteur=distribution.acteur("referente"))
    travailler()
    assert Avis.objects.filter(destinataire_id=distribution.utilisateur("opj").pk, texte__contains="motif").exists()
    with pytest.raises(TransitionRefusee, match="plus possible"):
        accepter(correction=correction, acteur=distribution.acteur("referente"))


@pytest.mark.parametrize("nom", ["soignante", "opj", "parquet", "juriste", "cadre"])
def test_qui_ne_tient_pas_l_annuaire_ne_repond_pas(distribution: Distribution, contact: Contact, nom: str) -> None:
    correction = propose(distribution, contact)
    with pytest.raises(TransitionRefusee, match="se tient par la référente"):
        accepter(correction=correction, acteur=distribution.acteur(nom))


def test_une_valeur_changee_entre_temps_n_est_pas_ecrasee(distribution: Distribution, contact: Contact) -> None:
    correction = propose(distribution, contact)
    contact.telephone = "03 53 01 00 01"
    contact.save()
    with pytest.raises(TransitionRefusee, match=CHANGE[:40]):
        accepter(correction=correction, acteur=distribution.acteur("referente"))
    contact.refresh_from_db()
    assert contact.telephone == "03 53 01 00 01"
    correction.refresh_from_db()
    assert correction.etat == "PROPOSEE"


def test_une_seule_proposition_a_la_fois_par_ligne(distribution: Distribution, contact: Contact) -> None:
    propose(distribution, contact)
    with pytest.raises(TransitionRefusee, match="attend déjà"):
        propose(distribution, contact, "infirmiere")
    assert CorrectionAnnuaire.objects.count() == 1


def test_la_referente_corrige_directement(
    distribution: Distribution, contact: Contact, travailler: Callable[[], int]
) -> None:
    assert propose(distribution, contact, "referente").etat == "ACCEPTEE"
    contact.refresh_from_db()
    assert contact.telephone == NEUF
    travailler()
    assert not Avis.objects.filter(destinataire_id=distribution.utilisateur("referente").pk).exists()


def test_un_service_sans_numero_en_recoit_un(distribution: Distribution, contact: Contact) -> None:
    service = contact.service
    contact.delete()
    correction = proposer(
        service=service, contact=None, champ="telephone", nouvelle=NEUF, precision="", acteur=distribution.acteur("opj")
    )
    accepter(correction=correction, acteur=distribution.acteur("referente"))
    assert service.contacts.get().telephone == NEUF


def test_dire_ce_qui_est_deja_ecrit_n_est_pas_une_correction(distribution: Distribution, contact: Contact) -> None:
    with pytest.raises(TransitionRefusee, match="déjà la valeur"):
        proposer(
            service=contact.service,
            contact=contact,
            champ="telephone",
            nouvelle=contact.telephone,
            precision="",
            acteur=distribution.acteur("soignante"),
        )


def test_verifier_marque_le_jour_et_l_auteur(distribution: Distribution, contact: Contact) -> None:
    with pytest.raises(TransitionRefusee):
        verifier(contact=contact, acteur=distribution.acteur("opj"))
    verifie = verifier(contact=contact, acteur=distribution.acteur("referente"))
    assert verifie.verifie_le == timezone.localdate()
    assert verifie.verifie_par == distribution.utilisateur("referente")
