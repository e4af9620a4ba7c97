import { spendByRegion } from "@touchline/sql";
import type { Workspace } from "../workspace.ts";

export interface RegionSpend {
  readonly spend: number | null;
  readonly basis: "regional" | "by-share" | null;
}

/**
 * What a channel spent in some regions: as the spend rows say where they name regions, otherwise by the regions' share of the metric. Null
 * where the channel has no spend on these days.
 * @param share null where nothing is to be guessed
 */
export async function spendInRegions(
  workspace: Workspace,
  asked: { channel: string; from: string; to: string; regions: readonly string[]; share: number | null },
): Promise<RegionSpend> {
  const { channel, from, to, regions, share } = asked;
  const rows = await workspace.warehouse.ask(spendByRegion, { channel, from, to });
  const wanted = new Set(regions.map((region) => region.toLowerCase()));
  const sum = (some: typeof rows) => some.reduce((all, { spend }) => all + Number(spend), 0);
  if (rows.some(({ region }) => region !== "")) {
    return { spend: sum(rows.filter(({ region }) => wanted.has(region.toLowerCase()))), basis: "regional" };
  }
  const all = sum(rows);
  return all === 0 || share === null ? { spend: null, basis: null } : { spend: all * share, basis: "by-share" };
}
