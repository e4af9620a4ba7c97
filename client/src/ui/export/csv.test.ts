import { defuseText } from "@touchline/server/contract";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Cell, TableModel } from "../table-model.ts";
import { MACHINE_CSV, spreadsheetCsv, writeCsv } from "./csv.ts";

/** A reader of its own: quotes as in RFC 4180. */
function readCsv(text: string, separator: string): string[][] {
  const rows: string[][] = [[]];
  let field = "";
  let isQuoted = false;
  const body = text.replace(/^\ufeff/, "");
  for (let at = 0; at < body.length; at++) {
    const letter = body[at] ?? "";
    if (isQuoted && letter === '"' && body[at + 1] === '"') field += body[++at];
    else if (letter === '"') isQuoted = !isQuoted;
    else if (!isQuoted && letter === separator) {
      rows.at(-1)?.push(field);
      field = "";
    } else if (!isQuoted && letter === "\r" && body[at + 1] === "\n") {
      rows.at(-1)?.push(field);
      rows.push([]);
      field = "";
      at++;
    } else field += letter;
  }
  return rows.slice(0, -1);
}

const words = fc.oneof(
  fc.string(),
  fc.string({ unit: fc.constantFrom(...'=+-@\t\r\n;,"| |x＝＋－＠') }),
  fc.constantFrom("=1+1", "@SUM(A1)", "-2+3", "a;=1+1;", '"=1+1', " =cmd|' /C calc'!A0", "Été, « promo »", "-"),
);
const figure = fc.record({
  text: fc.string(),
  value: fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constant(null)),
  unit: fc.constantFrom("money" as const, "count" as const, "ratio" as const),
});
const tables = fc.array(fc.tuple(words, figure, figure), { minLength: 1, maxLength: 8 }).map(
  (rows): TableModel => ({
    columns: ["Name", "A", "B"].map((label, index) => ({ label, isNumeric: index > 0 })),
    rows: rows.map((cells, id) => ({ id: String(id), cells })),
  }),
);

function expectedOf(cell: Cell): string | number | null {
  if (typeof cell === "string") return cell === "–" ? "" : defuseText(cell);
  return typeof cell.value === "number" ? cell.value + 0 : null;
}

for (const [name, dialect] of [
  ["programs", MACHINE_CSV],
  ["a French spreadsheet", spreadsheetCsv("fr")],
  ["an English spreadsheet", spreadsheetCsv("en")],
] as const) {
  test(`what is written for ${name} reads back with every digit and letter`, () => {
    fc.assert(
      fc.property(tables, (table) => {
        const [, ...rows] = readCsv(writeCsv(table, dialect, ""), dialect.separator);
        const read = rows.map((cells) =>
          cells.map((text, column) => {
            if (column === 0) return text;
            return text === "" ? null : Number(text.replace(dialect.decimal, ".")) + 0;
          }),
        );
        expect(read).toEqual(table.rows.map(({ cells }) => cells.map(expectedOf)));
      }),
    );
  });
}

test("no text from the data begins like a formula, whatever separator a program cuts at", () => {
  fc.assert(
    fc.property(words, (text) => {
      const table: TableModel = {
        columns: [{ label: "Name", isNumeric: false }],
        rows: [{ id: "0", cells: [text] }],
      };
      for (const dialect of [MACHINE_CSV, spreadsheetCsv("fr")]) {
        const line = writeCsv(table, dialect, "").split("\r\n").slice(1).join("\r\n");
        for (const cut of [",", ";", "\t", "\n", "|"]) {
          for (const part of line.replace(/\r\n$/, "").split(cut)) {
            expect(part.replace(/^[\s"']*/, (start) => (start.includes("'") ? "'" : ""))).not.toMatch(
              /^[=+\-@＝＋－＠]/,
            );
          }
        }
      }
    }),
    { numRuns: 500 },
  );
});

test("a negative figure stays a number, a shop's “-50%” does not", () => {
  const table: TableModel = {
    columns: [
      { label: "Campaign", isNumeric: false },
      { label: "Change", isNumeric: true },
      { label: "Share", isNumeric: true },
    ],
    rows: [
      {
        id: "a",
        cells: [
          "-50%",
          { text: "−€12", value: "-12.5", unit: "money" },
          { text: "−6 %", value: -0.06, unit: "percent" },
        ],
      },
    ],
    total: ["Total", "", ""],
  };
  expect(writeCsv(table, spreadsheetCsv("fr"), "EUR")).toBe(
    "\ufeffCampaign;Change (EUR);Share\r\n'-50%;-12,5;-6%\r\nTotal;;\r\n",
  );
  expect(writeCsv(table, MACHINE_CSV, "EUR")).toBe("Campaign,Change (EUR),Share\r\n'-50%,-12.5,-0.06\r\n");
});
