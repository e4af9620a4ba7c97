import type { FileCampaign } from "./campaign-cells.ts";
import { csvText, withMark } from "./sheet-text.ts";

/**
 * For the import of Google Ads Editor. Headings in English, one campaign a row, found by its name; what is left empty is not changed, and a
 * budget has to be above 0: "CSV file columns" in the help of Google Ads Editor (support.google.com/google-ads/editor/answer/57747), which
 * names Budget among the headings of the daily budget. Budget type and its word "Daily" are those of files that Editor exports, and so
 * is the form: UTF-16 with its mark, cells apart by tabs. What it writes it reads, in every language of names.
 */
export function googleAdsEditorFile(campaigns: readonly FileCampaign[]): Uint8Array {
  const rows = campaigns.map(({ campaign, to }) => [campaign, to, "Daily"]);
  return withMark("utf-16le", csvText([["Campaign", "Budget", "Budget type"], ...rows], "\t"));
}
