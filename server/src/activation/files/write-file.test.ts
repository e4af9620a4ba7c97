import { describe, expect, it } from "vitest";
import { CampaignSettings } from "../../contract/index.ts";
import type { FileCampaign } from "./campaign-cells.ts";
import { describeFiles } from "./choose.ts";
import { writeActivationFile } from "./write-file.ts";

const campaign = (name: string, set: object | null, change: Partial<FileCampaign> = {}): FileCampaign => ({
  ...{ channel: "Search", campaign: name, from: "100.00", to: "120.50", action: "budget", target: null },
  ...{ reason: "marginal", text: "=why", sharedBudget: "", ...change },
  settings: set === null ? null : CampaignSettings.parse({ channel: "Search", campaign: name, ...set }),
});
const google = (name: string, set: object = {}, change: Partial<FileCampaign> = {}) =>
  campaign(name, { platform: "google-ads", ...set }, change);
const ABOUT = { proposalId: "0123456789abc", name: "Week 48", currency: "EUR" };

/** Reads a file back as its platform would: by its mark, its separator and its quotes. */
function readBack(body: Uint8Array): { encoding: string; rows: string[][] } {
  const isWide = body[0] === 0xff && body[1] === 0xfe;
  const text = new TextDecoder(isWide ? "utf-16le" : "utf-8").decode(body);
  const separator = isWide ? "\t" : ",";
  const rows: string[][] = [[""]];
  let isQuoted = false;
  for (let i = 0; i < text.length; i++) {
    const [c, row] = [text[i]!, rows.at(-1)!];
    if (c === '"' && isQuoted && text[i + 1] === '"') row[row.length - 1] += text[i++]!;
    else if (c === '"') isQuoted = !isQuoted;
    else if (c === separator && !isQuoted) row.push("");
    else if (c === "\r" && !isQuoted) continue;
    else if (c === "\n" && !isQuoted) rows.push([""]);
    else row[row.length - 1] += c;
  }
  return {
    encoding: isWide ? "utf-16le" : body[0] === 0xef ? "utf-8 with its mark" : "utf-8",
    rows: rows.slice(0, -1),
  };
}

describe("a file for a platform", () => {
  it("of Google Ads Editor names campaigns as they are and changes their daily budget", () => {
    const cells = [
      google('Été, "sale" 日本'),
      google("Brand"),
      campaign("other", { platform: "meta", platformId: "1" }),
    ];
    const { name, body } = writeActivationFile("google-ads-editor", cells, ABOUT);
    expect(name).toBe("touchline-google-ads-editor-01234567.csv");
    expect(readBack(body)).toEqual({
      encoding: "utf-16le",
      rows: [
        ["Campaign", "Budget", "Budget type"],
        ['Été, "sale" 日本', "120.50", "Daily"],
        ["Brand", "120.50", "Daily"],
      ],
    });
  });

  it("of Meta goes by the id, written so that no spreadsheet rounds it", () => {
    const cells = [
      campaign("Prospecting", { platform: "meta", platformId: "120242825359210101" }),
      campaign("Retargeting", { platform: "meta", platformId: "cg:120242825359210102" }),
    ];
    expect(readBack(writeActivationFile("meta-bulk", cells, ABOUT).body).rows).toEqual([
      ["Campaign ID", "Campaign Name", "Campaign Daily Budget"],
      ["cg:120242825359210101", "Prospecting", "120.50"],
      ["cg:120242825359210102", "Retargeting", "120.50"],
    ]);
  });

  it("of Microsoft says its version first, and leaves away a name that would be computed where there is an id", () => {
    const cells = [
      campaign("Shoes", { platform: "microsoft-ads", platformId: "77" }),
      campaign("=1+1", { platform: "microsoft-ads", platformId: "78" }),
    ];
    const { encoding, rows } = readBack(writeActivationFile("microsoft-bulk", cells, ABOUT).body);
    expect(encoding).toBe("utf-8 with its mark");
    const [head, version, ...rest] = rows;
    const named = (row: string[]) =>
      Object.fromEntries(head!.map((column, i) => [column, row[i]]).filter(([, cell]) => cell));
    expect(head!.slice(0, 5)).toEqual(["Type", "Status", "Id", "Parent Id", "Campaign"]);
    expect(named(version!)).toEqual({ Type: "Format Version", Name: "6.0" });
    expect(rest.map(named)).toEqual([
      { Type: "Campaign", Id: "77", Campaign: "Shoes", Budget: "120.50", "Budget Type": "DailyBudgetStandard" },
      { Type: "Campaign", Id: "78", Budget: "120.50", "Budget Type": "DailyBudgetStandard" },
    ]);
  });

  it("holds nothing that it cannot change, and says so", () => {
    const target = { kind: "roas", from: 4, to: 3.8 } as const;
    const cells = [
      google("bids", { bidStrategy: "target-roas", target: 4 }, { action: "target", target }),
      google("shares", { sharedBudget: "all" }, { sharedBudget: "all" }),
      google("dollars", { currency: "USD" }),
      google("stopped", {}, { to: "0.00" }),
      google("=HYPERLINK(1)"),
      google("-20 %"),
      google("stays", {}, { action: "left" }),
      campaign("nameless", { platform: "meta" }),
      campaign("unknown", null),
    ];
    const files = describeFiles(cells, "EUR");
    const of = (format: string) => files.find((file) => file.format === format)!;
    expect(of("google-ads-editor").leftOut.map(({ campaign, reason }) => [campaign, reason])).toEqual([
      ["bids", "target"],
      ["shares", "shared-budget"],
      ["dollars", "currency"],
      ["stopped", "no-budget"],
      ["=HYPERLINK(1)", "unsafe-name"],
      ["-20 %", "unsafe-name"],
    ]);
    expect(of("google-ads-editor").campaigns).toBe(0);
    expect(of("meta-bulk").leftOut).toMatchObject([{ campaign: "nameless", reason: "no-id" }]);
    expect(of("csv")).toMatchObject({ campaigns: cells.length, leftOut: [] });
    expect(readBack(writeActivationFile("google-ads-editor", cells, ABOUT).body).rows).toHaveLength(1);
  });
});

describe("a plain file", () => {
  it("has every campaign, and no cell that a spreadsheet computes", () => {
    const cells = [campaign("=1+1", { platform: "other", platformId: "@x" }), google("stays", {}, { action: "left" })];
    const { rows } = readBack(writeActivationFile("csv", cells, ABOUT).body);
    expect(rows).toHaveLength(3);
    for (const cell of rows.flat()) expect(cell).not.toMatch(/^[\s"']*(?<!')[=+@]/);
    expect(rows[1]!.slice(0, 8)).toEqual(["Search", "'=1+1", "other", "'@x", "budget", "100.00", "120.50", "EUR"]);
  });

  it("as JSON is the same for machines, unchanged", () => {
    const { body } = writeActivationFile("json", [campaign("=1+1", { platform: "meta", platformId: "5" })], ABOUT);
    expect(JSON.parse(new TextDecoder().decode(body))).toMatchObject({
      ...ABOUT,
      campaigns: [
        { channel: "Search", campaign: "=1+1", from: "100.00", to: "120.50", platform: "meta", platformId: "5" },
      ],
    });
  });
});
