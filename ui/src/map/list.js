// The list beside the map: a row and its sign show each other, and the keyboard goes from sign to sign.

import { move } from "./places.js";

// `features` are all places by id; rows carry `data-place`.
export function keepInStep(map, list, features, cards) {
  const show = (id) => {
    const feature = features.get(id);
    if (!feature) return;
    const at = feature.geometry.coordinates;
    if (!map.getBounds().contains(at)) move(map, { center: at });
    cards.show(feature.properties, at);
  };
  const rowOf = (event) => event.target.closest?.("[data-place]")?.dataset.place;
  list?.addEventListener("focusin", (event) => show(rowOf(event)));
  list?.addEventListener("pointerenter", (event) => show(rowOf(event)), true);
  map.on("click", ["place", "door"].filter((id) => map.getLayer(id)), ({ features: [hit] }) => mark(list, hit.properties.id));
  return show;
}

function mark(list, id) {
  for (const row of list?.querySelectorAll("[data-place].at") ?? []) row.classList.remove("at");
  const row = list?.querySelector(`[data-place="${CSS.escape(id)}"]`);
  row?.classList.add("at");
  row?.scrollIntoView({ block: "nearest" });
}

// With the map in focus: n and p go to the next and the previous place in view, Escape closes the card.
// Arrows, + and − are the map's own.
export function walkByKeys(map, features, show, cards) {
  let at = -1;
  map.getCanvas().addEventListener("keydown", (event) => {
    if (event.key === "Escape") return cards.close();
    const step = { n: 1, p: -1 }[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return undefined;
    const bounds = map.getBounds();
    const inView = [...features.values()].filter((feature) => bounds.contains(feature.geometry.coordinates));
    if (inView.length === 0) return undefined;
    at = (at + step + inView.length) % inView.length;
    return show(inView[at].properties.id);
  });
}
