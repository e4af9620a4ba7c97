import type { ReferenceJourney, TouchEvent } from "./reference-journeys.ts";

/** An independent account of what is told about journeys: the SQL has to agree with it. Revenue in cents. */

export interface ReferenceFigures {
  journeys: number;
  converted: number;
  conversions: number;
  cents: number;
}

export const nameByChannel = (touch: TouchEvent) => touch.channel;

const isConverted = (journey: ReferenceJourney) => journey.conversions.length > 0;

function figuresOf(journeys: readonly ReferenceJourney[]): ReferenceFigures {
  const conversions = journeys.flatMap((journey) => journey.conversions);
  return {
    journeys: journeys.length,
    converted: journeys.filter(isConverted).length,
    conversions: conversions.length,
    cents: conversions.reduce((sum, { revenue }) => sum + Math.round(revenue * 100), 0),
  };
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

export function stepsOf(
  { touches }: ReferenceJourney,
  nameOf: (touch: TouchEvent) => string,
  collapse: boolean,
): string[] {
  const names = touches.map(nameOf);
  return collapse ? names.filter((name, i) => i === 0 || name !== names[i - 1]) : names;
}

/** Figures by path, its last steps joined by " > ", "… > " before those that were cut. */
export function referencePaths(
  journeys: readonly ReferenceJourney[],
  nameOf: (touch: TouchEvent) => string,
  collapse: boolean,
  maxSteps: number,
): Map<string, ReferenceFigures> {
  const groups = groupBy(journeys, (journey) => {
    const steps = stepsOf(journey, nameOf, collapse);
    return `${steps.length > maxSteps ? "… > " : ""}${steps.slice(-maxSteps).join(" > ")}`;
  });
  return new Map([...groups].map(([path, own]) => [path, figuresOf(own)]));
}

export function referenceTotal(journeys: readonly ReferenceJourney[]): ReferenceFigures {
  return figuresOf(journeys);
}

/** The smallest value that at least this share of the conversions does not exceed. */
export function referenceQuantile(
  journeys: readonly ReferenceJourney[],
  measure: (journey: ReferenceJourney) => number,
  level: number,
): number | null {
  const values = journeys.flatMap((journey) => journey.conversions.map(() => measure(journey))).sort((a, b) => a - b);
  if (values.length === 0) return null;
  return values[Math.max(0, Math.ceil(values.length * level) - 1)] ?? null;
}

export interface ReferencePosition {
  readonly all: ReferenceFigures;
  readonly opens: ReferenceFigures;
  readonly assists: ReferenceFigures;
  readonly closes: ReferenceFigures;
  readonly alone: ReferenceFigures;
}

export function referencePositions(
  journeys: readonly ReferenceJourney[],
  nameOf: (touch: TouchEvent) => string,
): Map<string, ReferencePosition> {
  const names = new Set(journeys.flatMap(({ touches }) => touches.map(nameOf)));
  const position = (name: string): ReferencePosition => {
    const own = journeys.filter(({ touches }) => touches.some((touch) => nameOf(touch) === name));
    const closesIt = ({ touches }: ReferenceJourney) => nameOf(touches.at(-1)!) === name;
    return {
      all: figuresOf(own),
      opens: figuresOf(own.filter(({ touches }) => nameOf(touches[0]!) === name)),
      closes: figuresOf(own.filter(closesIt)),
      assists: figuresOf(own.filter((journey) => !closesIt(journey))),
      alone: figuresOf(own.filter(({ touches }) => touches.every((touch) => nameOf(touch) === name))),
    };
  };
  return new Map([...names].map((name) => [name, position(name)]));
}

/** Journeys by link, `place from -> to`, the names of the kinds in brackets. */
export function referenceFlow(
  journeys: readonly ReferenceJourney[],
  nameOf: (touch: TouchEvent) => string,
  { end, steps, most }: { end: "first" | "last"; steps: number; most: number },
): Map<string, number> {
  const parts = journeys
    .filter((journey) => end === "first" || isConverted(journey))
    .map((journey) => {
      const whole = stepsOf(journey, nameOf, true);
      const part = end === "first" ? whole.slice(0, steps) : whole.slice(-steps);
      return { journey, part, isLonger: whole.length > steps };
    });
  const counts = new Map<string, number>();
  for (const { part } of parts) for (const name of new Set(part)) counts.set(name, (counts.get(name) ?? 0) + 1);
  const frequent = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).slice(0, most);
  const told = new Set(frequent.map(([name]) => name));
  const links = new Map<string, number>();
  for (const { journey, part, isLonger } of parts) {
    const start = end === "last" && isLonger ? "[earlier]" : "[start]";
    const later = end === "first" && isLonger ? "Later" : "";
    const stop = `[${isConverted(journey) ? "converted" : "dropped"}${later}]`;
    const nodes = [start, ...part.map((name) => (told.has(name) ? name : "[others]")), stop];
    const shift = end === "last" ? steps - part.length : 0;
    nodes.slice(1).forEach((node, i) => {
      const link = `${i + shift} ${nodes[i]} -> ${node}`;
      links.set(link, (links.get(link) ?? 0) + 1);
    });
  }
  return links;
}
