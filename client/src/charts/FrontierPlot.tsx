import { line as linePath, scaleLinear } from "d3";
import { useWords } from "../i18n/words-context.tsx";
import { ValueAxis } from "./marks/Axes.tsx";
import type { PlotArea } from "./Plot.tsx";
import { valueTicks } from "./prepare/axis.ts";
import type { FrontierChart, FrontierMark, FrontierPoint } from "./prepare/frontier.ts";
import { goalShort } from "./prepare/goal-figure.ts";
import { SpendPlot } from "./SpendPlot.tsx";

export const FRONTIER_HEIGHT = 320;
const MARGINS = { top: 20, right: 16, bottom: 24, left: 56 };
/** Shares of the height: the result, air, the marginal return. */
const PARTS = [0.62, 0.15, 0.23] as const;
const LABEL_WIDTH = 44;

interface PanelProps {
  chart: FrontierChart;
  area: PlotArea;
  x: (budget: number) => number;
  height: number;
}

/** A named budget: a ring on its value, with its name where there is room. */
function Mark({
  mark,
  x,
  y,
  width,
  isBelow,
}: {
  mark: FrontierMark;
  x: number;
  y: number;
  width: number;
  isBelow: boolean;
}) {
  const anchor = x < LABEL_WIDTH ? "start" : x > width - LABEL_WIDTH ? "end" : "middle";
  return (
    <g>
      <circle className={`frontier-mark frontier-${mark.key}`} cx={x} cy={y} r={5.5} />
      <text className="mark-label" x={x} y={isBelow ? y + 20 : y - 11} textAnchor={anchor}>
        {mark.label}
      </text>
    </g>
  );
}

function ValuePanel({ chart, area, x, height }: PanelProps) {
  const words = useWords();
  const y = scaleLinear(chart.domains.value, [height, 0]);
  const path = linePath<FrontierPoint>()
    .x((point) => x(point.budget))
    .y((point) => y(point.value));
  const active = area.active === null ? undefined : chart.points[area.active];
  return (
    <g>
      <ValueAxis
        ticks={valueTicks(chart.domains.value, 4, (value) => goalShort(value, chart.goal, words))}
        scale={y}
        width={area.width}
      />
      {chart.breakEven !== null && (
        <g>
          <line className="break-even" x1={x(chart.breakEven.budget)} x2={x(chart.breakEven.budget)} y2={area.height} />
          <text
            className="axis-note"
            x={x(chart.breakEven.budget)}
            y={-8}
            textAnchor={x(chart.breakEven.budget) > area.width - LABEL_WIDTH ? "end" : "middle"}
          >
            {chart.breakEven.label}
          </text>
        </g>
      )}
      <path className="frontier-line" d={path(chart.points) ?? undefined} />
      {chart.marks.map((mark) => (
        <Mark
          key={mark.key}
          mark={mark}
          x={x(mark.budget)}
          y={y(mark.value)}
          width={area.width}
          isBelow={mark.key === "today" && chart.marks.length > 1}
        />
      ))}
      {active !== undefined && (
        <g>
          <line className="cursor-rule" x1={x(active.budget)} x2={x(active.budget)} y2={area.height} />
          <circle className="cursor-dot" cx={x(active.budget)} cy={y(active.value)} r={4} fill="var(--accent)" />
        </g>
      )}
    </g>
  );
}

function MarginalPanel({ chart, area, x, height }: PanelProps) {
  const { t, format } = useWords();
  const [low, high] = chart.domains.marginal;
  const y = scaleLinear([low, high], [height, 0]).clamp(true);
  const path = linePath<FrontierPoint>()
    .x((point) => x(point.budget))
    .y((point) => y(point.marginal));
  return (
    <g>
      <text className="panel-title" x={-MARGINS.left} y={-13}>
        {t("studies.frontier.marginal", { unit: chart.unit })}
      </text>
      <ValueAxis
        ticks={valueTicks([low, high], 2, (value) => format.count(value, high < 1 ? 3 : 2))}
        scale={y}
        width={area.width}
      />
      {chart.hasBreakEvenLine && high > 1 && <line className="break-even" x2={area.width} y1={y(1)} y2={y(1)} />}
      <path className="frontier-line" d={path(chart.points) ?? undefined} />
    </g>
  );
}

/** What the best split brings at every budget above, what one more unit of money brings below. */
export function FrontierPlot({ chart }: { chart: FrontierChart }) {
  return (
    <SpendPlot
      chart={chart}
      height={FRONTIER_HEIGHT}
      margins={MARGINS}
      domain={chart.domains.budget}
      spends={chart.points.map(({ budget }) => budget)}
    >
      {(area, x) => {
        const lower = area.height * PARTS[2];
        return (
          <>
            <ValuePanel chart={chart} area={area} x={x} height={area.height * PARTS[0]} />
            <g transform={`translate(0 ${area.height - lower})`}>
              <MarginalPanel chart={chart} area={area} x={x} height={lower} />
            </g>
          </>
        );
      }}
    </SpendPlot>
  );
}
