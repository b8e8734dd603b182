// On a phone no page of the workspace is wider than the screen, also from right to left.

import { withLanguage } from "../accessibility.mjs";
import { expectEqual } from "../expect.mjs";

export const name = "pages fit a phone in both directions";
export const role = "coordinator";
export const options = { viewport: { width: 375, height: 740 } };

export async function walk({ page, workspace }) {
  for (const path of ["/", workspace, `${workspace}/cards`, `${workspace}/needs`, `${workspace}/offers/new`, `${workspace}/actors`]) {
    for (const language of ["de", "ar-XB"]) {
      await page.goto(withLanguage(path, language));
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expectEqual(wider, 0, `${path} in ${language}: points beyond the screen's edge`);
    }
  }
}
