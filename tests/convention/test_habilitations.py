"""Rights are given by two persons, in their own house only, and taken back by one, at once."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from convention import comptes, habilitations, policies
from convention.comptes import HabilitationRefusee
from convention.models import DemandeDouble, Habilitation, Institution, Service, SuiviCompte
from convention.quatre_yeux import ApprobationRefusee, a_approuver, acte_de, approuver
from journal.models import Entree
from notifications.models import Avis
from tests.convention.gens import MOTIF, acteur, administrateur, donnees
from tests.distribution import Distribution


def maison(code: str) -> Institution:
    return Institution.objects.get(code=code)


def valider(ligne: Habilitation, second: User) -> None:
    demande = DemandeDouble.objects.get(objet=ligne.cle)
    approuver(demande=demande, contenu=acte_de(demande.acte).contenu(ligne.cle), acteur=acteur(second))


def inviter_un_opj(distribution: Distribution, premier: User, **autres: object) -> Habilitation:
    valeurs = donnees(distribution, "POLICE-CSP", Role.ENQUETEUR, **{"qualite": "OPJ", "matricule": "M-1", **autres})
    return habilitations.proposer(acteur=acteur(premier), institution=maison("POLICE"), donnees=valeurs, motif=MOTIF)


def test_un_compte_d_enqueteur_s_ouvre_quand_deux_administrateurs_l_ont_voulu(distribution: Distribution) -> None:
    premier, second = administrateur(distribution, "POLICE", 1), administrateur(distribution, "POLICE", 2)
    ligne = inviter_un_opj(distribution, premier)
    assert not User.objects.filter(courriel="ada.courtois@demo.test").exists()
    valider(ligne, second)
    ouvert = User.objects.get(courriel="ada.courtois@demo.test")
    assert not ouvert.has_usable_password()
    assert acteur(ouvert).a(Role.ENQUETEUR)
    assert (acteur(ouvert).places[0].qualite, acteur(ouvert).places[0].matricule) == ("OPJ", "M-1")
    ligne.refresh_from_db()
    assert (ligne.proposee_par, ligne.accordee_par, ligne.utilisateur) == (premier, second, ouvert)
    traces = Entree.objects.filter(action__in=["demander_approbation", "approuver", "rattacher"], resultat="fait")
    assert {trace.action for trace in traces} == {"demander_approbation", "approuver", "rattacher"}
    assert "Courtois" not in "".join(Entree.objects.values_list("contenu", flat=True))


def test_l_invitation_part_apres_la_validation_seulement(distribution: Distribution, travailler: object) -> None:
    premier, second = administrateur(distribution, "POLICE", 1), administrateur(distribution, "POLICE", 2)
    ligne = inviter_un_opj(distribution, premier)
    travailler()  # type: ignore[operator]
    assert [message.to for message in mail.outbox] == [[second.courriel]]
    assert "Courtois" not in mail.outbox[0].body + mail.outbox[0].subject
    assert Avis.objects.get(destinataire=second).adresse == "/comptes/approbations/"
    mail.outbox.clear()
    valider(ligne, second)
    travailler()  # type: ignore[operator]
    assert [message.to for message in mail.outbox] == [["ada.courtois@demo.test"]]


def test_un_administrateur_seul_est_seconde_par_la_referente_ou_le_delegue(distribution: Distribution) -> None:
    premier = administrateur(distribution, "POLICE", 1)
    ligne = inviter_un_opj(distribution, premier)
    demande = DemandeDouble.objects.get(objet=ligne.cle)
    assert a_approuver(distribution.acteur("admin_chv")) == []
    assert a_approuver(distribution.acteur("referente")) == [demande]
    valider(ligne, distribution.utilisateur("dpo"))
    assert User.objects.filter(courriel="ada.courtois@demo.test").exists()


def test_la_referente_ne_seconde_pas_quand_un_autre_administrateur_existe(distribution: Distribution) -> None:
    premier = administrateur(distribution, "POLICE", 1)
    administrateur(distribution, "POLICE", 2)
    ligne = inviter_un_opj(distribution, premier)
    with pytest.raises(ApprobationRefusee, match="second administrateur"):
        valider(ligne, distribution.utilisateur("referente"))


def test_le_premier_administrateur_d_un_partenaire_vient_de_la_referente_et_du_delegue(
    distribution: Distribution,
) -> None:
    valeurs = donnees(distribution, "GEND-COB1", Role.ADMIN_INSTITUTION)
    commun = {"institution": maison("GENDARMERIE"), "motif": MOTIF}
    ligne = habilitations.proposer(acteur=distribution.acteur("referente"), donnees=valeurs, **commun)
    valider(ligne, distribution.utilisateur("dpo"))
    assert acteur(User.objects.get(courriel="ada.courtois@demo.test")).a(Role.ADMIN_INSTITUTION)
    for role, service in ((Role.ADMIN_INSTITUTION, "GEND-COB1"), (Role.ENQUETEUR, "GEND-COB1")):
        with pytest.raises(HabilitationRefusee):
            habilitations.proposer(
                acteur=distribution.acteur("referente"),
                donnees=donnees(
                    distribution,
                    service,
                    role,
                    courriel="x@demo.test",
                    qualite="OPJ" if role != Role.ADMIN_INSTITUTION else "",
                    matricule="1",
                ),
                **commun,
            )


def test_une_maison_ne_donne_que_ses_roles_dans_ses_services(distribution: Distribution) -> None:
    admin = distribution.acteur("admin_chv")
    refus = 0
    for role in Role:
        if role in policies.roles_de(maison("CHV")):
            continue
        with pytest.raises(HabilitationRefusee):
            habilitations.proposer(
                acteur=admin, institution=maison("CHV"), donnees=donnees(distribution, "CHV-URG", role), motif=MOTIF
            )
        refus += 1
    for code, service in (("CHV", "POLICE-CSP"), ("POLICE", "POLICE-CSP"), ("POLICE", "CHV-URG")):
        with pytest.raises(HabilitationRefusee):
            habilitations.proposer(
                acteur=admin,
                institution=maison(code),
                donnees=donnees(distribution, service, Role.JURISTE),
                motif=MOTIF,
            )
    assert refus >= 8
    assert not Habilitation.objects.exists()


def test_chaque_institution_de_la_convention_a_ses_roles(distribution: Distribution) -> None:
    for institution in Institution.objects.all():
        assert policies.roles_de(institution) - {Role.ADMIN_INSTITUTION}, institution.code
    donnes = frozenset().union(*policies.ROLES_DE.values()) | policies.DE_TOUTE_MAISON
    assert donnes == set(Role)
    de_programme = Service.objects.exclude(institution__code__in=policies.ROLES_DE)
    assert set(de_programme.values_list("institution__code", flat=True)) == {"CAVM", "CPAM"}


@pytest.mark.parametrize(
    ("role", "champs", "attendu"),
    [
        (Role.ENQUETEUR, {"profession": "", "qualite": "", "matricule": "1"}, "qualite"),
        (Role.PARQUET, {"profession": "", "qualite": "SUBSTITUT", "matricule": ""}, "matricule"),
        (Role.SOIGNANT, {"profession": "", "qualite": "", "matricule": ""}, "profession"),
        (Role.SOIGNANT, {"profession": "MEDECIN", "qualite": "", "matricule": "12"}, "matricule"),
        (Role.JURISTE, {"profession": "", "qualite": "OPJ", "matricule": ""}, "qualite"),
    ],
)
def test_un_role_demande_ce_qui_le_prouve(role: Role, champs: dict[str, str], attendu: str) -> None:
    phrases = habilitations.manques(role, **champs)
    assert set(phrases) == {attendu}
    assert phrases[attendu].endswith(".")


def test_nul_ne_se_donne_un_droit_ni_ne_s_approuve(distribution: Distribution) -> None:
    premier, second = administrateur(distribution, "CHV", 1), administrateur(distribution, "CHV", 2)
    juriste = donnees(distribution, "CHV-DAJ", Role.JURISTE)
    with pytest.raises(HabilitationRefusee, match="vous-même"):
        habilitations.proposer(
            acteur=acteur(premier), institution=maison("CHV"), donnees=juriste, motif=MOTIF, utilisateur=premier
        )
    ligne = habilitations.proposer(
        acteur=acteur(premier), institution=maison("CHV"), donnees=juriste, motif=MOTIF, utilisateur=second
    )
    with pytest.raises(ApprobationRefusee, match="pour vous"):
        valider(ligne, second)


def test_le_beneficiaire_ne_valide_pas_son_double(distribution: Distribution) -> None:
    premier, second = administrateur(distribution, "CHV", 1), administrateur(distribution, "CHV", 2)
    valeurs = donnees(
        distribution, "CHV-DAJ", Role.JURISTE, prenom=second.prenom, nom=second.nom, courriel="second.bis@x.test"
    )
    ligne = habilitations.proposer(acteur=acteur(premier), institution=maison("CHV"), donnees=valeurs, motif=MOTIF)
    with pytest.raises(ApprobationRefusee, match="pour vous"):
        valider(ligne, second)


def test_un_role_change_quand_le_second_l_a_valide(distribution: Distribution) -> None:
    premier, second = administrateur(distribution, "CHV", 1), administrateur(distribution, "CHV", 2)
    soignante = distribution.utilisateur("soignante")
    ancien = soignante.rattachements.get()
    ligne = habilitations.proposer(
        acteur=acteur(premier),
        institution=maison("CHV"),
        donnees=donnees(distribution, "CHV-DAJ", Role.JURISTE),
        motif=MOTIF,
        utilisateur=soignante,
        remplace=ancien,
    )
    assert acteur(soignante).roles == {Role.SOIGNANT}
    valider(ligne, second)
    assert acteur(soignante).roles == {Role.JURISTE}
    assert not soignante.groups.contains(distribution.service("CHV-URG").groupe)


def test_une_adresse_deja_connue_n_ouvre_pas_un_second_compte(distribution: Distribution) -> None:
    premier, second = administrateur(distribution, "POLICE", 1), administrateur(distribution, "POLICE", 2)
    with pytest.raises(HabilitationRefusee, match="déjà un compte"):
        inviter_un_opj(distribution, premier, courriel=premier.courriel.upper())
    ligne = inviter_un_opj(distribution, premier)
    User.objects.create_user("ada.courtois@demo.test", None, prenom="Ada", nom="Courtois")
    with pytest.raises(ApprobationRefusee, match="entre-temps"):
        valider(ligne, second)


def test_un_seul_suspend_deux_rouvrent(distribution: Distribution) -> None:
    premier, second = administrateur(distribution, "POLICE", 1), administrateur(distribution, "POLICE", 2)
    opj = distribution.utilisateur("opj")
    with pytest.raises(HabilitationRefusee):
        comptes.suspendre(utilisateur=opj, motif="securite", acteur=distribution.acteur("admin_chv"))
    with pytest.raises(HabilitationRefusee, match="propre compte"):
        comptes.suspendre(utilisateur=premier, motif="securite", acteur=acteur(premier))
    comptes.suspendre(utilisateur=opj, motif="securite", acteur=acteur(premier))
    assert acteur(opj).places == ()
    demande = comptes.demander_reactivation(utilisateur=opj, motif=MOTIF, acteur=acteur(premier))
    approuver(demande=demande, contenu=comptes.contenu_du_compte(opj.cle), acteur=acteur(second))
    opj.refresh_from_db()
    assert opj.is_active
    assert (opj.suivi.motif, opj.suivi.reactive_par) == ("", second)


def test_un_compte_suspendu_ne_revient_pas_par_un_droit_nouveau(distribution: Distribution) -> None:
    premier, second = administrateur(distribution, "CHV", 1), administrateur(distribution, "CHV", 2)
    soignante = distribution.utilisateur("soignante")
    comptes.suspendre(utilisateur=soignante, motif=SuiviCompte.Motif.SECURITE, acteur=acteur(premier))
    ligne = habilitations.proposer(
        acteur=acteur(premier),
        institution=maison("CHV"),
        donnees=donnees(distribution, "CHV-DAJ", Role.JURISTE),
        motif=MOTIF,
        utilisateur=soignante,
    )
    with pytest.raises(ApprobationRefusee, match="réactivation"):
        valider(ligne, second)
    soignante.refresh_from_db()
    assert not soignante.is_active


def test_le_dernier_droit_se_termine_par_un_depart(distribution: Distribution) -> None:
    admin, soignante = distribution.acteur("admin_chv"), distribution.utilisateur("soignante")
    with pytest.raises(HabilitationRefusee, match="départ"):
        habilitations.terminer_droit(rattachement=soignante.rattachements.get(), acteur=admin)
    with pytest.raises(HabilitationRefusee, match="administrateur"):
        habilitations.terminer_droit(rattachement=distribution.utilisateur("opj").rattachements.get(), acteur=admin)


def test_un_droit_echu_rend_son_groupe_sans_que_personne_le_dise(distribution: Distribution) -> None:
    from convention.rattachements import retirer_groupes_echus

    soignante, infirmiere = distribution.utilisateur("soignante"), distribution.utilisateur("infirmiere")
    hier = timezone.localdate() - timedelta(days=1)
    soignante.rattachements.update(debut_le=hier - timedelta(days=9), fin_le=hier)
    retirer_groupes_echus()
    assert not soignante.groups.exists()
    assert infirmiere.groups.exists()


def test_aucune_phrase_de_refus_ne_se_passe_d_espace_insecable() -> None:
    import inspect

    from convention import departs, identites, quatre_yeux, revue

    fautes = [
        (module.__name__, phrase)
        for module in (comptes, departs, habilitations, identites, policies, quatre_yeux, revue)
        for phrase in re.findall(r'(?:Refusee?|non|refus)\(\s*f?"([^"]+)"', inspect.getsource(module))
        if re.search(r" [:;!?]", phrase)
    ]
    assert fautes == []


def test_quand_l_autre_administrateur_est_le_beneficiaire_la_referente_seconde(distribution: Distribution) -> None:
    premier, second = administrateur(distribution, "POLICE", 1), administrateur(distribution, "POLICE", 2)
    ligne = habilitations.proposer(
        acteur=acteur(premier),
        institution=maison("POLICE"),
        donnees=donnees(distribution, "POLICE-SUR", Role.ENQUETEUR, qualite="OPJ", matricule="M-2"),
        motif=MOTIF,
        utilisateur=second,
    )
    valider(ligne, distribution.utilisateur("referente"))
    assert acteur(second).roles == {Role.ADMIN_INSTITUTION, Role.ENQUETEUR}
