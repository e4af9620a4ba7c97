import { useId } from "react";
import { useWords } from "../../i18n/words-context.tsx";
import type { SlopeColumn } from "../prepare/model-slopes.ts";
import { Hatch } from "./Hatch.tsx";

export const STRIP_HEIGHT = 92;
const BAR_WIDTH = 40;
/** Two lines of words stand above a bar. */
const TALLEST = 52;

interface Props {
  bars: readonly { readonly x: number; readonly rest: SlopeColumn["rest"] }[];
  /** The last column's rest is the baseline, not what no touch preceded. */
  hasBaseline: boolean;
  width: number;
}

/** Under each model what it gives to no channel, as a part of everything that was booked. */
export function BaselineStrip({ bars, hasBaseline, width }: Props) {
  const { t } = useWords();
  const hatch = useId();
  const firstWithRest = bars.findIndex(({ rest }) => rest !== null);
  return (
    <g className="baseline-strip">
      <defs>
        <Hatch id={hatch} />
      </defs>
      <line className="axis-line" x2={width} y1={STRIP_HEIGHT} y2={STRIP_HEIGHT} />
      {bars.map(({ x, rest }, index) => {
        if (rest === null) return null;
        const height = Math.max(1, rest.share * TALLEST);
        const isBaseline = hasBaseline && index === bars.length - 1;
        return (
          <g key={x} transform={`translate(${x} ${STRIP_HEIGHT - height})`}>
            <rect
              className="baseline-bar"
              x={-BAR_WIDTH / 2}
              width={BAR_WIDTH}
              height={height}
              fill={`url(#${hatch})`}
            />
            <text className="slope-figure" y={-6} textAnchor="middle">
              {rest.printed}
            </text>
            {(isBaseline || index === firstWithRest) && (
              <text className="slope-figure" y={-21} textAnchor="middle">
                {t(isBaseline ? "words.baseline" : "words.noTouch")}
              </text>
            )}
          </g>
        );
      })}
    </g>
  );
}
