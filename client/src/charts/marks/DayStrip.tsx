import type { StripPart } from "../prepare/sources.ts";

interface Props {
  days: number;
  present: readonly StripPart[];
  gaps: readonly StripPart[];
  label: string;
}

/** Days as a strip: full where there are rows, a low mark where there are none. It is as wide as its cell, so it needs no measuring. */
export function DayStrip({ days, present, gaps, label }: Props) {
  return (
    <svg className="day-strip" viewBox={`0 0 ${days} 10`} preserveAspectRatio="none" role="img" aria-label={label}>
      <rect className="day-strip-ground" width={days} height={10} />
      {present.map((part) => (
        <rect key={part.at} className="day-strip-present" x={part.at} width={part.days} height={10} />
      ))}
      {gaps.map((part) => (
        <rect key={part.at} className="day-strip-gap" x={part.at} y={6.5} width={part.days} height={3.5} />
      ))}
    </svg>
  );
}
