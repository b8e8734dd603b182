// The map and its list show the same: drawn for everybody, moving for whoever opens it, reached by keys alone.

import { expectCount, expectEqual, expectSoon } from "../expect.mjs";

export const name = "the map shows what the list says";
export const role = "coordinator";

export async function walk({ page, workspace, javaScript }) {
  await page.goto(`${workspace}/map`);
  const rows = page.locator("[data-place]");
  const signs = page.locator(".drawn-map .sign");
  await expectCount(rows, 10, "places in the list");
  expectEqual(await signs.count(), await rows.count(), "signs on the drawn map");
  const number = (locator) => locator.textContent().then((text) => text.trim());
  expectEqual(await number(signs.nth(4).locator("text")), await number(rows.nth(4).locator(".sign-number")), "the fifth number");

  const wanted = (await rows.nth(2).locator("bdi").first().innerText()).trim();
  await page.locator("input[name=q]").fill(wanted);
  await page.locator("form.filters button[type=submit]").click();
  await page.waitForURL(/q=/);
  await expectSoon(async () => (await rows.first().innerText()).includes(wanted), `${wanted} is found`);
  await expectCount(page.locator(".legend li"), 1, "signs that are explained");
  // The directory shows the same choice, and leads back to it.
  await page.locator(".page-head a[href*='/actors?']").click();
  await page.waitForURL(/\/actors\?.*q=/);
  expectEqual(await page.locator("input[name=q]").inputValue(), wanted, "the words in the directory");
  await page.locator(".page-head a[href*='/map?']").click();
  await page.waitForURL(/\/map\?.*q=/);
  expectEqual(await page.locator("input[name=q]").inputValue(), wanted, "the words on the map again");
  if (javaScript) {
    await moving({ page, wanted });
    await survey({ page, workspace });
  }
}

async function moving({ page, wanted }) {
  const card = page.locator(".map-card");
  // By keys alone: Enter opens the map, n goes to the first sign, Escape closes its card.
  await page.locator("[data-map-open]").focus();
  await page.keyboard.press("Enter");
  await expectSoon(() => page.locator("[data-map-open]").isHidden(), "the map has opened");
  await expectCount(page.locator("canvas.maplibregl-canvas"), 1, "a moving map");
  await page.keyboard.press("n");
  await expectSoon(async () => (await card.innerText()).includes(wanted), `the card of ${wanted}`);
  // Arrows move the ground below the card, plus comes nearer.
  const box = () => card.boundingBox();
  const before = await box();
  await page.keyboard.press("ArrowRight");
  await expectSoon(async () => (await box()).x < before.x - 20, "the map moved to the right");
  const scale = page.locator(".maplibregl-ctrl-scale");
  const far = await scale.innerText();
  await page.keyboard.press("+");
  await expectSoon(async () => (await scale.innerText()) !== far, "the map came nearer");
  await page.keyboard.press("Escape");
  await expectSoon(async () => (await card.count()) === 0, "the card has closed");
  // A row in focus shows its sign.
  await page.locator("[data-place] a").first().focus();
  await expectSoon(async () => (await card.innerText()).includes(wanted), `the card of ${wanted} beside its row`);
  await card.locator("a").click();
  await page.waitForURL(/\/actors\/[0-9a-f-]{36}$/);
  expectEqual((await page.locator("main h1").innerText()).trim(), wanted, "the actor's page");
  // Its small map leads back to the place, with the nearest first.
  await page.locator(".small-map a").click();
  await page.waitForURL(/\/map\?at=/);
  await expectSoon(async () => (await page.locator("[data-place]").first().innerText()).includes(wanted), `${wanted} is the nearest`);
}

// Doors have no page of their own: their row and their sign say it all.
async function survey({ page, workspace }) {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto(`${workspace}/map?show=doors`);
  await expectCount(page.locator(".legend .mark-of-map"), 4, "signs of the survey");
  await page.locator("[data-map-open]").click();
  await expectSoon(() => page.locator("[data-map-open]").isHidden(), "the map has opened");
  const row = page.locator("[data-place] strong").nth(3);
  await row.focus();
  const wanted = (await row.innerText()).trim();
  await expectSoon(async () => (await page.locator(".map-card").innerText()).includes(wanted), `the card of ${wanted}`);
}
