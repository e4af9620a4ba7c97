import { readFileSync } from "node:fs";
import { join } from "node:path";
import type {
  Adjustment,
  AuditPage,
  ClosedPeriod,
  LedgerEntry,
  PlanActual,
  RoiReport,
} from "@touchline/server/contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sumOf } from "../../server/src/exact.ts";
import { importTrade, tradeInThreeCurrencies } from "../support/three-currencies.ts";
import { openWorld, type World } from "../support/world.ts";

let world: World;

beforeAll(async () => {
  world = await openWorld();
  await importTrade(world, "books", tradeInThreeCurrencies("2024-01-01", 91, 700));
}, 600_000);
afterAll(() => world.close());

const books = ["--workspace", "books"];
const json = async <T>(...argv: string[]) => (await world.json("report", ...argv, ...books)) as T;
const failure = async (...argv: string[]) => (await world.run("report", ...argv, ...books)).stderr;
const late = () => json<{ taken: Adjustment[]; pending: Adjustment[] }>("adjustments");

async function bytesOf(month: string): Promise<string[]> {
  const files: string[] = [];
  for (const format of ["csv", "xlsx", "pdf"]) {
    const file = `${month}-${format}-${crypto.randomUUID()}`;
    const { exitCode, stderr } = await world.run(
      "report",
      "closed",
      month,
      "--format",
      format,
      "--out",
      file,
      ...books,
    );
    expect(stderr).toBe("");
    expect(exitCode).toBe(0);
    files.push(readFileSync(join(world.folder, "files", file)).toString("base64"));
  }
  return files;
}

/** Late rows of a kind in a month: 500 conversions, refunds of 300 early ones, and spend of a new source for 30 days and 7 channels. */
async function importLate(mark: string): Promise<void> {
  const day = (i: number) => `2024-01-${String((i % 30) + 1).padStart(2, "0")}`;
  const conversions = ["conversion_id,occurred_at,visitor_id,conversion_type,revenue,currency"];
  const adjustments = ["adjustment_id,adjusts_conversion_id,amount,currency,occurred_at"];
  const spend = ["date,channel,campaign,cost,currency"];
  for (let i = 0; i < 500; i++)
    conversions.push(
      `late${mark}${i},${day(i)}T12:00:00Z,w${mark}${i},purchase,${(i * 0.37).toFixed(2)},${i % 3 ? "EUR" : "USD"}`,
    );
  for (let i = 0; i < 300; i++)
    adjustments.push(`back${mark}${i},late${mark}${i},-0.${10 + (i % 90)},GBP,2024-02-11T08:00:00Z`);
  for (let i = 0; i < 210; i++)
    spend.push(`${day(i)},Channel ${i % 7},late ${mark},${(1.01 + i * 0.11).toFixed(2)},USD`);
  const text = (lines: string[]) => `${lines.join("\n")}\n`;
  const trade = { conversions: text(conversions), adjustments: text(adjustments), spend: text(spend) };
  await importTrade(world, "books", trade, `late${mark}`);
}

const inKind = (list: readonly Adjustment[], kind: string) =>
  sumOf(list.filter((each) => each.kind === kind).map(({ amount }) => amount));

/** Law: what was frozen and what came late is what the books say now, asked of a report that knows nothing of closing. */
async function expectLaw(months: readonly string[]): Promise<void> {
  const { taken, pending } = await late();
  const [frozen, now] = [await Promise.all(months.map((month) => json<RoiReport>("closed", month))), [] as RoiReport[]];
  for (const month of months)
    now.push(await json<RoiReport>("roi", "--from", `${month}-01`, "--to", lastDay(month), "--compare", "none"));
  const of = (reports: readonly RoiReport[], code: string) =>
    sumOf(reports.map(({ reconciliation }) => reconciliation.find((line) => line.code === code)!.booked));
  const all = [...taken, ...pending];
  const money = sumOf([inKind(all, "revenue"), inKind(all, "refund")]);
  expect(sumOf([of(frozen, "revenue"), money])).toBe(of(now, "revenue"));
  expect(sumOf([of(frozen, "conversions"), inKind(all, "conversions")])).toBe(of(now, "conversions"));
  expect(sumOf([of(frozen, "spend"), inKind(all, "spend")])).toBe(of(now, "spend"));
  for (const { reconciliation } of now) expect(reconciliation.filter(({ isBalanced }) => !isBalanced)).toEqual([]);
}
const lastDay = (month: string) =>
  ({ "2024-01": "2024-01-31", "2024-02": "2024-02-29", "2024-03": "2024-03-31" })[month]!;

