import { createHash } from "node:crypto";
import { performance } from "node:perf_hooks";
import { readSheet } from "read-excel-file/node";
import { describe, expect, test, vi } from "vitest";
import type { ReportFormat, RoiReport } from "../../server/src/contract/index.ts";
import { sumOf } from "../../server/src/exact.ts";
import { writeTask } from "../../server/src/reports/files/file-task.ts";
import { roiFileName, writeRoiFile } from "../../server/src/reports/files/index.ts";
import { topAdjustments, topRows } from "../../server/src/reports/files/pdf/top-rows.ts";
import { createPrinter } from "../../server/src/reports/files/print.ts";
import { inventReport } from "../../server/src/reports/files/report.fixture.ts";
import { en } from "../../server/src/reports/files/words/en.ts";
import { fr } from "../../server/src/reports/files/words/fr.ts";
import { wordsIn } from "../../server/src/reports/files/words/index.ts";
import { unzip } from "../support/unzip.ts";

const FORMATS: readonly ReportFormat[] = ["csv", "xlsx", "pdf"];
const report = inventReport();
const text = (bytes: Uint8Array) => new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);

async function written(of: RoiReport, format: "xlsx" | "pdf", locale: "en" | "fr"): Promise<Uint8Array> {
  const answer = await writeTask({ report: of, format, locale });
  if ("failed" in answer) throw new Error(answer.failed);
  return answer.bytes;
}

/** A reader of its own: quotes as in RFC 4180. */
function readCsv(written: string, separator: string): string[][] {
  const rows: string[][] = [[]];
  let field = "";
  let isQuoted = false;
  const body = written.replace(/^\ufeff/, "");
  for (let at = 0; at < body.length; at++) {
    const letter = body[at]!;
    if (isQuoted && letter === '"' && body[at + 1] === '"') field += body[++at];
    else if (letter === '"') isQuoted = !isQuoted;
    else if (!isQuoted && (letter === separator || letter === "\r")) {
      rows.at(-1)!.push(field);
      field = "";
      if (letter === "\r" && body[++at] === "\n") rows.push([]);
    } else field += letter;
  }
  return rows;
}

describe("a report as a file", () => {
  test.each(FORMATS)("is the same to the byte whenever it is written, as %s", async (format) => {
    // Here and not in its thread, whose clock nobody sets.
    const print = async () => {
      const bytes = format === "csv" ? await writeRoiFile(report, format, "fr") : await written(report, format, "fr");
      return createHash("sha256").update(bytes).digest("hex");
    };
    const first = await print();
    vi.useFakeTimers({ now: new Date("2031-05-05T05:05:05Z"), toFake: ["Date"] });
    try {
      expect(await print()).toBe(first);
    } finally {
      vi.useRealTimers();
    }
    expect(
      createHash("sha256")
        .update(await writeRoiFile(report, format, "fr"))
        .digest("hex"),
    ).toBe(first);
    const other = inventReport({ writtenAt: "2026-11-03T07:30:00.000Z" });
    expect(await writeRoiFile(other, format, "fr")).not.toEqual(await writeRoiFile(report, format, "fr"));
  });

  test("is named in letters that every system takes", () => {
    expect(roiFileName(report, "pdf")).toBe("roi_boutique-d-ete_2026-08-01_2026-10-31.pdf");
    expect(roiFileName(inventReport({ workspace: '../"店' }), "csv")).toBe("roi_2026-08-01_2026-10-31.csv");
  });

  test("says the same in both languages, and fills the same places", () => {
    const placesOf = (words: unknown): unknown => {
      if (typeof words === "string") return [...words.matchAll(/\{\{\w+\}\}/g)].map(([place]) => place).sort();
      return Object.fromEntries(Object.entries(words as object).map(([key, each]) => [key, placesOf(each)]));
    };
    expect(placesOf(fr)).toEqual(placesOf(en));
  });

  test("writes figures without asking the machine's language, and exact ones to the last digit", () => {
    const [english, french] = [createPrinter("en", "EUR"), createPrinter("fr", "EUR")];
    expect(english.money("-1234567.895")).toBe("−€1,234,567.90");
    expect(french.money("-1234567.895")).toBe("−1\u202f234\u202f567,90\u00a0€");
    expect(french.money("90071992547409931.07")).toBe("90\u202f071\u202f992\u202f547\u202f409\u202f931,07\u00a0€");
    expect(english.money("-0.004")).toBe("€0.00");
    expect(english.percent(0.1234)).toBe("12.3%");
    expect(french.percent(-0.05, true)).toBe("−5,0\u202f%");
    expect(french.range({ from: "2026-10-01", to: "2026-10-31" })).toBe("1er – 31\u00a0octobre 2026");
    expect(french.moment("2026-11-01T23:30:00Z", "Europe/Paris")).toBe("2\u00a0novembre 2026, 00:30");
  });
});

