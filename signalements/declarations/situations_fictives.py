"""What the demonstration declarations say: nobody here exists, and no text is drawn from a real case."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from signalements.champs import Genre
from signalements.declarations.modele import Route

Situation = Callable[[int], dict[str, Any]]


def _moment(heures: float, rang: int) -> str:
    return (timezone.now() - timedelta(hours=heures + rang)).replace(second=0, microsecond=0).isoformat()


def _objet(rang: int) -> dict[str, Any]:
    trouvailles = (
        ("STUPEFIANT", "Douze sachets d’herbe séchée, odeur forte.", "12 sachets, 18 g", "INVENTAIRE", "OUI"),
        ("ARME_BLANCHE", "Couteau pliant, lame de neuf centimètres.", "1", "CHUTE", "REFUS"),
        ("STUPEFIANT", "Résine brune dans un film plastique.", "1 bloc, 9 g", "LINGE", "HORS_ETAT"),
        ("MUNITION", "Trois cartouches de chasse.", "3", "INVENTAIRE", "OUI"),
    )
    categorie, description, quantite, circonstance, accord = trouvailles[rang % len(trouvailles)]
    return {
        "categorie": categorie,
        "description": description,
        "quantite": quantite,
        "conditionnement": "Sachet transparent",
        "decouvert_le": _moment(2, rang),
        "circonstance": circonstance,
        "accord_retrait": accord,
        "decideur": "Administrateur de garde" if accord == "REFUS" else "",
        "decouvert_par_1": "Camille Ferrand",
        "decouvert_par_2": "Zoé Maillard",
        "scelle_no": f"S-2026-{118 + rang}",
        "coffre_no": "Coffre 2",
    }


_EPISODE: dict[str, Any] = {
    "nature_atteinte": "PERSONNE",
    "lieu": "ACCUEIL",
    "verbatim": "«\u00a0Je reviendrai.\u00a0»",
    "temoins": "Une aide-soignante",
    "motif": ["ATTENTE"],
    "gestion": ["EQUIPE", "SECURITE"],
    "fdo_appelees": "NON",
    "agent_nom": "Zoé Maillard",
    "agent_metier": "INFIRMIER",
    "agent_statut": "AGENT",
    "victimes": 1,
    "lesion": "OUI",
    "arret_jours": 3,
    "itt_jours": 5,
    "soutien": "OUI",
    "auteur_designe": "Homme d’une trentaine d’années, veste rouge",
    "discernement": "NSP",
    "plainte_mode": "AGENT",
    "consentement": "",
    "consentement_le": "",
    "consentement_retire": "",
    "domiciliation_pro": "OUI",
    "pf_informe": "OUI",
    "onvs_declare": "OUI",
    "onvs_motif_non": "",
}


def _violence(rang: int) -> dict[str, Any]:
    episodes = (
        (
            ["P3_VIOLENCE", "P1_INJURE"],
            "Un accompagnant donne un coup de poing à l’épaule.",
            "ACCOMPAGNANT",
            "CP_222_13",
        ),
        (["P1_INJURE"], "Un visiteur insulte l’équipe au guichet.", "VISITEUR", "CP_433_5"),
        (["P2_MENACE"], "Un visiteur menace pour passer avant les autres.", "VISITEUR", "CP_222_17"),
    )
    faits, description, auteur, infraction = episodes[rang % len(episodes)]
    return _EPISODE | {
        "faits": faits,
        "survenue_le": _moment(3, rang),
        "description": description,
        "auteur_type": auteur,
        "passe_droit": "OUI" if infraction == "CP_222_17" else "NON",
        "infraction": infraction,
    }


def _sans_identite(rang: int) -> dict[str, Any]:
    return {
        "situation": "DECEDE" if rang % 4 == 3 else "HOSPITALISE",
        "choix_anonymat": "NON",
        "recherche_interne": "OUI",
        "disparition": "NON",
        "sexe": "H" if rang % 2 else "F",
        "age_estime": ("entre 40 et 50 ans", "environ 75 ans", "environ 20 ans")[rang % 3],
        "description": "Un mètre soixante-dix environ, cheveux gris courts, yeux bruns.",
        "signes_particuliers": "Cicatrice ancienne au menton.",
        "vetements_effets": "Manteau bleu, une clé, aucun papier.",
        "lieu_decouverte": "Voie publique, Anzin",
        "decouverte_le": _moment(4, rang),
        "amene_par": "SDIS",
    }


def _infraction(rang: int) -> dict[str, Any]:
    return {
        "famille_infraction": ("VOL", "DEGRADATION", "FAUX")[rang % 3],
        "connu_par": "HORS_SECRET",
        "survenus_le": _moment(8, rang),
        "lieu_faits": "Pharmacie à usage intérieur, Valenciennes",
        "decouverte": "L’inventaire du matin montre une armoire ouverte et des boîtes manquantes.",
        "etat_lieux": "Serrure intacte.",
        "victime_type": "ETABLISSEMENT",
        "victime_entendable": "",
        "refus_plainte_victime": "",
        "auteur_type": "INCONNU",
        "preuves_figees": ["VIDEO", "BADGES"],
        "mesures": "Accès fermé, vidéo gelée, badges relevés.",
        "enquete_interne": "NON",
    }


def _alerte(rang: int) -> dict[str, Any]:
    return {
        "type_alerte": ("INTRUSION", "COLIS_SUSPECT", "RIXE", "CYBER")[rang % 4],
        "niveau": "INCIDENT",
        "heure_alerte": _moment(2, rang),
        "heure_appel17": _moment(1.9, rang),
        "heure_arrivee_fsi": _moment(1.7, rang),
        "zone": "Hall B",
        "faits": "Deux personnes forcent la porte du hall, sans arme visible.",
        "mesures": ["FILTRAGE", "RENFORT"],
        "plan_active": "AUCUN",
        "blesses": 0,
        "point_accueil_fsi": "Entrée nord",
        "preuves_video_figees": "OUI",
        "plainte_etab": "OUI",
        "levee_le": _moment(1, rang),
        "retex_prevu": timezone.localdate(timezone.now() + timedelta(days=20)).isoformat(),
    }


SITUATIONS: Mapping[str, Situation] = {
    "OBJET_ILLICITE": _objet,
    "VIOLENCE_PERSONNEL": _violence,
    "SANS_IDENTITE": _sans_identite,
    "INFRACTION_ETAB": _infraction,
    "ALERTE_SURETE": _alerte,
}
# The services of the demonstration that write each.
EMETTEURS: Mapping[str, tuple[str, ...]] = {
    "OBJET_ILLICITE": ("CHV-URG", "CHV-CHIR", "CHV-PSY", "CHV-SECU"),
    "VIOLENCE_PERSONNEL": ("CHV-URG", "CHV-PSY", "CHV-GER"),
    "SANS_IDENTITE": ("CHV-URG", "CHV-REA"),
    "INFRACTION_ETAB": ("CHV-GARDE",),
    "ALERTE_SURETE": ("CHV-GARDE", "CHV-SECU"),
}


def decaler(route: Route, reponses: dict[str, Any], vers: datetime) -> dict[str, Any]:
    """The same answers, their moments brought just before this one."""
    moment = (vers - timedelta(minutes=30)).replace(second=0, microsecond=0).isoformat()
    moments = {propre.nom for propre in route.propres if propre.genre is Genre.MOMENT and reponses.get(propre.nom)}
    return {nom: moment if nom in moments else valeur for nom, valeur in reponses.items()}
