import { type ActivationFormat, defuseText } from "../../contract/index.ts";
import type { FileCampaign } from "./campaign-cells.ts";
import { chooseFor } from "./choose.ts";
import { googleAdsEditorFile } from "./google-ads-editor.ts";
import { metaBulkFile } from "./meta-bulk.ts";
import { microsoftBulkFile } from "./microsoft-bulk.ts";
import { csvText, withMark } from "./sheet-text.ts";

interface ActivationFileBytes {
  readonly name: string;
  readonly type: string;
  readonly body: Uint8Array;
}

interface About {
  readonly proposalId: string;
  readonly name: string;
  readonly currency: string;
}

/** An approved plan as a file that a platform's own tool reads, or a plain one with everything. */
export function writeActivationFile(
  format: ActivationFormat,
  campaigns: readonly FileCampaign[],
  about: About,
): ActivationFileBytes {
  const { taken } = chooseFor(format, campaigns, about.currency);
  const name = `touchline-${format}-${about.proposalId.slice(0, 8).replace(/[^\w-]/g, "")}.${format === "json" ? "json" : "csv"}`;
  switch (format) {
    case "google-ads-editor":
      return { name, type: "text/csv; charset=utf-16le", body: googleAdsEditorFile(taken) };
    case "meta-bulk":
      return { name, type: "text/csv; charset=utf-16le", body: metaBulkFile(taken) };
    case "microsoft-bulk":
      return { name, type: "text/csv; charset=utf-8", body: microsoftBulkFile(taken) };
    case "csv":
      return { name, type: "text/csv; charset=utf-8", body: plainCsv(taken, about) };
    case "json":
      return { name, type: "application/json; charset=utf-8", body: plainJson(taken, about) };
  }
}

const COLUMNS = [
  ...["channel", "campaign", "platform", "platform_id", "action", "from_daily", "to_daily", "currency"],
  ...["target_kind", "target_from", "target_to", "shared_budget", "reason", "explanation"],
];

/** Names and sentences may come from a data file: where a spreadsheet would compute one, an apostrophe makes it text. */
function plainCsv(campaigns: readonly FileCampaign[], { currency }: About): Uint8Array {
  const rows = campaigns.map((each) => [
    ...[defuseText(each.channel), defuseText(each.campaign), each.settings?.platform ?? ""],
    ...[defuseText(each.settings?.platformId ?? ""), each.action, each.from, each.to, currency],
    ...[each.target?.kind ?? "", String(each.target?.from ?? ""), String(each.target?.to ?? "")],
    ...[defuseText(each.sharedBudget), each.reason, defuseText(each.text)],
  ]);
  return withMark("utf-8", csvText([COLUMNS, ...rows], ","));
}

function plainJson(campaigns: readonly FileCampaign[], about: About): Uint8Array {
  const rows = campaigns.map(({ settings, ...campaign }) => ({
    ...campaign,
    ...{ platform: settings?.platform ?? null, platformId: settings?.platformId || null },
  }));
  return Buffer.from(`${JSON.stringify({ ...about, campaigns: rows }, null, 2)}\n`);
}
