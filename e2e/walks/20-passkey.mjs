// Somebody invited makes a passkey on a device of its own, signs in with it alone, and cannot any more once it is removed.

import { watchedContext } from "../browser.mjs";
import { expectCount, expectEqual, expectTrue } from "../expect.mjs";

export const name = "a passkey signs in";
export const role = "coordinator";
export const javaScript = [true];

export async function walk({ page, context, workspace, url }) {
  const link = await invite(page, workspace, "Paula mit Passkey");
  // Browsers keep keys for names, not for bare numbers.
  const home = url.replace("127.0.0.1", "localhost");
  const { context: own, faults } = await watchedContext(context.browser(), home, {}, [422]);
  try {
    const device = await own.newPage();
    device.setDefaultTimeout(10_000);
    const authenticator = await attach(own, device);
    await device.goto(new URL(link).pathname);
    await device.locator("main form button.main").click();
    await device.waitForURL(/\/w\//);
    await device.goto("/account");
    await device.locator("form[data-passkey=create] input[name=name]").fill("Diensttelefon");
    await device.locator("form[data-passkey=create] button").click();
    await device.waitForURL(/done=passkey/);
    await expectCount(device.locator("#passkeys .access-list li", { hasText: "Diensttelefon" }), 1, "the passkey in the list");
    await signOut(device);

    await device.locator("form[data-passkey=get] button").click();
    await device.waitForURL(/\/w\/[^/]+$/);
    await device.goto("/account");
    await expectCount(device.locator("#passkeys li", { hasText: "zuletzt benutzt" }), 1, "when it was used last");
    await expectCount(device.locator("#devices tr", { hasText: "zwei Faktoren" }), 1, "a session with both factors");
    await signOut(device);

    // A device that does not recognise its holder signs nobody in.
    await authenticator.recognise(false);
    await device.locator("form[data-passkey=get] button").click();
    await device.locator("form[data-passkey=get] [data-trouble]").waitFor();
    expectEqual(new URL(device.url()).pathname, "/sign-in", "address after a refusal");
    await authenticator.recognise(true);

    await device.locator("form[data-passkey=get] button").click();
    await device.waitForURL(/\/w\/[^/]+$/);
    await device.goto("/account");
    await device.locator("#passkeys summary").click();
    await device.locator("form[action$='/remove'] button").click();
    await device.waitForURL(/done=passkey-removed/);
    await signOut(device);
    await device.locator("form[data-passkey=get] button").click();
    await device.locator("main [role=alert]", { hasText: "passt hier zu keinem Zugang" }).waitFor();
    await device.goto(workspace);
    expectEqual(new URL(device.url()).pathname, "/sign-in", "address without a session");

    await device.goto(`${url}/sign-in`).catch(() => {});
    expectTrue(!(await device.locator("form[data-passkey=get]").isVisible()), "under another address no passkey is offered");
    await expectCount(device.locator("[data-elsewhere]:not([hidden])"), 1, "the address where passkeys work");
    const unexpected = faults.filter((fault) => !fault.includes("127.0.0.1"));
    if (unexpected.length > 0) throw new Error(unexpected.join("\n"));
  } finally {
    await own.close();
  }
}

export async function invite(page, workspace, who) {
  await page.goto(`${workspace}/members`);
  await page.locator("input[name=name]").fill(who);
  await page.locator("select[name=actor]").selectOption({ index: 1 });
  await page.locator(".invite button.main").click();
  return await page.locator("#link").inputValue();
}

export async function signOut(page) {
  await page.locator("form[action='/sign-out'] button").click();
  await page.waitForURL(/\/sign-in$/);
}

// A phone whose holder is recognised by a fingerprint, as Chromium plays it.
async function attach(context, page) {
  const talk = await context.newCDPSession(page);
  await talk.send("WebAuthn.enable");
  const options = {
    protocol: "ctap2",
    transport: "internal",
    hasResidentKey: true,
    hasUserVerification: true,
    isUserVerified: true,
    automaticPresenceSimulation: true,
  };
  const { authenticatorId } = await talk.send("WebAuthn.addVirtualAuthenticator", { options });
  return {
    recognise: (isUserVerified) => talk.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified }),
  };
}
