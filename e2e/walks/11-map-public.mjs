// A visitor opens the map of a project: whoever agreed is on it, the survey is not.

import { expectCount, expectEqual, expectTrue } from "../expect.mjs";

export const name = "a visitor looks at the map";
export const expectedStatuses = [404];

export async function walk({ page }) {
  await page.goto("/");
  const project = await page.locator("main .projects a").first().getAttribute("href");
  await page.goto(`${project}/map`);
  await expectCount(page.locator("[data-place]"), 5, "published actors");
  const row = page.locator("[data-place] a").first();
  const wanted = (await row.innerText()).trim();
  await row.click();
  expectEqual((await page.locator("main h1").innerText()).trim(), wanted, "the page of somebody on the map");
  await page.goto(`${project}/map`);
  const layers = await page.locator("ul.layers a").evaluateAll((links) => links.map((link) => new URL(link.href).searchParams.get("show")));
  expectTrue(!layers.includes("doors"), "the survey is not offered");
  await page.locator("ul.layers a").nth(1).click();
  await page.waitForURL(/show=needs/);
  await expectCount(page.locator("main h1"), 1, "a heading");
  const survey = await page.goto(`${project}/map?show=doors`);
  expectEqual(survey.status(), 404, "the survey asked for by its address");
}
