import type { FileCampaign } from "./campaign-cells.ts";
import { isSafeName } from "./choose.ts";
import { csvText, withMark } from "./sheet-text.ts";

const COLUMNS = [
  "Type",
  "Status",
  "Id",
  "Parent Id",
  "Campaign",
  "Client Id",
  "Modified Time",
  "Budget",
  "Budget Type",
  "Name",
];

/** The version of the layout, which every file has to say; it stands in the column Name. */
const FORMAT_VERSION = "6.0";

/**
 * For the bulk upload of Microsoft Advertising: "Campaign Record - Bulk" and "Bulk File Schema" of its reference
 * (learn.microsoft.com/advertising/bulk-service). An update goes by Id or by Campaign; cells that are empty change nothing; a campaign in a
 * shared budget must not be in. UTF-8 with its mark and commas, as Microsoft's own SDK writes it. A name that a
 * spreadsheet would compute is left away where there is an id.
 */
export function microsoftBulkFile(campaigns: readonly FileCampaign[]): Uint8Array {
  const row = (cells: Readonly<Record<string, string>>) => COLUMNS.map((column) => cells[column] ?? "");
  const rows = campaigns.map(({ campaign, to, settings }) =>
    row({
      ...{ Type: "Campaign", Id: settings?.platformId ?? "", Campaign: isSafeName(campaign) ? campaign : "" },
      ...{ Budget: to, "Budget Type": "DailyBudgetStandard" },
    }),
  );
  return withMark("utf-8", csvText([COLUMNS, row({ Type: "Format Version", Name: FORMAT_VERSION }), ...rows], ","));
}
