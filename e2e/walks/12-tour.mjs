// The guided tour of the demo leads from page to page, is read before the page it is about, and stays closed.

import { expectCount, expectEqual, expectTrue } from "../expect.mjs";

export const name = "the tour leads through the demo and can be closed";
export const role = "coordinator";

export async function walk({ page, workspace }) {
  await page.goto(workspace);
  const visited = [];
  for (let next = page.locator(".tour a[href]").last(); ; ) {
    visited.push(new URL(page.url()).pathname);
    const before = await page.evaluate(() => {
      const tour = document.querySelector(".tour");
      return Boolean(tour.compareDocumentPosition(document.querySelector("main")) & Node.DOCUMENT_POSITION_FOLLOWING);
    });
    expectTrue(before, "the panel is read before the page");
    const address = await next.getAttribute("href");
    if (visited.includes(address)) break;
    await next.click();
    await page.waitForURL((url) => url.pathname === address);
  }
  expectTrue(visited.length >= 4, `at least four steps: ${visited.join(", ")}`);
  expectEqual(visited[1], `${workspace}/cards`, "the second step");

  await page.goto(`${workspace}/cards`);
  await page.locator(".tour form button").click();
  await page.locator(".foot button").waitFor();
  expectEqual(new URL(page.url()).pathname, `${workspace}/cards`, "one stays where one was");
  for (const path of [`${workspace}/cards`, workspace, "/"]) {
    await page.goto(path);
    expectEqual(await page.locator(".tour").count(), 0, `panels on ${path} after closing`);
  }
  await page.locator(".foot button").click();
  await page.locator(".tour").waitFor();
  await expectCount(page.locator(".tour a"), 1, "ways on");
}
