// The walk of the day: planned from a form, drawn with numbers, on one sheet of paper; a no at the door takes a shop off it.

import { expectCount, expectEqual, expectTrue } from "../expect.mjs";

export const name = "a coordinator plans the walk of the day";
export const role = "coordinator";
export const expectedStatuses = [422];

export async function walk({ page, workspace }) {
  await page.goto(workspace);
  await page.locator(`main a[href="${workspace}/walk"]`).first().click();
  await page.waitForURL(/\/walk$/);
  await page.locator("input[name=minutes]").fill("120");
  await page.locator("input[name=start]").fill("Kita Regenbogenfische");
  await page.locator("input[name=time]").fill("10:00");
  await page.locator("form.walk-form button.main").click();
  await page.waitForURL(/minutes=120/);
  const doors = page.locator("ol.route > li");
  await expectCount(doors, 4, "doors in two hours");
  const numbers = await page.locator(".way-map .sign text").allInnerTexts();
  expectEqual(numbers.length, await doors.count(), "every door has its number on the map");
  expectEqual(await page.locator("input[name=start]").inputValue(), "Kita Regenbogenfische", "the form keeps its words");
  const times = await doors.locator(".time").allInnerTexts();
  expectEqual(times.join(), times.toSorted().join(), "the times go forward");
  await expectCount(page.locator(".asks a"), 1, "something to ask for");
  await page.emulateMedia({ media: "print" });
  expectEqual(await page.locator("form.walk-form").isVisible(), false, "no form on paper");
  expectEqual(sheets(await page.pdf({ format: "A4" })), 1, "sheets of paper");
  await page.emulateMedia({ media: "screen" });

  // Nobody knows this place: the form comes back with its words and says so.
  await page.locator("input[name=start]").fill("Sesamstraße 1");
  await page.locator("form.walk-form button.main").click();
  await page.locator("#start-wrong").waitFor();
  expectEqual(await page.locator("input[name=start]").inputValue(), "Sesamstraße 1", "the form keeps its words");

  // The first door says no and is called again in a year: it is off the walk.
  await page.goBack();
  const shop = (await doors.nth(0).locator("h2 a").innerText()).trim();
  await doors.nth(0).locator("a[href$='#answers']").click();
  await page.waitForURL(/#answers$/);
  await page.locator(".answers summary").click();
  await page.locator("input[name=again]").fill(inAYear());
  await page.locator(".answers button[value=no]").click();
  await page.waitForURL(/#answers$/);
  await expectCount(page.locator(".answers .told li"), 1, "what was said");
  await page.goto(`${workspace}/walk?minutes=120&start=Kita+Regenbogenfische&time=10:00`);
  const left = await doors.locator("h2 a").allInnerTexts();
  expectTrue(left.length > 0 && !left.some((other) => other.trim() === shop), `${shop} is left in peace`);
}

// A page object of PDF is of the type Page; their tree is of the type Pages.
function sheets(pdf) {
  return (pdf.toString("latin1").match(/\/Type\s*\/Page(?![s\w])/g) ?? []).length;
}

function inAYear() {
  const day = new Date();
  day.setFullYear(day.getFullYear() + 1);
  return day.toISOString().slice(0, 10);
}
