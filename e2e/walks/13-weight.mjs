// A page without the map weighs at most 100 kB over the wire, fonts and all, on the first visit.

import { pages, pathOf } from "../pages.mjs";
import { expectTrue } from "../expect.mjs";

export const name = "pages are light";
export const role = "coordinator";
export const javaScript = [true];
export const expectedStatuses = [404, 422];
// It opens every page there is.
export const patience = 240_000;

const most = 100_000;

export async function walk({ page, context, workspace }) {
  const heavy = [];
  let heaviest = { weight: 0 };
  for (const entry of pages.filter(({ name, role }) => role !== "institution" && !name.includes("map"))) {
    const path = await pathOf(entry, page, workspace);
    const weight = await weigh(context, path);
    if (weight > most) heavy.push(`${entry.name}: ${weight} bytes`);
    if (weight > heaviest.weight) heaviest = { name: entry.name, weight };
  }
  console.log(`  the heaviest page is ${heaviest.name}: ${heaviest.weight} bytes`);
  expectTrue(heavy.length === 0, `every page weighs at most ${most} bytes: ${heavy.join(", ")}`);
}

// What comes over the wire, headers included, for somebody who has nothing of it yet.
async function weigh(context, path) {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  let weight = 0;
  session.on("Network.loadingFinished", ({ encodedDataLength }) => {
    weight += encodedDataLength;
  });
  await page.goto(path);
  await page.evaluate(() => document.fonts.ready);
  await page.close();
  return weight;
}
