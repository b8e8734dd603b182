// From the next moves to what goes together: a ring with its links, a trip, a visit; and what if somebody gave nothing.

import { expectCount, expectEqual, expectTrue } from "../expect.mjs";

export const name = "rings and bundles stand beside the moves, and a plan can be tried without somebody";
export const role = "coordinator";

export async function walk({ page, workspace }) {
  await page.goto(`${workspace}/moves`);
  await page.locator("main .page-head a[href$='/rings']").click();
  await page.waitForURL(/\/rings$/);
  await expectCount(page.locator(".rings > li"), 1, "a ring of the demo");
  const ring = page.locator(".rings > li").first();
  const links = ring.locator(".ring-links > li");
  const count = await links.count();
  expectTrue(count >= 2 && count <= 4, `a ring has two to four links: ${count}`);
  expectEqual(await ring.locator(".ring-drawing .disc").count(), count, "everybody has a disc in the drawing");
  for (let at = 0; at < count; at += 1) {
    await expectCount(links.nth(at).locator(".why li"), 1, `reasons of link ${at + 1}`);
  }
  await expectCount(page.locator(".bundle"), 2, "a trip and a visit");
  await ring.locator(".ring-links a[href*='/needs/']").first().click();
  await page.waitForURL(/\/needs\/[0-9a-f-]{36}$/);

  await page.goto(`${workspace}/moves`);
  expectEqual(await page.locator(".changes").count(), 0, "changes without a question");
  await page.locator("details.what-if summary").click();
  const giver = page.locator("select[name=without] option:not([value=''])").first();
  const left = await giver.innerText();
  await page.locator("select[name=without]").selectOption({ index: 1 });
  await page.locator("form.inline button").click();
  await page.waitForURL(/without=[0-9a-f-]{36}/);
  const before = await page.locator(".changes tbody td:nth-child(2)").allTextContents();
  expectTrue(before.some((text) => text.includes(left)), `${left} gave something before: ${before.join(" / ")}`);
  const after = await page.locator(".changes tbody td:nth-child(3)").allTextContents();
  expectTrue(after.every((text) => !text.includes(left)), `${left} gives nothing then: ${after.join(" / ")}`);
  await page.locator(".changes a[href*='/moves?hours=']").click();
  expectEqual(await page.locator(".changes").count(), 0, "changes after going back");
}
