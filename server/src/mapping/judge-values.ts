import { INTERACTIONS, type Parsing } from "@touchline/sql";

const DATE = /^\d{4}[-/]\d{1,2}[-/]\d{1,2}|^\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|^\d{8}$/;
const EPOCH = /^1\d{9}(\d{3}|\d{6})?$/;
const NUMBER = /^[-+]?[€$£]?\s?\d[\d\s.,\u00a0\u202f]*\s?[€$£]?$/;
const COUNT = /^\d[\d\s.,\u00a0\u202f]*$/;

const FITS: Partial<Record<Parsing, (text: string) => boolean>> = {
  instant: (text) => DATE.test(text) || EPOCH.test(text),
  day: (text) => DATE.test(text),
  amount: (text) => NUMBER.test(text),
  cost: (text) => NUMBER.test(text) && !text.startsWith("-"),
  number: (text) => NUMBER.test(text),
  count: (text) => COUNT.test(text),
  currency: (text) => /^[A-Za-z]{3}$/.test(text),
  interaction: (text) => INTERACTIONS.some((word) => word === text.toLowerCase()),
};

/** Share of the values that could be of a kind; 1 where every text can. */
export function valueShare(parsing: Parsing, values: readonly string[]): number {
  const fits = FITS[parsing];
  const said = values.filter((text) => text.trim() !== "");
  if (fits === undefined || said.length === 0) return 1;
  return said.filter((text) => fits(text.trim())).length / said.length;
}

const COMMA = /^[-+]?\d{1,3}([ .\u00a0\u202f]?\d{3})*,\d{1,2}\s?[€$£]?$/;
const POINT = /^[-+]?[€$£]?\s?\d{1,3}([ ,\u00a0\u202f]?\d{3})*\.\d{1,2}$/;

/** How amounts are written, by the more frequent way. */
export function numbersOf(values: readonly string[]): "point" | "comma" {
  const count = (pattern: RegExp) => values.filter((text) => pattern.test(text.trim())).length;
  return count(COMMA) > count(POINT) ? "comma" : "point";
}

/** Which field of dates is the day. Where nothing tells, the day comes first, as in most of the world. */
export function datesOf(values: readonly string[]): "year-first" | "day-first" | "month-first" {
  let monthFirst = false;
  let seen = false;
  for (const text of values) {
    const match = /^(\d{1,2})[/.-](\d{1,2})[/.-]\d{4}/.exec(text.trim());
    if (match === null) continue;
    seen = true;
    if (Number(match[1]) > 12) return "day-first";
    if (Number(match[2]) > 12) monthFirst = true;
  }
  if (!seen) return "year-first";
  return monthFirst ? "month-first" : "day-first";
}
