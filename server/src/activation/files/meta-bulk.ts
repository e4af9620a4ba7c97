import type { FileCampaign } from "./campaign-cells.ts";
import { csvText, withMark } from "./sheet-text.ts";

/** How the files of Ads Manager write the id of a campaign, so that no spreadsheet turns it into a rounded number. */
const CAMPAIGN_MARK = "cg:";

/**
 * For "Import ads in bulk" of Meta's Ads Manager: the headings of its own export and template, in UTF-16 with its mark, cells apart by
 * tabs, and ids of campaigns as `cg:123`. Meta publishes no reference of the layout: it is taken from exported files and templates that
 * users show in public repositories. A row with an id changes that campaign; only budgets that stand at the campaign (not at its
 * ad sets) can be changed so.
 */
export function metaBulkFile(campaigns: readonly FileCampaign[]): Uint8Array {
  const rows = campaigns.map(({ campaign, to, settings }) => [markedId(settings?.platformId ?? ""), campaign, to]);
  return withMark("utf-16le", csvText([["Campaign ID", "Campaign Name", "Campaign Daily Budget"], ...rows], "\t"));
}

function markedId(id: string): string {
  return id.startsWith(CAMPAIGN_MARK) ? id : `${CAMPAIGN_MARK}${id}`;
}
