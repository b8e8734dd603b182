// On a phone no page is wider than the screen.

import { everyPageFits, narrow } from "../narrow.mjs";

export const name = "pages fit a phone from left to right";
export const { role, javaScript, options, expectedStatuses } = narrow;

export const walk = ({ page, workspace }) => everyPageFits(page, workspace, "de");
