import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runTouchline } from "../support/process.ts";
import { referenceData } from "./reference-data.ts";

/** The documented commands, as a person types them, on the reference files. */
interface Answer {
  readonly totals: { conversions: number; revenue: string };
  readonly baseline: { conversions: number; revenue: string };
  readonly channels: readonly { channel: string; conversions: number; revenue: string; spend: string | null }[];
}

let reference: string;
let data: string;
beforeAll(() => {
  const found = referenceData();
  if (found === null) throw new Error("the reference data is not here; this suite needs it");
  reference = found;
  data = mkdtempSync(join(tmpdir(), "touchline-reference-"));
});
afterAll(() => rmSync(data, { recursive: true, force: true }));

async function run(...argv: string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await runTouchline([...argv, "--data", data]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  return stdout;
}

/** Rows of a simple CSV file without quotes around its numbers. */
function readTable(path: string): Record<string, string>[] {
  const [header, ...lines] = readFileSync(path, "utf8")
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(",").map((cell) => cell.trim().replaceAll('"', "")));
  return lines.map((cells) => Object.fromEntries(header!.map((name, i) => [name, cells[i]!])));
}

/** The `touchline import` examples of docs/cli.md, with the files where they are here. */
function documentedImports(): string[][] {
  const text = readFileSync(new URL("../../docs/cli.md", import.meta.url), "utf8");
  const lines = text.split("\n").filter((line) => /^ {4}touchline import \w+ (events|spend)\.csv /.test(line));
  return lines.map((line) => {
    const words = line
      .trim()
      .match(/"[^"]*"|\S+/g)!
      .map((word) => word.replace(/^"|"$/g, ""));
    return words
      .slice(1)
      .map((word) => (/^(events|spend)\.csv$/.test(word) ? join(reference, "cookie-journeys", word) : word));
  });
}

describe("the table that mixes impressions and conversions", () => {
  test("loads with the documented commands: 62,483 touches, 1,838 conversions worth 11,423.5, 155 days of spend", async () => {
    const commands = documentedImports();
    expect(commands.map(([, kind]) => kind)).toEqual(["touchpoints", "conversions", "spend"]);
    const reports = [];
    for (const argv of commands) {
      const { imports } = JSON.parse(await run(...argv, "--json")) as {
        imports: { received: number; stored: number; rejected: number }[];
      };
      reports.push(imports[0]);
    }
    expect(reports).toMatchObject([
      { received: 62_483, stored: 62_483, rejected: 0 },
      { received: 62_483, stored: 1_838, rejected: 0 },
      { received: 155, stored: 155, rejected: 0 },
    ]);
    for (const argv of commands) expect(await run(...argv)).toMatch(/nothing changed/);
  });

  test.each(["first", "last", "linear", "time-decay", "position-based", "markov"])(
    "%s credits all of it: every conversion has its own touch",
    async (model) => {
      const answer = JSON.parse(await run("attribute", "--model", model, "--json")) as Answer;
      expect(answer.totals).toEqual({ conversions: 1_838, revenue: "11423.5" });
      expect(answer.baseline).toEqual({ conversions: 0, revenue: "0" });
      expect(answer.channels).toHaveLength(5);
      expect(answer.channels.reduce((sum, { conversions }) => sum + conversions, 0)).toBeCloseTo(1_838, 8);
    },
  );

  test("last touch is the channel of the row that converted", async () => {
    const answer = JSON.parse(await run("attribute", "--model", "last", "--json")) as Answer;
    const rows = readTable(join(reference, "cookie-journeys/events.csv")).filter(
      ({ conversion }) => conversion === "1",
    );
    for (const { channel, conversions } of answer.channels) {
      expect(conversions).toBe(rows.filter((row) => row.channel === channel).length);
    }
  });
});

describe("aggregated paths", () => {
  test.each(["first", "last", "linear"])("%s on PathData equals the reference digits", async (model) => {
    const answer = JSON.parse(
      await run("attribute", "--paths", join(reference, "markov/pathdata.csv"), "--model", model, "--json"),
    ) as Answer;
    const rows = readTable(join(reference, "markov/pathdata_heuristics.csv"));
    expect(answer.channels).toHaveLength(rows.length);
    for (const row of rows) {
      const channel = answer.channels.find((each) => each.channel === row.channel_name)!;
      expect(Math.abs(channel.conversions / Number(row[`${model}_touch_conversions`]) - 1)).toBeLessThan(1e-14);
      expect(Math.abs(Number(channel.revenue) / Number(row[`${model}_touch_value`]) - 1)).toBeLessThan(1e-13);
    }
  });

  test.each([1, 2])("markov of order %i on PathData equals the reference to 1e-9", async (order) => {
    const answer = JSON.parse(
      await run(
        "attribute",
        "--paths",
        join(reference, "markov/pathdata.csv"),
        "--model",
        "markov",
        "--order",
        String(order),
        "--json",
      ),
    ) as Answer;
    for (const row of readTable(join(reference, `markov/pathdata_order${order}_null.csv`))) {
      const channel = answer.channels.find((each) => each.channel === row.channel_name)!;
      expect(Math.abs(channel.conversions / Number(row.total_conversions) - 1)).toBeLessThan(1e-9);
      expect(Math.abs(Number(channel.revenue) / Number(row.total_conversion_value) - 1)).toBeLessThan(1e-9);
    }
  });
});
