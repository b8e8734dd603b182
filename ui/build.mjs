// Builds ui/dist from the locked npm packages and our own style sheets and scripts.
//
// Plain copying, no bundler: each file gets a name with the hash of its content, so that browsers
// may keep it for ever, and manifest.json says which name belongs to which file:
//   { "app.css": "app.1a2b3c4d5e.css", "htmx.js": "htmx.….js", … }
// All files lie beside each other, so a style sheet names a font by its bare file name.

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";

import subsetFont from "subset-font";

const here = dirname(fileURLToPath(import.meta.url));
const packages = join(here, "node_modules");
const dist = join(here, "dist");
// Faces for papers, uncompressed and of one weight each: the typesetter reads nothing else.
const print = join(here, "print");

// Letters of the languages that are spoken in the house: German, Turkish, Polish, French and their neighbours. Each face is cut
// to them and to the weights that the style sheets use, which halves it; rarer letters (Welsh, phonetics) stay in the
// package's own file, and a browser fetches that only when a page has one of them.
// Most Vietnamese letters are in none of these files: the reader's own face shows them, and nothing is fetched in vain.
const western = [[0x20, 0x7e], [0xa0, 0xff], [0x131], [0x152, 0x153], [0x2010, 0x2015], [0x2018, 0x201e], [0x2020, 0x2022], [0x2026], [0x2030], [0x2039, 0x203a], [0x20ac], [0x2122], [0x2190, 0x2193], [0x2212]];
const central = [[0x100, 0x130], [0x132, 0x151], [0x154, 0x17f], [0x218, 0x21b], [0x1e9e]];
const rare = [[0x180, 0x217], [0x21c, 0x2ba], [0x1e00, 0x1e9d], [0x1e9f], [0x1ef2, 0x1eff], [0x2c60, 0x2c7f], [0xa720, 0xa7ff]];
// Arabic, Persian, Kurdish and Urdu; the package's own file has the letters of forty more languages.
const arabic = [[0x60c], [0x61b], [0x61f], [0x621, 0x63a], [0x640, 0x652], [0x660, 0x66c], [0x670], [0x679], [0x67e], [0x686], [0x688], [0x691], [0x695], [0x698], [0x6a4], [0x6a9], [0x6af], [0x6b5], [0x6ba], [0x6be], [0x6c1], [0x6c6], [0x6cc], [0x6ce], [0x6d2], [0x6d4, 0x6d5], [0x6f0, 0x6f9], [0x200c, 0x200f]];
const arabicRare = [[0x600, 0x60b], [0x610, 0x61a], [0x653, 0x65f], [0x66e, 0x66f], [0x671, 0x678], [0x67a, 0x67d], [0x67f, 0x685], [0x750, 0x77f], [0xfb50, 0xfdff], [0xfe70, 0xfefc]];
const latin = { western: { from: "latin", letters: western }, central: { from: "latin-ext", letters: central }, rare: { from: "latin-ext", letters: rare, whole: true } };
const fonts = [
  { family: "Bricolage Grotesque", package: "bricolage-grotesque", weight: "800", axis: 800, parts: latin },
  { family: "Atkinson Hyperlegible Next", package: "atkinson-hyperlegible-next", weight: "400 700", axis: { min: 400, max: 700 }, parts: latin },
  { family: "Noto Sans Arabic", package: "noto-sans-arabic", weight: "400 700", axis: { min: 400, max: 700 }, parts: { arabic: { from: "arabic", letters: arabic }, rare: { from: "arabic", letters: arabicRare, whole: true } } },
];

const printed = [
  { family: "text", package: "atkinson-hyperlegible-next", weights: [400, 700], parts: latin },
  { family: "display", package: "bricolage-grotesque", weights: [800], parts: latin },
  { family: "arabic", package: "noto-sans-arabic", weights: [400, 700], parts: fonts[2].parts },
];

const manifest = {};
for (const folder of [dist, print]) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
}

