import { shiftDay, todayIn } from "../../calendar-days.ts";
import {
  ChannelFlag,
  DEFAULT_LOOKBACK_DAYS,
  type FinanceSettings,
  type ReportLevel,
  type RoiReport,
} from "../../contract/index.ts";
import type { Side } from "./read-side.ts";

type Note = RoiReport["notes"][number];

/** Flags that say how far a figure can be trusted; the others say where it comes from. */
const DOUBTS: readonly ChannelFlag[] = ["demand-capture", "not-identified", "low-coverage"];

interface Noted {
  readonly side: Side;
  readonly level: ReportLevel;
  readonly finance: FinanceSettings;
  readonly timeZone: string;
  readonly now: Date;
  /** Why the incremental model has no answer. */
  readonly refused: string | null;
  readonly withoutInterval: number;
  readonly closed: readonly string[];
}

/** What a reader has to know beside the figures. */
export function notesOf({ side, level, finance, timeZone, now, refused, withoutInterval, closed }: Noted): Note[] {
  const { range, incremental, attributed } = side;
  const today = todayIn(timeZone, now);
  const note = (isSo: boolean, code: string, values: Note["values"] = {}): Note[] => (isSo ? [{ code, values }] : []);
  const recent = shiftDay(today, -DEFAULT_LOOKBACK_DAYS);
  const from = recent > range.from ? recent : range.from;
  const isOver = range.to < today;
  const hasOwnMargin = attributed.report.totals.margin !== undefined;
  return [
    ...note(!isOver, "period-not-over", { until: range.to }),
    ...note(range.to > recent, "recent-days", { from, days: DEFAULT_LOOKBACK_DAYS }),
    ...note(refused !== null, "no-incremental", { reason: refused ?? "" }),
    // A run keeps its draws as an interval a channel, of all of its days: nothing narrower can be had from it honestly.
    ...note(incremental !== null && level === "campaign", "campaigns-without-interval"),
    ...note(incremental !== null && level === "month", "months-without-interval"),
    ...note(level === "channel" && withoutInterval > 0, "rows-without-interval", { rows: withoutInterval }),
    ...DOUBTS.flatMap((flag) => {
      const channels = (incremental?.report.channels ?? [])
        .filter(({ flags }) => flags.some((each) => ChannelFlag.safeParse(each).data === flag))
        .map(({ channel }) => channel);
      return note(channels.length > 0, "channels-flagged", { flag, channels: channels.join(", ") });
    }),
    ...note(!hasOwnMargin && finance.marginShare !== null, "margin-share", { share: finance.marginShare ?? 0 }),
    ...note(finance.paymentsOverTime.length > 0, "payments-over-time", { rate: finance.discountRate }),
    ...note(closed.length > 0, "closed-months", { months: closed.join(", ") }),
    ...[...new Set([...attributed.report.warnings, ...(incremental?.report.warnings ?? [])])].map(
      (text): Note => ({ code: "warning", values: { text } }),
    ),
  ];
}
