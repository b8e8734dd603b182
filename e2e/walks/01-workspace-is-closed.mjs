// Without a session every path of the workspace leads to the sign-in, existing or not.

import { expectPath } from "../expect.mjs";

export const name = "the workspace is closed to strangers";
export const anywhere = true;

export async function walk({ page, workspace }) {
  for (const path of ["/w", `${workspace}/actors`, "/w/no-such-project", `${workspace}/no-such-page`]) {
    await page.goto(path);
    await expectPath(page, "/sign-in");
  }
}
