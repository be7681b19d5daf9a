"""One row is the right, the list entry and guardian's answer: the three never disagree."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from guardian.shortcuts import get_objects_for_group, get_objects_for_user
from hypothesis import HealthCheck, given, settings
from hypothesis import Phase as Phase_
from hypothesis import strategies as st

from accounts.models import User
from accounts.roles import Role
from convention.acteur import acteur_de
from convention.models import Permanence, Rattachement
from convention.rattachements import rattacher
from dossiers.boite import boite, compter
from dossiers.models import Dossier, Exclusion, Participation, ParticipationPersonnelle
from dossiers.models.dossier import Phase
from dossiers.participations import accorder, terminer
from tests.distribution import Distribution
from tests.dossiers.essai import a_la_personne, au_service, commencer, transmettre

PERSONNES = ("soignante", "opj", "juriste", "parquet", "etranger")
SERVICES = ("CHV-URG", "CHV-DAJ", "POLICE-CSP", "PARQUET-PERM")
TOUTES = tuple(Phase.values)
OCTROIS = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.sampled_from(["service", "personne", "fin_service", "fin_personne", "exclusion"]),
        st.integers(0, 4),
    ),
    max_size=14,
)


def selon_guardian(distribution: Distribution, nom: str) -> set[int]:
    """guardian's own shortcuts, per group of a valid rattachement and per person, minus what ended or is excluded."""
    utilisateur, acteur = distribution.utilisateur(nom), distribution.acteur(nom)
    permission = "dossiers.voir_dossier"
    vus: set[int] = set()
    for place in acteur.places:
        groupe = distribution.service(place.service_code).groupe
        terminees = Participation.objects.filter(group=groupe, fin_le__isnull=False)
        siens = get_objects_for_group(groupe, permission, Dossier, accept_global_perms=False)
        vus |= set(siens.values_list("pk", flat=True)) - set(terminees.values_list("content_object_id", flat=True))
    finies = ParticipationPersonnelle.objects.filter(user=utilisateur, fin_le__isnull=False)
    propres = get_objects_for_user(
        utilisateur, permission, Dossier, use_groups=False, with_superuser=False, accept_global_perms=False
    )
    vus |= set(propres.values_list("pk", flat=True)) - set(finies.values_list("content_object_id", flat=True))
    return vus - set(Exclusion.objects.filter(utilisateur=utilisateur).values_list("dossier_id", flat=True))


def dans_la_boite(acteur: object, **choix: object) -> list[int]:
    """Every page of the inbox, three lines at a time."""
    lus: list[int] = []
    suite = ""
    while True:
        page = boite(acteur, phases=TOUTES, taille=3, apres=suite, **choix)  # type: ignore[arg-type]
        lus += [ligne.dossier.pk for ligne in page.lignes]
        suite = page.suivante
        if not suite:
            return lus


