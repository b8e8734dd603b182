// Without a session every path of the workspace leads to the sign-in, existing or not.

export const name = "the workspace is closed to strangers";

export async function walk({ page }) {
  for (const path of ["/w", "/w/actors", "/w/no-such-page"]) {
    await page.goto(path);
    const where = new URL(page.url()).pathname;
    if (where !== "/sign-in") throw new Error(`${path} led to ${where}, not to /sign-in`);
  }
}
