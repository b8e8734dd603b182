// Every page a person can open. `role` is undefined for the public; `path` may look for itself.

export const pages = [
  { name: "sign-in", path: "/sign-in" },
  { name: "start", path: "/w", role: "coordinator" },
];

/// The path of a page, found by following the first fitting link where its id is not known.
export async function pathOf(entry, page) {
  return typeof entry.path === "string" ? entry.path : entry.path(page);
}

/// Opens a list and returns where its first link of a kind leads.
export function firstLink(list, selector) {
  return async (page) => {
    await page.goto(list);
    const address = await page.locator(selector).first().getAttribute("href", { timeout: 5_000 });
    return new URL(address, page.url()).pathname;
  };
}
