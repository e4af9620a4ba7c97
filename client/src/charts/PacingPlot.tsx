import { area, line, scaleLinear } from "d3";
import { useWords } from "../i18n/words-context.tsx";
import { PositionAxis, ValueAxis } from "./marks/Axes.tsx";
import { DayLine } from "./marks/DayMarks.tsx";
import { type Margins, Plot } from "./Plot.tsx";
import { dateTicks, valueTicks } from "./prepare/axis.ts";
import type { FanPoint, PacingChart } from "./prepare/pacing-chart.ts";

export const PACING_HEIGHT = 320;
const SMALL_HEIGHT = 140;
const MARGINS: Margins = { top: 10, right: 72, bottom: 24, left: 56 };
const SMALL_MARGINS: Margins = { top: 8, right: 8, bottom: 22, left: 48 };

interface Props {
  chart: PacingChart;
  colour: string;
  /** One of many: lower, and without names at its right edge. */
  isSmall?: boolean;
}

/** Names at the right edge keep so far from each other, in pixels. */
const LABEL_GAP = 14;

function EdgeNames({ chart, y, width }: { chart: PacingChart; y: (value: number) => number; width: number }) {
  const { t } = useWords();
  const end = chart.fan.at(-1);
  const planAt = chart.plan === null ? null : y(chart.plan);
  const endAt = end === undefined ? null : y(end.mean);
  const isClose = planAt !== null && endAt !== null && Math.abs(planAt - endAt) < LABEL_GAP;
  const shift = isClose ? (LABEL_GAP - Math.abs((planAt ?? 0) - (endAt ?? 0))) / 2 : 0;
  const isPlanAbove = (planAt ?? 0) <= (endAt ?? 0);
  return (
    <g className="edge-names">
      {planAt !== null && (
        <text x={width + 6} y={planAt + (isPlanAbove ? -shift : shift)} dy="0.32em">
          {t("pacing.planLine")}
        </text>
      )}
      {endAt !== null && (
        <text x={width + 6} y={endAt + (isPlanAbove ? shift : -shift)} dy="0.32em">
          {t("pacing.forecastLine")}
        </text>
      )}
    </g>
  );
}

/** Spend summed up over a month against the line of its plan, with the fan of the forecast. */
export function PacingPlot({ chart, colour, isSmall = false }: Props) {
  const { format } = useWords();
  const { days, spent, plan, fan } = chart;
  const count = days.length;
  const xAt = (index: number, width: number) => ((index + 1) / count) * width;
  const startAt = fan[0] === undefined ? null : fan[0].index - 1;
  const startValue = startAt === null || startAt < 0 ? 0 : (spent[startAt] ?? spent.findLast((v) => v !== null) ?? 0);
  const start = startAt === null ? [] : [{ index: startAt, mean: startValue, low: startValue, high: startValue }];
  const whole: FanPoint[] = [...start, ...fan];
  const known = days.map((date, i) => ({ date, value: spent[i] ?? null }));
  return (
    <Plot
      label={chart.label}
      height={isSmall ? SMALL_HEIGHT : PACING_HEIGHT}
      margins={isSmall ? SMALL_MARGINS : MARGINS}
      cursor={{ count, xAt, readout: chart.readout }}
      notes={{ days, areQuiet: isSmall }}
    >
      {({ width, height, active }) => {
        const y = scaleLinear(chart.domain, [height, 0]);
        const x = (index: number) => xAt(index, width);
        const band = area<FanPoint>(
          ({ index }) => x(index),
          ({ low }) => y(low),
          ({ high }) => y(high),
        );
        const middle = line<FanPoint>(
          ({ index }) => x(index),
          ({ mean }) => y(mean),
        );
        return (
          <>
            <ValueAxis ticks={valueTicks(chart.domain, isSmall ? 2 : 5, format.moneyShort)} scale={y} width={width} />
            {plan !== null && <line className="plan-line" x1={0} y1={y(0)} x2={width} y2={y(plan)} />}
            <path className="pacing-fan" d={band(whole) ?? undefined} fill={colour} />
            <path className="pacing-middle" d={middle(whole) ?? undefined} stroke={colour} />
            <DayLine series={known} x={x} y={y} colour={colour} />
            {active !== null && <line className="cursor-rule" x1={x(active)} x2={x(active)} y2={height} />}
            {!isSmall && <EdgeNames chart={chart} y={y} width={width} />}
            <PositionAxis ticks={dateTicks(days, width, format)} scale={x} y={height} width={width} />
          </>
        );
      }}
    </Plot>
  );
}
