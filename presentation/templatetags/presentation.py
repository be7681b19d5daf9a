"""`{% load presentation %}`: the words and signs of the interface. Parameters: presentation/README.md."""

import re
from datetime import date, datetime, timedelta
from typing import Any

from django import template
from django.conf import settings
from django.template.context import Context
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from presentation import formulaires, temps, typographie

register = template.Library()

TONS_DE_MESSAGE = {"success": "ok", "error": "danger", "warning": "warn", "info": "info", "debug": "mute"}
ICONES_DE_TON = {"ok": "check", "danger": "cross", "warn": "alert", "info": "info", "mute": "info", "justice": "scale"}
FAMILLES = ("sante", "securite", "justice", "etat", "territoire", "social", "formation", "associatif")


@register.simple_tag(name="icone")
def svg(nom: str) -> SafeString:
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#i-{}"/></svg>', static("img/icons.svg"), nom)


@register.simple_tag
def marque() -> SafeString:
    return format_html(
        '<svg class="brand__mark" aria-hidden="true"><use href="{}#marque"/></svg>', static("img/icons.svg")
    )


@register.filter(name="date_fr")
def date_fr(valeur: date | None) -> str:
    return temps.date_fr(valeur) if valeur else ""


@register.filter(name="heure_fr")
def heure_fr(valeur: datetime | None) -> str:
    return temps.heure_fr(valeur) if valeur else ""


@register.filter(name="moment_fr")
def moment_fr(valeur: datetime | None) -> str:
    return temps.moment_fr(valeur, timezone.now()) if valeur else ""


@register.filter(name="duree_fr")
def duree_fr(valeur: timedelta | None) -> str:
    return temps.duree_fr(valeur) if valeur is not None else ""


@register.filter
def phrase(texte: str) -> str:
    """What somebody typed, closed by one full stop, whether they wrote it or not."""
    return typographie.phrase(str(texte))


@register.filter
def iso(valeur: datetime | None) -> str:
    """For `<time datetime>` and the scripts."""
    return temps.a_paris(valeur).isoformat(timespec="seconds") if valeur else ""


@register.simple_tag
def instant() -> str:
    """The server’s time, against which the scripts correct the clock of the device."""
    return temps.a_paris(timezone.now()).isoformat(timespec="seconds")


@register.simple_tag
def quand(valeur: datetime | None, majuscule: bool = False) -> SafeString:
    """`<time>` around moment_fr."""
    if not valeur:
        return SafeString("")
    texte = moment_fr(valeur)
    return format_html(
        '<time datetime="{}">{}</time>', iso(valeur), texte[:1].upper() + texte[1:] if majuscule else texte
    )


@register.inclusion_tag("composants/delai.html")
def delai(
    echeance: datetime | None,
    debut: datetime | None = None,
    suspendu: bool = False,
    tenu_le: datetime | None = None,
    grand: bool = False,
    verbe: str = "Répondre",
    fait: str = "Répondu",
    attente: str = "complément attendu",
) -> dict[str, object]:
    """A deadline in words; nothing at all when there is none."""
    if not echeance:
        return {"echeance": None}
    maintenant = timezone.now()
    etat = temps.texte_delai(maintenant, debut, echeance, suspendu, tenu_le, fait=fait, attente=attente)
    return {
        **etat._asdict(),
        "echeance": echeance,
        "debut": debut,
        "court": not suspendu and tenu_le is None,
        "borne": temps.borne_fr(maintenant, echeance),
        "phrase": f"{verbe} avant {temps.echeance_fr(maintenant, echeance)}",
        "grand": grand,
    }


@register.simple_tag
def telephone(numero: str, par_sms: bool = False) -> SafeString:
    """A `tel:` (or `sms:`) link, the digits in pairs held together."""
    chiffres = re.sub(r"[^\d+]", "", numero)
    if re.fullmatch(r"0\d{9}|\d{4}", chiffres):
        lisible = temps.NBSP.join(re.findall(r"\d\d", chiffres))
    elif re.fullmatch(r"\+33\d{9}", chiffres):
        lisible = temps.NBSP.join(["+33", chiffres[3], *re.findall(r"\d\d", chiffres[4:])])
    else:
        lisible = chiffres
    return format_html('<a class="tel" href="{}:{}">{}</a>', "sms" if par_sms else "tel", chiffres, lisible)


@register.simple_tag
def telephone_de_secours() -> str:
    """The duty number that pages without context still show (setting TELEPHONE_GARDE)."""
    return str(getattr(settings, "TELEPHONE_GARDE", ""))


@register.simple_tag
def famille(code: str, libelle: str) -> SafeString:
    """A partner: shape and word. `code`: one of FAMILLES; anything else shows the word alone."""
    code = str(code).lower()
    if code not in FAMILLES:
        return format_html("{}", libelle)
    return format_html('<span class="fam fam--{}">{}{}</span>', code, svg(f"f-{code}"), libelle)


@register.inclusion_tag("composants/refus.html")
def refus(verdict: Any, libelle: str, **options: str) -> dict[str, object]:
    """A submit button, or the same disabled with the Verdict’s reason beside it."""
    return {
        "permis": bool(verdict.permis),
        "raison": getattr(verdict, "raison", ""),
        "libelle": libelle,
        "icone": options.get("icone", ""),
        "ton": options.get("ton", ""),
        "nom": options.get("nom", ""),
        "valeur": options.get("valeur", ""),
        "identifiant": options.get("identifiant") or f"refus-{slugify(options.get('valeur') or libelle)}",
    }


@register.simple_block_tag
def alerte(content: str, ton: str = "info", titre: str = "", icone: str = "") -> SafeString:
    """A message with HTML inside; composants/alerte.html is the same with plain text."""
    return format_html(
        '<div class="alert t-{}">{}<div>{}{}</div></div>',
        ton,
        svg(icone or ICONES_DE_TON.get(ton, "info")),
        format_html("<h2>{}</h2>", titre) if titre else "",
        mark_safe(content),  # noqa: S308  rendered by the template engine, escaped there
    )


@register.simple_tag
def fil(*paires: str) -> SafeString:
    """Breadcrumbs: label, address, label, address…, then the label of this page."""
    liens = [
        format_html('<li><a href="{}">{}</a></li>', url, mot)
        for mot, url in zip(paires[::2], paires[1::2], strict=False)
    ]
    ici = [format_html('<li aria-current="page">{}</li>', paires[-1])] if len(paires) % 2 else []
    return format_html(
        '<nav class="crumbs" aria-label="Fil d’Ariane"><ol>{}</ol></nav>', SafeString("".join(liens + ici))
    )


@register.filter
def ton_message(etiquette: str) -> str:
    """The tone of a Django message level."""
    return TONS_DE_MESSAGE.get(etiquette, "info")


@register.filter
def icone_ton(ton: str) -> str:
    return ICONES_DE_TON.get(ton, "info")


@register.simple_tag
def points_a_corriger(*forms: Any) -> list[tuple[str, str]]:
    return formulaires.points_a_corriger(*forms)


@register.simple_tag(takes_context=True)
def mention_impression(context: Context, reference: str = "") -> str:
    """« Imprimé par …, le … à …, réf. … »: shown on paper only."""
    maintenant = timezone.now()
    user = context.get("user")
    par = f" par {user}" if user is not None and user.is_authenticated else ""
    ref = f", réf. {reference}" if reference else ""
    return f"Imprimé{par}, le {temps.date_fr(maintenant)} à {temps.heure_fr(maintenant)}{ref}"
