"""What is happening at this hour in the demonstration: fresh, urgent and late cases for each account's lists."""

from dataclasses import dataclass, field
from typing import Any

from dossiers.models.dossier import Nature

S, R, E = Nature.SIGNALEMENT.value, Nature.REQUISITION.value, Nature.EXTRACTION.value
D = Nature.DECLARATION.value


@dataclass(frozen=True, slots=True)
class Scene:
    """A case opened `il_y_a` minutes ago; `moments` gives the minutes since each step of its way."""

    nature: str
    trajet: str
    il_y_a: float
    moments: tuple[float, ...] = ()
    forces: dict[str, Any] = field(default_factory=dict)


def _sig(trajet: str, il_y_a: float, *moments: float, **forces: Any) -> Scene:
    commun = {"variante": "VC_SANS_ACCORD", "emetteur": "CHV-URG", "receveur": "PARQUET-PERM"}
    return Scene(S, trajet, il_y_a, moments, {**commun, **forces})


def _req(trajet: str, il_y_a: float, *moments: float, **forces: Any) -> Scene:
    return Scene(R, trajet, il_y_a, moments, {"emetteur": "POLICE-CSP", **forces})


def _det(trajet: str, il_y_a: float, *moments: float, **forces: Any) -> Scene:
    return Scene(E, trajet, il_y_a, moments, {"emetteur": "USMP-MA", "accueil": "CHV-IMA", **forces})


def _dec(trajet: str, il_y_a: float, *moments: float, **forces: Any) -> Scene:
    return Scene(D, trajet, il_y_a, moments, forces)


_SANS_URGENCE = {"variante": "MAJEUR_AVEC_ACCORD"}
SCENES: tuple[Scene, ...] = (
    _sig("transmis", 60, 12),
    _req("recue", 25, variante="DOSSIER"),
    _det("demandee", 50, creneau=180),
    _sig("transmis", 95, 43),
    _req("recue", 32, variante="VIDEO"),
    _det("ordre", 26 * 60, 20 * 60, creneau=90),
    _sig("transmis", 170, 96),
    _req("affectee", 300, 240, 215, 190, variante="DOSSIER"),
    _det("programmee", 48 * 60, 44 * 60, 30 * 60, creneau=75),
    _sig("recu", 260, 205, 170),
    _req("prete", 420, 380, 350, 330, 140, 55, variante="PRESENCE"),
    _det("arrivee", 50 * 60, 45 * 60, 28 * 60, 14, creneau=-10),
    _sig("examen", 330, 290, 255, 200),
    _req("affectee", 150, 120, 95, 70, variante="PRESENCE", emetteur="GEND-COB1"),
    _det("soins", 52 * 60, 47 * 60, 29 * 60, 48, 30, creneau=-45, accueil="CHV-CHIR"),
    _sig("complement", 28 * 60, 27 * 60, 26.4 * 60, 3 * 60),
    _req("affectee", 200, 170, 140, 100, variante="VIDEO", emetteur="DOUANES-BSI"),
    _det("hospitalisee", 76 * 60, 70 * 60, 50 * 60, 31 * 60, 30 * 60, 28 * 60, creneau=-31 * 60, accueil="CHV-CHIR"),
    _sig("transmis", 130, 88, **_SANS_URGENCE),
    _dec("transmis", 110, 70, variante="OBJET_ILLICITE", emetteur="CHV-URG"),
    _dec("transmis", 200, 150, variante="VIOLENCE_PERSONNEL", emetteur="CHV-URG"),
    _dec("recu", 300, 240, 200, variante="SANS_IDENTITE", emetteur="CHV-URG"),
    _dec("transmis", 90, 50, variante="ALERTE_SURETE", emetteur="CHV-GARDE"),
    _req("a_regulariser", 9 * 60, 8 * 60, 6 * 60, variante="VIDEO", emetteur="GEND-COB1"),
    _req("abandonnee", 408 * 60, 407 * 60, 406 * 60, 5 * 60, variante="RH", emetteur="GEND-COB1"),
    _req("recue", 18, variante="VIDEO", emetteur="GEND-COB1", canal="main_propre"),
    _req("recue", 21, variante="TUBES"),
    _req("affectee", 130, 110, 90, 60, variante="RH"),
    _req("affectee", 170, 150, 120, 80, variante="EFFETS"),
    _det("sortie", 55 * 60, 50 * 60, 30 * 60, 200, 180, 25, creneau=-195),
    _sig("recu", 22 * 60, 21 * 60, 20.3 * 60, receveur="PARQUET-VIF", emetteur="CHV-GYN"),
    _req("recue", 70, variante="SAISIE", emetteur="TJ-JI"),
    _req("validee", 330, 280, 240, variante="SAISIE", emetteur="TJ-JI"),
    _req("en_execution", 27 * 60, 26 * 60, 25 * 60, 24 * 60, 90, variante="SAISIE", emetteur="TJ-JI"),
    _req("prete", 20 * 60, 19 * 60, 18.5 * 60, 18 * 60, 4 * 60, 130, variante="PRESENCE", emetteur="SPREF-SEC"),
    _det("programmee", 60 * 60, 55 * 60, 40 * 60, creneau=22 * 60, emetteur="USMP-EPM"),
    _req("en_controle", 95, 40, variante="PRESENCE"),
    _req("refus_propose", 75, 25, variante="DOSSIER"),
    _req("en_execution", 11 * 60, 10.5 * 60, 10 * 60, 9.5 * 60, 50, variante="VIDEO"),
    _det("retour", 57 * 60, 52 * 60, 33 * 60, 300, 280, 190, 150, creneau=-305),
    _sig("complete", 30 * 60, 29 * 60, 28.5 * 60, 7 * 60, 80),
    _req("validee", 180, 150, 65, variante="DOSSIER"),
    _det("incident", 58 * 60, 50 * 60, 34 * 60, 160, 140, 100, creneau=-165, accueil="CHV-URG"),
    _sig("decision", 26 * 60, 25 * 60),
    _req("remise", 50 * 60, 49 * 60, 48 * 60, 47 * 60, 30 * 60, 26 * 60, 5 * 60, variante="PRESENCE"),
    _det("refus", 59 * 60, 53 * 60, 35 * 60, 5 * 60, creneau=-4 * 60),
    _sig("brouillon", 3 * 60, emetteur="CHV-PED"),
    _sig("suite", 31 * 60, 30 * 60, 29.4 * 60, 28 * 60, 5 * 60),
    _req("recue", 45, variante="EX_GAV", urgence="IMMEDIATE"),
    _req("affectee", 210, 180, 150, 120, variante="AUD_PAT"),
    _req("affectee", 8 * 60, 7 * 60, 6 * 60, 5 * 60, variante="AUD_PAT"),
)
