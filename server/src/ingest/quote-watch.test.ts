import { describe, expect, test } from "vitest";
import { QuoteWatch } from "./quote-watch.ts";

/** Reads the text in chunks of a size. @returns the line that is refused, null where none is */
function refusedLine(text: string, chunkBytes: number, columns: number, delimiter = ","): number | null {
  const bytes = Buffer.from(text);
  const watch = new QuoteWatch("a.csv", delimiter, columns, 1);
  try {
    for (let at = 0; at < bytes.length; at += chunkBytes) watch.read(bytes.subarray(at, at + chunkBytes));
    watch.end();
    return null;
  } catch (error) {
    return Number(/^a\.csv: the quote that opens on line (\d+) never closes/.exec((error as Error).message)![1]);
  }
}

const long = (lines: number) => `1,"${"x\n".repeat(lines)}",3\n`;

describe("an open quote is told from a value that has one, however the bytes are cut", () => {
  const cases: [string, number, string, number | null][] = [
    ["no quotes", 2, "a,b\nc,d\n", null],
    ["values in quotes", 2, '"a","b"\n"c", "d" \r\n"e","f"', null],
    ["quotes inside quotes", 2, '"a ""b"" c",d\n"""","e"\n', null],
    ["line breaks inside quotes", 3, 'a,"b\nc\r\nd",e\r\n"",f,"g\n""h""\n"\r\ni,j,k', null],
    ["line breaks inside quotes, no line end at the end", 2, 'a,b\nc,"d\ne"', null],
    ["inches in the middle of a value", 3, 'a,5" pipe,b\nc,d,7"\ne,"f",g\n', null],
    ["a quote that closes early costs its own line only", 3, 'a,"b"c,d\ne,f,g\n', null],
    ["a row of the wrong length costs its own line only", 3, 'a,"b"\n"c",d,e,f\ng,"h\n",i\n', null],
    ["an open quote at the end", 2, 'a,b\nc,"d\ne,f\n', 2],
    ["an open quote before other quotes", 2, 'a,b\nc,"d\ne,f\ng,"h"\n', 2],
    ["an open quote before a value that begins with a space", 2, 'a,"d\ng," h"\n', 1],
    ["an open quote before doubled quotes", 2, 'a,"b\nc,"""d"""\ne,f\n', 1],
    ["an open quote behind a space", 2, 'a, "b\nc,d\n', 1],
    ["an open quote before inches, with too many values then", 3, 'a,b,c\nd,e,"f\ng,7",h\ni,j,k\n', 2],
    ["an open quote before inches at the end of the file", 3, 'a,b,c\n"d,e,f\ng,h,7"', 2],
    ["a value of 100 lines", 3, long(99), null],
    ["a value of too many lines", 3, `a,b,c\n${long(150)}`, 2],
  ];
  test.each(cases)("%s", (_name, columns, text, line) => {
    for (const chunkBytes of [1, 2, 3, 7, 1 << 20]) expect(refusedLine(text, chunkBytes, columns)).toBe(line);
  });

  test("the delimiter is the file's own", () => {
    expect(refusedLine('a,"b;c\n', 5, 2, ";")).toBeNull();
    expect(refusedLine('a;"b,c\n', 5, 2, ";")).toBe(1);
    expect(refusedLine('a\t"b\n', 5, 2, "\t")).toBe(1);
  });
});
