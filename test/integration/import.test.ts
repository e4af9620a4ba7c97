import { mkdirSync, readdirSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { openWorld, type World } from "../support/world.ts";

const Report = z.object({
  imports: z.array(
    z.object({
      unchanged: z.boolean(),
      received: z.number(),
      stored: z.number(),
      duplicates: z.number(),
      replaced: z.number(),
      rejected: z.number(),
      filtered: z.number(),
      reasons: z.array(z.object({ step: z.string(), reason: z.string(), rows: z.number(), firstLine: z.number() })),
    }),
  ),
});
type FileReport = z.infer<typeof Report>["imports"][number];

const HEADER = "event_id,occurred_at,visitor_id,channel,campaign,interaction";
const touch = (id: number, extra = "") =>
  `e${id},2026-03-0${(id % 9) + 1}T10:00:00Z,v${id % 5},Search,brand,click${extra}`;

let world: World;
let workspaces = 0;
const freshWorkspace = () => `w${++workspaces}`;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

async function importOf(workspace: string, kind: string, path: string, ...options: string[]): Promise<FileReport> {
  const report = Report.parse(await world.json("import", kind, path, "--workspace", workspace, ...options));
  const [file] = report.imports;
  expect(file!.received).toBe(file!.stored + file!.duplicates + file!.replaced + file!.rejected + file!.filtered);
  return file!;
}

async function rows(workspace: string, sql: string): Promise<Record<string, unknown>[]> {
  const { warehouse } = await world.house.workspace(workspace);
  return (await warehouse.engine.rows("test", sql, { workspaceId: workspace })) as Record<string, unknown>[];
}

describe("files in every format give the same rows", () => {
  const lines = [1, 2, 3, 4, 5].map((id) => touch(id));
  const objects = lines.map((line) => {
    const [event_id, occurred_at, visitor_id, channel, campaign, interaction] = line.split(",");
    return JSON.stringify({ event_id, occurred_at, visitor_id, channel, campaign, interaction });
  });
  const csv = `${HEADER}\n${lines.join("\n")}`;
  const forms: [string, () => string][] = [
    ["CSV", () => world.file("a.csv", csv)],
    [
      "CSV with Windows line ends and a byte-order mark",
      () => world.file("b.csv", `\uFEFF${csv.replaceAll("\n", "\r\n")}\r\n`),
    ],
    ["CSV with semicolons", () => world.file("c.csv", csv.replaceAll(",", ";"))],
    ["CSV with tabs", () => world.file("t.tsv", csv.replaceAll(",", "\t"))],
    ["gzipped CSV", () => world.file("d.csv.gz", gzipSync(csv))],
    ["NDJSON", () => world.file("e.ndjson", objects.join("\n"))],
    ["gzipped NDJSON", () => world.file("f.jsonl.gz", gzipSync(`${objects.join("\n")}\n`))],
    [
      "CSV with its columns in another order and one more",
      () =>
        world.file(
          "g.csv",
          `x,${HEADER.split(",").reverse().join(",")}\n${lines.map((line) => `,${line.split(",").reverse().join(",")}`).join("\n")}`,
        ),
    ],
  ];
  test.each(forms)("%s", async (_name, write) => {
    const workspace = freshWorkspace();
    const report = await importOf(workspace, "touchpoints", write());
    expect(report).toMatchObject({ received: 5, stored: 5, rejected: 0 });
    const stored = await rows(
      workspace,
      "SELECT event_id, visitor_id, occurred_at, channel, campaign, interaction FROM touchpoints WHERE workspace_id = {workspaceId:String} ORDER BY event_id",
    );
    expect(stored).toHaveLength(5);
    expect(stored[0]).toEqual({
      event_id: "e1",
      visitor_id: expect.stringMatching(/^[0-9]{12,20}$/), // A keyed hash: never what the file says.
      occurred_at: "2026-03-02T10:00:00.000Z",
      channel: "Search",
      campaign: "brand",
      interaction: "click",
    });
  });

  test("a file with tabs keeps spaces, commas, empty values and quotes as they are", async () => {
    const workspace = freshWorkspace();
    const content = `${HEADER},note\n${touch(1)},\n`.replaceAll(",", "\t").replace("Search", "Paid  Search, brand");
    const quoted = `${touch(2)}\n`.replaceAll(",", "\t").replace("\tbrand", "\t").replace("\n", '\t"a\tb ""c"""\n');
    await importOf(workspace, "touchpoints", world.file("spaces.tsv", content + quoted));
    expect(
      await rows(
        workspace,
        "SELECT channel, campaign, extra FROM touchpoints WHERE workspace_id = {workspaceId:String} ORDER BY event_id",
      ),
    ).toEqual([
      { channel: "Paid  Search, brand", campaign: "brand", extra: {} },
      { channel: "Search", campaign: "", extra: { note: 'a\tb "c"' } },
    ]);
  });

  test("Parquet with typed columns", async () => {
    const workspace = freshWorkspace();
    const path = `${world.folder}/typed.parquet`;
    await rows(
      workspace,
      `INSERT INTO FUNCTION file('${path}', 'Parquet') SELECT 'k' || toString(number) AS conversion_id, toDateTime64('2026-03-01 10:00:00', 3, 'UTC') AS occurred_at,
      'v1' AS visitor_id, 'purchase' AS conversion_type, toFloat64(number) + 0.1 AS revenue, 'EUR' AS currency, CAST(NULL, 'Nullable(Float64)') AS margin FROM numbers(3)`,
    );
    expect(await importOf(workspace, "conversions", path)).toMatchObject({ received: 3, stored: 3 });
    const [sum] = await rows(
      workspace,
      "SELECT toString(sum(revenue)) AS revenue, countIf(margin IS NULL) AS empty FROM conversions WHERE workspace_id = {workspaceId:String}",
    );
    expect(sum).toEqual({ revenue: "3.3", empty: "3" });
  });
});

describe("bad rows", () => {
  test("one bad row never costs its neighbours their place, and says its line and reason", async () => {
    const workspace = freshWorkspace();
    const content = [
      HEADER,
      touch(1),
      "e2,yesterday,v,Search,b,click",
      touch(3),
      "e4,2026-03-01,,Search,b,click",
      "e5,2026-03-01,v",
      touch(6),
      "e7,2026-02-30,v,Search,b,click",
      "",
    ].join("\n");
    const report = await importOf(workspace, "touchpoints", world.file("bad.csv", content));
    expect(report).toMatchObject({ received: 7, stored: 3, rejected: 4 });
    const rejected = await rows(
      workspace,
      "SELECT toString(line) AS line, step, reason, raw FROM rejected_rows FINAL WHERE workspace_id = {workspaceId:String} ORDER BY rejected_rows.line",
    );
    expect(rejected.map(({ line, step }) => [line, step])).toEqual([
      ["3", "validate"],
      ["5", "validate"],
      ["6", "read"],
      ["8", "validate"],
    ]);
    expect(rejected[0]!.reason).toMatch(/occurred_at "yesterday" is not a time/);
    expect(rejected[1]!.reason).toBe("visitor_id is empty");
    expect(rejected[2]!.reason).toBe("the row has fewer columns than the header");
    expect(rejected[0]!.raw).toContain("yesterday");
    expect(rejected[2]!.raw).toContain("e5,2026-03-01,v");
  });

  test("a malformed line of NDJSON is kept with its text", async () => {
    const workspace = freshWorkspace();
    const good = JSON.stringify({
      event_id: "a",
      occurred_at: 1772359200,
      visitor_id: "v",
      channel: "Search",
      campaign: "",
      interaction: "Click",
    });
    const report = await importOf(
      workspace,
      "touchpoints",
      world.file("bad.ndjson", `${good}\n{"event_id": "b", \n${good.replace('"a"', '"c"')}\n`),
    );
    expect(report).toMatchObject({ received: 3, stored: 2, rejected: 1 });
    const [row] = await rows(
      workspace,
      "SELECT toString(line) AS line, reason, raw FROM rejected_rows FINAL WHERE workspace_id = {workspaceId:String}",
    );
    expect(row).toEqual({ line: "2", reason: "the line is not one JSON object", raw: '{"event_id": "b", ' });
  });

  test("a file without one usable row ends with exit code 1 and its reasons", async () => {
    const path = world.file("useless.csv", `${HEADER}\ne1,never,v,Search,b,click\ne2,never,v,Search,b,click\n`);
    const { exitCode, stdout } = await world.run("import", "touchpoints", path, "--workspace", freshWorkspace());
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/2 rows, first on line 2: occurred_at "never" is not a time/);
  });

  test("amounts: thousands with spaces and decimal commas of a French export are read, a word is refused", async () => {
    const workspace = freshWorkspace();
    const content =
      "date;channel;campaign;cost;currency\n2026-03-01;Search;a;1\u202f234,56;EUR\n01/03/2026;Search;b;12;EUR\n2026-03-01;Search;c;douze;EUR\n2026-03-01;Search;d;-5;EUR\n2026-03-01;Search;e;5;USD\n";
    const report = await importOf(workspace, "spend", world.file("fr.csv", content));
    expect(report).toMatchObject({ received: 5, stored: 2, rejected: 3 });
    expect(report.reasons.map(({ reason }) => reason).sort()).toEqual([
      'cost "-5" is not a number such as 1234.50 that is not negative',
      'cost "douze" is not a number such as 1234.50 that is not negative',
      "currency USD is not the workspace's EUR, and there is no exchange rate of 2026-03-01 or the week before: import rates first",
    ]);
    const [sum] = await rows(
      workspace,
      "SELECT toString(sum(cost)) AS cost FROM spend FINAL WHERE workspace_id = {workspaceId:String}",
    );
    expect(sum).toEqual({ cost: "1246.56" });
  });

  /** What becomes of amounts in a spend file: the sum of the stored ones, and the reasons of the others. */
  async function amounts(delimiter: string, costs: readonly string[]) {
    const workspace = freshWorkspace();
    const lines = costs.map((cost, i) => ["2026-03-01", "Search", `c${i}`, cost, "EUR"].join(delimiter));
    const content = `${["date", "channel", "campaign", "cost", "currency"].join(delimiter)}\n${lines.join("\n")}\n`;
    const report = await importOf(workspace, "spend", world.file(`amounts-${workspace}.csv`, content));
    expect(report.received).toBe(costs.length);
    const stored = await rows(
      workspace,
      "SELECT toString(cost) AS cost FROM spend FINAL WHERE workspace_id = {workspaceId:String} ORDER BY toUInt32(substring(campaign, 2))",
    );
    const rejected = await rows(
      workspace,
      "SELECT reason FROM rejected_rows FINAL WHERE workspace_id = {workspaceId:String} ORDER BY line",
    );
    return { stored: stored.map(({ cost }) => cost), reasons: rejected.map(({ reason }) => reason) };
  }
  const noNumber = (text: string) => `cost "${text}" is not a number such as 1234.50 that is not negative`;

  test("amounts with a decimal comma: dots before it group thousands, and no other dot is skipped", async () => {
    const good = ["1.234,50", "1.234.567,89", "1234,5", ",5", "12,", "12.5", "0.125", "1,5e2", "+7"];
    const bad = ["1.23,4", "1234.567,8", "1,2,3", "1,234.5", "1.2.3", ","];
    const ambiguous = ["12.000", "1.234.567"];
    expect(await amounts(";", [...good, ...bad, ...ambiguous])).toEqual({
      stored: ["1234.5", "1234567.89", "1234.5", "0.5", "12", "12.5", "0.125", "150", "7"],
      reasons: [
        ...bad.map(noNumber),
        ...ambiguous.map(
          (text) => `cost "${text}" may mean thousands or decimals: write it with a decimal comma, such as 12000,00`,
        ),
      ],
    });
  });

  test("amounts with a decimal point: a second dot, a comma or hexadecimal digits are no number", async () => {
    const bad = ["1.234.567", "1..5", ".", "0x10", "1e", "inf", "nan"];
    expect(await amounts(",", ["12.000", "1e2", ".5", "5.", ...bad])).toEqual({
      stored: ["12", "100", "0.5", "5"],
      reasons: bad.map(noNumber),
    });
  });

  test("an amount whose sums would overflow is too large", async () => {
    const large = ["1000000000000000", "1e20", "1e70", "9".repeat(90)];
    const { stored, reasons } = await amounts(",", ["999999999999999.99", ...large, "-1"]);
    expect(stored).toEqual(["999999999999999.99"]);
    expect(reasons).toEqual([
      ...large.map((text) => `cost "${text.slice(0, 60)}" is too large: amounts stay below 10^15`),
      noNumber("-1"),
    ]);
  });

  test("dates with slashes are day, month, year, never swapped, and a clock does not run past its end", async () => {
    const workspace = freshWorkspace();
    const good: [string, string][] = [
      ["05/03/2026", "2026-03-05T00:00:00.000Z"],
      ["25/03/2026 9:08", "2026-03-25T09:08:00.000Z"],
      ["01/12/2025 23:59:59", "2025-12-01T23:59:59.000Z"],
      ["2026/03/25 10:00:00", "2026-03-25T10:00:00.000Z"],
      ["2026-03-25T10:00:00.250+02:00", "2026-03-25T08:00:00.250Z"],
      ["2026-03-25", "2026-03-25T00:00:00.000Z"],
    ];
    const bad = [
      "03/25/2026",
      "03/25/2026 10:00",
      "31/00/2026",
      "31/02/2026",
      "05/03/2026 24:00",
      "05/03/2026 10:60",
      "05/03/26",
      "2026-03-01T25:00:00Z",
      "2026-03-01T10:60:00Z",
      "2026-03-01 10:00:60",
      "2026-00-05",
    ];
    const lines = [...good.map(([text]) => text), ...bad].map((at, i) => `e${i},${at},v,Search,b,click`);
    await importOf(workspace, "touchpoints", world.file("dates.csv", `${HEADER}\n${lines.join("\n")}\n`));
    const stored = await rows(
      workspace,
      "SELECT occurred_at FROM touchpoints WHERE workspace_id = {workspaceId:String} ORDER BY event_id",
    );
    expect(stored.map(({ occurred_at }) => occurred_at)).toEqual(good.map(([, at]) => at));
    const rejected = await rows(
      workspace,
      "SELECT reason FROM rejected_rows FINAL WHERE workspace_id = {workspaceId:String} ORDER BY line",
    );
    expect(rejected.map(({ reason }) => /^occurred_at "(.*)" is not a time/.exec(reason as string)?.[1])).toEqual(bad);
  });

  test("days of spend with slashes are day, month, year too", async () => {
    const workspace = freshWorkspace();
    const days = [
      "05/03/2026",
      "25/03/2026 00:00",
      "20260326",
      "2026-03-27T00:00:00+01:00",
      "03/25/2026",
      "01/00/2026",
    ];
    const lines = days.map((day) => `${day},Search,b,1,EUR`);
    const report = await importOf(
      workspace,
      "spend",
      world.file("days.csv", `date,channel,campaign,cost,currency\n${lines.join("\n")}\n`),
    );
    expect(report).toMatchObject({ stored: 4, rejected: 2 });
    const stored = await rows(
      workspace,
      "SELECT spend_date AS d FROM spend FINAL WHERE workspace_id = {workspaceId:String} ORDER BY d",
    );
    expect(stored.map(({ d }) => d)).toEqual(["2026-03-05", "2026-03-25", "2026-03-26", "2026-03-27"]);
  });

  test("blank lines at the end are nothing; one in the middle is counted and called blank", async () => {
    const workspace = freshWorkspace();
    const report = await importOf(
      workspace,
      "touchpoints",
      world.file("blank.csv", `${HEADER}\n${touch(1)}\n\n${touch(2)}\n\n\n\n`),
    );
    expect(report).toMatchObject({ received: 3, stored: 2, rejected: 1 });
    expect(report.reasons).toEqual([{ step: "read", reason: "the line is blank", rows: 1, firstLine: 3 }]);
  });

  test("a reason cannot steer the terminal with the file's control characters", async () => {
    const report = await importOf(
      freshWorkspace(),
      "touchpoints",
      world.file("escape.csv", `${HEADER}\ne1,\u001b[31mred\u0007\u009b2J,v,Search,b,click\n${touch(2)}\n`),
    );
    expect(report.reasons[0]!.reason).toContain('occurred_at " [31mred  2J" is not a time');
  });
});

