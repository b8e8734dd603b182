// The other language is chosen once and stays; addresses do not change.

import { expectEqual, expectTrue } from "../expect.mjs";

export const name = "English is chosen once and stays";
export const anywhere = true;
export const role = "coordinator";

export async function walk({ page, workspace }) {
  await page.goto(`${workspace}?lang=de`);
  expectEqual(await page.locator("html").getAttribute("lang"), "de", "language at first");
  const german = await page.locator("nav.nav").innerText();
  await page.locator(".languages a[hreflang=en]").click();
  await page.locator("html[lang=en]").waitFor();
  await page.goto(`${workspace}/needs`);
  expectEqual(await page.locator("html").getAttribute("lang"), "en", "language of the next page");
  expectTrue((await page.locator("nav.nav").innerText()) !== german, "the navigation speaks English");
}
