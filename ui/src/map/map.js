// The map of a Kiez. The page shows a drawn picture and the list; this replaces the picture when somebody asks for it.

import { groundLayers, quarterLayers } from "./ground.js";
import { keepInStep, walkByKeys } from "./list.js";
import { answerTaps, cardsOn, placeLayers, sourcesOf } from "./places.js";
import { drawSigns, loadIcons } from "./signs.js";
import { loadFaces, readTokens } from "./tokens.js";

// Points of the canvas for one of the page while nobody sees it, and so many milliseconds nobody should wait for the last tile.
const [COARSE, PATIENCE] = [0.05, 2_000];

for (const place of document.querySelectorAll("[data-map]")) prepare(place);

function prepare(place) {
  const button = place.querySelector("[data-map-open]");
  if (!button) return;
  let arriving;
  // What failed on the way is asked for again by the next tap.
  const begin = () => (arriving ??= gather(place).catch((error) => {
    arriving = undefined;
    throw error;
  }));
  button.hidden = false;
  // Whoever comes near the button wants the map; nobody else fetches any of it.
  for (const near of ["pointerover", "focus"]) button.addEventListener(near, () => begin().catch(() => {}));
  button.addEventListener("click", () => open(place, button, begin()).catch((error) => refuse(place, button, error)));
}

// Everything that comes over the wire, and the worker that reads tiles: all at the same time.
async function gather(place) {
  const arriving = [
    startedLibrary(place.dataset),
    places(place.dataset.places),
    loadIcons(place.dataset.icons),
    styleSheet(place.dataset.styles),
  ];
  const collection = await arriving[1];
  arriving.push(loadFaces(collection.features.map((feature) => feature.properties.name).join(""), place.dataset.language));
  const [library, , icons] = await Promise.all(arriving);
  return { library, collection, icons };
}

async function startedLibrary({ library: address, worker }) {
  // The worker's script comes beside the library, not behind it.
  fetch(worker, { credentials: "same-origin" }).catch(() => {});
  const library = await import(address);
  library.setWorkerUrl(worker);
  library.prewarm();
  return library;
}

// While it arrives, the map lies unseen and as coarse as can be below the drawn picture: without a graphics card each of its
// frames costs more than everything else, and nobody has to watch half a map. What takes long is shown half.
async function open(place, button, arriving) {
  performance.mark("map-tap");
  button.disabled = true;
  place.setAttribute("aria-busy", "true");
  const { library, collection, icons } = await arriving;
  const stage = place.querySelector("[data-map-stage]");
  const [tokens, words] = [readTokens(place), JSON.parse(place.dataset.words)];
  stage.classList.add("arriving");
  stage.hidden = false;
  const map = draw(place, stage, library, { collection, tokens, words });
  drawSigns(map, tokens, icons);
  await ready(map);
  place.querySelector("[data-map-picture]").hidden = true;
  stage.classList.remove("arriving");
  map.setPixelRatio(devicePixelRatio);
  map.once("idle", () => performance.mark("map-idle"));
  furnish(map, place, library, { collection, words, tokens });
  button.hidden = true;
  place.removeAttribute("aria-busy");
  map.getCanvas().focus({ preventScroll: true });
}

// `words` are those of the map's controls, in the reader's language.
function draw(place, stage, library, { collection, tokens: t, words }) {
  const { language, tiles, attribution } = place.dataset;
  const [west, south, east, north] = place.dataset.bounds.split(",").map(Number);
  const ground = tiles && { ground: { type: "vector", tiles: [new URL(tiles, location.href).href.replaceAll("%7B", "{").replaceAll("%7D", "}")], minzoom: 10, maxzoom: 16, attribution } };
  // Without tiles the paper alone.
  const quarters = collection.features.filter((feature) => feature.properties.layer === "quarter_name").map((feature) => feature.properties.name);
  const base = groundLayers(t, language, quarters).slice(0, tiles ? undefined : 1);
  const sources = { ...ground, ...sourcesOf(collection) };
  const map = new library.Map({
    container: stage,
    style: { version: 8, sources, layers: [...base, ...quarterLayers(t), ...placeLayers(t)].filter((layer) => !layer.source || sources[layer.source]) },
    bounds: [[west, south], [east, north]],
    fitBoundsOptions: { padding: 24 },
    minZoom: 10,
    maxZoom: 19,
    attributionControl: { compact: false },
    locale: words,
    pixelRatio: COARSE,
    fadeDuration: 0,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    cooperativeGestures: matchMedia("(pointer: coarse)").matches,
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  return map;
}

// Buttons, cards, keys, and what the map does when a theme changes while it is open.
function furnish(map, place, library, { collection, words, tokens }) {
  const side = document.dir === "rtl" ? "top-left" : "top-right";
  map.addControl(new library.NavigationControl({ showCompass: false }), side);
  map.addControl(new library.ScaleControl({ unit: "metric" }), document.dir === "rtl" ? "bottom-right" : "bottom-left");
  const features = new Map(collection.features.filter((feature) => ["place", "door"].includes(feature.properties.layer)).map((feature) => [feature.properties.id, feature]));
  const cards = cardsOn(map, library, { words, tokens });
  answerTaps(map, cards);
  const list = document.querySelector("[data-map-list]");
  walkByKeys(map, features, keepInStep(map, list, features, cards), cards);
  map.on("error", ({ error }) => tell(place, error));
}

// Nothing is left to draw, or it takes too long; a fault before that ends it.
const ready = (map) => new Promise((done, fail) => {
  map.once("idle", done);
  map.once("load", () => setTimeout(done, PATIENCE));
  map.once("error", ({ error }) => fail(error));
});

async function places(address) {
  const answer = await fetch(address, { credentials: "same-origin" });
  if (!answer.ok) throw new Error(`${answer.status} for ${address}`);
  return answer.json();
}

// The library's own style sheet, fetched with the library and not before.
const styleSheet = (address) => new Promise((done, fail) => {
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: address, onload: done, onerror: fail });
  document.head.prepend(link);
});

// The picture and the list stay; one line says what is missing.
function refuse(place, button, error) {
  place.removeAttribute("aria-busy");
  place.querySelector("[data-map-stage]").hidden = true;
  place.querySelector("[data-map-picture]").hidden = false;
  button.hidden = true;
  tell(place, error);
}

function tell(place, error) {
  const line = place.querySelector("[data-map-trouble]");
  line.hidden = false;
  console.info("map:", error?.message ?? error);
}
