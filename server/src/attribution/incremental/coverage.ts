import type { KnownChannel } from "./channel-facts.ts";

/**
 * Where only clicks are seen and they are less than this part of what was delivered, most of what the channel does is done by what it
 * shows, unseen. Search ads are clicked more often, and do little where they are not.
 */
export const LOW_COVERAGE = 0.03;

/**
 * Names of channels that are paid for clicks and do nothing unless they are clicked, whatever is reported as shown: search, shopping,
 * comparison sites, affiliates; English and French. What is not clicked of them is not missing.
 */
const CLICK_NAME = /\b(sea|sem|ppc|cpc|awin|idealo)\b|search|recherche|shopping|affiliat|affili[eé]|compar(ison|at)/i;

export function isBoughtByClick(channel: string): boolean {
  return CLICK_NAME.test(channel);
}

/** Whether what a channel shows could work without being seen here: its touches are clicks, and it is not the clicks that are bought. */
export function mayWorkUnseen({ channel, isShown, isOwned, isDeclaredCapture }: KnownChannel): boolean {
  return !isShown && !isOwned && !isDeclaredCapture && !isBoughtByClick(channel);
}
