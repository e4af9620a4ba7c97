import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { FileMapping, UploadDescription, UploadPreview, UploadState } from "@touchline/server/contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findUpload, sweepUploads } from "../../server/src/mapping/index.ts";
import { openPeopleWorld, type PeopleWorld, type Person } from "../support/people-world.ts";

let people: PeopleWorld;
let owner: Person;
let buyer: Person;
let viewer: Person;
let stranger: Person;

beforeAll(async () => {
  people = await openPeopleWorld();
  owner = await people.person("Ada Owner", { maps: "owner", other: "owner" });
  buyer = await people.person("Bo Buyer", { maps: "media-buyer" });
  viewer = await people.person("Vi Viewer", { maps: "viewer" });
  stranger = await people.person("Sid Stranger", { other: "owner" });
  await people.world.json("settings", "--workspace", "maps", "--time-zone", "Europe/Paris", "--currency", "EUR");
}, 60_000);
afterAll(() => people?.close());

interface Sent {
  readonly status: number;
  readonly text: string;
  readonly id: string;
}

async function send(
  person: Pick<Person, "caller">,
  name: string,
  content: string | Uint8Array,
  { workspace = "maps", headers = {} }: { workspace?: string; headers?: Record<string, string> } = {},
): Promise<Sent> {
  const cookie = [...person.caller.cookies].map(([key, value]) => `${key}=${value}`).join("; ");
  const answer = await fetch(`${people.url}/upload/${workspace}?name=${encodeURIComponent(name)}`, {
    method: "POST",
    body: content as string,
    headers: { origin: people.url, cookie, "content-type": "application/octet-stream", ...headers },
  });
  const text = await answer.text();
  return { status: answer.status, text, id: answer.ok ? (JSON.parse(text) as { id: string }).id : "" };
}

const inMaps = { workspace: "maps" };
const describeFile = (id: string, person = buyer) =>
  person.caller.ask<UploadDescription>("mapping.describe", { id }, inMaps);
const preview = (id: string, mapping: FileMapping) =>
  buyer.caller.ask<UploadPreview>("mapping.preview", { id, layout: { type: "own", mapping } }, inMaps);

async function importAs(id: string, layout: unknown, keepMapping = false): Promise<UploadState> {
  await buyer.caller.ask("mapping.import", { id, layout, keepMapping }, inMaps);
  for (;;) {
    const state = await buyer.caller.ask<UploadState>("mapping.state", { id }, inMaps);
    if (state.state !== "importing") return state;
    await new Promise((done) => setTimeout(done, 20));
  }
}

const proposalOf = (description: UploadDescription, kind: FileMapping["kind"]) =>
  description.proposals.find((each) => each.kind === kind)!;

async function stored(sql: string): Promise<Record<string, string>[]> {
  const rows = await people.world.house.warehouse.anyWorkspace("test", sql, {});
  return rows as Record<string, string>[];
}

/** Spend as a French agency exports it: semicolons, decimal commas, day first, Windows letters, tax included. */
const AGENCY = [
  "Export du 31/10/2026;;;;",
  ";;;;",
  "Jour;Levier;Nom de la campagne;Coût TTC (€);Clics",
  "01/10/2026;Régie été;Rentrée;1 200,00;12",
  "02/10/2026;Régie été;Rentrée;60,60;1",
  "31/10/2026;Affiliation;;36,00;3",
  "pas une date;Affiliation;;12,00;3",
  "04/10/2026;Affiliation;;12.000,5x;3",
].join("\r\n");
const latin1 = (text: string) => Buffer.from(text.replaceAll("€", "\u0080"), "latin1");

