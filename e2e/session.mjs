// Signing in: a link alone changes nothing, the button behind it does.

/// Follows a one-time link, presses its button, and returns the path where that leads.
export async function signIn(page, link) {
  await page.goto(link);
  const button = page.locator("main form button[type=submit], main form button:not([type])").first();
  await button.click();
  await page.waitForURL((url) => url.pathname.startsWith("/w"));
  return new URL(page.url()).pathname;
}
