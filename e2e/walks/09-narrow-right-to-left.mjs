// On a phone no page is wider than the screen, also from right to left.

import { everyPageFits, narrow } from "../narrow.mjs";

export const name = "pages fit a phone from right to left";
export const { role, javaScript, options, expectedStatuses } = narrow;

export const walk = ({ page, workspace }) => everyPageFits(page, workspace, "ar-XB");