describe("a French export of one's own layout", () => {
  let id: string;
  let mapping: FileMapping;

  test("is recognised: delimiter, letters, header line, dates, commas, columns", async () => {
    ({ id } = await send(buyer, "depenses_agence_2026-10.csv", latin1(AGENCY)));
    const description = await describeFile(id);
    expect(description).toMatchObject({
      ...{ format: "csv", delimiter: ";", encoding: "windows-1252", linesBefore: 2, rows: 5, areRowsExact: true },
      known: [],
    });
    expect(description.columns.map(({ name }) => name)).toEqual([
      ...["Jour", "Levier", "Nom de la campagne", "Coût TTC (€)", "Clics"],
    ]);
    expect(description.sample[0]).toEqual(["01/10/2026", "Régie été", "Rentrée", "1 200,00", "12"]);
    expect(description.proposals[0]).toMatchObject({
      ...{ source: "depenses-agence", kind: "spend", numbers: "comma", dates: "day-first", encoding: "windows-1252" },
      columns: {
        date: { column: "Jour" },
        channel: { column: "Levier" },
        campaign: { column: "Nom de la campagne" },
        cost: { column: "Coût TTC (€)" },
        currency: { text: "EUR" },
        clicks: { column: "Clics" },
      },
    });
    mapping = { ...description.proposals[0]!, taxPercent: 20 };
  });

  test("is previewed as it is then stored, and what is refused is said with its reason", async () => {
    const { problem, tables } = await preview(id, mapping);
    expect(problem).toBeNull();
    const [table] = tables;
    expect(table).toMatchObject({ kind: "spend", stored: 3, rejected: 2, filtered: 0 });
    const at = (name: string) => table!.columns.indexOf(name);
    const shown = table!.rows.map(({ values }) => [values[at("date")], values[at("channel")], values[at("cost")]]);
    expect(shown).toEqual([
      ["2026-10-01", "Régie été", "1000"],
      ["2026-10-02", "Régie été", "50.5"],
      ["2026-10-31", "Affiliation", "30"],
    ]);
    expect(table!.refused.map(({ reason }) => reason)).toEqual([
      expect.stringContaining("is not a day between 2000 and 2099"),
      expect.stringContaining("is not a number"),
    ]);
    const state = await importAs(id, { type: "own", mapping }, true);
    expect(state).toMatchObject({ state: "done", source: "depenses-agence", problem: null });
    expect(state.outcomes).toMatchObject([{ kind: "spend", received: 5, stored: 3, rejected: 2, duplicates: 0 }]);
    const rows = await stored(
      "SELECT toString(spend_date) AS date, channel, toString(cost) AS cost FROM spend FINAL WHERE workspace_id = 'maps' AND source = 'depenses-agence' ORDER BY spend_date",
    );
    expect(rows.map(({ date, channel, cost }) => [date, channel, cost])).toEqual(shown);
  });

  test("leaves no copy behind, and says so where it is asked for again", async () => {
    const owns = { spoolFolder: people.world.house.spoolFolder, workspaceId: "maps", userId: buyer.id };
    expect(readdirSync(findUpload(owns, id).folder).sort()).toEqual(["about.json", "result.json"]);
    const again = await buyer.caller.call("mapping.describe", { id }, inMaps);
    expect(again.message).toContain("was imported: send it again");
    expect(readdirSync(owns.spoolFolder).filter((name) => name !== "uploads")).toEqual([]);
  });

  test("is read by its kept mapping the next time, on the page and on the command line", async () => {
    const next = latin1(AGENCY.replaceAll("/10/2026", "/11/2026").replaceAll("31/11", "30/11"));
    const sent = await send(buyer, "novembre.csv", next);
    expect((await describeFile(sent.id)).saved).toEqual([expect.objectContaining({ source: "depenses-agence" })]);
    const file = people.world.file("novembre.csv", next);
    const { stdout, stderr } = await people.world.run(
      ...["import", "spend", file, "--source", "depenses-agence", "--workspace", "maps"],
    );
    expect(stderr).toContain('read by the mapping "depenses-agence" for spend, kept in workspace maps');
    expect(stdout).toContain("3 stored");
    const unknown = await people.world.run(
      "import",
      "conversions",
      file,
      "--source",
      "depenses-agence",
      "--workspace",
      "maps",
    );
    expect(unknown.stderr).toContain("gives no conversions: it gives spend");
  });

  test("its mapping can be removed, and a tool's name cannot be taken", async () => {
    const own = { ...mapping, source: "meta-ads" };
    expect((await buyer.caller.call("mapping.keep", own, inMaps)).message).toContain("comes with the product");
    await buyer.caller.ask("mapping.remove", { source: "depenses-agence", kind: "spend" }, inMaps);
    const { mappings } = await viewer.caller.ask<{ mappings: unknown[] }>("mapping.sources", undefined, inMaps);
    expect(mappings).toEqual([]);
    const gone = await buyer.caller.call("mapping.remove", { source: "depenses-agence", kind: "spend" }, inMaps);
    expect(gone.message).toContain("there is no mapping");
  });
});

