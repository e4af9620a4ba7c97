import { scaleLinear } from "d3";
import { useWords } from "../i18n/words-context.tsx";
import { PositionAxis, ValueAxis } from "./marks/Axes.tsx";
import { DayArea, DayCursor, DayLine } from "./marks/DayMarks.tsx";
import { Plot } from "./Plot.tsx";
import { dateTicks, valueTicks } from "./prepare/axis.ts";
import type { ClaimsByDay } from "./prepare/claims-by-day.ts";

export const CLAIMS_HEIGHT = 220;
const MARGINS = { top: 12, right: 12, bottom: 24, left: 48 };

/** Two lines on one scale: what was booked is filled, what is claimed is only a line. */
export function ClaimsByDayChart({ chart }: { chart: ClaimsByDay }) {
  const { t, format } = useWords();
  const last = Math.max(1, chart.days.length - 1);
  const xAt = (index: number, width: number) => (chart.days.length === 1 ? width / 2 : (index / last) * width);
  return (
    <>
      <p className="legend">
        <span className="legend-item">
          <svg className="legend-mark" viewBox="0 0 16 8" aria-hidden="true">
            <rect width="16" height="8" rx="2" className="legend-revenue" />
          </svg>
          {t("data.booked")}
        </span>
        <span className="legend-item">
          <svg className="legend-mark" viewBox="0 0 16 8" aria-hidden="true">
            <rect y="2.5" width="16" height="3" rx="1.5" className="legend-claimed" />
          </svg>
          {t("data.claimed")}
        </span>
      </p>
      <Plot
        label={chart.label}
        height={CLAIMS_HEIGHT}
        margins={MARGINS}
        cursor={{ count: chart.days.length, xAt, readout: chart.readout }}
        notes={{ days: chart.days }}
      >
        {(area) => {
          const x = (index: number) => xAt(index, area.width);
          const y = scaleLinear(chart.domain, [area.height, 0]);
          const cursor = { x, y, active: area.active, height: area.height };
          return (
            <>
              <ValueAxis ticks={valueTicks(chart.domain, 4, format.countShort)} scale={y} width={area.width} />
              <DayArea series={chart.booked} x={x} y={y} colour="var(--accent)" />
              <DayLine series={chart.booked} x={x} y={y} colour="var(--accent)" />
              <DayLine series={chart.claimed} x={x} y={y} colour="var(--negative)" />
              <DayCursor {...cursor} series={chart.booked} colour="var(--accent)" />
              <DayCursor {...cursor} series={chart.claimed} colour="var(--negative)" />
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
    </>
  );
}
