// Actors, needs, offers and doors on the map: signs, clusters, the card that opens. A cluster hides its signs, so the ring around
// the chosen place has a source of its own, made when somebody chooses. Each source is cut into tiles by the worker before the
// map lies still, so there are only those that have something to show.

import { displayFace, textFace } from "./ground.js";

const single = ["place", "door"];
const signs = [...single, "cluster"];
const nothing = { type: "FeatureCollection", features: [] };

// Splits what the server sends into the map's sources.
export function sourcesOf(collection) {
  const of = (...layers) => ({ type: "FeatureCollection", features: collection.features.filter((feature) => layers.includes(feature.properties.layer)) });
  const all = {
    quarters: { type: "geojson", data: of("quarter", "quarter_name") },
    doors: { type: "geojson", data: of("door") },
    places: { type: "geojson", data: of("place"), cluster: true, clusterRadius: 34, clusterMaxZoom: 16 },
  };
  return Object.fromEntries(Object.entries(all).filter(([, source]) => source.data.features.length > 0));
}

export function placeLayers(t) {
  const image = ["concat", ["get", "shape"], "/", ["get", "icon"], "/", ["case", ["get", "filled"], "filled", "open"]];
  const cluster = ["has", "point_count"];
  return [
    { id: "door", type: "symbol", source: "doors", layout: {
      "icon-image": image, "icon-allow-overlap": true, "icon-ignore-placement": true,
      "icon-size": ["interpolate", ["exponential", 1.6], ["zoom"], 13, 0.14, 16, 0.45, 18, 0.9],
    } },
    { id: "cluster", type: "circle", source: "places", filter: cluster, paint: {
      "circle-color": t.sheet, "circle-stroke-color": t.ink, "circle-stroke-width": 2.5, "circle-radius": ["step", ["get", "point_count"], 15, 10, 19, 50, 24, 500, 30],
    } },
    { id: "cluster-count", type: "symbol", source: "places", filter: cluster, paint: { "text-color": t.ink }, layout: {
      "text-field": ["get", "point_count_abbreviated"], "text-font": displayFace, "text-size": 14, "text-allow-overlap": true,
    } },
    { id: "place", type: "symbol", source: "places", filter: ["!", cluster], layout: {
      "icon-image": image,
      "icon-allow-overlap": true, "icon-size": ["interpolate", ["linear"], ["zoom"], 12, 0.75, 16, 1.1],
      "text-field": ["step", ["zoom"], "", 16.5, ["get", "name"]], "text-font": textFace, "text-size": 12,
      "text-offset": [0, 1.4], "text-anchor": "top", "text-optional": true, "text-max-width": 9,
    }, paint: { "text-color": t.label, "text-halo-color": t["label-halo"], "text-halo-width": 1.8 } },
  ];
}

const ring = (t) => ({ id: "chosen", type: "circle", source: "chosen", paint: {
  "circle-radius": 21, "circle-opacity": 0, "circle-stroke-color": t.kiez, "circle-stroke-width": 4,
} });

// What happens on a tap: a cluster opens, a place shows its card.
export function answerTaps(map, cards) {
  const there = signs.filter((id) => map.getLayer(id));
  if (there.length === 0) return;
  map.on("click", there, async (event) => {
    const [feature] = event.features;
    if (single.includes(feature.layer.id)) return cards.show(feature.properties, feature.geometry.coordinates);
    const zoom = await map.getSource("places").getClusterExpansionZoom(feature.properties.cluster_id);
    return move(map, { center: feature.geometry.coordinates, zoom });
  });
  for (const layer of there) {
    map.on("mouseenter", layer, () => (map.getCanvas().style.cursor = "pointer"));
    map.on("mouseleave", layer, () => (map.getCanvas().style.cursor = ""));
  }
}

// Whether the reader asked for less motion.
export const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

// Moves there, at once for whoever asked for less motion.
export function move(map, target) {
  return still() ? map.jumpTo(target) : map.easeTo({ ...target, duration: 450 });
}

// The card of a place: one at a time, with what the list says about it.
export function cardsOn(map, library, { words, tokens }) {
  let popup;
  const close = () => popup?.remove();
  const mark = (coordinates) => {
    const data = coordinates ? { type: "Point", coordinates } : nothing;
    const known = map.getSource("chosen");
    if (known) return known.setData(data);
    return map.addSource("chosen", { type: "geojson", data }).addLayer(ring(tokens));
  };
  const show = (place, coordinates) => {
    close();
    mark(coordinates);
    popup = new library.Popup({ closeButton: true, maxWidth: "18rem", offset: 18, focusAfterOpen: false, locale: words })
      .setLngLat(coordinates)
      .setDOMContent(content(place))
      .addTo(map);
    popup.on("close", () => mark(undefined));
  };
  return { show, close };
}

function content(place) {
  const card = document.createElement("div");
  card.className = "map-card";
  const name = document.createElement(place.href ? "a" : "strong");
  name.textContent = place.name;
  name.dir = "auto";
  if (place.href) name.href = place.href;
  card.append(name);
  for (const text of [place.line, place.address].filter(Boolean)) {
    const row = document.createElement("p");
    row.textContent = text;
    row.dir = "auto";
    card.append(row);
  }
  return card;
}
