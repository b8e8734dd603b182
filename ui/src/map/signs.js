// The signs of the map, drawn when they are first needed: a shape for the side, our icon for the branch inside.

const size = 28;
const density = 2;

// The shape tells the kind without colour: round is a business, square an institution, a pointed card a need or an offer.
const shapes = {
  business: '<circle cx="14" cy="14" r="12"/>',
  institution: '<path d="M3 3h22v22H3z"/>',
  initiative: '<path d="M14 1.5 26.5 14 14 26.5 1.5 14z"/>',
  public_body: '<path d="M14 2 26 9v10l-12 7-12-7V9z"/>',
  need: '<path d="M3 3h22v17h-8l-3 6-3-6H3z"/>',
  place: '<path d="M3 3h22v22H3z"/>',
  offer: '<path d="M3 8h8l3-6 3 6h8v17H3z"/>',
  door_visited: '<path d="M3 3h22v22H3z"/>',
  door_seen: '<circle cx="14" cy="14" r="11.5"/>',
  door_open: '<circle cx="14" cy="14" r="11" stroke-dasharray="5 3.6"/>',
};

// What tells the use of a door without its colour; the legend shows the same.
const patterns = {
  gastronomy: "M14 14h.01",
  retail: "M8 14h12",
  local_economy: "M9 19 19 9",
  social: "M8 14h12M14 8v12",
  other: "M9 9l10 10M19 9 9 19",
  unknown: "M9 14h2M17 14h2",
};
const useColour = (t, use) => ({ gastronomy: t.caution, retail: t.kiez, local_economy: t.good, vacant: t.sheet, dwelling: t.soft })[use] ?? t.ink;

// Whenever the map asks for a sign it does not know, draws it from its name: `shape/icon/filled`.
export function drawSigns(map, tokens, icons) {
  map.setMissingStyleImageResolver(async (id) => {
    const [shape, icon, filling] = id.split("/");
    if (!shapes[shape]) return;
    const filled = filling === "filled";
    const sign = await picture(shape.startsWith("door_") ? door(tokens, shape, icon, filled) : svg(tokens, shape, icons.get(icon) ?? "", filled));
    if (!map.hasImage(id)) map.addImage(id, sign, { pixelRatio: density });
  });
}

function door(t, shape, use, looked) {
  const fill = looked ? useColour(t, use) : t.sheet;
  const inside = patterns[use] && looked ? `<path d="${patterns[use]}" stroke="${t.sheet}" stroke-width="${use === "gastronomy" ? 8 : 4}" stroke-linecap="round" fill="none"/>` : "";
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size * density}" height="${size * density}" viewBox="0 0 28 28">
    <g fill="${fill}" stroke="${t.ink}" stroke-width="2.4">${shapes[shape]}</g>${inside}</svg>`;
}

function svg(t, shape, icon, filled) {
  const colour = shape === "need" ? t.kiez : shape === "offer" ? t.good : filled && shape === "business" ? t.kiez : t.ink;
  const [fill, line] = filled ? [colour, t.sheet] : [t.sheet, colour];
  const inside = filled ? (colour === t.kiez ? t.onKiez : t.sheet) : colour;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size * density}" height="${size * density}" viewBox="0 0 28 28">
    <g fill="${fill}" stroke="${line}" stroke-width="${filled ? 1.5 : 2}" stroke-linejoin="round">${shapes[shape]}</g>
    <svg x="6" y="${iconTop(shape)}" width="16" height="16" viewBox="0 0 24 24" fill="none" stroke="${inside}" stroke-width="2.2" color="${inside}">${icon}</svg></svg>`;
}

const iconTop = (shape) => (shape === "need" ? 3.5 : shape === "offer" ? 8.5 : 6);

async function picture(source) {
  const image = new Image(size * density, size * density);
  image.src = `data:image/svg+xml;utf8,${encodeURIComponent(source)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = size * density;
  // Kept in memory: read back from a graphics card, each sign would wait for the page.
  const brush = canvas.getContext("2d", { willReadFrequently: true });
  brush.drawImage(image, 0, 0);
  return brush.getImageData(0, 0, size * density, size * density);
}

// The icons of the page by name: the sheet holds one <symbol> each; spots of colour are left out at this size.
export async function loadIcons(address) {
  const icons = new Map();
  if (!address) return icons;
  const answer = await fetch(address);
  if (!answer.ok) return icons;
  const sheet = new DOMParser().parseFromString(await answer.text(), "image/svg+xml");
  for (const symbol of sheet.querySelectorAll("symbol[id]")) {
    for (const spot of symbol.querySelectorAll('[fill^="var("]')) spot.remove();
    icons.set(symbol.id, symbol.innerHTML);
  }
  return icons;
}
