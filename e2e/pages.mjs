// Every page a person can open.
//
// `role` is undefined for the public. `~` stands for the workspace of the demo's project. Where an id
// is not known beforehand, `first` says which list to open and which link to follow; `file` is sent with the form of
// the page, and what it leads to is looked at; `letter` asks for a link on the page of an actor, which is opened then.

const row = "main tbody th a";

// A new shop, and a line of which nothing can be told; the name of the file says nothing about its rows, either.
const halfReadable = {
  name: "neue-adressen.csv",
  mimeType: "text/csv",
  buffer: Buffer.from("id,name,street,house_number,city\n1,Korbflechterei Weidenruh,Seilergasse,7,Berlin\n2,,,,\n"),
};

export const pages = [
  { name: "installation", path: "/" },
  { name: "project", path: "/", first: "main .projects a" },
  { name: "public-map", path: "/", first: "main .projects a", then: "/map" },
  { name: "public-actors", path: "/", first: "main .projects a", then: "/actors" },
  { name: "public-actors-none-found", path: "/", first: "main .projects a", then: "/actors?q=xyzzyxyzzy" },
  { name: "public-embed", path: "/", first: "main .projects a", then: "/embed" },
  { name: "public-actor", path: "/p/seilerkiez/actors", first: "main .register a" },
  { name: "public-needs", path: "/", first: "main .projects a", then: "/needs" },
  { name: "public-offers", path: "/", first: "main .projects a", then: "/offers" },
  { name: "sign-in", path: "/sign-in" },
  { name: "sign-in-recovery", path: "/sign-in/recovery" },
  { name: "sign-in-mail", path: "/sign-in/mail" },
  { name: "sign-in-mail-asked", path: "/sign-in/mail?asked=1" },
  { name: "account", path: "/account", role: "coordinator" },
  { name: "members", path: "~/members", role: "coordinator" },
  { name: "mail", path: "~/mail", role: "coordinator" },
  { name: "house-mail", path: "/house/mail", role: "operator" },
  { name: "institution-account", path: "/account", role: "institution" },
  { name: "style", path: "/stil" },
  { name: "nowhere", path: "/no-such-page", expectedStatuses: [404] },
  { name: "overview", path: "~", role: "coordinator" },
  { name: "cards", path: "~/cards", role: "coordinator" },
  { name: "needs", path: "~/needs", role: "coordinator" },
  { name: "needs-none-found", path: "~/needs?q=xyzzyxyzzy", role: "coordinator" },
  { name: "need-new", path: "~/needs/new", role: "coordinator" },
  { name: "need", path: "~/needs", first: row, role: "coordinator" },
  { name: "need-edit", path: "~/needs", first: row, then: "/edit", role: "coordinator" },
  { name: "why-not", path: "~/needs", first: row, then: "/why-not", role: "coordinator" },
  { name: "moves", path: "~/moves", role: "coordinator" },
  { name: "walk", path: "~/walk?minutes=120&time=10:00", role: "coordinator" },
  { name: "walk-rejected", path: "~/walk?start=xyzzyxyzzy&minutes=5", role: "coordinator", expectedStatuses: [422] },
  { name: "walk-nothing", path: "~/walk?minutes=15&start=0,0", role: "coordinator" },
  { name: "moves-what-if", path: "~/moves?walk=400", role: "coordinator" },
  { name: "rings", path: "~/rings", role: "coordinator" },
  { name: "offers", path: "~/offers", role: "coordinator" },
  { name: "offer-new", path: "~/offers/new", role: "coordinator" },
  { name: "offer", path: "~/offers", first: row, role: "coordinator" },
  { name: "offer-edit", path: "~/offers", first: row, then: "/edit", role: "coordinator" },
  { name: "ideas", path: "~/ideas", role: "coordinator" },
  { name: "actors", path: "~/actors", role: "coordinator" },
  { name: "actor-new", path: "~/actors/new", role: "coordinator" },
  { name: "actor", path: "~/actors", first: row, role: "coordinator" },
  { name: "actor-data", path: "~/actors", first: row, then: "/data", role: "coordinator" },
  { name: "actor-report", path: "~/actors", first: row, then: "/data/report", role: "coordinator" },
  { name: "actor-accesses", path: "~/actors", first: row, then: "/accesses", role: "coordinator" },
  { name: "actor-accesses-wrong", path: "~/actors", first: row, then: "/accesses?from=bald", role: "coordinator", expectedStatuses: [422] },
  { name: "actor-erase", path: "~/actors", first: row, then: "/erase", role: "coordinator" },
  { name: "erasures", path: "~/erasures", role: "coordinator" },
  { name: "project-erase", path: "~/project/erase", role: "coordinator" },
  { name: "retention", path: "~/retention", role: "coordinator" },
  { name: "actor-edit", path: "~/actors", first: row, then: "/edit", role: "coordinator" },
  { name: "print", path: "~/print", role: "coordinator" },
  { name: "own-page", path: "~/actors", first: row, letter: "my_page", role: "coordinator" },
  { name: "own-page-arabic", path: "~/actors", first: row, letter: "my_page", lang: "ar", role: "coordinator" },
  { name: "own-page-again", path: "/l/again?lang=de" },
  { name: "own-page-again-arabic", path: "/l/again?lang=ar" },
  { name: "own-page-question", path: "~/actors", first: row, letter: "consent", role: "coordinator" },
  { name: "fact-sheet", path: "~/project", role: "coordinator" },
  { name: "map", path: "~/map", role: "coordinator" },
  { name: "map-needs", path: "~/map?show=needs", role: "coordinator" },
  { name: "map-doors", path: "~/map?show=doors", role: "coordinator" },
  { name: "map-none-found", path: "~/map?q=xyzzyxyzzy", role: "coordinator" },
  { name: "imports", path: "~/imports", role: "coordinator" },
  { name: "import-new", path: "~/imports/new", role: "coordinator" },
  { name: "import-preview", path: "~/imports/new", file: halfReadable, role: "coordinator" },
  { name: "import", path: "~/imports", first: row, role: "coordinator" },
  { name: "import-revert", path: "~/imports", first: row, then: "/revert", role: "coordinator" },
  { name: "processing", path: "~/processing", role: "coordinator" },
  { name: "notices", path: "~/notices", role: "coordinator" },
  { name: "differences", path: "~/differences", role: "coordinator" },
  { name: "nowhere-inside", path: "~/no-such-page", role: "coordinator", expectedStatuses: [404] },
  { name: "institution-actor", path: "~", first: "main a[href*='/actors/']", role: "institution" },
  { name: "institution-overview", path: "~", role: "institution" },
  { name: "institution-cards", path: "~/cards", role: "institution" },
  { name: "institution-needs", path: "~/needs", role: "institution" },
  { name: "institution-need", path: "~/needs", first: row, role: "institution" },
];

