import { incrementalChannels } from "@touchline/sql";
import type { Workspace } from "../../workspace.ts";

/** What is known of a channel before any fit. */
export interface KnownChannel {
  readonly channel: string;
  readonly isOwned: boolean;
  readonly isShown: boolean;
  readonly isDeclaredCapture: boolean;
  readonly isPaid: boolean;
}

/** Names of channels that meet people who look for this very shop, or for a coupon at its till; English and French. */
const CAPTURE_NAME = /\bbrand\b|\bmarque\b|branded|coupon|voucher|promo.?code|code.?promo|cashback/i;
const NOT_CAPTURE_NAME = /non.?brand|hors.?marque|generic|g[eé]n[eé]ri/i;
/** Visits that nobody bought. */
const OWNED_NAME = /(^|[ (])direct([ )]|$)|organic|organique|naturel|referral|r[eé]f[eé]ren|\(none\)|unassigned/i;
const NOT_OWNED_NAME = /mail|marketing|buy|sales|social|paid/i;

/**
 * The channels that have touches. Owned are visits without an ad: unpaid, and nothing but visits. Where no spend was imported at
 * all nothing tells paid visits from own ones but the name.
 */
export async function fetchChannels({ warehouse }: Workspace): Promise<KnownChannel[]> {
  const rows = await warehouse.ask(incrementalChannels, {});
  const knowsSpend = rows.some(({ isPaid }) => isPaid === 1);
  return rows.map(({ channel, isPaid, onlyVisits, mostlyShown }) => {
    const isOwnedByName = OWNED_NAME.test(channel) && !NOT_OWNED_NAME.test(channel);
    return {
      channel,
      isPaid: isPaid === 1,
      isShown: mostlyShown === 1,
      isOwned: isPaid === 0 && onlyVisits === 1 && (knowsSpend || isOwnedByName),
      isDeclaredCapture: CAPTURE_NAME.test(channel) && !NOT_CAPTURE_NAME.test(channel),
    };
  });
}
