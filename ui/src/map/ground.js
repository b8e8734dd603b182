// How the ground is drawn: paper, water, green, houses, streets, names. The hand is that of the printed guide.

const textFace = ["Atkinson Hyperlegible Next", "Noto Sans Arabic", "sans-serif"];
const displayFace = ["Bricolage Grotesque Bold", "Bricolage Grotesque", "Noto Sans Arabic", "sans-serif"];

// Zoom and value, growing like the scale of the map.
const growing = (...stops) => ["interpolate", ["exponential", 1.6], ["zoom"], ...stops];
const is = (...grounds) => ["in", ["get", "class"], ["literal", grounds]];
const area = ["==", ["geometry-type"], "Polygon"];
const line = ["==", ["geometry-type"], "LineString"];

// The name in the reader's language, else as it stands on the sign.
const nameIn = (language) => ["coalesce", ["get", `name:${language}`], ["get", "name"]];

// The layers below the markers; the names of `quarters` stand beside their outlines, and here only in a language that these do not have.
export function groundLayers(t, language, quarters) {
  return [{ id: "paper", type: "background", paint: { "background-color": t.ground } }, ...areas(t), ...lines(t), ...labels(t, language, quarters)];
}

const layer = (id, type, source, filter, paint, more = {}) => ({ id, type, source: "ground", "source-layer": source, filter, paint, ...more });

function areas(t) {
  return [
    layer("green", "fill", "green", area, { "fill-color": t.green, "fill-opacity": ["match", ["get", "class"], "grass", 0.6, "pitch", 0.75, 1] }),
    layer("green-edge", "line", "green", ["all", area, is("park", "cemetery", "pitch")], { "line-color": t.label, "line-opacity": 0.12, "line-width": growing(12, 0.3, 17, 1.2) }),
    layer("water", "fill", "water", area, { "fill-color": t.water }),
    layer("water-edge", "line", "water", area, { "line-color": t.label, "line-opacity": 0.28, "line-width": growing(12, 0.3, 17, 1.4) }),
    layer("waterway", "line", "water", line, { "line-color": t.water, "line-width": growing(11, 0.8, 16, 6) }, round),
    layer("square", "fill", "street", area, { "fill-color": t.street, "fill-opacity": 0.8 }),
    layer("building", "fill", "building", area, { "fill-color": t.building, "fill-opacity": ["interpolate", ["linear"], ["zoom"], 13, 0, 14, 1] }, { minzoom: 13 }),
    layer("building-edge", "line", "building", area, { "line-color": t["building-edge"], "line-width": growing(14, 0.3, 18, 1.6) }, { minzoom: 14 }),
  ];
}

const round = { layout: { "line-cap": "round", "line-join": "round" } };
const widths = { main: growing(10, 0.8, 14, 5, 18, 30), street: growing(12, 0.4, 14, 2.4, 18, 20), path: growing(14, 0.6, 18, 5) };
// An edge on both sides of the same width on the screen.
const cased = (width) => width.map((part, at) => (at > 3 && at % 2 === 0 ? part + 2 : part));

function lines(t) {
  const street = (id, ground, width) => layer(id, "line", "street", ["all", line, is(ground)], { "line-color": t.street, "line-width": width }, round);
  const edge = (id, ground, width) => layer(id, "line", "street", ["all", line, is(ground)], { "line-color": t["street-edge"], "line-width": cased(width) }, round);
  return [
    layer("path", "line", "street", ["all", line, is("path")], { "line-color": t["street-edge"], "line-width": growing(14, 0.5, 18, 2.5), "line-dasharray": [2, 1.6] }, { minzoom: 14 }),
    edge("street-edge", "street", widths.street),
    edge("main-edge", "main_road", widths.main),
    street("street", "street", widths.street),
    street("main", "main_road", widths.main),
    layer("rail", "line", "rail", line, { "line-color": t.rail, "line-width": growing(10, 0.6, 18, 4) }),
    layer("sleepers", "line", "rail", line, { "line-color": t.rail, "line-width": growing(13, 2, 18, 12), "line-dasharray": [0.25, 2.2] }, { minzoom: 13 }),
    layer("boundary", "line", "boundary", line, { "line-color": t.rail, "line-width": 1.2, "line-dasharray": [4, 2, 1, 2] }),
  ];
}