/// The path of a page; looks for itself where an id is not known.
export async function pathOf(entry, page, workspace) {
  const path = entry.path.replace("~", workspace ?? "");
  if (entry.file) return await sent(entry.file, page, path);
  if (!entry.first) return path;
  await page.goto(path);
  const address = await page.locator(entry.first).first().getAttribute("href", { timeout: 5_000 });
  if (entry.letter) return await lettered(entry, page, new URL(address, page.url()).pathname);
  return new URL(address, page.url()).pathname + (entry.then ?? "");
}

async function lettered(entry, page, path) {
  await page.goto(path);
  const button = page.locator(`button[value=${entry.letter}]`);
  if (entry.letter === "consent") {
    await page.locator("section.links details", { has: button }).locator("summary").click();
    await page.locator("section.links input[name=web]").check();
    await page.locator("section.links input[name=photo]").check();
  }
  await button.click();
  const link = new URL(await page.locator("#link").inputValue());
  return link.pathname + (entry.lang ? `?lang=${entry.lang}` : "");
}

async function sent(file, page, path) {
  await page.goto(path);
  await page.locator("input[type=file]").setInputFiles(file);
  await page.locator("main form button.main").click();
  await page.waitForURL(/\/imports\/uploads\//);
  return new URL(page.url()).pathname;
}
