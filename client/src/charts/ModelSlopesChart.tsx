import { scaleLinear } from "d3";
import { useState } from "react";
import { useWords } from "../app/words-context.tsx";
import { hueColour } from "./channel-colours.ts";
import { Plot, type PlotArea } from "./Plot.tsx";
import { ALL_MODELS_WIDTH, type ModelSlopes, modelsForWidth, type SlopeLine } from "./prepare/model-slopes.ts";
import { spreadLabels } from "./prepare/spread-labels.ts";

const LABEL_GAP = 16;
const MARGINS = { top: 46, right: 0, bottom: 8, left: 0 };
/** Room for a channel's name and its figure beside the last model, and for the figure alone beside the first. */
const NAME_ROOM = 176;
const FIGURE_ROOM = 78;
/** Columns nearer than this cannot carry their names side by side. */
const TIGHT = 110;

export function slopesHeight(lines: number): number {
  return Math.max(320, MARGINS.top + MARGINS.bottom + lines * 40);
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
}

function Drawing({ chart, area, focused, onFocus }: DrawingProps) {
  const shown = modelsForWidth(chart.models, area.width);
  const isNarrow = area.width < ALL_MODELS_WIDTH;
  const left = isNarrow ? 68 : FIGURE_ROOM;
  const right = area.width - (isNarrow ? 108 : NAME_ROOM);
  const x = (position: number) => left + (shown.length > 1 ? (position / (shown.length - 1)) * (right - left) : 0);
  const isTight = x(1) - x(0) < TIGHT;
  const y = scaleLinear(chart.domain, [area.height, 0]);
  const valueAt = (line: SlopeLine, position: number) => line.values[shown[position] ?? 0] ?? 0;
  const printedAt = (line: SlopeLine, position: number) => line.printed[shown[position] ?? 0] ?? "";
  const last = shown.length - 1;
  const labelsAt = (position: number) =>
    spreadLabels(
      chart.lines.map((line) => y(valueAt(line, position))),
      LABEL_GAP,
      4,
      area.height - 4,
    );
  const leftLabels = labelsAt(0);
  const rightLabels = labelsAt(last);
  return (
    <>
      {shown.map((model, position) => (
        <g key={model} transform={`translate(${x(position)} 0)`}>
          <line className="slope-post" y1={-10} y2={area.height} />
          <ModelLabel label={chart.models[model]?.label ?? ""} isTight={isTight} />
        </g>
      ))}
      {chart.lines.map((line, index) => {
        const colour = hueColour(line.hue);
        const isFaint = focused !== null && focused !== line.channel;
        const points = shown.map((_, position) => `${x(position)},${y(valueAt(line, position))}`).join(" ");
        const rightY = rightLabels[index] ?? 0;
        const leftY = leftLabels[index] ?? 0;
        return (
          <g
            key={line.channel}
            className={isFaint ? "slope slope-faint" : "slope"}
            onPointerEnter={() => onFocus(line.channel)}
            onPointerLeave={() => onFocus(null)}
          >
            <polyline className="slope-reach" points={points} />
            <polyline className="slope-line" points={points} stroke={colour} />
            {shown.map((model, position) => (
              <circle
                key={model}
                className="slope-dot"
                cx={x(position)}
                cy={y(valueAt(line, position))}
                r={3.5}
                fill={colour}
              />
            ))}
            <path
              className="slope-leader"
              d={`M${x(0) - 6},${y(valueAt(line, 0))}L${x(0) - 16},${leftY}`}
              stroke={colour}
            />
            <text className="slope-figure" x={x(0) - 20} y={leftY} dy="0.32em" textAnchor="end">
              {printedAt(line, 0)}
            </text>
            <path
              className="slope-leader"
              d={`M${x(last) + 6},${y(valueAt(line, last))}L${x(last) + 16},${rightY}`}
              stroke={colour}
            />
            <text className="slope-label" x={x(last) + 20} y={rightY} dy="0.32em">
              {!isNarrow && <tspan className="slope-figure">{printedAt(line, last)} </tspan>}
              <tspan className="slope-name">{line.channel}</tspan>
            </text>
            {focused === line.channel &&
              shown.slice(1, -1).map((model, step) => (
                <text
                  key={model}
                  className="slope-figure slope-focus"
                  x={x(step + 1)}
                  y={y(valueAt(line, step + 1)) - 10}
                  textAnchor="middle"
                >
                  {printedAt(line, step + 1)}
                </text>
              ))}
          </g>
        );
      })}
    </>
  );
}

/** A line a channel from model to model, labelled at its ends. Pointing at one brings its figures forward. */
export function ModelSlopesChart({ chart }: { chart: ModelSlopes }) {
  const { t, format } = useWords();
  const [focused, setFocused] = useState<string | null>(null);
  const shownWhenNarrow = modelsForWidth(chart.models, 0).length;
  return (
    <div className="slopes">
      <Plot label={chart.label} height={slopesHeight(chart.lines.length)} margins={MARGINS}>
        {(area) => <Drawing chart={chart} area={area} focused={focused} onFocus={setFocused} />}
      </Plot>
      {shownWhenNarrow < chart.models.length && (
        <p className="hint slopes-some">
          {t("attribution.slopeSome", {
            shown: format.count(shownWhenNarrow),
            all: format.count(chart.models.length),
          })}
        </p>
      )}
    </div>
  );
}
