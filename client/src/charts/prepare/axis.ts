import { scaleLinear, scaleUtc, utcFormat } from "d3";
import type { Format } from "../../format/format.ts";
import type { Tick } from "./chart-model.ts";

/** Zero to a round number at or above `largest`; never empty, so that a day without sales still has a scale. */
export function zeroBasedDomain(largest: number): [number, number] {
  const [low, high] = scaleLinear([0, Math.max(largest, Number.MIN_VALUE)], [0, 1])
    .nice(8)
    .domain();
  return largest > 0 ? [low ?? 0, high ?? 1] : [0, 1];
}

export function valueTicks(domain: readonly [number, number], count: number, print: (value: number) => string): Tick[] {
  return scaleLinear(domain, [0, 1])
    .ticks(count)
    .map((value) => ({ value, label: print(value) }));
}

/** About how wide a character of an axis label is, and the air that two labels need between them, in pixels. */
const CHARACTER_WIDTH = 6.2;
const LABEL_AIR = 12;

function areClear(ticks: readonly Tick[], positionOf: (value: number) => number): boolean {
  const widest = Math.max(0, ...ticks.map((tick) => tick.label.length)) * CHARACTER_WIDTH + LABEL_AIR;
  return ticks.every((tick, index) => {
    const before = ticks[index - 1];
    return before === undefined || positionOf(tick.value) - positionOf(before.value) >= widest;
  });
}

/**
 * The densest of the round choices whose labels keep clear of each other.
 * Law: no two labels touch; where not even two fit, the first one stays.
 */
function densestClear(
  most: number,
  ticksFor: (count: number) => Tick[],
  positionOf: (value: number) => number,
): Tick[] | null {
  for (let count = most; count >= 1; count--) {
    const ticks = ticksFor(count);
    if (ticks.length >= 2 && areClear(ticks, positionOf)) return ticks;
  }
  return null;
}

/** No label is narrower than this, so no more ticks than that are tried. */
const NARROWEST_LABEL = 28;

/** Ticks along the bottom of a chart that is `width` pixels wide: as many as their labels leave room for. */
export function positionTicks(
  domain: readonly [number, number],
  width: number,
  print: (value: number) => string,
): Tick[] {
  const scale = scaleLinear(domain, [0, width]);
  const ticksFor = (count: number) => valueTicks(domain, count, print);
  return densestClear(Math.floor(width / NARROWEST_LABEL), ticksFor, scale) ?? ticksFor(1).slice(0, 1);
}

/** The same for days; a tick names a day of the series by its index. */
export function dateTicks(days: readonly string[], width: number, format: Format): Tick[] {
  const first = days[0];
  const last = days.at(-1);
  if (first === undefined || last === undefined) return [];
  const indexOf = new Map(days.map((day, index) => [day, index]));
  const scale = scaleUtc([new Date(`${first}T00:00:00Z`), new Date(`${last}T00:00:00Z`)], [0, 1]);
  const isoDay = utcFormat("%Y-%m-%d");
  const tickAt = (day: string): Tick[] => {
    const index = indexOf.get(day);
    return index === undefined ? [] : [{ value: index, label: format.day(day) }];
  };
  const ticksFor = (count: number) => [...new Set(scale.ticks(count).map((date) => isoDay(date)))].flatMap(tickAt);
  const positionOf = (index: number) => (index / Math.max(1, days.length - 1)) * width;
  const most = Math.min(days.length, Math.floor(width / NARROWEST_LABEL));
  const ends = [...tickAt(first), ...tickAt(last)];
  return densestClear(most, ticksFor, positionOf) ?? (areClear(ends, positionOf) ? ends : ends.slice(0, 1));
}
