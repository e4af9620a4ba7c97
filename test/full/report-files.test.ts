import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { readSheet } from "read-excel-file/node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RoiReport } from "../../server/src/contract/index.ts";
import { writeRoiFile } from "../../server/src/reports/files/index.ts";
import { inventReport } from "../../server/src/reports/files/report.fixture.ts";

/** Files of a report, read by programs of other people: poppler reads the PDF, LibreOffice the tables. */
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "touchline-report-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (program: string, ...argv: string[]) => execFileSync(program, argv, { encoding: "utf8", timeout: 100_000 });

async function keep(name: string, report: RoiReport, format: "csv" | "xlsx" | "pdf", locale: "en" | "fr") {
  const path = join(folder, `${name}.${format}`);
  writeFileSync(path, await writeRoiFile(report, format, locale));
  return path;
}

interface Word {
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

/** Where every word stands, page by page, with the size of the page. */
function wordsOf(path: string): { width: number; height: number; words: Word[] }[] {
  const html = run("pdftotext", "-bbox", path, "-");
  return html
    .split("<page ")
    .slice(1)
    .map((page) => {
      const size = /width="([\d.]+)" height="([\d.]+)"/.exec(page)!;
      const words = [...page.matchAll(/<word xMin="([\d.-]+)" yMin="[\d.-]+" xMax="([\d.-]+)" yMax="([\d.-]+)"/g)];
      return {
        ...{ width: Number(size[1]), height: Number(size[2]) },
        words: words.map(([, left, right, bottom]) => ({
          left: Number(left),
          right: Number(right),
          bottom: Number(bottom),
        })),
      };
    });
}

describe("the PDF of a report", () => {
  const campaigns = inventReport({ level: "campaign" }, 40);

  test("has its figures on A4, with heads on every page and nothing over an edge", async () => {
    const path = await keep("campaigns", campaigns, "pdf", "en");
    const pages = wordsOf(path);
    expect(pages.length).toBeGreaterThan(8);
    for (const { width, height, words } of pages) {
      expect([Math.round(width), Math.round(height)]).toEqual([595, 842]);
      expect(words.length).toBeGreaterThan(5);
      for (const { left, right, bottom } of words) {
        expect(left).toBeGreaterThanOrEqual(47);
        expect(right).toBeLessThanOrEqual(width - 46);
        expect(bottom).toBeLessThanOrEqual(height);
      }
    }
    const text = run("pdftotext", "-layout", path, "-");
    expect(text.match(/Campaign +Spend +Attributed/g)?.length).toBeGreaterThan(2);
    for (const said of ["Markov", "30 days", "Reconciliation", "Adjustments", "€1 of spend brought"])
      expect(text).toContain(said);
    expect(text).toContain(`Page ${pages.length} of ${pages.length}`);
    const spend = Number(campaigns.total.spend).toLocaleString("en", { minimumFractionDigits: 2 });
    expect(text).toContain(spend);
  });

  test("speaks French with every sign that French has, in fonts of its own", async () => {
    const path = await keep("french", inventReport(), "pdf", "fr");
    const text = run("pdftotext", "-layout", path, "-").replaceAll("\u00a0", " ");
    for (const said of ["Rapport de ROI", "8 370,70 €", "1er août – 31 octobre 2026", "Concorde", "Méthode", "« été »"])
      expect(text).toContain(said);
    expect(text).not.toMatch(/[\ufffd\u25a1]/);
    const fonts = run("pdffonts", path)
      .split("\n")
      .slice(2)
      .filter((line) => line !== "");
    expect(fonts.length).toBeGreaterThan(1);
    for (const font of fonts) expect(font).toMatch(/Roboto.* yes +yes +yes/);
  });

  test("draws every page", async () => {
    const path = await keep("drawn", inventReport({ level: "month" }, 12), "pdf", "en");
    run("pdftoppm", "-r", "40", "-gray", path, join(folder, "drawn"));
    const pages = wordsOf(path).length;
    for (let page = 1; page <= pages; page++) {
      const picture = readFileSync(join(folder, `drawn-${String(page).padStart(String(pages).length, "0")}.pgm`));
      const dark = picture.subarray(15).filter((grey) => grey < 200).length;
      expect(dark).toBeGreaterThan(200);
    }
  });

  test("says in red and in words that it does not add up, and in green only when it does", async () => {
    const [line, ...others] = inventReport().reconciliation;
    const off = { ...line!, difference: "0.01", isBalanced: false };
    const text = run(
      "pdftotext",
      await keep("off", inventReport({ reconciliation: [off, ...others] }), "pdf", "en"),
      "-",
    );
    expect(text).toContain("The figures do not add up to the books");
    expect(text).toContain("Does not add up");
  });
});

describe("LibreOffice", () => {
  /** Formulas of other programs' files are taken as they stand, unless somebody says that they are to be computed anew. */
  const ALWAYS_ANEW = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>`;
  beforeAll(() => {
    mkdirSync(join(folder, "office", "user"), { recursive: true });
    writeFileSync(join(folder, "office", "user", "registrymodifications.xcu"), ALWAYS_ANEW);
  });

  /** Opens a file as a person would, without a window, and saves it as another. @returns the path of that */
  function convert(path: string, to: string, ...options: string[]): string {
    const profile = `-env:UserInstallation=file://${join(folder, "office")}`;
    const out = join(folder, "out");
    run("soffice", profile, "--headless", ...options, "--convert-to", to, "--outdir", out, path);
    return join(out, `${basename(path).replace(/\.\w+$/, "")}.${to.split(":")[0]}`);
  }
  const report = inventReport();
  const total = (lines: readonly string[]) => lines.find((line) => line.startsWith("Total,"))!.split(",");

  test("opens the CSV of both countries with its figures as numbers", async () => {
    // Field separator, text mark, UTF-8, first line, no column formats, language of the numbers.
    for (const [locale, infilter] of [
      ["en", "44,34,76,1,,2057"],
      ["fr", "59,34,76,1,,1036"],
    ] as const) {
      const path = await keep(`table-${locale}`, report, "csv", locale);
      const plain = "csv:Text - txt - csv (StarCalc):44,34,76,1,,1033,false,false";
      const opened = convert(path, plain, `--infilter=CSV:${infilter}`);
      const lines = readFileSync(opened, "utf8").replaceAll("\r", "").split("\n");
      expect(Number(total(lines)[1])).toBe(Number(report.total.spend));
      expect(lines.join("\n")).not.toMatch(/#(REF|NAME|VALUE)|Err:/);
    }
  });

  test("opens the workbook and comes to the same totals by its formulas", async () => {
    const saved = readFileSync(convert(await keep("book", report, "xlsx", "en"), "xlsx:Calc MS Excel 2007 XML"));
    const sheet = await readSheet(saved, "Report");
    const cells = sheet.find(([name]) => name === "Total")!;
    expect(cells[1]).toBeCloseTo(Number(report.total.spend), 9);
    expect(cells[3]).toBeCloseTo(Number(report.total.attributedRevenue), 9);
    expect(cells[4]).toBeCloseTo(report.total.roas!, 9);
    expect(sheet.flat().filter((cell) => typeof cell === "string" && cell.startsWith("#"))).toEqual([]);
    const reconciliation = await readSheet(saved, "Reconciliation");
    const left = reconciliation.filter(([, item]) => item === "Difference").map(([, , amount]) => amount);
    expect(left).toEqual(report.reconciliation.map(() => 0));
  });
});