describe("other files", () => {
  const ORDERS = "Order ID;Created at;Customer;Total\nA1;2026-10-01 10:00;c1;10.50\nA2;2026-10-02 11:00;c2;20\n";

  test("of conversions are proposed as such, in UTF-16 and packed too", async () => {
    const utf16 = Buffer.from(`\uFEFF${ORDERS}`, "utf16le");
    for (const [name, content, encoding] of [
      ["orders.csv", Buffer.from(ORDERS), "utf-8"],
      ["orders-16.csv", utf16, "utf-16le"],
      ["orders.csv.gz", gzipSync(ORDERS), "utf-8"],
    ] as const) {
      const { id } = await send(buyer, name, content);
      const description = await describeFile(id);
      expect(description).toMatchObject({ encoding, rows: 2 });
      const proposal = description.proposals[0]!;
      expect(proposal).toMatchObject({
        kind: "conversions",
        columns: { revenue: { column: "Total" }, visitor_id: { column: "Customer" } },
      });
      expect((await preview(id, proposal)).tables).toMatchObject([{ stored: 2, rejected: 0 }]);
      expect((await importAs(id, { type: "own", mapping: proposal })).outcomes[0]).toMatchObject({
        received: 2,
        rejected: 0,
      });
    }
  });

  test("of a tool that is known are recognised by their columns, and read by its declaration", async () => {
    const meta = [
      "Day,Campaign name,Amount spent (EUR),Impressions,Link clicks,Purchases",
      "2026-10-01,Spring,12.50,1000,10,1",
    ].join("\n");
    const { id } = await send(buyer, "meta.csv", meta);
    const { known } = await describeFile(id);
    expect(known[0]).toMatchObject({ name: "meta-ads", kinds: ["spend"] });
    const layout = { type: "known", name: "meta-ads", as: "meta-fr" };
    const { tables } = await buyer.caller.ask<UploadPreview>("mapping.preview", { id, layout }, inMaps);
    expect(tables).toMatchObject([{ kind: "spend", stored: 1, rejected: 0 }]);
    expect(await importAs(id, layout)).toMatchObject({ state: "done", source: "meta-fr" });
  });

  test("in NDJSON, in a JSON array and in Parquet are read alike", async () => {
    const rows = [
      { day: "2026-10-01", what: "rain", value: "1.5" },
      { day: "2026-10-02", what: "rain", value: "2" },
    ];
    const lines = rows.map((row) => JSON.stringify(row)).join("\n");
    const path = join(people.world.folder, "weather.parquet");
    await stored(
      `INSERT INTO FUNCTION file('${path}', 'Parquet') SELECT toDate('2026-10-01') + number AS day, 'rain' AS what, toFloat64(number) AS value FROM numbers(3)`,
    );
    const { readFileSync } = await import("node:fs");
    for (const [name, content, expected] of [
      ["w.ndjson", Buffer.from(lines), 2],
      ["w.json", Buffer.from(JSON.stringify(rows, null, 2)), 2],
      ["w.parquet", readFileSync(path), 3],
    ] as const) {
      const { id } = await send(buyer, name, content);
      const description = await describeFile(id);
      expect(description.rows).toBe(expected);
      const mapping = {
        ...proposalOf(description, "context"),
        columns: { date: { column: "day" }, name: { column: "what" }, value: { column: "value" } },
      };
      const { problem, tables } = await preview(id, mapping);
      expect({ name, problem, tables }).toMatchObject({ problem: null, tables: [{ stored: expected, rejected: 0 }] });
    }
  });

  test("with hostile headers and values are shown as they are and read as texts", async () => {
    const header = `"=cmd|'/C calc'!A0","/.*/","a'); DROP TABLE spend; --","date","{x}"`;
    const { id } = await send(buyer, "../../etc/*{passwd}::x.csv", `${header}\n1,2,3,2026-10-01,5\n`);
    const description = await describeFile(id);
    expect(description.name).toBe("*{passwd}::x.csv");
    expect(description.columns.map(({ name }) => name)).toEqual([
      ...["=cmd|'/C calc'!A0", "/.*/", "a'); DROP TABLE spend; --", "date", "{x}"],
    ]);
    const mapping: FileMapping = {
      ...proposalOf(description, "spend"),
      source: "hostile",
      columns: {
        date: { column: "date" },
        channel: { column: "=cmd|'/C calc'!A0" },
        campaign: { column: "a'); DROP TABLE spend; --" },
        cost: { column: "/.*/" },
        currency: { text: "EUR" },
        region: { column: "{x}" },
      },
    };
    const { tables } = await preview(id, mapping);
    const values = Object.fromEntries(tables[0]!.columns.map((name, i) => [name, tables[0]!.rows[0]!.values[i]]));
    expect(values).toMatchObject({ channel: "1", campaign: "3", cost: "2", region: "5" });
    const state = await importAs(id, { type: "own", mapping });
    expect(state.outcomes[0]).toMatchObject({ stored: 1 });
  });

  test("with one name twice, or a column without one, are told apart", async () => {
    const { id } = await send(buyer, "twice.csv", "date,cost,cost,\n2026-10-01,1,2,3\n");
    const { columns } = await describeFile(id);
    expect(columns.map(({ name }) => name)).toEqual(["date", "cost", "cost (2)", "column 4"]);
  });

  test.each([
    ["an empty file", "empty.csv", "", "is empty"],
    ["an Excel workbook", "book.xlsx", "PK\u0003\u0004rest", "save the sheet as CSV"],
    ["a line without an end", "wide.csv", `a,${"x".repeat(3_000_000)}`, "first line is longer than a megabyte"],
    ["a broken gzip file", "cut.csv.gz", gzipSync("a,b\n1,2\n").subarray(0, 18), "is not a whole gzip file"],
  ])("%s is refused in one sentence", async (_what, name, content, sentence) => {
    const { id } = await send(buyer, name, content);
    const { code, message } = await buyer.caller.call("mapping.describe", { id }, inMaps);
    expect({ code, message }).toEqual({ code: "BAD_REQUEST", message: expect.stringContaining(sentence) });
  });

  test("with a header only, or one huge line among others, say what is wrong", async () => {
    const only = await send(buyer, "only.csv", "date,cost\n");
    expect(await describeFile(only.id)).toMatchObject({ rows: 0, sample: [] });
    const mapping = {
      source: "only",
      kind: "context",
      columns: { date: { column: "date" }, name: { text: "x" }, value: { column: "cost" } },
    };
    const state = await importAs(only.id, { type: "own", mapping });
    expect(state).toMatchObject({
      state: "failed",
      problem: "only.csv has a header and no rows: there is nothing to import",
    });
    const huge = await send(buyer, "huge.csv", `date,cost\n2026-10-01,1\n2026-10-02,${"9".repeat(2_000_000)}\n`);
    expect((await describeFile(huge.id)).sample).toEqual([["2026-10-01", "1"]]);
    const after = await importAs(huge.id, { type: "own", mapping });
    expect(after.outcomes[0]).toMatchObject({ received: 2, stored: 1, rejected: 1 });
  });
});