describe("a report as CSV", () => {
  test("has a mark, ends lines as Windows does, and writes decimals as its country does", async () => {
    for (const [locale, separator, decimal] of [
      ["en", ",", "."],
      ["fr", ";", ","],
    ] as const) {
      const written = text(await writeRoiFile(report, "csv", locale));
      expect(written.startsWith("\ufeff")).toBe(true);
      expect(written.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
      const rows = readCsv(written, separator);
      const head = rows.findIndex((row) => row.includes("ROAS") && row.length > 3);
      const total = rows.slice(head).find(([name]) => name === "Total")!;
      const number = (field: string) => field.replace(decimal, ".");
      expect(number(total[1]!)).toBe(Number(report.total.spend).toFixed(2));
      const spends = rows.slice(head + 1, head + 1 + report.rows.length).map((row) => number(row[1]!));
      expect(Number(sumOf(spends)).toFixed(2)).toBe(number(total[1]!));
      expect(rows[head]!.length).toBe(total.length);
    }
  });

  test("says what it stands on, and whether it adds up", async () => {
    const written = text(await writeRoiFile(report, "csv", "en"));
    for (const said of [
      "Markov",
      "30 days",
      "net of tax",
      "Europe/Paris",
      "run-a1",
      "w-1842",
      "Reconciliation – Adds up",
    ])
      expect(written).toContain(said);
    const reconciliation = report.reconciliation.map((line, at) =>
      at === 0 ? { ...line, difference: "0.01", isBalanced: false } : line,
    );
    const off = text(await writeRoiFile(inventReport({ reconciliation }), "csv", "fr"));
    expect(off).toContain("Rapprochement – Ne concorde pas");
  });

  test("holds no name that a spreadsheet computes, and negative amounts as numbers", async () => {
    const rows = readCsv(text(await writeRoiFile(report, "csv", "en")), ",");
    const fields = rows.flat();
    expect(fields.filter((field) => /^[=+@]/.test(field))).toEqual([]);
    expect(fields.filter((field) => field.startsWith("-")).every((field) => /^-\d+(\.\d+)?%?$/.test(field))).toBe(true);
    expect(fields).toContain("'+Search");
    expect(fields).toContain("-120.40");
  });
});

describe("a report as a workbook", () => {
  const written = writeRoiFile(report, "xlsx", "en").then((bytes) => Buffer.from(bytes));

  test("has figures as numbers, months as days, and names as text", async () => {
    const sheet = await readSheet(await written, "Report");
    expect(sheet[0]).toContain("Spend (EUR)");
    const hostile = sheet.find(([name]) => String(name).startsWith("=HYPERLINK"))!;
    expect(hostile[1]).toBe(Number(report.rows[2]!.figures.spend));
    const months = await readSheet(await written, "Months");
    expect(months[1]![0]).toEqual(new Date("2026-08-01T00:00:00Z"));
    const adjustments = await readSheet(await written, "Adjustments");
    expect(adjustments[1]).toEqual([
      new Date("2026-07-01T00:00:00Z"),
      new Date("2026-08-01T00:00:00Z"),
      "Meta",
      "Refund",
      -120.4,
      7,
    ]);
    const notes = (await readSheet(await written, "Notes")).flat();
    for (const said of ["Markov", "30 days", "run-b2", "iROAS"]) expect(notes).toContain(said);
  });

  test("totals by formulas that hold what they come to, and whose rows come to it", async () => {
    const files = unzip(await written);
    const sheet = files.get("xl/worksheets/sheet1.xml")!.text;
    const formulas = [...sheet.matchAll(/<c r="([A-Z]+)7"[^>]*><f>([^<]+)<\/f><v>([^<]+)<\/v><\/c>/g)];
    expect(formulas.length).toBeGreaterThan(8);
    const read = await readSheet(await written, "Report");
    for (const [, column = "", formula = "", value = ""] of formulas) {
      const index = column.charCodeAt(0) - 65;
      if (!formula.startsWith("SUM(")) continue;
      expect(formula).toBe(`SUM(${column}2:${column}6)`);
      const amounts = read.slice(1, 6).map((row) => String(row[index] ?? 0));
      expect(Number(sumOf(amounts))).toBeCloseTo(Number(value), 9);
    }
    expect(sheet).toMatch(/<f>D7\/B7<\/f><v>1\.98/);
    expect(files.get("xl/worksheets/sheet2.xml")!.text).toMatch(/<f>SUM\(C2:C3\)<\/f><v>20932\.39<\/v>/);
    expect([...files.values()].every(({ text: xml }) => !/<f>[^<]*<\/f><\/c>/.test(xml))).toBe(true);
  });

  test("keeps heads in sight, prints money in its currency, and is dated by its report", async () => {
    const files = unzip(await written);
    for (const sheet of [1, 2, 3, 4]) {
      const { text: xml } = files.get(`xl/worksheets/sheet${sheet}.xml`)!;
      expect(xml).toMatch(/<pane [^>]*ySplit="1"[^>]*state="frozen"/);
      expect(xml).toMatch(/<col [^>]*width="/);
    }
    expect(files.get("xl/workbook.xml")!.text).toContain("'Report'!$A:$A,'Report'!$1:$1</definedName>");
    for (const sheet of [1, 2, 3, 4, 5])
      expect(files.get(`xl/worksheets/sheet${sheet}.xml`)!.text).toMatch(/<pageSetup [^>]*landscape[^>]*fitToWidth/);
    expect(files.get("xl/styles.xml")!.text).toContain("#,##0.00\\ &quot;€&quot;");
    expect(new Set([...files.values()].map(({ moment }) => moment))).toEqual(new Set(["2026-11-2 7:30"]));
  });

  test("writes a total as it is where its rows do not come to it", async () => {
    const total: RoiReport["total"] = { ...report.total, spend: "1.00" };
    const files = unzip(await writeRoiFile(inventReport({ total }), "xlsx", "en"));
    const sheet = files.get("xl/worksheets/sheet1.xml")!.text;
    expect(sheet).toMatch(/<c r="B7"[^>]*><v>1<\/v>/);
    expect(sheet).not.toContain("SUM(B2");
  });
});

describe("a report that is long", () => {
  const pageOf = (long: RoiReport) => ({ report: long, words: wordsIn("en"), print: createPrinter("en", "EUR") });
  const long = inventReport({ level: "campaign" }, 300);

  test("shows on paper the rows with the largest spend, and the others in one that comes to the cent", () => {
    const { items, said } = topRows(pageOf(long));
    expect(items).toHaveLength(41);
    expect(items.at(-1)).toMatchObject({ name: "The 260 others together", campaign: "" });
    expect(said).toMatch(/^The 40 of 300 rows .* CSV and XLSX files have every row\.$/);
    const least = Math.min(...items.slice(0, -1).map(({ figures }) => Number(figures.spend)));
    const left = long.rows.filter((row) => !items.includes(row));
    expect(Math.max(...left.map(({ figures }) => Number(figures.spend)))).toBeLessThanOrEqual(least);
    for (const figure of [
      "spend",
      "attributedRevenue",
      "incrementalRevenue",
      "margin",
      "presentValue",
      "budget",
    ] as const) {
      expect(sumOf(items.map(({ figures }) => figures[figure] ?? "0")), figure).toBe(long.total[figure]);
      expect(sumOf(items.map(({ before }) => before?.[figure] ?? "0")), figure).toBe(long.totalBefore![figure]);
    }
  });

  test("has every row in its tables, and on the paper of a month that is closed", async () => {
    const book = Buffer.from(await writeRoiFile(long, "xlsx", "en"));
    expect(await readSheet(book, "Report")).toHaveLength(302);
    const lines = readCsv(text(await writeRoiFile(long, "csv", "en")), ",");
    expect(lines.filter(([name]) => long.rows.some((row) => row.name === name?.replace(/^'/, ""))).length).toBe(300);
    const closed = { month: "2026-08", version: 1, by: "Nora", at: long.writtenAt };
    expect(topRows(pageOf({ ...long, closed }))).toEqual({ items: long.rows, said: "" });
  });

  test("puts adjustments that are left out together by kind", () => {
    const adjustments = Array.from({ length: 200 }, (_, at) => ({
      ...{ month: "2026-07", countedIn: "2026-08", channel: `Channel ${at}`, amount: `${(at * 37) % 100}.05`, rows: 2 },
      kind: at % 2 === 0 ? ("spend" as const) : ("conversions" as const),
    }));
    const { items } = topAdjustments(pageOf(inventReport({ adjustments })));
    expect(items).toHaveLength(42);
    for (const kind of ["spend", "conversions"]) {
      const of = (list: readonly { kind: string; amount: string }[]) =>
        sumOf(list.filter((each) => each.kind === kind).map(({ amount }) => amount));
      expect(of(items)).toBe(of(adjustments));
    }
    expect(items.reduce((sum, { rows }) => sum + rows, 0)).toBe(400);
  });

  test("is written beside the thread that serves, which stays free", async () => {
    const [began, used] = [performance.now(), performance.eventLoopUtilization()];
    const [pdf] = await Promise.all([writeRoiFile(long, "pdf", "en"), writeRoiFile(long, "xlsx", "fr")]);
    expect(performance.eventLoopUtilization(used).active).toBeLessThan((performance.now() - began) / 4);
    expect(Buffer.from(pdf)).toEqual(Buffer.from(await written(long, "pdf", "en")));
  });

  test("that cannot be written says so, and the next one is", async () => {
    const broken = { ...report, months: null } as unknown as RoiReport;
    await expect(writeRoiFile(broken, "pdf", "en")).rejects.toThrow("the pdf could not be written");
    expect((await writeRoiFile(report, "pdf", "en")).byteLength).toBeGreaterThan(1_000);
  });
});
