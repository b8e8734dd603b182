// On a phone every part of the workspace is reached by the thumb: from the bar at the lower edge, the rest behind
// its last place.

import { expectEqual } from "../expect.mjs";

export const name = "the workspace is at the thumb";
export const role = "coordinator";
export const options = { viewport: { width: 375, height: 740 } };

export async function walk({ page, workspace }) {
  await page.goto(`${workspace}?lang=de`);
  const bar = page.locator("nav.thumb");
  const targets = await page.locator("nav.nav a").evaluateAll((links) => links.map((link) => link.pathname));
  expectEqual(await page.locator("nav.nav").isVisible(), false, "the wide navigation is put away");
  const reached = await bar.locator("a").evaluateAll((links) => links.map((link) => link.pathname));
  expectEqual(reached.join(" "), targets.join(" "), "the bar leads wherever the wide navigation leads");
  const last = bar.locator(`a[href="${workspace}/imports"]`);
  expectEqual(await last.isVisible(), false, "the rest is folded away");
  await bar.locator("summary").click();
  await last.click();
  await page.waitForURL(`**${workspace}/imports`);
  expectEqual(await page.locator("nav.thumb summary.current").count(), 1, "the bar says where one is");
  const box = await bar.boundingBox();
  expectEqual(Math.round(box.y + box.height), 740, "the bar stands at the lower edge");
}
