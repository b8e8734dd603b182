// How quick the map of the demo is: a tile as the server counts it, and the time from the tap until the map lies still.
// `cargo xtask bench` reads the last lines: name, milliseconds, remark, with tabs between. One more on the error stream for each run.

import { existsSync } from "node:fs";

import { startBrowser } from "./browser.mjs";
import { startProgram } from "./program.mjs";

const taps = 9;
const tiles = 2_000;
const route = 'route="/p/{project}/tiles/{zoom}/{column}/{row}"';
const program = await startProgram();
try {
  const map = await mapOfTheDemo();
  console.log(["a tile, on the server", await tileTime(map), `p99 of ${tiles}, by the server's own counting`].join("\t"));
  if (existsSync(process.env.KIEZ_CHROMIUM ?? "/usr/bin/chromium")) {
    const times = await tapTimes(map);
    const [least, middle, most] = [times[0], times[times.length >> 1], times.at(-1)];
    console.log(["map idle after the tap", middle, `median of ${taps}, ${least} to ${most}, WebGL in software`].join("\t"));
  }
} finally {
  await program.stop();
}

async function mapOfTheDemo() {
  const start = await (await fetch(program.url)).text();
  const project = /href="(\/p\/[\w-]+)"/.exec(start)[1];
  const page = await (await fetch(`${program.url}${project}/map`)).text();
  if (!page.includes("data-tiles")) throw new Error("the program was built without its scripts: run `node ui/build.mjs`, then build it again");
  const said = (name) => new RegExp(`data-${name}="([^"]*)"`).exec(page)[1].replaceAll("&#38;", "&").replaceAll("&amp;", "&");
  return { address: `${project}/map`, tiles: said("tiles"), bounds: said("bounds").split(",").map(Number) };
}

// Every tile of the part that the map opens with, zoom 10 to 16, over and over. The server counts in steps, so the answer is the
// end of the step in which the slowest hundredth begins; beyond the last step it is called a minute.
async function tileTime(map) {
  const addresses = [10, 11, 12, 13, 14, 15, 16].flatMap((zoom) => tilesOf(map.bounds, zoom));
  for (let at = 0; at < tiles; at += 1) {
    const [zoom, column, row] = addresses[at % addresses.length];
    const answer = await fetch(program.url + map.tiles.replace("{z}", zoom).replace("{x}", column).replace("{y}", row));
    await answer.arrayBuffer();
    if (!answer.ok) throw new Error(`${answer.status} for ${answer.url}`);
  }
  const figures = await (await fetch(`${program.url}/metrics`)).text();
  const steps = figures.split("\n").filter((line) => line.startsWith("kiez_http_request_duration_seconds_bucket") && line.includes(route));
  const counted = steps.map((line) => ({ until: Number(/le="([^"]+)"/.exec(line)[1].replace("+Inf", "60")), requests: Number(line.split(" ").at(-1)) }));
  const all = Math.max(...counted.map((step) => step.requests));
  if (all < tiles) throw new Error(`the server counted ${all} tiles of ${tiles}`);
  return 1000 * Math.min(...counted.filter((step) => step.requests >= all * 0.99).map((step) => step.until));
}

function tilesOf([west, south, east, north], zoom) {
  const across = 2 ** zoom;
  const column = (lon) => Math.floor((lon / 360 + 0.5) * across);
  const row = (lat) => Math.floor((0.5 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / (2 * Math.PI)) * across);
  const found = [];
  for (let x = column(west); x <= column(east); x += 1) for (let y = row(north); y <= row(south); y += 1) found.push([zoom, x, y]);
  return found;
}

// A fresh visitor each time: nothing is cached. The page says itself when it was tapped and when its map had nothing left to draw.
async function tapTimes(map) {
  const { browser, stop } = await startBrowser();
  const times = [];
  for (let run = 0; run < taps; run += 1) {
    const context = await browser.newContext({ baseURL: program.url, locale: "de-DE", viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    await page.goto(map.address, { waitUntil: "networkidle" });
    await page.locator("[data-map-open]").click();
    await page.waitForFunction(() => performance.getEntriesByName("map-idle").length > 0, undefined, { polling: 50 });
    const moment = (name) => page.evaluate((mark) => performance.getEntriesByName(mark)[0].startTime, name);
    times.push(Math.round((await moment("map-idle")) - (await moment("map-tap"))));
    console.error(`tap ${run + 1}: ${times.at(-1)} ms`);
    await context.close();
  }
  await stop();
  return times.sort((one, other) => one - other);
}
