import { readSheet } from "read-excel-file/node";
import { describe, expect, test } from "vitest";
import { sheetsOf, writeXlsx } from "../../client/src/ui/export/xlsx.ts";
import type { TableModel } from "../../client/src/ui/table-model.ts";

const NAMES = { figures: "Figures", notes: "Notes" };
const EURO = { code: "EUR", symbol: "€" };

const table: TableModel = {
  columns: [
    { label: "Campaign", isNumeric: false },
    { label: "Day", isNumeric: false },
    { label: "Revenue", isNumeric: true },
    { label: "Change", isNumeric: true },
    { label: "Orders", isNumeric: true },
  ],
  rows: [
    {
      id: "1",
      cells: [
        '=HYPERLINK("http://evil.example","x")',
        { text: "Thu 1 Oct 2026", value: "2026-10-01", unit: "date" },
        { text: "1,234", value: "1234.567890123456", unit: "money" },
        { text: "−6 %", value: -0.06, unit: "percent" },
        { text: "12", value: 12, unit: "count" },
      ],
    },
    { id: "2", cells: ["@SUM(A1)", "", { text: "–", value: null, unit: "money" }, "–", "none"] },
  ],
  total: ["Total", "", { text: "1,234", value: "1234.567890123456", unit: "money" }, "", ""],
};

async function written(of: TableModel, notes: (readonly [string, string])[] = []): Promise<Buffer> {
  const blob = await writeXlsx(sheetsOf(of, notes, NAMES, EURO));
  return Buffer.from(await blob.arrayBuffer());
}

describe("a table in a spreadsheet", () => {
  test("has numbers as numbers, days as days, and text as text, whatever it looks like", async () => {
    const file = await written(table, [["Title", "=1+1"]]);
    const [head, first, second, total] = await readSheet(file, NAMES.figures);
    expect(head).toEqual(["Campaign", "Day", "Revenue (EUR)", "Change", "Orders"]);
    expect(first).toEqual([
      ...['=HYPERLINK("http://evil.example","x")', new Date("2026-10-01T00:00:00Z")],
      ...[1234.567890123456, -0.06, 12],
    ]);
    expect(second).toEqual(["@SUM(A1)", null, null, null, "none"]);
    expect(total).toEqual(["Total", null, 1234.567890123456, null, null]);
    expect(await readSheet(file, NAMES.notes)).toEqual([["Title", "=1+1"]]);
  });

  test("holds no formula, and its head stays in sight", async () => {
    const sheets = sheetsOf(table, [["=A1", "=B1"]], NAMES, EURO);
    const cells = sheets.flatMap(({ data }) => data.flat()).filter((cell) => cell !== null && cell !== undefined);
    expect(cells.length).toBeGreaterThan(10);
    for (const cell of cells) expect(cell).toMatchObject({ type: expect.any(Function) });
    expect(sheets[0]).toMatchObject({ stickyRowsCount: 1 });
  });

  test("may have more cells than fit into one piece of the archive's writer", async () => {
    const rows = Array.from({ length: 5_000 }, (_, id) => ({
      id: String(id),
      cells: [`Campaign ${id}`, { text: "", value: id / 7, unit: "money" as const }],
    }));
    const read = await readSheet(await written({ columns: table.columns.slice(0, 2), rows }), NAMES.figures);
    expect(read).toHaveLength(5_001);
    expect(read[5_000]?.[1]).toBeCloseTo(4_999 / 7, 10);
  });
});
