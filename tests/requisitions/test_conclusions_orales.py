"""§2.9 « oral (urgence) »: a required doctor concludes by word of mouth, and the written paper stays due."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from convention.models import Contact
from dossiers.echeances import PARIS
from requisitions import workflow as w
from requisitions.conclusions_orales import EXAMENS
from requisitions.models import ConclusionOrale, Requisition
from requisitions.types_acte import libelles
from tests.requisitions.test_parcours import poster
from transitions.workflow import TransitionRefusee

MIDI = datetime(2026, 11, 24, 12, tzinfo=PARIS)
VU = MIDI + timedelta(minutes=20)


@pytest.fixture
def midi(time_machine):
    time_machine.move_to(MIDI, tick=False)
    return time_machine


@pytest.fixture
def requise(midi, validee, juriste, distribution):
    """An examination entrusted to the doctor at noon, in an emergency, the requester called back or not."""

    def faire(type_acte="EX_VICT", *, urgence="IMMEDIATE", rappelee=True, **champs):
        dossier = w.affecter(
            dossier=validee(type_acte, urgence=urgence, **{"statut_personne": "victime", **champs}),
            acteur=juriste,
            consigne="Examiner.",
            medecin=distribution.utilisateur("medecin"),
        )
        if rappelee:
            w.authentifier_par_rappel(
                dossier=dossier, acteur=juriste, contact=dossier.service_emetteur.contacts.first()
            )
        midi.move_to(VU, tick=False)
        return dossier

    return faire


def dire(dossier, acteur, **champs):
    valeurs = {"donnee_le": VU - timedelta(minutes=5), "officier": "Lt Morel, OPJ"}
    valeurs["contact"] = dossier.service_emetteur.contacts.first()
    return w.conclure_oralement(dossier=dossier, acteur=acteur, **{**valeurs, **champs})


def page(distribution, qui, nom, dossier):
    return distribution.client(qui).get(reverse(f"requisitions:{nom}", args=[dossier.cle])).content.decode()


def test_les_conclusions_orales_se_notent_et_l_ecrit_reste_du(requise, distribution):
    dossier = requise()
    avant = dossier.echeances.get(nom="reponse").echeance_le
    assert "Conclure oralement" in page(distribution, "medecin", "volet", dossier)
    contact = dossier.service_emetteur.contacts.first()
    poster(
        distribution.client("medecin"), "conclusions_orales", dossier,
        contact=contact.pk, officier="Lt Morel, OPJ", donnee_le="2026-11-24T12:15",
    )  # fmt: skip
    dite = dossier.conclusions_orales.get()
    assert (dite.officier, dite.numero, dite.donnee_le) == (
        "Lt Morel, OPJ",
        contact.telephone,
        VU - timedelta(minutes=5),
    )
    delai = dossier.echeances.get(nom="reponse")
    assert (dossier.etat, delai.tenue_le, delai.suspendue_le, delai.echeance_le) == ("AFFECTEE", None, None, avant)
    assert not dossier.remises.exists()
    assert Requisition.objects.get(pk=dossier.pk).fige_le is None
    for qui, nom in (("juriste", "dossier"), ("medecin", "volet"), ("opj", "dossier")):
        lue = page(distribution, qui, nom, dossier)
        assert "Lt Morel, OPJ" in lue, qui
        assert "écrit à remettre" in lue, qui
    evenement = dossier.evenements.get(nom="conclure_oralement")
    assert (evenement.libelle, evenement.commentaire) == (
        "Conclusions données oralement le mardi 24 novembre 2026 à 12\u00a0h\u00a015, écrit à remettre",
        "",
    )


def test_la_page_n_a_aucun_champ_pour_ce_qui_a_ete_conclu(requise, distribution):
    reponse = distribution.client("medecin").get(reverse("requisitions:conclusions_orales", args=[requise().cle]))
    assert set(reponse.context["form"].fields) == {"contact", "officier", "donnee_le"}


def test_les_juridiques_et_la_garde_les_notent_aussi_et_personne_d_autre(requise, distribution):
    dossier = requise()
    for qui in ("opj", "directrice", "infirmiere", "parquet"):
        with pytest.raises(TransitionRefusee, match="médecin requis, les affaires juridiques ou la garde"):
            dire(dossier, distribution.acteur(qui))
    assert dire(dossier, distribution.acteur("juriste")).pk
    with pytest.raises(TransitionRefusee, match="déjà notées"):
        dire(dossier, distribution.acteur("medecin"))
    assert dossier.conclusions_orales.count() == 1


@pytest.mark.parametrize("acte", ["DOSSIER", "PRESENCE", "VIDEO", "AUD_PAT", "AUD_PRO", "SAISIE", "RECH_CRIT"])
def test_sans_medecin_requis_rien_ne_se_dit_au_telephone(acte):
    assert acte in libelles()
    assert acte not in EXAMENS


def test_un_dossier_ou_une_presence_ne_se_donnent_pas_oralement(affectee, juriste, distribution):
    for acte in ("DOSSIER", "PRESENCE"):
        dossier = affectee(acte, urgence="IMMEDIATE")
        w.authentifier_par_rappel(dossier=dossier, acteur=juriste, contact=dossier.service_emetteur.contacts.first())
        with pytest.raises(TransitionRefusee, match="Seul l’examen d’un médecin requis"):
            dire(dossier, juriste, donnee_le=timezone.now())
        assert distribution.client("juriste").get(
            reverse("requisitions:conclusions_orales", args=[dossier.cle])
        ).status_code == 403  # fmt: skip
    assert not ConclusionOrale.objects.exists()


def test_avant_la_validation_rien_ne_se_conclut(midi, deposee, validee, juriste):
    for dossier in (deposee("EX_VICT", urgence="IMMEDIATE"), validee("EX_VICT", urgence="IMMEDIATE")):
        w.authentifier_par_rappel(dossier=dossier, acteur=juriste, contact=dossier.service_emetteur.contacts.first())
        with pytest.raises(TransitionRefusee, match="suivent la validation"):
            dire(dossier, juriste, donnee_le=MIDI)


def test_sans_rappel_au_numero_de_l_annuaire_rien_ne_se_dit(requise, medecin):
    with pytest.raises(TransitionRefusee, match="Rappelez d’abord"):
        dire(requise(rappelee=False), medecin)


def test_sans_urgence_les_conclusions_attendent_l_ecrit(requise, medecin, distribution):
    dossier = requise(urgence="ORDINAIRE")
    with pytest.raises(TransitionRefusee, match="Sans urgence"):
        dire(dossier, medecin)
    assert "Conclure oralement" not in page(distribution, "medecin", "volet", dossier)
    Requisition.objects.filter(pk=dossier.pk).update(urgence_vitale=True)
    assert dire(dossier, medecin).pk, "une vie en danger est une urgence"


@pytest.mark.parametrize(
    ("ecart", "champ"),
    [
        ({"officier": "  "}, "officier"),
        ({"donnee_le": VU + timedelta(minutes=5)}, "donnee_le"),
        ({"donnee_le": MIDI - timedelta(minutes=5)}, "donnee_le"),
    ],
)
def test_a_qui_et_quand_se_disent_sans_invraisemblance(requise, medecin, ecart, champ):
    with pytest.raises(TransitionRefusee) as refus:
        dire(requise(), medecin, **ecart)
    assert refus.value.champ == champ


def test_le_numero_compose_est_celui_du_service_requerant(requise, medecin):
    dossier = requise()
    ailleurs = Contact.objects.exclude(service=dossier.service_emetteur).exclude(telephone="").first()
    with pytest.raises(TransitionRefusee, match="annuaire de ce service"):
        dire(dossier, medecin, contact=ailleurs)


def test_l_ecrit_parti_rien_ne_reste_du(requise, medecin, juriste, distribution):
    dossier = requise()
    dire(dossier, medecin)
    dossier = w.remplir_volet(
        dossier=dossier,
        acteur=medecin,
        reponses={
            "lien": "aucun",
            "serment": "ecrit",
            "accord_personne": "refuse",
            "examen_le": "2026-11-24T11:10+00:00",
        },
    )
    dossier = w.mettre_a_disposition(dossier=dossier, acteur=juriste, nom_relu=True)
    assert dossier.etat == "PRETE"
    lue = page(distribution, "opj", "dossier", dossier)
    assert "Lt Morel, OPJ" in lue
    assert "<b>écrit à remettre</b>" not in lue
    with pytest.raises(TransitionRefusee, match="précèdent la réponse écrite"):
        dire(dossier, medecin, officier="Cne Petit, OPJ")