const faces = [];
for (const font of fonts) for (const part of Object.keys(font.parts)) faces.push(await face(font, part));
place("app.css", [...ourStyleSheets(), ...faces].join("\n"));
// The map's library is fetched only when somebody opens a map.
for (const name of ["maplibre-gl.mjs", "maplibre-gl-worker.mjs", "maplibre-gl.css"]) {
  place(name, withoutSourceMap(readFileSync(join(packages, "maplibre-gl/dist", name), "utf8")));
}
placeModules("src/map");
place("htmx.js", withoutSourceMap(readFileSync(join(packages, "htmx.org/dist/htmx.min.js"), "utf8")));
for (const name of ourFiles("src", ".js")) place(name, readFileSync(join(here, "src", name)));
for (const name of ourFiles("src/pictures", ".svg")) place(name, readFileSync(join(here, "src/pictures", name)));
for (const font of printed) for (const part of Object.keys(font.parts)) for (const weight of font.weights) await printedFace(font, part, weight);
writeFileSync(join(dist, "manifest.json"), JSON.stringify(manifest, Object.keys(manifest).sort(), 2) + "\n");
console.log(`${Object.keys(manifest).length} files in ui/dist`);

// Writes one file under its lasting name and returns that name; what can be pressed well lies beside it as `.br`,
// pressed once here as hard as it goes, and not again for every reader.
function place(name, content) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 10);
  const ending = extname(name);
  const lasting = `${basename(name, ending)}.${hash}${ending}`;
  writeFileSync(join(dist, lasting), content);
  if ([".css", ".js", ".mjs", ".svg"].includes(ending)) {
    writeFileSync(join(dist, `${lasting}.br`), brotliCompressSync(content));
  }
  manifest[name] = lasting;
  return lasting;
}

async function face(font, name) {
  const { from, letters, whole } = font.parts[name];
  const source = faceOf(font.package, from);
  const file = place(`${font.package}-${name}.woff2`, whole ? source : await cut(source, letters, font.axis));
  return `@font-face{font-family:"${font.family}";font-weight:${font.weight};font-display:swap;src:url("${file}") format("woff2");unicode-range:${ranges(letters)}}`;
}

// `text-western-700.ttf`; the part of Arabic that is called after its script is the family itself.
async function printedFace({ family, package: name, parts }, part, weight) {
  const { from, letters } = parts[part];
  const file = part === family ? family : `${family}-${part}`;
  writeFileSync(join(print, `${file}-${weight}.ttf`), await cut(faceOf(name, from), letters, weight, "sfnt"));
}

function faceOf(name, from) {
  return readFileSync(join(packages, "@fontsource-variable", name, "files", `${name}-${from}-wght-normal.woff2`));
}

function cut(source, letters, wght, targetFormat = "woff2") {
  const all = letters.flatMap(([first, last = first]) => Array.from({ length: last - first + 1 }, (_, at) => String.fromCodePoint(first + at)));
  return subsetFont(source, all.join(""), { targetFormat, variationAxes: { wght } });
}

function ranges(letters) {
  const hex = (code) => code.toString(16).toUpperCase().padStart(4, "0");
  return letters.map(([first, last]) => `U+${hex(first)}${last ? `-${hex(last)}` : ""}`).join(",");
}

// Our style sheets in the order of their names: the first one declares the layers.
function ourStyleSheets() {
  return ourFiles("src/css", ".css").map((name) => withoutRemarks(readFileSync(join(here, "src/css", name), "utf8")));
}

function ourFiles(folder, ending) {
  const path = join(here, folder);
  return existsSync(path) ? readdirSync(path).filter((name) => name.endsWith(ending)).sort() : [];
}

// Our own modules name each other by their plain names, a browser knows them by their lasting ones: a
// module is placed after everything it imports.
function placeModules(folder) {
  const waiting = new Map(ourFiles(folder, ".js").map((name) => [name, readFileSync(join(here, folder, name), "utf8")]));
  const visit = (name) => {
    const source = waiting.get(name);
    if (source === undefined) return;
    waiting.delete(name);
    const linked = source.replace(/from "\.\/([\w-]+\.js)"/g, (_, imported) => {
      visit(imported);
      return `from "./${manifest[imported]}"`;
    });
    place(name, linked);
  };
  for (const name of [...waiting.keys()]) visit(name);
}

// Remarks and indentation are for us; a phone need not fetch them.
function withoutRemarks(sheet) {
  return sheet.replace(/\/\*.*?\*\//gs, "").replace(/^\s+/gm, "");
}

// The source map is not shipped, and a browser's developer tools would ask for it in vain.
function withoutSourceMap(script) {
  return script.replace(/\n?\/\/# sourceMappingURL=.*\s*$/, "\n");
}
