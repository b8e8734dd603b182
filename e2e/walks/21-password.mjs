// Somebody invited sets a password and an app, prints emergency codes, signs in with both, and gets back in with a code
// alone; every form of it works without a script.

import { examine } from "../accessibility.mjs";
import { watchedContext } from "../browser.mjs";
import { expectCount, expectEqual, expectTrue } from "../expect.mjs";
import { setPassword, setUpApp } from "../session.mjs";
import { invite, signOut } from "./20-passkey.mjs";

export const name = "password, app and emergency codes";
export const anywhere = true;
export const role = "coordinator";

export async function walk({ page, context, workspace, url, javaScript }) {
  const who = javaScript ? "pia" : "paul";
  const email = `${who}@example.org`;
  const link = await invite(page, workspace, who);
  const { context: own, faults } = await watchedContext(context.browser(), url, { javaScriptEnabled: javaScript }, [422]);
  try {
    const home = await own.newPage();
    home.setDefaultTimeout(10_000);
    await home.goto(link);
    await home.locator("main form button.main").click();
    await home.waitForURL(/\/w\//);
    await home.goto("/account");
    const password = await setPassword(home, email);
    await setUpApp(home);
    await home.locator("form[action='/account/recovery'] button").click();
    const codes = await home.locator(".paper-codes code").allTextContents();
    expectEqual(codes.length, 8, "emergency codes");
    await signOut(home);

    await typed(home, { email, password: "etwas anderes" }, "/sign-in");
    await home.locator("main [role=alert]").waitFor();
    expectEqual(await home.locator("input[name=email]").inputValue(), email, "the address that was typed");
    expectEqual(await home.locator("input[name=password]").inputValue(), "", "the password is typed anew");
    await typed(home, { email, password }, "/sign-in");
    await home.waitForURL(/\/sign-in\/second$/);
    await home.goto(workspace);
    expectEqual(new URL(home.url()).pathname, "/sign-in/second", "address before the second step");
    if (javaScript) await examine(home, "/sign-in/second");
    await home.goto("/sign-in/second?lang=de");
    await typed(home, { code: "000000" }, "/sign-in/second");
    await home.locator("main [role=alert]").waitFor();
    await typed(home, { code: codes[0] }, "/sign-in/second");
    await home.waitForURL(/\/w\/[^/]+$/);
    await signOut(home);

    await home.locator("a[href='/sign-in/recovery']").click();
    await typed(home, { email, code: codes[1].toLowerCase() }, "/sign-in/recovery");
    await home.waitForURL(/\/w\/[^/]+$/);
    await home.goto("/account");
    await expectCount(home.locator("#recovery", { hasText: "6 sind noch gut" }), 1, "how many codes are left");
    expectTrue((await own.cookies()).every(({ name, httpOnly }) => !name.includes("session") || httpOnly), "no script reads the session");
    if (faults.length > 0) throw new Error(faults.join("\n"));
  } finally {
    await own.close();
  }
}

async function typed(page, fields, action) {
  const form = page.locator(`form[action='${action}']`);
  for (const [name, value] of Object.entries(fields)) await form.locator(`input[name=${name}]`).fill(value);
  await form.locator("button.main").click();
}
