import { hueColour } from "../channel-colours.ts";
import type { SlopeLine } from "../prepare/model-slopes.ts";

interface Point {
  readonly x: number;
  /** Null where the column says nothing of the channel. */
  readonly y: number | null;
  readonly printed: string;
}

interface Props {
  line: SlopeLine;
  /** One a column that is shown. */
  points: readonly Point[];
  interval: { readonly x: number; readonly low: number; readonly high: number; readonly isCut: boolean } | null;
  /** Where the labels stand at both ends. */
  labels: { readonly left: number; readonly right: number; readonly x: number };
  isNarrow: boolean;
  isFaint: boolean;
  isFocused: boolean;
  onFocus: (channel: string | null) => void;
  choose: (channel: string) => void;
}

/** A channel from column to column, its interval, and its words at both ends. */
export function SlopeMark({ line, points, interval, labels, isNarrow, isFaint, isFocused, onFocus, choose }: Props) {
  const colour = hueColour(line.hue);
  const drawn = points.flatMap(({ x, y, printed }) => (y === null ? [] : [{ x, y, printed }]));
  const first = points[0];
  const last = drawn.at(-1);
  const path = drawn.map(({ x, y }) => `${x},${y}`).join(" ");
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the drawing is one picture to who does not see it
    <g
      className={isFaint ? "slope slope-faint" : "slope"}
      onClick={() => choose(line.channel)}
      onPointerEnter={() => onFocus(line.channel)}
      onPointerLeave={() => onFocus(null)}
    >
      <polyline className="slope-reach" points={path} />
      <polyline className="slope-line" points={path} stroke={colour} />
      {drawn.map(({ x, y }) => (
        <circle key={x} className="slope-dot" cx={x} cy={y} r={3.5} fill={colour} />
      ))}
      {interval !== null && (
        <path
          className="slope-interval"
          d={`M${interval.x},${interval.low}V${interval.high}${interval.isCut ? "m-2.5,5l2.5,-6l2.5,6" : ""}`}
          stroke={colour}
        />
      )}
      {first !== undefined && first.y !== null && (
        <>
          <path
            className="slope-leader"
            d={`M${first.x - 6},${first.y}L${first.x - 16},${labels.left}`}
            stroke={colour}
          />
          <text className="slope-figure" x={first.x - 20} y={labels.left} dy="0.32em" textAnchor="end">
            {first.printed}
          </text>
        </>
      )}
      {last !== undefined && (
        <>
          <path
            className="slope-leader"
            d={`M${last.x + 6},${last.y}L${labels.x - 4},${labels.right}`}
            stroke={colour}
          />
          <text className="slope-label" x={labels.x} y={labels.right} dy="0.32em">
            {!isNarrow && <tspan className="slope-figure">{last.printed} </tspan>}
            <tspan className="slope-name">{line.channel}</tspan>
            {!isNarrow && line.shift !== null && (
              <tspan className={line.shift.isUp ? "slope-shift slope-shift-up" : "slope-shift slope-shift-down"}>
                {` ${line.shift.text}`}
              </tspan>
            )}
          </text>
        </>
      )}
      {isFocused &&
        drawn
          .filter((point) => point.x !== first?.x && point.x !== last?.x)
          .map(({ x, y, printed }) => (
            <text key={x} className="slope-figure slope-focus" x={x} y={y - 10} textAnchor="middle">
              {printed}
            </text>
          ))}
    </g>
  );
}