describe("quotes", () => {
  test("a line break inside a quoted value is part of it, and of no row of its own", async () => {
    const workspace = freshWorkspace();
    const content = `${HEADER},note\n${touch(1, ',"first line\nsecond ""line"""')}\n${touch(2, ',"b"')}\n`;
    expect(await importOf(workspace, "touchpoints", world.file("note.csv", content))).toMatchObject({
      received: 2,
      stored: 2,
    });
    const [row] = await rows(
      workspace,
      "SELECT extra FROM touchpoints WHERE workspace_id = {workspaceId:String} AND event_id = 'e1'",
    );
    expect(row).toEqual({ extra: { note: 'first line\nsecond "line"' } });
  });
});

describe("the same thing twice", () => {
  test("the same file again changes nothing and says so", async () => {
    const workspace = freshWorkspace();
    const path = world.file("same.csv", `${HEADER}\n${touch(1)}\n${touch(2)}\n`);
    await importOf(workspace, "touchpoints", path);
    expect(await importOf(workspace, "touchpoints", path)).toMatchObject({ unchanged: true, stored: 0, duplicates: 2 });
    const { stdout } = await world.run("import", "touchpoints", path, "--workspace", workspace);
    expect(stdout).toMatch(/imported before, nothing changed \(2 rows\)/);
  });

  test("an event that comes in a second file, or twice in one, counts once", async () => {
    const workspace = freshWorkspace();
    await importOf(
      workspace,
      "touchpoints",
      world.file("first.csv", `${HEADER}\n${touch(1)}\n${touch(2)}\n${touch(1)}\n`),
    );
    const report = await importOf(
      workspace,
      "touchpoints",
      world.file("second.csv", `${HEADER}\n${touch(2)}\n${touch(3)}\n${touch(3)}\n`),
    );
    expect(report).toMatchObject({ stored: 1, duplicates: 2 });
    const [count] = await rows(
      workspace,
      "SELECT toString(count()) AS n, toString(uniqExact(event_id)) AS ids FROM touchpoints WHERE workspace_id = {workspaceId:String}",
    );
    expect(count).toEqual({ n: "3", ids: "3" });
  });

  test("the same id in two workspaces is two events", async () => {
    const path = world.file("shared.csv", `${HEADER}\n${touch(1)}\n`);
    for (const workspace of [freshWorkspace(), freshWorkspace()]) {
      expect(await importOf(workspace, "touchpoints", path)).toMatchObject({ stored: 1, unchanged: false });
    }
  });

  test("rows without ids: equal rows are events of their own, and a file that overlaps adds only what is new", async () => {
    const workspace = freshWorkspace();
    const head = "occurred_at,visitor_id,channel,campaign,interaction";
    const row = "2026-03-01T10:00:00Z,v,Search,b,click";
    expect(await importOf(workspace, "touchpoints", world.file("noid.csv", `${head}\n${row}\n${row}\n`))).toMatchObject(
      { stored: 2 },
    );
    expect(
      await importOf(workspace, "touchpoints", world.file("noid2.csv", `${head}\n${row}\n${row}\n${row}\n`)),
    ).toMatchObject({ stored: 1, duplicates: 2 });
  });

  test("rows without ids are the same events, in whatever order a file has its further columns", async () => {
    const workspace = freshWorkspace();
    const head = "occurred_at,visitor_id,channel,campaign,interaction";
    const row = "2026-03-01T10:00:00Z,v,Search,b,click";
    await importOf(workspace, "touchpoints", world.file("order1.csv", `${head},zone,area\n${row},1,2\n`));
    expect(
      await importOf(workspace, "touchpoints", world.file("order2.csv", `area,${head},zone\n2,${row},1\n1,${row},2\n`)),
    ).toMatchObject({ stored: 1, duplicates: 1 });
  });

  test("spend that a source restates replaces what it said of the same days and campaigns", async () => {
    const workspace = freshWorkspace();
    const head = "date,channel,campaign,cost,currency";
    await importOf(
      workspace,
      "spend",
      world.file(
        "s1.csv",
        `${head}\n2026-03-01,Search,a,10,EUR\n2026-03-01,Search,a,2.5,EUR\n2026-03-02,Search,a,7,EUR\n`,
      ),
    );
    const report = await importOf(
      workspace,
      "spend",
      world.file(
        "s2.csv",
        `${head}\n2026-03-01,Search,a,11,EUR\n2026-03-02,Search,a,7,EUR\n2026-03-03,Search,a,1,EUR\n`,
      ),
    );
    expect(report).toMatchObject({ stored: 1, replaced: 1, duplicates: 1 });
    const stored = await rows(
      workspace,
      "SELECT spend_date AS d, toString(cost) AS cost FROM spend FINAL WHERE workspace_id = {workspaceId:String} ORDER BY d",
    );
    expect(stored).toEqual([
      { d: "2026-03-01", cost: "11" },
      { d: "2026-03-02", cost: "7" },
      { d: "2026-03-03", cost: "1" },
    ]);
  });
});