function labels(t, language, quarters) {
  const name = nameIn(language);
  const translated = ["has", `name:${language}`];
  const paint = { "text-color": t.label, "text-halo-color": t["label-halo"], "text-halo-width": 1.6 };
  const label = (id, source, filter, layout, more = {}) => layer(id, "symbol", source, filter, paint, { layout: { "text-field": name, "text-font": textFace, "text-padding": 4, ...layout }, ...more });
  return [
    // First, because what comes later finds room first.
    layer("house-number", "symbol", "address", is("address"), { ...paint, "text-color": t.number, "text-halo-width": 1.2 }, { minzoom: 16.5, layout: { "text-field": ["get", "name"], "text-font": textFace, "text-size": growing(16.5, 9, 19, 14), "text-padding": 1 } }),
    label("water-name", "water", line, { "symbol-placement": "line", "text-size": growing(12, 10, 17, 16), "text-letter-spacing": 0.12 }),
    label("area-name", "green", area, { "text-size": growing(13, 10, 17, 15), "text-max-width": 8 }, { minzoom: 13 }),
    label("water-area-name", "water", area, { "text-size": growing(12, 10, 17, 15), "text-max-width": 8 }),
    label("path-name", "street", ["all", line, is("path")], { "symbol-placement": "line", "text-size": 11 }, { minzoom: 16 }),
    label("street-name", "street", ["all", line, is("street")], { "symbol-placement": "line", "text-size": growing(14, 10, 18, 16), "symbol-spacing": 320 }, { minzoom: 14 }),
    label("main-name", "street", ["all", line, is("main_road")], { "symbol-placement": "line", "text-size": growing(13, 11, 18, 18), "symbol-spacing": 380 }, { minzoom: 13 }),
    label("square-name", "street", ["all", area, is("square")], { "text-size": growing(14, 10, 18, 15), "text-max-width": 7 }, { minzoom: 14 }),
    label("station-name", "place", is("station"), { "text-size": 12, "text-font": displayFace, "text-offset": [0, 0.8], "text-anchor": "top" }, { minzoom: 13 }),
    label("place-name", "place", ["all", is("place"), ["any", translated, ["!", ["in", ["get", "name"], ["literal", quarters]]]]], { "text-size": growing(10, 12, 15, 20), "text-font": displayFace, "text-max-width": 7 }),
  ];
}

// The outlines of the home quarter and its neighbours, above the ground and below the markers.
export function quarterLayers(t) {
  const home = ["==", ["get", "home"], true];
  const outline = ["==", ["get", "layer"], "quarter"];
  const named = ["==", ["get", "layer"], "quarter_name"];
  const paint = { "text-color": t.quarter, "text-halo-color": t["label-halo"], "text-halo-width": 2 };
  return [
    { id: "quarter", type: "line", source: "quarters", filter: ["all", outline, ["!", home]], paint: { "line-color": t.quarter, "line-width": 1.5, "line-dasharray": [3, 2], "line-opacity": 0.8 } },
    { id: "home", type: "line", source: "quarters", filter: ["all", outline, home], paint: { "line-color": t.quarter, "line-width": growing(11, 2, 17, 5) }, ...round },
    { id: "quarter-name", type: "symbol", source: "quarters", filter: named, maxzoom: 16, paint, layout: { "text-field": ["get", "name"], "text-font": displayFace, "text-size": growing(11, 12, 15, 22), "text-max-width": 7, "text-variable-anchor": ["center", "top", "bottom", "left", "right"], "text-radial-offset": 1.1 } },
  ];
}

export { displayFace, growing, textFace };
