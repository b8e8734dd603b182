// Every page as a picture: wide and narrow, light and dark, German and the right-to-left test language.

import { mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { withLanguage } from "./accessibility.mjs";
import { startBrowser, watchedContext } from "./browser.mjs";
import { pages, pathOf } from "./pages.mjs";
import { startProgram } from "./program.mjs";
import { signIn } from "./session.mjs";

const folder = join(dirname(fileURLToPath(import.meta.url)), "..", "shots");
const widths = { wide: 1280, narrow: 375 };
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

const program = await startProgram();
const { browser, stop } = await startBrowser();
let taken = 0;
const trouble = [];
let workspace;
try {
  const sessions = {};
  for (const role of ["coordinator", "institution"]) {
    const { context } = await watchedContext(browser, program.url);
    workspace = await signIn(await context.newPage(), program.links[role]);
    sessions[role] = await context.storageState();
    await context.close();
  }
  for (const entry of pages) await shoot(entry, sessions[entry.role]);
} finally {
  await stop();
  await program.stop();
}
for (const line of trouble) console.log(line);
console.log(`${taken} pictures in shots/`);
process.exit(taken > 0 && trouble.length === 0 ? 0 : 1);

async function shoot(entry, storageState) {
  const { context } = await watchedContext(browser, program.url, { storageState });
  const page = await context.newPage();
  try {
    const path = await pathOf(entry, page, workspace);
    for (const [size, width] of Object.entries(widths)) {
      for (const colorScheme of ["light", "dark"]) {
        for (const language of ["de", "ar-XB"]) {
          await page.setViewportSize({ width, height: 900 });
          await page.emulateMedia({ colorScheme });
          await page.goto(withLanguage(path, language));
          await page.screenshot({ path: join(folder, `${entry.name}-${size}-${colorScheme}-${language}.png`), fullPage: true });
          taken += 1;
          const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
          if (wider > 0) trouble.push(`${entry.name} ${size} ${language}: ${wider} px wider than the window`);
        }
      }
    }
  } catch (error) {
    trouble.push(`${entry.name}: ${error.message}`);
  }
  await context.close();
}
