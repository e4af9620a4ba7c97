import type { ReceivedDay } from "../prepare/received-by-day.ts";

interface Props {
  days: readonly ReceivedDay[];
  /** Left edge of a day, and the room that it has. */
  x: (index: number) => number;
  width: number;
  y: (value: number) => number;
  active: number | null;
}

/** The parts from the bottom up: what was refused stands on top, where it can be seen. */
const PARTS = ["stored", "other", "rejected"] as const;
/** A refused row among thousands is still seen. */
const LEAST_HEIGHT = 2;

/** A bar a day, cut into what became of its rows. */
export function DayBars({ days, x, width, y, active }: Props) {
  return (
    <g>
      {days.map((day, index) => {
        let below = 0;
        return (
          <g key={x(index)} className={active === null || active === index ? undefined : "day-bar-faint"}>
            {PARTS.map((part) => {
              const bottom = below;
              below += day[part];
              if (day[part] === 0) return null;
              const height = Math.max(LEAST_HEIGHT, y(bottom) - y(below));
              return (
                <rect
                  key={part}
                  className={`day-bar-${part}`}
                  x={x(index)}
                  y={y(bottom) - height}
                  width={Math.max(1, width - 1)}
                  height={height}
                />
              );
            })}
          </g>
        );
      })}
    </g>
  );
}
