// The body diagram: a touched zone fills the first free row. Without this script the drop-downs do the same.
const bloc = document.querySelector("[data-lesions]");

function choixDeZone() {
  return [...bloc.querySelectorAll('[data-lesion] select[name$="-zone"]')];
}

function numeroter() {
  const numeros = new Map();
  choixDeZone().forEach((choix, rang) => {
    if (choix.value) numeros.set(choix.value, [...(numeros.get(choix.value) ?? []), rang + 1]);
  });
  for (const zone of bloc.querySelectorAll("[data-zone]")) {
    const siens = numeros.get(zone.dataset.zone) ?? [];
    zone.querySelector("text").textContent = siens.join(", ");
    zone.classList.toggle("est-marquee", siens.length > 0);
    const nom = zone.querySelector("title").textContent;
    zone.setAttribute("aria-label", siens.length ? `${nom}, lésion ${siens.join(", ")}` : nom);
  }
}

function choisir(zone) {
  const libre = choixDeZone().find((choix) => !choix.value);
  if (!libre) {
    const bouton = bloc.querySelector("[data-ajouter]");
    bouton.value = `ligne:${zone}`;
    bouton.click();
    return;
  }
  libre.value = zone;
  libre.dispatchEvent(new Event("change", { bubbles: true }));
  libre.closest("[data-lesion]").querySelector('select[name$="-nature"]').focus();
}

if (bloc) {
  bloc.querySelector("[data-schema]").removeAttribute("aria-hidden");
  for (const vue of bloc.querySelectorAll("svg")) {
    vue.setAttribute("role", "group");
    vue.setAttribute("aria-label", `Schéma du corps, ${vue.dataset.vue.toLowerCase()}`);
  }
  for (const zone of bloc.querySelectorAll("[data-zone]")) {
    zone.setAttribute("role", "button");
    zone.setAttribute("tabindex", "0");
    zone.addEventListener("click", () => choisir(zone.dataset.zone));
    zone.addEventListener("keydown", (evenement) => {
      if (evenement.key !== "Enter" && evenement.key !== " ") return;
      evenement.preventDefault();
      choisir(zone.dataset.zone);
    });
  }
  bloc.addEventListener("change", numeroter);
  numeroter();
}