describe("a file that was sent", () => {
  test("is its sender's alone, in its workspace alone", async () => {
    const { id } = await send(buyer, "mine.csv", "date,cost\n2026-10-01,1\n");
    const gone = /^this file is not here any more/;
    expect((await owner.caller.call("mapping.describe", { id }, inMaps)).message).toMatch(gone);
    expect((await owner.caller.call("mapping.describe", { id }, { workspace: "other" })).message).toMatch(gone);
    const mine = await send(owner, "mine.csv", "date,cost\n2026-10-01,1\n");
    expect((await owner.caller.call("mapping.describe", { id: mine.id }, { workspace: "other" })).message).toMatch(
      gone,
    );
    expect((await owner.caller.call("mapping.describe", { id: "../../../etc/passwd" }, inMaps)).code).toBe(
      "BAD_REQUEST",
    );
  });

  test("is refused from who may not import, from elsewhere, and where it is too large", async () => {
    expect((await send(viewer, "x.csv", "a,b\n")).status).toBe(403);
    expect((await send(stranger, "x.csv", "a,b\n")).status).toBe(404);
    expect((await send({ caller: people.nobody() }, "x.csv", "a,b\n")).status).toBe(401);
    expect((await send(buyer, "x.csv", "a,b\n", { workspace: "..%2F..%2Fetc" })).status).toBe(404);
    expect((await send(buyer, "x.csv", "a,b\n", { headers: { origin: "https://elsewhere.example" } })).status).toBe(
      403,
    );
    expect((await send(buyer, "x.csv", "a,b\n", { headers: { "content-type": "text/plain" } })).status).toBe(415);
    const { status, text } = await send(buyer, "large.csv", new Uint8Array(200_000_001));
    expect({ status, text }).toEqual({ status: 413, text: expect.stringContaining("up to 200 MB") });
  });

  test("is not followed to another file by a link in its place", async () => {
    const spoolFolder = people.world.house.spoolFolder;
    const id = "11111111-2222-4333-8444-555555555555";
    const folder = join(spoolFolder, "uploads", "maps", id);
    mkdirSync(folder, { recursive: true });
    const about = { id, workspaceId: "maps", userId: buyer.id, name: "link.csv", bytes: 1, sentAt: Date.now() };
    writeFileSync(join(folder, "about.json"), JSON.stringify(about));
    symlinkSync("/etc/passwd", join(folder, "file"));
    const { code, message } = await buyer.caller.call("mapping.describe", { id }, inMaps);
    expect({ code, message }).toEqual({ code: "BAD_REQUEST", message: expect.stringContaining("send it again") });
  });

  test("goes after a day", async () => {
    const { id } = await send(buyer, "old.csv", "date,cost\n2026-10-01,1\n");
    const spoolFolder = people.world.house.spoolFolder;
    const folder = join(spoolFolder, "uploads", "maps", id);
    sweepUploads(spoolFolder, Date.now() + 23 * 3_600_000);
    expect(existsSync(folder)).toBe(true);
    sweepUploads(spoolFolder, Date.now() + 25 * 3_600_000);
    expect(existsSync(folder)).toBe(false);
  });
});

