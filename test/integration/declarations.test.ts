import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sourcesIn, touch } from "../support/sources.ts";
import { openWorld, type World } from "../support/world.ts";

let world: World;
const { freshWorkspace, rows, spendOf, touchesOf } = sourcesIn(() => world);
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
let declarations = 0;

describe("a declaration of one's own", () => {
  const own = (table: object, more: object = {}) =>
    world.file(
      `own-${++declarations}.json`,
      JSON.stringify({ name: "own", title: "Own", ...more, tables: [{ kind: "spend", ...table }] }),
    );
  const spend = (more: object = {}) => ({
    columns: {
      date: { column: "day" },
      channel: { text: "Radio" },
      campaign: { column: "what", default: "none" },
      cost: { column: "cost" },
      currency: { text: "EUR" },
      ...more,
    },
  });
  const importOwn = async (declaration: string, name: string, content: string | Uint8Array) => {
    const workspace = freshWorkspace();
    const result = await world.run(
      ...["import", world.file(name, content), "--source", declaration, "--workspace", workspace],
    );
    return { workspace, ...result };
  };

  test("numbers and dates are read in the style that it says", async () => {
    const styles: [object, string, string][] = [
      [{ numbers: "point", dates: "month-first" }, '3/5/2026,"$1,234,567.50"', "1234567.5"],
      [{ numbers: "comma", dates: "day-first" }, '5.3.2026,"1.234,5 €"', "1234.5"],
      [{ numbers: "comma", dates: "day-first" }, '05/03/2026,"1\u202f234"', "1234"],
      [{}, "2026-03-05,0.125", "0.125"],
    ];
    for (const [more, row, cost] of styles) {
      const { workspace, stderr } = await importOwn(own(spend(), more), "styles.csv", `day,cost\n${row}\n`);
      expect(stderr).toBe("");
      expect(await spendOf(workspace, "spend_date, campaign")).toEqual([
        { spend_date: "2026-03-05", campaign: "none", total: cost },
      ]);
    }
  });

  test("what is no number in its style is refused with the text, and an amount that may be two is not guessed", async () => {
    const bad = ['"1,2345"', '"12,50"', "1.2.3"];
    for (const text of bad) {
      const { stdout, exitCode } = await importOwn(own(spend()), "bad.csv", `day,cost\n2026-03-05,${text}\n`);
      expect(exitCode).toBe(1);
      expect(stdout).toContain(`cost "${text.replaceAll('"', "")}" is not a number`);
    }
    const comma = own(spend(), { numbers: "comma" });
    const { stdout } = await importOwn(comma, "two.csv", "day,cost\n2026-03-05,12.000\n");
    expect(stdout).toContain('cost "12.000 (thousands or decimals?)" is not a number');
  });

  test("sums, taxes, scales, maps and patterns work exactly", async () => {
    const declaration = own({
      columns: {
        date: { column: "/^day/" },
        channel: { column: "type", map: { tv: "Television" }, otherwise: "Other" },
        campaign: { join: [{ column: "a" }, { column: "b" }], with: " / " },
        cost: {
          first: [
            { sum: [{ column: "gross" }, { column: "fee" }], less: [{ column: "tax" }], scale: "0.001" },
            { net_of_tax: { amount: { column: "part" }, total: { column: "whole" }, tax: { column: "tax" } } },
          ],
        },
        currency: { header: "\\(([A-Z]{3})\\)" },
      },
      drop: [{ value: { cell: 1 }, matches: ["^Sum"] }],
    });
    const content = [
      "day (local),type,a,b,gross,fee,tax,part,whole,Paid (EUR)",
      "2026-03-05,TV,x,y,1000.5,,0.25,,,",
      "2026-03-05,radio,x,z,,,20,24,120,",
      "Sum,,,,9,9,9,9,9,9",
      "",
    ];
    const { workspace, stdout } = await importOwn(declaration, "exact.csv", content.join("\n"));
    expect(stdout).toMatch(/3 rows read .*: 2 stored, 1 left out by the source's rules, 0 rejected/);
    expect(await spendOf(workspace, "channel, campaign")).toEqual([
      { channel: "Other", campaign: "x / z", total: "20" },
      { channel: "Television", campaign: "x / y", total: "1.00025" },
    ]);
  });

  test("a bad row of a report says the line on which people see it", async () => {
    const declaration = own(spend(), { header: [["day"], ["cost"]], footer: ["End"] });
    const content =
      'A "report"\nof March\n\nday,cost\n2026-03-05,1\n2026-03-06,two\n2026-03-07,3\nEnd of report\nsigned,x,y\n';
    const { workspace, stdout } = await importOwn(declaration, "report.csv", content);
    expect(stdout).toMatch(/3 rows read .*: 2 stored, 1 rejected/);
    expect(stdout).toContain('line 6: cost "two" is not a number');
    expect(await spendOf(workspace, "channel")).toEqual([{ channel: "Radio", total: "4" }]);
    expect(readdirSync(world.house.spoolFolder)).toEqual([]);
  });

  test("a column without a name, or one that is named twice, does not get in the way", async () => {
    const { workspace, stderr } = await importOwn(
      own(spend()),
      "names.csv",
      "day,cost,note,note,\n2026-03-05,7,a,b,c\n",
    );
    expect(stderr).toBe("");
    expect(await spendOf(workspace, "spend_date")).toEqual([{ spend_date: "2026-03-05", total: "7" }]);
  });

  test("nested columns of Parquet and lists are read like nested JSON", async () => {
    const declaration = world.file(
      "nested.json",
      JSON.stringify({
        name: "nested",
        title: "Nested",
        tables: [
          {
            kind: "touchpoints",
            each: ["actions"],
            take: [{ value: { item: ["kind"] }, is: ["click"] }],
            columns: {
              event_id: { item: ["id"] },
              occurred_at: { item: ["at"] },
              visitor_id: { path: ["who", "id"] },
              channel: {
                entry: {
                  list: ["tags"],
                  key: "channel",
                  values: [
                    ["value", "text"],
                    ["value", "number"],
                  ],
                },
              },
              campaign: {
                entry: {
                  list: ["tags"],
                  key: "campaign",
                  values: [
                    ["value", "text"],
                    ["value", "number"],
                  ],
                },
              },
              interaction: { text: "click" },
            },
          },
        ],
      }),
    );
    const [parquet, ndjson] = [freshWorkspace(), freshWorkspace()];
    const select = `SELECT CAST(tuple('v' || toString(number)), 'Tuple(id String)') AS who,
        [CAST(('channel', ('Search', NULL)), 'Tuple(key String, value Tuple(text Nullable(String), number Nullable(Int64)))'),
         CAST(('campaign', (NULL, 7)), 'Tuple(key String, value Tuple(text Nullable(String), number Nullable(Int64)))')] AS tags,
        if(number = 2, [], [CAST(('e' || toString(number), 'click', 1772442000 + number), 'Tuple(id String, kind String, at Int64)'),
         CAST(('f' || toString(number), 'view', 1772442000), 'Tuple(id String, kind String, at Int64)')]) AS actions
      FROM numbers(3)`;
    for (const [format, workspace] of [
      ["Parquet", parquet],
      ["JSONEachRow", ndjson],
    ] as const) {
      const path = join(world.folder, `nested.${format === "Parquet" ? "parquet" : "ndjson"}`);
      await rows(workspace, `INSERT INTO FUNCTION file('${path}', '${format}') ${select}`);
      const { stdout } = await world.run("import", path, "--source", declaration, "--workspace", workspace);
      // Two items of each of two rows, and the row whose list is empty.
      expect(stdout).toMatch(/5 rows read .*: 2 stored, 3 left out by the source's rules, 0 rejected/);
      expect(await touchesOf(workspace)).toEqual([
        touch("2026-03-02 09:00:00", "Search", "7", "click"),
        touch("2026-03-02 09:00:01", "Search", "7", "click"),
      ]);
    }
  });

  const mistakes: [string, () => string[], RegExp][] = [
    [
      "an unknown source",
      () => ["x.csv", "--source", "googleads"],
      /"googleads" is not a source; did you mean google-ads\?/,
    ],
    [
      "a kind that the source does not give",
      () => ["conversions", "x.csv", "--source", "meta-ads"],
      /gives no conversions: it gives spend/,
    ],
    ["a source and a map", () => ["x.csv", "--source", "meta-ads", "--map", "cost=x"], /leave out --map/],
    ["no file", () => ["--source", "meta-ads", "spend"], /name the file/],
    ["a declaration that is not there", () => ["x.csv", "--source", "./no.json"], /no\.json does not exist/],
    [
      "an unknown column",
      () => ["x.csv", "--source", own(spend({ price: { text: "1" } }))],
      /at tables\[0\]\.columns\.price: spend have no such column/,
    ],
    [
      "a column too few",
      () => ["x.csv", "--source", own({ columns: { date: { text: "x" } } })],
      /at tables\[0\]\.columns: lacks channel/,
    ],
    [
      "two origins",
      () => ["x.csv", "--source", own(spend({ cost: { text: "1", column: "x" } }))],
      /columns\.cost: needs exactly one of .*; it has text and column/,
    ],
    ["an unknown word", () => ["x.csv", "--source", own(spend({ cost: { colum: "x" } }))], /columns\.cost/],
  ];
  test.each(mistakes)("%s gets one sentence", async (_name, words, sentence) => {
    world.file("x.csv", "a,b\n1,2\n");
    const { exitCode, stderr } = await world.run("import", ...words(), "--workspace", freshWorkspace());
    expect(stderr).toMatch(sentence);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(exitCode).toBe(2);
  });

  test("an export without a column that the source needs says which", async () => {
    const { exitCode, stderr } = await importOwn(
      "tiktok-ads",
      "no-currency.csv",
      "Campaign name,By Day,Cost\na,2026-03-01,1\n",
    );
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /has no column "Currency" or "Devise", which tiktok-ads reads for currency; its columns are Campaign name/,
    );
  });
});
