import { scaleLinear } from "d3";
import { useWords } from "../i18n/words-context.tsx";
import { PositionAxis, ValueAxis } from "./marks/Axes.tsx";
import { DayArea, DayCursor, DayLine } from "./marks/DayMarks.tsx";
import { Plot, type PlotArea } from "./Plot.tsx";
import { dateTicks, valueTicks } from "./prepare/axis.ts";
import type { DayValue } from "./prepare/dense-series.ts";
import type { TotalsByDay } from "./prepare/totals-by-day.ts";

export const TOTALS_HEIGHT = 356;
const MARGINS = { top: 30, right: 12, bottom: 24, left: 56 };
/** The upper panel, the gap with the lower one's heading, the lower panel. */
const PARTS = [0.57, 0.17, 0.26] as const;

interface PanelProps {
  label: string;
  series: readonly DayValue[];
  domain: readonly [number, number];
  tickCount: number;
  top: number;
  height: number;
  area: PlotArea;
  x: (index: number) => number;
  colour: string;
}

function Panel({ label, series, domain, tickCount, top, height, area, x, colour }: PanelProps) {
  const { format } = useWords();
  const y = scaleLinear(domain, [height, 0]);
  return (
    <g transform={`translate(0 ${top})`}>
      <text className="panel-title" x={-MARGINS.left} y={-14}>
        {label}
      </text>
      <ValueAxis ticks={valueTicks(domain, tickCount, format.moneyShort)} scale={y} width={area.width} />
      <DayArea series={series} x={x} y={y} colour={colour} />
      <DayLine series={series} x={x} y={y} colour={colour} />
      <DayCursor series={series} x={x} y={y} colour={colour} active={area.active} height={height} />
    </g>
  );
}

/** Revenue above, spend below, on the same days. Each has its own scale, so each has its own panel. */
export function TotalsByDayChart({ chart }: { chart: TotalsByDay }) {
  const { t, format } = useWords();
  const last = Math.max(1, chart.days.length - 1);
  const xAt = (index: number, width: number) => (chart.days.length === 1 ? width / 2 : (index / last) * width);
  return (
    <Plot
      label={chart.label}
      height={TOTALS_HEIGHT}
      margins={MARGINS}
      cursor={{ count: chart.days.length, xAt, readout: chart.readout }}
    >
      {(area) => {
        const x = (index: number) => xAt(index, area.width);
        const shared = { area, x };
        return (
          <>
            <Panel
              {...shared}
              label={t("words.revenue")}
              series={chart.revenue}
              domain={chart.revenueDomain}
              tickCount={4}
              top={0}
              height={area.height * PARTS[0]}
              colour="var(--accent)"
            />
            <Panel
              {...shared}
              label={t("words.spend")}
              series={chart.spend}
              domain={chart.spendDomain}
              tickCount={2}
              top={area.height * (PARTS[0] + PARTS[1])}
              height={area.height * PARTS[2]}
              colour="var(--spend)"
            />
            <PositionAxis
              ticks={dateTicks(chart.days, area.width, format)}
              scale={x}
              y={area.height}
              width={area.width}
            />
          </>
        );
      }}
    </Plot>
  );
}