describe("closed months", () => {
  test("never change: what comes late is counted in the next one, and all of it adds up to the books of now", async () => {
    const closed = await json<ClosedPeriod>("close", "2024-01");
    expect(closed).toMatchObject({ month: "2024-01", version: 1, reopened: null });
    const frozen = await json<RoiReport>("closed", "2024-01");
    const before = await bytesOf("2024-01");
    const { entries } = (await world.json("audit", "list", ...books)) as AuditPage;
    const { attributed, incremental } = frozen.runs;
    const pinned = entries.filter(({ action }) => action === "runs.pin");
    expect(new Set(pinned.map(({ subject }) => subject.id))).toEqual(new Set([attributed, incremental]));
    expect(pinned.every(({ after }) => JSON.stringify(after).includes("closed 2024-01"))).toBe(true);
    expect(entries.some(({ action }) => action === "periods.close")).toBe(true);
    expect(await late()).toEqual({ taken: [], pending: [] });

    await importLate("a");
    expect(await bytesOf("2024-01")).toEqual(before);
    expect(await json<RoiReport>("closed", "2024-01")).toEqual(frozen);
    const { taken, pending } = await late();
    expect(taken).toEqual([]);
    expect(new Set(pending.map(({ month, countedIn }) => `${month} ${countedIn}`))).toEqual(
      new Set(["2024-01 2024-02"]),
    );
    expect(pending.find(({ kind }) => kind === "conversions")).toMatchObject({ amount: "500", rows: 500, channel: "" });
    expect(pending.find(({ kind }) => kind === "refund")).toMatchObject({ rows: 300 });
    expect(pending.filter(({ kind }) => kind === "spend")).toHaveLength(7);
    await expectLaw(["2024-01"]);

    await json("close", "2024-02");
    const february = await json<RoiReport>("closed", "2024-02");
    expect(february.adjustments).toEqual(pending);
    expect(await late()).toEqual({ taken: pending, pending: [] });
    await expectLaw(["2024-01", "2024-02"]);

    await importLate("b");
    const second = await late();
    expect(second.taken).toEqual(pending);
    expect(new Set(second.pending.map(({ countedIn }) => countedIn))).toEqual(new Set(["2024-03"]));
    expect(second.pending.find(({ kind }) => kind === "conversions")).toMatchObject({ amount: "500", rows: 500 });
    expect(await bytesOf("2024-01")).toEqual(before);
    await expectLaw(["2024-01", "2024-02"]);
  }, 600_000);

  test("are closed one after the other, and opened again from the last one with a reason that stays", async () => {
    expect(await failure("close", "2024-02")).toContain("2024-02 is closed already");
    expect(await failure("close", "2024-04")).toContain("close 2024-03 first");
    expect(await failure("close", "2999-01")).toContain("is not over yet");
    expect(await failure("reopen", "2024-01", "--reason", "x")).toContain("2024-02 is closed and stands on 2024-01");
    expect(await failure("reopen", "2024-02", "--reason", " ")).toContain("say why it is opened again");
    const opened = await json<ClosedPeriod>("reopen", "2024-02", "--reason", "the agency billed twice");
    expect(opened.reopened).toMatchObject({ reason: "the agency billed twice" });
    expect(await failure("closed", "2024-02")).toContain("2024-02 is not closed");
    const { taken, pending } = await late();
    expect(taken).toEqual([]);
    expect(pending.find(({ kind }) => kind === "conversions")).toMatchObject({ amount: "1000", countedIn: "2024-02" });
    expect(await json<ClosedPeriod>("close", "2024-02")).toMatchObject({ version: 2 });
    const all = await json<ClosedPeriod[]>("closed");
    expect(all.map(({ month, version }) => `${month} ${version}`)).toEqual(["2024-02 2", "2024-02 1", "2024-01 1"]);
    await expectLaw(["2024-01", "2024-02"]);
  }, 300_000);
});

