// Every page on a narrow phone, in one language: nothing stands beyond the edge of the screen.
// How wide a page is does not depend on scripts but for the moving map, which has walks of its own.

import { withLanguage } from "./accessibility.mjs";
import { expectEqual } from "./expect.mjs";
import { pages, pathOf } from "./pages.mjs";

const widths = [320, 375];

export const narrow = {
  role: "coordinator",
  javaScript: [false],
  options: { viewport: { width: widths[0], height: 740 } },
  expectedStatuses: [404, 422],
};

export async function everyPageFits(page, workspace, language) {
  for (const entry of pages.filter(({ role }) => role === undefined || role === "coordinator")) {
    await page.goto(withLanguage(await pathOf(entry, page, workspace), language));
    for (const width of widths) {
      await page.setViewportSize({ width, height: 740 });
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expectEqual(wider, 0, `${entry.name} in ${language}, ${width} wide: points beyond the screen's edge`);
    }
  }
}
