// Every page as a picture: wide and narrow, light and dark, German and the right-to-left test language.
// `node shots.mjs PART` takes only the pages whose name contains PART. shots/index.html shows them all on one sheet.

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { withLanguage } from "./accessibility.mjs";
import { startBrowser, watchedContext } from "./browser.mjs";
import { pages, pathOf } from "./pages.mjs";
import { startProgram } from "./program.mjs";
import { signIn } from "./session.mjs";

const folder = join(dirname(fileURLToPath(import.meta.url)), "..", "shots");
const widths = { wide: 1280, narrow: 375 };
const schemes = ["light", "dark"];
const languages = ["de", "ar-XB"];
const wanted = pages.filter((entry) => entry.name.includes(process.argv[2] ?? ""));
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

const program = await startProgram();
const { browser, stop } = await startBrowser();
let taken = 0;
const trouble = [];
let workspace;
try {
  const sessions = {};
  for (const role of ["operator", "coordinator", "institution"]) {
    const { context } = await watchedContext(browser, program.url);
    workspace = await signIn(await context.newPage(), program.links[role]);
    sessions[role] = await context.storageState();
    await context.close();
  }
  for (const entry of wanted) await shoot(entry, sessions[entry.role]);
  writeFileSync(join(folder, "index.html"), contactSheet());
} finally {
  await stop();
  await program.stop();
}
for (const line of trouble) console.log(line);
console.log(`${taken} pictures in shots/, all on one sheet in shots/index.html`);
process.exit(taken > 0 && trouble.length === 0 ? 0 : 1);

async function shoot(entry, storageState) {
  const { context } = await watchedContext(browser, program.url, { storageState });
  const page = await context.newPage();
  try {
    const path = await pathOf(entry, page, workspace);
    for (const { size, width, colorScheme, language } of combinations()) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.goto(withLanguage(path, language));
      await page.screenshot({ path: join(folder, fileOf(entry, { size, colorScheme, language })), fullPage: true });
      taken += 1;
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (wider > 0) trouble.push(`${entry.name} ${size} ${language}: ${wider} px wider than the window`);
    }
  } catch (error) {
    trouble.push(`${entry.name}: ${error.message}`);
  }
  await context.close();
}

function combinations() {
  return Object.entries(widths).flatMap(([size, width]) =>
    schemes.flatMap((colorScheme) => languages.map((language) => ({ size, width, colorScheme, language }))),
  );
}

function fileOf(entry, { size, colorScheme, language }) {
  return `${entry.name}-${size}-${colorScheme}-${language}.png`;
}

function contactSheet() {
  const picture = (entry) => (combination) => {
    const file = fileOf(entry, combination);
    return `<a href="${file}"><img class="${combination.size}" src="${file}" alt="${file}" loading="lazy"></a>`;
  };
  const row = (entry) => `<h2>${entry.name}</h2><div>${combinations().map(picture(entry)).join("")}</div>`;
  const style = "body{font-family:sans-serif}div{display:flex;gap:8px;overflow-x:auto;align-items:start}img{border:1px solid #999}.wide{width:380px}.narrow{width:120px}";
  return `<!doctype html><meta charset="utf-8"><title>Every page</title><style>${style}</style>${wanted.map(row).join("\n")}\n`;
}
