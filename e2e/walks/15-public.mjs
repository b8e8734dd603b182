// Somebody from the street looks who takes part, what there is to be had, and finds one shop.

import { withLanguage } from "../accessibility.mjs";
import { expectCount, expectEqual, expectPath, expectTrue } from "../expect.mjs";

export const name = "a visitor finds somebody in the directory";
export const expectedStatuses = [404];

export async function walk({ page }) {
  await page.goto("/");
  const project = await page.locator("main .projects a").first().getAttribute("href");
  await page.goto(project);
  await expectCount(page.locator("ul.wall li.need"), 3, "open needs on the start page");
  await page.locator(`main a.button[href='${project}/actors']`).first().click();
  await expectPath(page, `${project}/actors`);
  await expectCount(page.locator(".register > li"), 20, "who takes part");
  await page.locator(".pager a[rel=next]").click();
  await expectCount(page.locator(".register > li"), 20, "the next part");

  await page.locator("select[name=side]").selectOption("business");
  await page.locator("input[name=q]").fill("tischlerei");
  await page.locator("form.filters button").click();
  await page.waitForURL(/side=business/);
  expectEqual(await page.locator(".register > li").count(), 1, "joiners who take part");
  expectEqual(await page.locator("select[name=side]").inputValue(), "business", "what was chosen stays");
  const link = page.locator(".register a");
  const shop = await link.innerText();
  await link.click();
  expectEqual(await page.locator("main h1").innerText(), shop, "the page of the one that was found");
  await expectCount(page.locator("main li.offer"), 1, "what it gives");
  expectEqual(await page.locator("main a[href^='tel:']").count(), 0, "telephone numbers for everybody");

  for (const [wall, card] of [["needs", "li.need"], ["offers", "li.offer"]]) {
    await page.goto(`${project}/${wall}`);
    await expectCount(page.locator(`main ${card}`), 20, `public ${wall}`);
    const owner = await page.locator(`main ${card} a`).first().getAttribute("href");
    expectTrue(owner.startsWith(`${project}/actors/`), "a card leads to whose it is");
  }
  const nobody = await page.goto(`${project}/actors/01900000-0000-7000-8000-000000000000`);
  expectEqual(nobody.status(), 404, "somebody who is not there");
  await fitsAPhone(page, project);
}

async function fitsAPhone(page, project) {
  await page.setViewportSize({ width: 375, height: 740 });
  for (const path of [project, `${project}/actors`, `${project}/needs`, `${project}/offers`]) {
    for (const language of ["de", "ar-XB"]) {
      await page.goto(withLanguage(path, language));
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expectEqual(wider, 0, `${path} in ${language}: points beyond the screen's edge`);
    }
  }
}