describe("foreign layouts", () => {
  test("one table of impressions and conversions loads with maps, constants, replacements and filters", async () => {
    const workspace = freshWorkspace();
    const path = world.file(
      "mixed.csv",
      "customer_id,time,interaction,conversion,conversion_value,channel\nA,2026-03-01T10:00:00Z,impression,0,0,Facebook\nA,2026-03-02T10:00:00Z,conversion,1,7.5,Search\n",
    );
    await importOf(
      workspace,
      "touchpoints",
      path,
      "--map",
      "visitor_id=customer_id,occurred_at=time,campaign=''",
      "--replace",
      "interaction:conversion=click",
    );
    const conversions = await importOf(
      workspace,
      "conversions",
      path,
      "--where",
      "conversion=1",
      "--map",
      "visitor_id=customer_id,occurred_at=time,revenue=conversion_value,conversion_type='purchase',currency='EUR'",
    );
    expect(conversions).toMatchObject({ received: 2, stored: 1, filtered: 1 });
    const answer = await world.json("attribute", "--model", "linear", "--workspace", workspace);
    expect(answer).toMatchObject({
      totals: { conversions: 1, revenue: "7.5" },
      channels: [
        { channel: "Facebook", conversions: 0.5, revenue: "3.75" },
        { channel: "Search", conversions: 0.5 },
      ],
    });
  });

  test("a file's own columns called line, reason, extra or like a contract column that is mapped elsewhere do not get in the way", async () => {
    const workspace = freshWorkspace();
    const path = world.file(
      "names.csv",
      "line,reason,extra,raw,channel,platform,at,who,campaign,interaction,text of channel\n9,because,more,r,ignored,Search,2026-03-01T10:00:00Z,v,c,click,t\n9,because,more,r,ignored,Other,2026-03-01T10:00:00Z,v,c,nope,t\n",
    );
    const report = await importOf(
      workspace,
      "touchpoints",
      path,
      "--map",
      "channel=platform,occurred_at=at,visitor_id=who",
      "--where",
      "channel=ignored,line=9",
    );
    expect(report).toMatchObject({ received: 2, stored: 1, rejected: 1, filtered: 0 });
    const [row] = await rows(
      workspace,
      "SELECT channel, extra FROM touchpoints WHERE workspace_id = {workspaceId:String}",
    );
    expect(row).toEqual({
      channel: "Search",
      extra: { line: "9", reason: "because", extra: "more", raw: "r", channel: "ignored", "text of channel": "t" },
    });
    const [rejected] = await rows(workspace, "SELECT raw FROM rejected_rows WHERE workspace_id = {workspaceId:String}");
    expect(JSON.parse(rejected!.raw as string)).toMatchObject({
      line: "9",
      channel: "ignored",
      platform: "Other",
      interaction: "nope",
    });
  });

  test("columns beyond the contract are kept", async () => {
    const workspace = freshWorkspace();
    await importOf(
      workspace,
      "touchpoints",
      world.file("extra.csv", `${HEADER},placement,keyword\n${touch(1, ",feed,")}\n`),
    );
    expect(await rows(workspace, "SELECT extra FROM touchpoints WHERE workspace_id = {workspaceId:String}")).toEqual([
      { extra: { placement: "feed" } },
    ]);
  });

  test("a key that only a late line of NDJSON has is kept", async () => {
    const workspace = freshWorkspace();
    const line = (id: number, more = "") =>
      `{"event_id":"e${id}","occurred_at":1772359200,"visitor_id":"v","channel":"Search","campaign":"","interaction":"click"${more}}`;
    const lines = Array.from({ length: 25_001 }, (_, i) => line(i));
    await importOf(
      workspace,
      "touchpoints",
      world.file("late.ndjson", [...lines, line(25_001, ',"keyword":"shoes"')].join("\n")),
    );
    expect(
      await rows(
        workspace,
        "SELECT event_id, extra FROM touchpoints WHERE workspace_id = {workspaceId:String} AND notEmpty(extra)",
      ),
    ).toEqual([{ event_id: "e25001", extra: { keyword: "shoes" } }]);
  });

  const oddNames = [
    "week*.csv",
    "week?.csv",
    "{a,b}.csv",
    "{1..3}.csv",
    "a.zip :: b.csv",
    "100%20.csv",
    "it's \\ [1].csv",
  ];
  test.each(oddNames)("a file called %s is that one file", async (name) => {
    const workspace = freshWorkspace();
    for (const [i, neighbour] of ["week1.csv", "weekly.csv", "a.csv", "b.csv", "1.csv", "100 .csv"].entries()) {
      world.file(neighbour, `${HEADER}\n${touch(100 + i)}\n`);
    }
    mkdirSync(`${world.folder}/files/odd {x,y}*`, { recursive: true });
    for (const [i, path] of [name, `odd {x,y}*/${name}`].entries()) {
      expect(
        await importOf(workspace, "touchpoints", world.file(path, `${HEADER}\n${touch(2 * i)}\n${touch(2 * i + 1)}\n`)),
      ).toMatchObject({ received: 2, stored: 2 });
    }
    expect(readdirSync(world.house.spoolFolder)).toEqual([]);
  });

  test("a file in Windows-1252 is refused with the remedy, and read with it", async () => {
    const workspace = freshWorkspace();
    const path = world.file(
      "latin.csv",
      Buffer.from(`${HEADER}\ne1,2026-03-01T10:00:00Z,v,R\u00e9seaux,\u00e9t\u00e9,click\n`, "latin1"),
    );
    const { exitCode, stderr } = await world.run("import", "touchpoints", path, "--workspace", workspace);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/is not UTF-8 \(near line 2\): save it as UTF-8, or say --encoding windows-1252/);
    await importOf(workspace, "touchpoints", path, "--encoding", "windows-1252");
    expect(await rows(workspace, "SELECT channel FROM touchpoints WHERE workspace_id = {workspaceId:String}")).toEqual([
      { channel: "R\u00e9seaux" },
    ]);
  });
});

