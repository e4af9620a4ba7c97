import { scaleSqrt } from "d3";
import { useWords } from "../i18n/words-context.tsx";
import { PositionAxis, ValueAxis } from "./marks/Axes.tsx";
import { Plot } from "./Plot.tsx";
import type { CalibrationChart } from "./prepare/quality-calibration.ts";

export const CALIBRATION_HEIGHT = 300;
const MARGINS = { top: 10, right: 12, bottom: 40, left: 48 };

/** What was foretold across, what came upwards; the diagonal is a model that can be taken at its word. */
export function CalibrationPlot({ chart }: { chart: CalibrationChart }) {
  const { t } = useWords();
  const xOf = (foretold: number, width: number) => scaleSqrt(chart.domain, [0, width])(foretold);
  return (
    <Plot
      label={chart.label}
      height={CALIBRATION_HEIGHT}
      margins={MARGINS}
      cursor={{
        count: chart.points.length,
        xAt: (index, width) => xOf(chart.points[index]?.foretold ?? 0, width),
        readout: chart.readout,
      }}
    >
      {({ width, height, active }) => {
        const x = scaleSqrt(chart.domain, [0, width]);
        const y = scaleSqrt(chart.domain, [height, 0]);
        const ticks = chart.ticks.filter(({ value }) => value <= chart.domain[1]);
        return (
          <>
            <ValueAxis ticks={ticks} scale={y} width={width} />
            <PositionAxis ticks={ticks} scale={x} y={height} width={width} />
            <text className="panel-title" x={0} y={-2} dy="0.6em" dx={6}>
              {t("quality.observed")}
            </text>
            <text className="panel-title" x={width} y={height + 34} textAnchor="end">
              {t("quality.foretold")}
            </text>
            <line
              className="calibration-true"
              x1={x(chart.domain[0])}
              x2={x(chart.domain[1])}
              y1={y(chart.domain[0])}
              y2={y(chart.domain[1])}
            />
            {chart.points.map((point) => (
              <g key={point.id} className="calibration-point">
                <line x1={x(point.foretold)} x2={x(point.foretold)} y1={y(point.low)} y2={y(point.high)} />
                <circle cx={x(point.foretold)} cy={y(point.observed)} r={point.id === active ? 6 : 4} />
              </g>
            ))}
          </>
        );
      }}
    </Plot>
  );
}