@pytest.mark.usefixtures("type_essai")
@settings(
    max_examples=12,
    deadline=None,
    phases=[Phase_.explicit, Phase_.generate],  # shrinking would cost minutes of database
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(octrois=OCTROIS)
def test_la_porte_la_boite_et_guardian_repondent_la_meme_chose(
    distribution: Distribution, octrois: list[tuple[int, str, int]]
) -> None:
    auteur = distribution.acteur("infirmiere")
    dossiers = [commencer(auteur) for _ in range(4)]
    for rang, acte, cible in octrois:
        dossier = dossiers[rang]
        service = distribution.service(SERVICES[cible % len(SERVICES)])
        personne = distribution.utilisateur(PERSONNES[cible])
        if acte == "service":
            accorder(dossier=dossier, octrois=[au_service(service)], acteur=auteur)
        elif acte == "personne":
            accorder(dossier=dossier, octrois=[a_la_personne(personne.pk)], acteur=auteur)
        elif acte == "fin_service":
            terminer(dossier=dossier, service=service)
        elif acte == "fin_personne":
            dossier.participations_personnelles.filter(user=personne).update(fin_le=timezone.now())
        else:
            Exclusion.objects.get_or_create(dossier=dossier, utilisateur=personne, pose_par_id=auteur.utilisateur_id)
    siens = {dossier.pk for dossier in dossiers}
    for nom in (*PERSONNES, "infirmiere"):
        acteur = distribution.acteur(nom)
        visibles = set(Dossier.objects.visibles_par(acteur).values_list("pk", flat=True))
        par_delai, recents = dans_la_boite(acteur), dans_la_boite(acteur, recents=True)
        assert visibles == selon_guardian(distribution, nom), nom
        assert visibles == set(par_delai) == set(recents), nom
        assert len(par_delai) == len(set(par_delai)) == len(recents) == compter(acteur, phases=TOUTES), nom
        assert siens >= visibles & siens
    Dossier.objects.all().delete()


def test_l_exclusion_l_emporte_sur_chaque_octroi(distribution: Distribution, type_essai: object) -> None:
    auteur, opj = distribution.acteur("soignante"), distribution.utilisateur("opj")
    dossier = transmettre(commencer(auteur), auteur, distribution.service("POLICE-CSP"))
    accorder(dossier=dossier, octrois=[a_la_personne(opj.pk)], acteur=auteur)
    assert dans_la_boite(acteur_de(opj)) == [dossier.pk]
    Exclusion.objects.create(dossier=dossier, utilisateur=opj, pose_par_id=auteur.utilisateur_id)
    assert not Dossier.objects.visibles_par(acteur_de(opj)).exists()
    assert dans_la_boite(acteur_de(opj)) == []
    assert compter(acteur_de(opj), phases=TOUTES) == 0


@pytest.mark.parametrize("cible", ["service", "personne"])
def test_une_participation_finie_ne_se_voit_plus(distribution: Distribution, type_essai: object, cible: str) -> None:
    auteur, opj = distribution.acteur("soignante"), distribution.utilisateur("opj")
    service = distribution.service("POLICE-CSP")
    dossier = commencer(auteur)
    octroi = au_service(service) if cible == "service" else a_la_personne(opj.pk)
    accorder(dossier=dossier, octrois=[octroi], acteur=auteur)
    assert dans_la_boite(acteur_de(opj)) == [dossier.pk]
    terminer(dossier=dossier, service=service)
    dossier.participations_personnelles.filter(user=opj).update(fin_le=timezone.now())
    assert not Dossier.objects.visibles_par(acteur_de(opj)).exists()
    assert dans_la_boite(acteur_de(opj)) == []


def test_une_personne_de_quatre_services_ne_perd_aucun_dossier(distribution: Distribution, type_essai: object) -> None:
    """The same case reached by five rows must not eat the page nor hide the next one."""
    services = [distribution.service(code) for code in SERVICES]
    auteur, juriste = distribution.acteur("infirmiere"), distribution.utilisateur("juriste")
    for service in services:
        if service.code != "CHV-DAJ":
            rattacher(utilisateur=juriste, service=service, role=Role.CADRE, acteur=None)
    dossiers = []
    for _ in range(9):
        dossier = commencer(auteur)
        octrois = [*(au_service(service) for service in services), a_la_personne(juriste.pk)]
        accorder(dossier=dossier, octrois=octrois, acteur=auteur)
        dossiers.append(dossier.pk)
    acteur = acteur_de(juriste)
    assert len(acteur.groupes) == 4
    assert sorted(dans_la_boite(acteur)) == sorted(dans_la_boite(acteur, recents=True)) == sorted(dossiers)


def test_un_curseur_modifie_rouvre_la_premiere_page(distribution: Distribution, type_essai: object) -> None:
    acteur = distribution.acteur("soignante")
    attendus = {commencer(acteur).pk for _ in range(3)}
    page = boite(acteur, phases=TOUTES, taille=2)
    assert page.suivante
    fausse = boite(acteur, phases=TOUTES, taille=2, apres=page.suivante[:-2] + "xx")
    assert [ligne.dossier.pk for ligne in fausse.lignes] == [ligne.dossier.pk for ligne in page.lignes]
    assert {ligne.dossier.pk for ligne in boite(acteur, phases=TOUTES).lignes} == attendus


def test_la_boite_trie_par_temps_restant(distribution: Distribution, type_essai: object) -> None:
    acteur, maintenant = distribution.acteur("soignante"), timezone.now()
    tard, jamais, tot = (commencer(acteur) for _ in range(3))
    Dossier.objects.filter(pk=tard.pk).update(echeance_le=maintenant + timedelta(days=9))
    Dossier.objects.filter(pk=tot.pk).update(echeance_le=maintenant + timedelta(hours=1))
    lignes = boite(acteur, phases=TOUTES).lignes
    assert [ligne.dossier.pk for ligne in lignes] == [tot.pk, tard.pk, jamais.pk]
    assert lignes[-1].echeance is None


def test_le_role_de_garde_ne_vit_que_pendant_la_permanence(distribution: Distribution, type_essai: object) -> None:
    garde = distribution.utilisateur("garde")
    service = distribution.service("CHV-GARDE")
    dossier = transmettre(commencer(distribution.acteur("soignante")), distribution.acteur("soignante"), service)
    assert Dossier.objects.visibles_par(acteur_de(garde)).contains(dossier)
    fin = Permanence.objects.get(titulaire=garde).fin
    apres = acteur_de(garde, fin)
    assert apres.places == ()
    assert not Dossier.objects.visibles_par(apres).exists()
    assert boite(apres, phases=TOUTES).lignes == []
    assert acteur_de(garde, fin - timedelta(seconds=1)).roles == {Role.GARDE}


def test_un_rattachement_termine_ferme_tout_de_suite(distribution: Distribution, type_essai: object) -> None:
    from convention.rattachements import terminer as terminer_rattachement

    soignante = distribution.utilisateur("soignante")
    dossier = commencer(acteur_de(soignante))
    client = distribution.client("soignante")
    assert Dossier.objects.visibles_par(acteur_de(soignante)).contains(dossier)
    terminer_rattachement(rattachement=soignante.rattachements.get(), acteur=distribution.acteur("admin_chv"))
    assert acteur_de(soignante).places == ()
    assert not Dossier.objects.visibles_par(acteur_de(soignante)).exists()
    assert compter(acteur_de(soignante), phases=TOUTES) == 0
    assert client.post(f"/dossiers/{dossier.cle}/attribuer/").status_code == 404


def test_un_rattachement_expire_ferme_a_sa_date(distribution: Distribution, type_essai: object) -> None:
    opj = distribution.utilisateur("opj")
    auteur = distribution.acteur("soignante")
    dossier = transmettre(commencer(auteur), auteur, distribution.service("POLICE-CSP"))
    Rattachement.objects.filter(utilisateur=opj).update(fin_le=timezone.localdate() + timedelta(days=2))
    assert Dossier.objects.visibles_par(acteur_de(opj)).contains(dossier)
    with time_machine.travel(timezone.now() + timedelta(days=2), tick=False):
        assert not Dossier.objects.visibles_par(acteur_de(opj)).exists()


def test_un_compte_desactive_perd_ses_places(distribution: Distribution) -> None:
    User.objects.filter(pk=distribution.utilisateur("opj").pk).update(is_active=False)
    assert distribution.acteur("opj").places == ()


def test_une_participation_suit_l_enveloppe(distribution: Distribution, type_essai: object) -> None:
    """The trigger copies what lists filter and sort by, at every change and for every party."""
    auteur, maintenant = distribution.acteur("soignante"), timezone.now()
    dossier = transmettre(commencer(auteur), auteur, distribution.service("PARQUET-PERM"))

    def copies() -> list[tuple[object, ...]]:
        champs = ("phase", "urgence", "echeance_tri")
        return [
            *Participation.objects.filter(content_object=dossier).values_list(*champs),
            *ParticipationPersonnelle.objects.filter(content_object=dossier).values_list(*champs),
        ]

    from dossiers.models.participation import JAMAIS

    assert copies() == [("en_cours", "ORDINAIRE", JAMAIS)] * 2
    Dossier.objects.filter(pk=dossier.pk).update(urgence="IMMEDIATE", echeance_le=maintenant)
    assert copies() == [("en_cours", "IMMEDIATE", maintenant)] * 2
    Dossier.objects.filter(pk=dossier.pk).update(echeance_suspendue=True)
    assert {tri for _, _, tri in copies()} == {JAMAIS}
    Dossier.objects.filter(pk=dossier.pk).update(echeance_suspendue=False, phase="clos")
    assert copies() == [("clos", "IMMEDIATE", JAMAIS)] * 2


def test_accorder_deux_fois_ne_donne_qu_une_ligne(distribution: Distribution, type_essai: object) -> None:
    auteur = distribution.acteur("soignante")
    dossier, service = commencer(auteur), distribution.service("CHV-DAJ")
    for _ in range(2):
        accorder(dossier=dossier, octrois=[au_service(service)], acteur=auteur)
    assert dossier.participations.count() == 1


def test_une_participation_finie_renait_quand_on_l_accorde_a_nouveau(
    distribution: Distribution, type_essai: object
) -> None:
    auteur, service = distribution.acteur("soignante"), distribution.service("POLICE-CSP")
    dossier = commencer(auteur)
    for _ in range(2):
        accorder(dossier=dossier, octrois=[au_service(service)], acteur=auteur)
        assert Dossier.objects.visibles_par(distribution.acteur("opj")).filter(pk=dossier.pk).exists()
        terminer(dossier=dossier, service=service)
        assert not Dossier.objects.visibles_par(distribution.acteur("opj")).filter(pk=dossier.pk).exists()