describe("a file that cannot be imported gets one clear sentence and changes nothing", () => {
  const cases: [string, () => string[], number, RegExp][] = [
    ["a file that is not there", () => ["touchpoints", "nowhere.csv"], 1, /nowhere\.csv does not exist/],
    ["a folder", () => ["touchpoints", world.folder], 1, /is a folder/],
    ["an empty file", () => ["touchpoints", world.file("empty.csv", "")], 1, /is empty: there is nothing to import/],
    ["an empty gzip file", () => ["touchpoints", world.file("empty.csv.gz", gzipSync(""))], 1, /is empty/],
    [
      "a header and no rows",
      () => ["touchpoints", world.file("head.csv", `${HEADER}\n`)],
      1,
      /has a header and no rows/,
    ],
    [
      "a missing column",
      () => [
        "touchpoints",
        world.file("m.csv", "event_id,time,visitor_id,channel,campaign,interaction\na,b,c,d,e,f\n"),
      ],
      2,
      /has no column occurred_at, which touchpoints need; its columns are event_id, time/,
    ],
    [
      "a mapped column that is not in the file",
      () => ["touchpoints", world.file("n.csv", `${HEADER}\n${touch(1)}\n`), "--map", "campaign=camp"],
      2,
      /has no column "camp"/,
    ],
    [
      "a column twice",
      () => ["touchpoints", world.file("twice.csv", `${HEADER},channel\n${touch(1, ",x")}\n`)],
      1,
      /names the column "channel" twice/,
    ],
    ["an Excel workbook", () => ["touchpoints", world.file("x.csv", "PK\u0003\u0004rest")], 1, /Excel workbook/],
    ["NUL bytes", () => ["touchpoints", world.file("nul.csv", `${HEADER}\n${touch(1)}\n\0\0\n`)], 1, /holds NUL bytes/],
    [
      "a Parquet file that is cut off",
      () => ["touchpoints", world.file("cut.parquet", "PAR1 and no end")],
      1,
      /is not a readable Parquet file/,
    ],
    [
      "a gzip file that is cut off",
      () => ["touchpoints", world.file("cut.csv.gz", gzipSync(`${HEADER}\n${touch(1)}\n`.repeat(50)).subarray(0, 60))],
      1,
      /is not a whole gzip file/,
    ],
    [
      "a quote that never closes",
      () => ["touchpoints", world.file("q1.csv", `${HEADER},note\n${touch(1, ',"a')}\n${touch(2, ",b")}\n`)],
      1,
      /q1\.csv: the quote that opens on line 2 never closes/,
    ],
    [
      "an open quote that meets the quote of a later row",
      () => [
        "touchpoints",
        world.file(
          "q2.csv.gz",
          gzipSync(`${HEADER},note\n${touch(1, ",a")}\n${touch(2, ',"b')}\n${touch(3, ',"c"')}\n`),
        ),
      ],
      1,
      /q2\.csv\.gz: the quote that opens on line 3 never closes/,
    ],
    ["a JSON array", () => ["touchpoints", world.file("array.json", "[{}]")], 1, /holds no JSON objects/],
    [
      "a name that says nothing",
      () => ["touchpoints", world.file("data.bin", "abc\n")],
      2,
      /its name does not say what it is/,
    ],
    ["an unknown kind", () => ["clicks", world.file("k.csv", "a\n1\n")], 2, /"clicks" cannot be imported/],
    [
      "a map that cannot be read",
      () => ["touchpoints", world.file("o.csv", `${HEADER}\n${touch(1)}\n`), "--map", "nonsense"],
      2,
      /is not of the form column=source/,
    ],
  ];
  test.each(cases)("%s", async (_name, argv, code, sentence) => {
    const workspace = freshWorkspace();
    const { exitCode, stderr, stdout } = await world.run("import", ...argv(), "--workspace", workspace);
    expect(stderr).toMatch(sentence);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(stdout).toBe("");
    expect(exitCode).toBe(code);
    const [count] = await rows(
      workspace,
      "SELECT (SELECT toString(count()) FROM touchpoints WHERE workspace_id = {workspaceId:String}) AS n, (SELECT toString(count()) FROM rejected_rows WHERE workspace_id = {workspaceId:String}) AS r",
    );
    expect(count).toEqual({ n: "0", r: "0" });
  });

  test("no staging table is left behind by any of them", async () => {
    expect(
      await rows("w1", "SELECT name FROM system.tables WHERE database = currentDatabase() AND name LIKE 'staging%'"),
    ).toEqual([]);
  });
});
