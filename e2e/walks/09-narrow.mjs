// On a phone no page is wider than the screen, also from right to left, and every part of the workspace can be
// reached by the thumb: from the bar at the lower edge, the rest behind its last place.

import { withLanguage } from "../accessibility.mjs";
import { expectEqual } from "../expect.mjs";
import { pages, pathOf } from "../pages.mjs";

export const name = "pages fit a phone in both directions";
export const role = "coordinator";
export const options = { viewport: { width: 375, height: 740 } };
export const expectedStatuses = [404];

const narrowest = 320;

export async function walk({ page, workspace, javaScript }) {
  await everythingIsInReach(page, workspace);
  // How wide a page is does not depend on scripts but for the map, which has walks of its own.
  if (javaScript) return;
  for (const entry of pages.filter(({ role }) => role !== "institution")) {
    const path = await pathOf(entry, page, workspace);
    for (const language of ["de", "ar-XB"]) {
      await page.goto(withLanguage(path, language));
      for (const width of [narrowest, 375]) {
        await page.setViewportSize({ width, height: 740 });
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        expectEqual(wider, 0, `${entry.name} in ${language}, ${width} wide: points beyond the screen's edge`);
      }
    }
  }
}

async function everythingIsInReach(page, workspace) {
  await page.goto(`${workspace}?lang=de`);
  const bar = page.locator("nav.thumb");
  const targets = await page.locator("nav.nav a").evaluateAll((links) => links.map((link) => link.pathname));
  expectEqual(await page.locator("nav.nav").isVisible(), false, "the wide navigation is put away");
  const reached = await bar.locator("a").evaluateAll((links) => links.map((link) => link.pathname));
  expectEqual(reached.join(" "), targets.join(" "), "the bar leads wherever the wide navigation leads");
  const last = bar.getByRole("link", { name: "Importe" });
  expectEqual(await last.isVisible(), false, "the rest is folded away");
  await bar.locator("summary").click();
  await last.click();
  await page.waitForURL(`**${workspace}/imports`);
  expectEqual(await page.locator("nav.thumb summary.current").count(), 1, "the bar says where one is");
  const box = await bar.boundingBox();
  expectEqual(Math.round(box.y + box.height), 740, "the bar stands at the lower edge");
}
