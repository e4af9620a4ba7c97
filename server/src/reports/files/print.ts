import type { DateRange, ReportLocale } from "../../contract/index.ts";
import { unitsOf } from "../../exact.ts";

/**
 * How figures are written in a report. By hand and not by `Intl`: its spaces and signs have changed between versions of Node, and
 * the file of a closed month has to come out as it did.
 */
export interface Printer {
  readonly locale: ReportLocale;
  /** Exact, with two decimals. */
  money(amount: string): string;
  /** The same without the currency, for a column whose head names it. */
  amount(amount: string): string;
  /** Rounded, for axes. */
  short(value: number): string;
  count(value: string | number, places?: number): string;
  ratio(value: number): string;
  /** 0.062 as "6.2%"; with its sign where it is a change. */
  percent(share: number, isChange?: boolean): string;
  date(day: string): string;
  range(range: DateRange): string;
  month(month: string): string;
  shortMonth(month: string): string;
  /** On the clock of this zone. */
  moment(instant: string, timeZone: string): string;
}

const MONTHS: Readonly<Record<ReportLocale, readonly string[]>> = {
  en: "January February March April May June July August September October November December".split(" "),
  fr: "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(" "),
};
const SHORT_MONTHS: Readonly<Record<ReportLocale, readonly string[]>> = {
  en: "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" "),
  fr: "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.".split(" "),
};
const MARKS = {
  en: { group: ",", point: ".", percent: "%" },
  fr: { group: "\u202f", point: ",", percent: "\u202f%" },
} as const;
const SYMBOLS: Readonly<Record<string, string>> = { EUR: "€", USD: "$", GBP: "£", JPY: "¥", CNY: "¥", INR: "₹" };
const MINUS = "−";
const PLACES = 12;

/** The sign of a currency where everybody knows it, its code elsewhere. */
export function symbolOf(currency: string): string {
  return SYMBOLS[currency] ?? currency;
}

/** An exact decimal with so many places, halves away from zero. */
function rounded(amount: string, places: number): { isNegative: boolean; whole: string; fraction: string } {
  const units = unitsOf(amount);
  const step = 10n ** BigInt(PLACES - places);
  const steps = ((units < 0n ? -units : units) + step / 2n) / step;
  const digits = steps.toString().padStart(places + 1, "0");
  const cut = digits.length - places;
  return { isNegative: units < 0n && steps !== 0n, whole: digits.slice(0, cut), fraction: digits.slice(cut) };
}

/** A float as a decimal that the exact functions read; beyond twelve places nothing is shown. */
function decimalOf(value: string | number): string {
  if (typeof value === "string") return value;
  return Number.isFinite(value) ? value.toFixed(PLACES) : "0";
}

/** With a point and without groups, for machines. */
export function plainDecimal(value: string | number, places: number): string {
  const { isNegative, whole, fraction } = rounded(decimalOf(value), places);
  return `${isNegative ? "-" : ""}${whole}${fraction === "" ? "" : `.${fraction}`}`;
}

function clockOf(instant: string, timeZone: string): { day: string; time: string } {
  const format = new Intl.DateTimeFormat("en-US", {
    ...{ timeZone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" },
    hourCycle: "h23",
  });
  const parts = new Map(format.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]));
  return {
    day: `${parts.get("year")}-${parts.get("month")}-${parts.get("day")}`,
    time: `${parts.get("hour")}:${parts.get("minute")}`,
  };
}

export function createPrinter(locale: ReportLocale, currency: string): Printer {
  const { group, point, percent } = MARKS[locale];
  const symbol = symbolOf(currency);
  const number = (value: string | number, places: number): string => {
    const { isNegative, whole, fraction } = rounded(decimalOf(value), places);
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, group);
    return `${isNegative ? MINUS : ""}${grouped}${fraction === "" ? "" : `${point}${fraction}`}`;
  };
  const withCurrency = (text: string): string => {
    if (currency === "") return text;
    if (locale === "fr") return `${text}\u00a0${symbol}`;
    const [sign, digits] = text.startsWith(MINUS) ? [MINUS, text.slice(1)] : ["", text];
    return `${sign}${symbol}${symbol.length > 1 ? "\u00a0" : ""}${digits}`;
  };
  const short = (value: number): string => {
    const size = Math.abs(value);
    const [divisor, unit] = size >= 999_950 ? [1e6, "M"] : size >= 1_000 ? [1e3, "k"] : [1, ""];
    const scaled = value / divisor;
    const places = divisor === 1 || Math.abs(scaled % 1) < 0.05 ? 0 : 1;
    return `${number(scaled, places)}${unit === "" ? "" : `${locale === "fr" ? "\u00a0" : ""}${unit}`}`;
  };
  const dayOf = (day: string) => Number(day.slice(8, 10));
  const nameOf = (day: string, names: readonly string[]) => names[Number(day.slice(5, 7)) - 1] ?? "";
  const first = (day: number) => (locale === "fr" && day === 1 ? "1er" : String(day));
  const date = (day: string) => `${first(dayOf(day))}\u00a0${nameOf(day, MONTHS[locale])} ${day.slice(0, 4)}`;
  return {
    locale,
    money: (amount) => withCurrency(number(amount, 2)),
    amount: (amount) => number(amount, 2),
    short,
    count: (value, places = 0) => number(value, places),
    ratio: (value) => number(value, 2),
    percent: (share, isChange = false) =>
      `${isChange && share >= 0.0005 ? "+" : ""}${number(share * 100, 1)}${percent}`,
    date,
    range: ({ from, to }) => {
      if (from === to) return date(from);
      const isOneMonth = from.slice(0, 7) === to.slice(0, 7);
      const begin = isOneMonth
        ? first(dayOf(from))
        : from.slice(0, 4) === to.slice(0, 4)
          ? `${first(dayOf(from))}\u00a0${nameOf(from, MONTHS[locale])}`
          : date(from);
      return `${begin} – ${date(to)}`;
    },
    month: (month) => `${nameOf(`${month}-01`, MONTHS[locale])} ${month.slice(0, 4)}`,
    shortMonth: (month) => `${nameOf(`${month}-01`, SHORT_MONTHS[locale])} ${month.slice(0, 4)}`,
    moment: (instant, timeZone) => {
      const { day, time } = clockOf(instant, timeZone);
      return `${date(day)}, ${time}`;
    },
  };
}
