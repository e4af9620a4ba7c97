import { scaleLinear } from "d3";
import { useState } from "react";
import { useWords } from "../i18n/words-context.tsx";
import { BaselineStrip, STRIP_HEIGHT } from "./marks/BaselineStrip.tsx";
import { SlopeMark } from "./marks/SlopeMark.tsx";
import { Plot, type PlotArea } from "./Plot.tsx";
import { ALL_MODELS_WIDTH, type ModelSlopes, modelsForWidth } from "./prepare/model-slopes.ts";
import { spreadLabels } from "./prepare/spread-labels.ts";

const LABEL_GAP = 16;
const MARGINS = { top: 46, right: 0, bottom: 8, left: 0 };
/** Room for a channel's figure, name and shift beside the last model, and for the figure alone beside the first. */
const NAME_ROOM = 244;
const FIGURE_ROOM = 78;
const NARROW = { left: 68, right: 118 };
/** Columns nearer than this cannot carry their names side by side. */
const TIGHT = 110;
/** Between two intervals beside the last model. */
const INTERVAL_STEP = { wide: 6, narrow: 4 };

export function slopesHeight(lines: number): number {
  return Math.max(320, MARGINS.top + MARGINS.bottom + lines * 40) + STRIP_HEIGHT;
}

/** Where columns stand close, a model's name takes a line a word. */
function ModelLabel({ label, isTight }: { label: string; isTight: boolean }) {
  const lines = isTight ? label.split(" ") : [label];
  return (
    <text className="slope-model" textAnchor="middle">
      {lines.map((line, index) => (
        <tspan key={line} x={0} y={-18 - (lines.length - 1 - index) * 14}>
          {line}
        </tspan>
      ))}
    </text>
  );
}

interface DrawingProps {
  chart: ModelSlopes;
  area: PlotArea;
  focused: string | null;
  onFocus: (channel: string | null) => void;
  choose: (channel: string) => void;
}

function Drawing({ chart, area, focused, onFocus, choose }: DrawingProps) {
  const shown = modelsForWidth(chart.columns, area.width);
  const isNarrow = area.width < ALL_MODELS_WIDTH;
  const withInterval = chart.lines.filter((line) => line.interval !== null).map((line) => line.channel);
  const step = INTERVAL_STEP[isNarrow ? "narrow" : "wide"];
  const fan = withInterval.length === 0 ? 0 : withInterval.length * step + 8;
  const left = isNarrow ? NARROW.left : FIGURE_ROOM;
  const right = area.width - (isNarrow ? NARROW.right : NAME_ROOM) - fan;
  const last = shown.length - 1;
  const xs = shown.map((_, position) => left + (last > 0 ? (position / last) * (right - left) : 0));
  const isTight = last > 0 && (xs[1] ?? 0) - left < TIGHT;
  const height = area.height - STRIP_HEIGHT;
  const y = scaleLinear(chart.domain, [height, 0]);
  const yAt = (line: ModelSlopes["lines"][number], position: number) => {
    const value = line.values[shown[position] ?? 0] ?? null;
    return value === null ? null : y(value);
  };
  const labelsAt = (position: number) =>
    spreadLabels(
      chart.lines.map((line) => yAt(line, position) ?? height),
      LABEL_GAP,
      4,
      height - 4,
    );
  const leftLabels = labelsAt(0);
  const rightLabels = labelsAt(last);
  return (
    <>
      {shown.map((column, position) => (
        <g key={column} transform={`translate(${xs[position] ?? 0} 0)`}>
          <line className="slope-post" y1={-10} y2={height} />
          <ModelLabel label={chart.columns[column]?.label ?? ""} isTight={isTight} />
        </g>
      ))}
      {chart.lines.map((line, index) => (
        <SlopeMark
          key={line.channel}
          line={line}
          points={xs.map((x, position) => ({
            x,
            y: yAt(line, position),
            printed: line.printed[shown[position] ?? 0] ?? "",
          }))}
          interval={
            line.interval === null
              ? null
              : {
                  x: (xs[last] ?? 0) + 10 + withInterval.indexOf(line.channel) * step,
                  low: y(Math.max(chart.domain[0], line.interval.low)),
                  high: y(Math.min(chart.domain[1], line.interval.high)),
                  isCut: line.interval.high > chart.domain[1],
                }
          }
          labels={{ left: leftLabels[index] ?? 0, right: rightLabels[index] ?? 0, x: (xs[last] ?? 0) + fan + 20 }}
          isNarrow={isNarrow}
          isFaint={focused !== null && focused !== line.channel}
          isFocused={focused === line.channel}
          onFocus={onFocus}
          choose={choose}
        />
      ))}
      <g transform={`translate(0 ${height})`}>
        <BaselineStrip
          bars={shown.map((column, position) => ({ x: xs[position] ?? 0, rest: chart.columns[column]?.rest ?? null }))}
          hasBaseline={chart.hasBaseline}
          width={area.width}
        />
      </g>
    </>
  );
}

interface Props {
  chart: ModelSlopes;
  /** Called with the channel of a line that is clicked; its name in the table does the same by keyboard. */
  choose: (channel: string) => void;
}

/** A line a channel from model to model, labelled at its ends. Pointing at one brings its figures forward. */
export function ModelSlopesChart({ chart, choose }: Props) {
  const { t, format } = useWords();
  const [focused, setFocused] = useState<string | null>(null);
  const shownWhenNarrow = modelsForWidth(chart.columns, 0).length;
  return (
    <div className="slopes">
      <Plot label={chart.label} height={slopesHeight(chart.lines.length)} margins={MARGINS}>
        {(area) => <Drawing chart={chart} area={area} focused={focused} onFocus={setFocused} choose={choose} />}
      </Plot>
      {chart.guide !== null && <p className="hint">{chart.guide}</p>}
      {shownWhenNarrow < chart.columns.length && (
        <p className="hint slopes-some">
          {t("attribution.slopeSome", {
            shown: format.count(shownWhenNarrow),
            all: format.count(chart.columns.length),
          })}
        </p>
      )}
    </div>
  );
}
