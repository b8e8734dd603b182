// The colours and faces of the page, read from its style sheets, so that the map follows the project's colour,
// the dark theme and high contrast without knowing them.

const names = [
  "ground", "water", "green", "building", "building-edge", "street", "street-edge", "rail", "label", "label-halo", "number", "quarter",
];

// The map's colours as #rrggbb, and those of the markers.
export function readTokens(place) {
  const probe = document.createElement("span");
  probe.hidden = true;
  // With forced colours the style sheet names the system's own; the browser must not put its one colour over them.
  probe.style.forcedColorAdjust = "none";
  place.append(probe);
  const colour = (name) => {
    probe.style.color = `var(--${name})`;
    return plain(getComputedStyle(probe).color);
  };
  const tokens = Object.fromEntries(names.map((name) => [name, colour(`map-${name}`)]));
  Object.assign(tokens, { kiez: colour("kiez"), onKiez: colour("on-kiez"), ink: colour("ink"), sheet: colour("sheet"), good: colour("good"), caution: colour("caution"), soft: colour("ink-soft") });
  probe.remove();
  return tokens;
}

// A browser computes `light-dark()` to `rgb(1, 2, 3)` and `color-mix(in srgb, …)` to `color(srgb 0.1 0.2 0.3)`, neither of
// which the map reads as it stands. Numbers, not a painted dot: that would wait until the page is painted.
function plain(colour) {
  const most = colour.startsWith("color(") ? 255 : 1;
  const [red, green, blue] = colour.match(/-?\d[\d.e-]*/g).map((number) => Math.round(Number(number) * most));
  return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

// Letters of languages that a map's names may be read in, beside those of the places.
const spoken = { ar: "كرويتسبرغ", tr: "ğşı", pl: "łść" };

// Letters are drawn from the faces of the page; one that is not there yet would stay a stranger's for ever. A face that arrives
// lays out and paints the whole page again, so only what these names are written with is asked for: mostly the page has it.
export async function loadFaces(names, language) {
  const letters = [...new Set(["a", "ß", ...names, ...(spoken[language] ?? "")])].join("");
  const wanted = ['700 24px "Bricolage Grotesque"', '400 24px "Atkinson Hyperlegible Next"', '400 24px "Noto Sans Arabic"'];
  await Promise.all(wanted.map((face) => document.fonts.load(face, letters).catch(() => [])));
}
