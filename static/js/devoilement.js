// Masks an identity again when its two minutes are over, and when the page is left. The server decides at each display.
const montre = document.querySelector("[data-masquer-a]");
const ecart = document.body.dataset.maintenant ? Date.parse(document.body.dataset.maintenant) - Date.now() : 0;
let saisie = false;

function masquer() {
  document.querySelectorAll("[data-masquable]").forEach((texte) => {
    texte.textContent = "Identité masquée";
  });
  document.querySelectorAll(".filigrane").forEach((trame) => trame.remove());
}

if (montre) {
  document.addEventListener("input", () => {
    saisie = true;
  });
  addEventListener("pagehide", masquer);
  const reste = Date.parse(montre.dataset.masquerA) - (Date.now() + ecart);
  setTimeout(() => {
    masquer();
    // What is being typed is not thrown away for it.
    if (!saisie) location.replace(location.pathname + location.search);
  }, Math.max(reste, 0));
}