describe("the ledger", () => {
  test("takes commitments and invoices, and says them beside plan and spend", async () => {
    const rows = [
      "kind,month,channel,amount,supplier,reference,note",
      'commitment,2024-03,Search,1000.50,"Agency, Ltd.",PO-1,"spring ""push"""',
      "invoice,2024-03,Search,-20.25,Agency,CN-7,",
    ];
    const written = await json<LedgerEntry[]>("ledger", "--import", world.file("ledger.csv", rows.join("\r\n")));
    expect(written[0]).toMatchObject({ supplier: "Agency, Ltd.", note: 'spring "push"', amount: "1000.50" });
    const { rows: months } = await json<PlanActual>("plan", "--from", "2024-03", "--to", "2024-03");
    const search = months.find(({ channel }) => channel === "Search")!;
    expect(search).toMatchObject({ committed: "1000.5", invoiced: "-20.25", planned: null, difference: null });
    const report = await json<RoiReport>("roi", "--from", "2024-03-01", "--to", "2024-03-31", "--model", "last");
    expect(search.spend).toBe(report.rows.find(({ name }) => name === "Search")!.figures.spend);
    expect(report.total).toMatchObject({ committed: "1000.5", invoiced: "-20.25" });
    const wrong = world.file("wrong.csv", `${rows.join("\n")}\ninvoice,2024-13,Search,1,,,`);
    expect(await failure("ledger", "--import", wrong)).toContain("line 4: month: a month is written YYYY-MM");
    await json("ledger", "--remove", written[1]!.id);
    expect(await json<LedgerEntry[]>("ledger", "--from", "2024-03", "--to", "2024-03")).toHaveLength(1);
    expect(await failure("ledger", "--remove", written[1]!.id)).toContain("not in the ledger");
  });

  test("is exported with account codes, debit equal to credit in every document", async () => {
    const exporting = ["ledger", "--from", "2024-01", "--to", "2024-03", "--export", "journal.csv"];
    expect(await failure(...exporting)).toContain("no contra account is set");
    const { stderr } = await world.run(
      ...["report", "finance", world.file("no.json", '{"contraAccount":"401"}'), ...books],
    );
    expect(stderr).toBe("");
    expect(await failure(...exporting)).toContain("has no account");
    const finance = { accounts: { Search: "6231", "": "6230" }, contraAccount: "401", discountRate: 0.08 };
    await json("finance", world.file("finance.json", JSON.stringify(finance)));
    await json(...exporting);
    const text = readFileSync(join(world.folder, "files", "journal.csv"), "utf8");
    const [head, ...lines] = text
      .trim()
      .split("\r\n")
      .map((line) => line.split(","));
    expect(head).toEqual(["date", "period", "document", "account", "channel", "text", "debit", "credit", "currency"]);
    const documents = new Set(lines.map((line) => line[2]!));
    expect([...documents]).toEqual(["TL-2024-01-v1", "TL-2024-02-v2", "TL-2024-03-open"]);
    for (const document of documents) {
      const own = lines.filter((line) => line[2] === document);
      const sum = (column: number) => sumOf(own.map((line) => line.at(column) || "0"));
      expect(sum(-3), document).toBe(sum(-2));
    }
    expect(lines.some((line) => line[3] === "6231" && line[4] === "Search")).toBe(true);
    expect(text).toContain("arrived after closing");
  });

  test("counts what is paid over time at what it is worth today, and refuses shares that do not add up", async () => {
    const paid = (shares: number[]) => ({
      discountRate: 0.1,
      paymentsOverTime: [{ conversionType: "subscription", shares }],
    });
    const off = world.file("off.json", JSON.stringify(paid([0.5, 0.4])));
    expect(await failure("finance", off)).toContain("add up to 0.9: they have to add up to 1");
    await json("finance", world.file("paid.json", JSON.stringify(paid([0.5, ...Array<number>(11).fill(0), 0.5]))));
    const { total, rows } = await json<RoiReport>(
      "roi",
      "--from",
      "2024-03-01",
      "--to",
      "2024-03-31",
      "--model",
      "last",
    );
    expect(Math.abs(Number(total.presentValue))).toBeLessThan(Math.abs(Number(total.incrementalRevenue)));
    expect(sumOf(rows.map(({ figures }) => figures.presentValue!))).toBe(total.presentValue);
  });
});

test("a report is written as a file, or refused in words", async () => {
  const days = ["--from", "2024-03-01", "--to", "2024-03-31", "--model", "last"];
  expect(await failure("roi", ...days, "--format", "csv")).toContain("--format and --out go together");
  expect(await failure("roi", ...days, "--level", "creative")).toContain("--level");
  const { stdout } = await world.run("report", "roi", ...days, "--format", "csv", "--out", "march.csv", ...books);
  expect(stdout).toBe("Written to march.csv.\n");
  const printed = (await world.run("report", "roi", ...days, ...books)).stdout;
  expect(printed).toContain("Held against the books");
  expect(printed).not.toContain("DOES NOT ADD UP");
});
