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
  if (javaScript) await moving({ page, wanted });
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
  await page.keyboard.press("Escape");
  await expectSoon(async () => (await card.count()) === 0, "the card has closed");
  // A row in focus shows its sign.
  await page.locator("[data-place] a").first().focus();
  await expectSoon(async () => (await card.innerText()).includes(wanted), `the card of ${wanted} beside its row`);
  await card.locator("a").click();
  await page.waitForURL(/\/actors\/[0-9a-f-]{36}$/);
  expectEqual((await page.locator("main h1").innerText()).trim(), wanted, "the actor's page");
}