describe("channel rules", () => {
  const RULES = [{ channel: "Radio", all: [{ part: "source", is: ["radio"] }] }];

  test("are tried on the visits of the last days before they are saved, and can be taken back", async () => {
    const head = "event_id,occurred_at,visitor_id,channel,campaign,interaction,source,medium";
    const rows = ["radio,spot", "radio,spot", "google,cpc"].map(
      (came, i) => `e${i},2026-10-0${i + 1}T10:00:00Z,v${i},Own,c,click,${came}`,
    );
    const file = people.world.file("visits.csv", [head, ...rows].join("\n"));
    await people.world.json("import", "touchpoints", file, "--workspace", "maps");
    type Trial = { caught: number[]; unassigned: number; moves: unknown[]; arrivals: unknown[] };
    const before = await viewer.caller.ask<{ areOwn: boolean; trial: Trial }>("channels.read", undefined, inMaps);
    expect(before).toMatchObject({ areOwn: false, trial: { touches: 3, unassigned: 2, moves: [] } });
    expect(before.trial.arrivals[0]).toEqual({
      source: "radio",
      medium: "spot",
      channel: "Own",
      rule: 0,
      ruled: "Unassigned",
      touches: 2,
    });
    const trial = await owner.caller.ask<Trial>("channels.try", { rules: RULES }, inMaps);
    expect(trial).toMatchObject({
      ...{ caught: [2], unassigned: 1 },
      moves: [
        { from: "Unassigned", to: "Radio", touches: 2 },
        { from: "Paid Search", to: "Unassigned", touches: 1 },
      ],
    });
    expect((await buyer.caller.call("channels.save", { rules: RULES }, inMaps)).code).toBe("FORBIDDEN");
    expect(await owner.caller.ask("channels.save", { rules: RULES }, inMaps)).toMatchObject({
      areOwn: true,
      rules: RULES,
    });
    expect(await owner.caller.ask("channels.reset", undefined, inMaps)).toMatchObject({ areOwn: false });
    const bad = [{ channel: "X", all: [{ part: "source", matches: "(?=x)" }] }];
    expect((await owner.caller.call("channels.save", { rules: bad }, inMaps)).message).toContain('rule 1: "(?=x)"');
  });
});

describe("the settings of data", () => {
  test("are read by everybody, changed by admins, and refused in a sentence without the command's words", async () => {
    const read = await viewer.caller.ask<Record<string, unknown>>("settings.read", undefined, inMaps);
    expect(read).toMatchObject({ timeZone: "Europe/Paris", currency: "EUR", isCurrencyOpen: false });
    const change = (name: string, value: string) => owner.caller.call("settings.change", { name, value }, inMaps);
    expect((await change("retention.rejectedDays", "60")).data).toMatchObject({ retention: { rejectedDays: 60 } });
    expect((await change("time-zone", "Europe/Lisbon")).data).toMatchObject({ timeZone: "Europe/Lisbon" });
    expect((await change("legal-basis.crm", "contract")).data).toMatchObject({ legalBasis: { crm: "contract" } });
    expect((await change("legal-basis.crm", "")).data).toMatchObject({ legalBasis: {} });
    for (const [name, value, sentence] of [
      ["retention.dataMonths", "999", "retention.dataMonths is 120 at most"],
      ["time-zone", "Mars/Olympus", '"Mars/Olympus" is not a time zone'],
      ["currency", "USD", "already holds amounts in EUR"],
      ["identity.personsPerVisitor", "3", "there is no setting"],
      ["file-mappings", "[]", "there is no setting"],
    ] as const) {
      const { code, message } = await change(name, value);
      expect({ name, code, message }).toEqual({
        name,
        code: "BAD_REQUEST",
        message: expect.stringContaining(sentence),
      });
      expect(message).not.toContain("--");
    }
    expect((await buyer.caller.call("settings.change", { name: "time-zone", value: "UTC" }, inMaps)).code).toBe(
      "FORBIDDEN",
    );
  });
});
