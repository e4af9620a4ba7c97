import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readPathFile } from "./read-path-file.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "touchline-path-files-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function read(content: string | Uint8Array, name = "report.csv") {
  const file = join(folder, name);
  writeFileSync(file, content);
  return readPathFile(file);
}

const GA4 = `# ----------------------------------------
# Key event attribution paths
# Property: A shop, with a comma
# ----------------------------------------
#
# Start date: 20260101
# End date: 20260131

Primary channel group path,Key events,Purchase revenue,Days to key event,Touchpoints to key event
,1234,56789.5,2.1,3.4
"[""Organic Search"",""Direct""]",1000,50000,3.2,2
"[""Paid Search × 2"",""Direct""]",200,6000.5,5,3
"[""Email""]",34,789,0,1
`;

describe("a report of Google Analytics 4", () => {
  test("has comments, totals without a path, and lists for paths", async () => {
    const { rows, notes } = await read(GA4);
    expect(rows).toEqual([
      { path: ["Organic Search", "Direct"], conversions: 1000, value: 50000, nulls: null },
      { path: ["Paid Search", "Paid Search", "Direct"], conversions: 200, value: 6000.5, nulls: null },
      { path: ["Email"], conversions: 34, value: 789, nulls: null },
    ]);
    expect(notes).toEqual([
      'Read as a report of conversion paths ("Key event attribution paths"): path from "Primary channel group path", conversions from "Key events", value from "Purchase revenue".',
      "1 row without a path left out: totals, most likely.",
    ]);
  });

  test("reads the same from Windows line ends, gzip, and as spreadsheets write it", async () => {
    const expected = await read(GA4);
    expect(await read(GA4.replaceAll("\n", "\r\n"))).toEqual(expected);
    expect(await read(gzipSync(GA4), "report.csv.gz")).toEqual(expected);
    const utf16 = Buffer.from(`\ufeff${GA4.replace(/^([^#\n].*)$/gm, (line) => line)}`, "utf16le");
    expect(await read(utf16)).toEqual(expected);
    expect(await read(`\ufeff${GA4}`)).toEqual(expected);
  });

  test("as it is shown: default channel groups, arrows, credit of its own model, money with its sign", async () => {
    const { rows } = await read(`Default channel group,Conversions (purchase),Total revenue
"Referral × 4 0% > Organic Search × 2 50% > Direct 50%","1,100","$12,345.60"
Direct 100%,5,$0.00
`);
    expect(rows).toEqual([
      {
        path: [...Array<string>(4).fill("Referral"), "Organic Search", "Organic Search", "Direct"],
        ...{ conversions: 1100, value: 12345.6, nulls: null },
      },
      { path: ["Direct"], conversions: 5, value: 0, nulls: null },
    ]);
  });

  test("in French: headers, semicolons, spaces and commas in numbers", async () => {
    const { rows } = await read(`# Chemins d'attribution
Chemin du groupe de canaux principal;Événements clés;Revenus des achats;Jours avant l'événement clé;Points de contact avant l'événement clé
"Recherche payante × 2 > Accès direct";1\u202f234,5;"12\u00a0345,67 €";2,1;3
E-mail;3;99,90 €;0;1
`);
    expect(rows).toEqual([
      {
        path: ["Recherche payante", "Recherche payante", "Accès direct"],
        conversions: 1234.5,
        value: 12345.67,
        nulls: null,
      },
      { path: ["E-mail"], conversions: 3, value: 99.9, nulls: null },
    ]);
  });
});

test("the older multi-channel funnels: a second table after an empty line is not read", async () => {
  const { rows } = await read(`# ----------------------------------------
# All Web Site Data
# Top Conversion Paths
# ----------------------------------------

MCF Channel Grouping Path,Conversions,Conversion Value
Paid Search > Organic Search > Direct,"1,021","$40,500.00"
Direct > Direct,12,$0.00

Day Index,Conversions
1/1/20,33
`);
  expect(rows.map(({ path, conversions, value }) => [path.join(" "), conversions, value])).toEqual([
    ["Paid Search Organic Search Direct", 1021, 40500],
    ["Direct Direct", 12, 0],
  ]);
});

describe("other files", () => {
  test("our own layout is read as ever", async () => {
    const { rows, notes } = await read("path,total_conversions,total_conversion_value,total_null\na x 2 > b,3,7.5,1\n");
    expect(rows).toEqual([{ path: ["a x 2", "b"], conversions: 3, value: 7.5, nulls: 1 }]);
    expect(notes).toEqual([]);
  });

  test("unconverted journeys are taken where a report counts them", async () => {
    const { rows } = await read("Channel path,Conversions,Null\nA > B,3,10\n");
    expect(rows).toEqual([{ path: ["A", "B"], conversions: 3, value: 0, nulls: 10 }]);
  });

  test("what is neither is refused with its columns; a number that is none with its row", async () => {
    await expect(read("a,b\n1,2\n")).rejects.toThrow(/no column path and total_conversions/);
    await expect(read("Channel path,Conversions\nA > B,many\n")).rejects.toThrow(
      'row 1 has "many" as Conversions, which is not a number',
    );
    await expect(read("Channel path,Conversions\n,5\n")).rejects.toThrow("it has no row with a path");
  });
});
