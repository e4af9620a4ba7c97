import { type Language, LOCALE } from "../i18n/language.ts";

/** A figure from the wire: exact decimals stay text all the way to `Intl`, which prints them without a float in between. */
export type Figure = number | string;

export interface Format {
  readonly language: Language;
  readonly currency: string;
  /** "€1,234" or "1 234 €"; with cents when asked for. */
  money(value: Figure, digits?: number): string;
  /** The amount without its currency, for a column whose head names it once. */
  amount(value: Figure, digits?: number): string;
  /** Always with its sign; a rounded zero has none. */
  moneyChange(value: Figure, digits?: number): string;
  amountChange(value: Figure, digits?: number): string;
  /** For axes: "€12k", "12 k €". */
  moneyShort(value: number): string;
  count(value: Figure, digits?: number): string;
  countShort(value: number): string;
  /** 0.062 as "6.2%" or "6,2 %". */
  percent(share: number, digits?: number): string;
  percentChange(share: number, digits?: number): string;
  /** Revenue for each unit of spend, two decimals. */
  roas(value: number): string;
  roasChange(value: number): string;
  /** A figure as somebody would type it into a field: no grouping trouble when it is edited again. */
  typed(value: number): string;
  /** "1 Oct 2025" */
  date(isoDate: string): string;
  /** "1 Oct" */
  day(isoDate: string): string;
  /** "October 2025", of `YYYY-MM` */
  month(month: string): string;
  /** "Wed 1 Oct 2025" */
  weekday(isoDate: string): string;
  /** "1 – 28 Oct 2025" */
  range(from: string, to: string): string;
  /** "1 – 28 Oct" */
  dayRange(from: string, to: string): string;
  /** "Wednesday", "W" */
  weekdayName(isoDate: string, length: "long" | "narrow"): string;
  /** "31 Mar 2026, 18:05", on the clock of this zone. */
  moment(instant: Date, timeZone: string): string;
  /** "Monday, 30 Nov 2026, 06:00", on the clock of this zone. */
  weekMoment(instant: Date, timeZone: string): string;
  /** "1 day", "3 days" */
  days(count: number): string;
  /** "5 hours"; from four days on "4 days" */
  hours(count: number): string;
  /** "12 minutes ago" */
  ago(instant: Date, now: Date): string;
  /** "euro", "US dollar": the money's name, in the singular. */
  currencyName: string;
  /** "€", "US$" */
  currencySymbol: string;
}

/** Longer times are told in days. */
const LONGEST_IN_HOURS = 72;

/** The sign as printed tables set it: as wide as the plus. */
const MINUS = "−";

type NumberOptions = Intl.NumberFormatOptions;

function utcDay(isoDate: string): Date {
  return new Date(`${isoDate}T00:00:00Z`);
}

/** `Intl` reads decimal strings exactly; its types only know the literal form of them. */
function exact(value: Figure): number {
  return value as number;
}

const AGO_STEPS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

/**
 * Formatting of one language and currency. A workspace without money yet has no currency (an empty text): amounts are then plain
 * numbers. `Intl` objects are slow to make, so each is made once. */
export function createFormat(language: Language, currency: string): Format {
  const locale = LOCALE[language];
  const made = new Map<string, Intl.NumberFormat>();
  const numberFormat = (options: NumberOptions): Intl.NumberFormat => {
    const key = JSON.stringify(options);
    const known = made.get(key);
    if (known !== undefined) return known;
    const fresh = new Intl.NumberFormat(locale, options);
    made.set(key, fresh);
    return fresh;
  };
  const fixed = (digits: number): NumberOptions => ({ minimumFractionDigits: digits, maximumFractionDigits: digits });
  const money: NumberOptions = currency === "" ? {} : { style: "currency", currency, currencyDisplay: "narrowSymbol" };
  const signed: NumberOptions = { signDisplay: "exceptZero" };
  const dateFormat = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone: "UTC", ...options });
  const date = dateFormat({ day: "numeric", month: "short", year: "numeric" });
  const day = dateFormat({ day: "numeric", month: "short" });
  const weekday = dateFormat({ weekday: "short", day: "numeric", month: "short", year: "numeric" });
  const month = dateFormat({ month: "long", year: "numeric" });
  const length = (unit: "day" | "hour", count: number) =>
    print(count, { style: "unit", unit, unitDisplay: "long", maximumFractionDigits: 1 });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  const typed = new Intl.NumberFormat(locale, { useGrouping: true, maximumFractionDigits: 2 });
  const print = (value: Figure, options: NumberOptions) =>
    numberFormat(options).format(exact(value)).replace("-", MINUS);

  return {
    language,
    currency,
    money: (value, digits = 0) => print(value, { ...money, ...fixed(digits) }),
    amount: (value, digits = 0) => print(value, fixed(digits)),
    moneyChange: (value, digits = 0) => print(value, { ...money, ...fixed(digits), ...signed }),
    amountChange: (value, digits = 0) => print(value, { ...fixed(digits), ...signed }),
    moneyShort: (value) => print(value, { ...money, notation: "compact", maximumFractionDigits: 1 }),
    count: (value, digits = 0) => print(value, fixed(digits)),
    countShort: (value) => print(value, { notation: "compact", maximumFractionDigits: 1 }),
    percent: (share, digits = 1) => print(share, { style: "percent", ...fixed(digits) }),
    percentChange: (share, digits = 1) => print(share, { style: "percent", ...fixed(digits), ...signed }),
    roas: (value) => print(value, fixed(2)),
    roasChange: (value) => print(value, { ...fixed(2), ...signed }),
    typed: (value) => typed.format(value),
    date: (isoDate) => date.format(utcDay(isoDate)),
    day: (isoDate) => day.format(utcDay(isoDate)),
    month: (name) => month.format(utcDay(`${name}-01`)),
    weekday: (isoDate) => weekday.format(utcDay(isoDate)),
    range: (from, to) => date.formatRange(utcDay(from), utcDay(to)),
    weekdayName: (isoDate, length) => dateFormat({ weekday: length }).format(utcDay(isoDate)),
    dayRange: (from, to) => day.formatRange(utcDay(from), utcDay(to)),
    moment: (instant, timeZone) =>
      new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short", timeZone }).format(instant),
    weekMoment: (instant, timeZone) =>
      new Intl.DateTimeFormat(locale, {
        ...{ weekday: "long", day: "numeric", month: "short", year: "numeric" },
        ...{ hour: "2-digit", minute: "2-digit", timeZone },
      }).format(instant),
    days: (count) => length("day", count),
    hours: (count) => (count > LONGEST_IN_HOURS ? length("day", Math.floor(count / 24)) : length("hour", count)),
    ago: (instant, now) => {
      const seconds = Math.round((instant.getTime() - now.getTime()) / 1000);
      const step = AGO_STEPS.find(([, size]) => Math.abs(seconds) >= size);
      return step === undefined
        ? relative.format(0, "minute")
        : relative.format(Math.trunc(seconds / step[1]), step[0]);
    },
    currencyName: currency === "" ? "" : (new Intl.DisplayNames(locale, { type: "currency" }).of(currency) ?? currency),
    currencySymbol:
      numberFormat({ ...money, ...fixed(0) })
        .formatToParts(0)
        .find((part) => part.type === "currency")?.value ?? currency,
  };
}
