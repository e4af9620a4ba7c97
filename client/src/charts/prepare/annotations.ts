import type { Annotation } from "@touchline/server/contract";
import type { Words } from "../../i18n/words.ts";
import type { IconName } from "../../ui/Icon.tsx";

/** A flag above a plot: what stands on its days, which lie too close to each other for a flag each. */
export interface PlotFlag {
  /** Where it points, in pixels of the plot. */
  readonly x: number;
  readonly from: string;
  readonly to: string;
  readonly annotations: readonly Annotation[];
}

/** How wide a flag is with its air: closer ones are one. */
const FLAG_ROOM = 26;

/** Told in one breath; the rest is counted. */
const TOLD_OF_FLAG = 3;

export const ANNOTATION_ICON: Readonly<Record<Annotation["kind"], IconName>> = {
  note: "flag",
  launch: "plus",
  stop: "close",
  context: "calendar",
  change: "curves",
  plan: "check",
  test: "experiments",
};

/** What concerns a channel: what names another one does not. */
export function annotationsFor(annotations: readonly Annotation[], channel: string | undefined): Annotation[] {
  return annotations.filter((each) => channel === undefined || !("channel" in each) || each.channel === channel);
}

/** What stands beside a day. */
export function annotationsOn(annotations: readonly Annotation[], day: string): Annotation[] {
  return annotations.filter(({ from, to }) => from <= day && day <= to);
}

/**
 * One flag for what begins on days that lie close together; what began before the first day stands on that one.
 * Law: every annotation that touches the days is in exactly one flag, and no two flags are closer than their room.
 */
export function placeFlags(
  annotations: readonly Annotation[],
  days: readonly string[],
  xOf: (index: number) => number,
): PlotFlag[] {
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return [];
  const indexOf = new Map(days.map((day, index) => [day, index]));
  const placed = annotations
    .filter(({ from, to }) => from <= last && to >= first)
    .map((annotation) => {
      const day = annotation.from < first ? first : annotation.from;
      return { annotation, day, x: xOf(indexOf.get(day) ?? 0) };
    })
    .sort((a, b) => a.x - b.x);
  const flags: { x: number; from: string; to: string; annotations: Annotation[] }[] = [];
  for (const { annotation, day, x } of placed) {
    const before = flags.at(-1);
    if (before !== undefined && x - before.x < FLAG_ROOM) {
      before.annotations.push(annotation);
      before.to = day;
    } else flags.push({ x, from: day, to: day, annotations: [annotation] });
  }
  return flags;
}

/** What happened, without when. */
export function tellAnnotation(annotation: Annotation, { t, format }: Words): string {
  const number = (value: number) => format.typed(value);
  switch (annotation.kind) {
    case "note":
      return t("annotations.note", { text: annotation.text, writer: annotation.writer.name });
    case "launch":
    case "stop": {
      const { kind, channel, count } = annotation;
      const names = annotation.names.join(", ");
      return t(`annotations.${kind}${count === 1 ? "One" : "Many"}`, { channel, names, count });
    }
    case "context":
      return t("annotations.context", { name: annotation.name });
    case "change": {
      const { name, before, after } = annotation;
      return t("annotations.change", { name, before: number(before), after: number(after) });
    }
    case "plan": {
      const { name, by } = annotation;
      return by === "" ? t("annotations.planByNobody", { name }) : t("annotations.plan", { name, by });
    }
    case "test":
      return t("annotations.test", { channel: annotation.channel, experiment: annotation.experiment });
  }
}

export function tellDays({ from, to }: { readonly from: string; readonly to: string }, { format }: Words): string {
  return from === to ? format.date(from) : format.range(from, to);
}

/** A flag as it is read aloud. */
export function tellFlag(flag: PlotFlag, words: Words): string {
  const { t } = words;
  const [only] = flag.annotations;
  const told = flag.annotations.slice(0, TOLD_OF_FLAG).map((each) => tellAnnotation(each, words));
  if (flag.annotations.length === 1 && only !== undefined) {
    return t("annotations.of", { days: tellDays(only, words), text: told.join("; ") });
  }
  const left = flag.annotations.length - told.length;
  const listed = told.join("; ");
  const text = left === 0 ? listed : t("annotations.andMore", { text: listed, count: left });
  return t("annotations.cluster", { count: flag.annotations.length, days: tellDays(flag, words), text });
}
