"""Hearing of a professional: summoned through legal affairs, reminded of secrecy, accompanied if they wish.

The block is the answer to the summons; its appointment becomes a `Seance`, where what happened is noted afterwards.
"""

from dossiers.classes import Classe
from requisitions.types_acte.base import Champ, Famille, Genre, TypeActe

AUD_PRO = TypeActe(
    code="AUD_PRO",
    libelle="Audition d’un professionnel",
    choix="Audition d’un professionnel de l’hôpital",
    titre="Audition d’un professionnel",
    famille=Famille.AUDITION,
    personne=False,
    manuel=False,
    ecrit="Réponse à la convocation",
    rappel="Le professionnel tait ce qu’il a connu en soignant, même sur commission rogatoire. Il dit le strict "
    "nécessaire à sa défense s’il est mis en cause.",
    volet=(
        Champ(
            "entendu",
            "Entendu comme",
            Genre.CHOIX,
            classe=Classe.JUDICIAIRE,
            choix=(("temoin", "Témoin"), ("victime", "Victime"), ("mise_en_cause", "Mis en cause")),
            requis=True,
            imprime=True,
        ),
        Champ(
            "professionnel", "Professionnel convoqué", Genre.TEXTE, classe=Classe.IDENTITE, requis=True, imprime=True
        ),
        Champ("hierarchie", "Sa hiérarchie est informée, sans le motif", Genre.OUI),
        Champ(
            "accompagnement",
            "Accompagnement",
            Genre.CHOIX,
            choix=(("accepte", "Proposé, accepté"), ("decline", "Proposé, décliné"), ("non", "Pas encore proposé")),
            requis=True,
        ),
        Champ("secret_rappele", "La note sur ses droits et le secret lui est remise", Genre.OUI, imprime=True),
        Champ(
            "protection",
            "Protection fonctionnelle",
            Genre.CHOIX,
            choix=(
                ("sans_objet", "Sans objet"),
                ("demandee", "Demandée"),
                ("accordee", "Accordée"),
                ("refusee", "Refusée"),
            ),
            requis=True,
        ),
        Champ(
            "lieu",
            "Lieu",
            Genre.CHOIX,
            choix=(("service", "Dans le service enquêteur"), ("hopital", "À l’hôpital, par exception")),
            requis=True,
            imprime=True,
        ),
        Champ("lieu_motif", "Motif de l’exception", Genre.TEXTE),
        Champ("debut", "Rendez-vous", Genre.MOMENT, requis=True, imprime=True),
    ),
)
