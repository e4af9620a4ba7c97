import { scaleLinear } from "d3";
import { useState } from "react";
import { useWords } from "../i18n/words-context.tsx";
import { PositionAxis, ValueAxis } from "./marks/Axes.tsx";
import { DayBars } from "./marks/DayBars.tsx";
import { Plot } from "./Plot.tsx";
import { dateTicks, valueTicks } from "./prepare/axis.ts";
import type { ReceivedChart } from "./prepare/received-by-day.ts";

const HEIGHT = 128;
const MARGINS = { top: 8, right: 8, bottom: 22, left: 44 };
const LEGEND = ["stored", "other", "rejected"] as const;

/** One panel a source, a bar a day; the cursor runs through all of them at once. */
export function ReceivedByDayChart({ chart }: { chart: ReceivedChart }) {
  const { t, format } = useWords();
  const [active, setActive] = useState<number | null>(null);
  const count = chart.days.length;
  return (
    <>
      <p className="legend">
        {LEGEND.map((part) => (
          <span key={part} className="legend-item">
            <svg className="legend-mark" viewBox="0 0 16 8" aria-hidden="true">
              <rect width="16" height="8" rx="2" className={`day-bar-${part}`} />
            </svg>
            {t(`data.${part}`)}
          </span>
        ))}
      </p>
      <ul className="multiples">
        {chart.panels.map((panel) => (
          <li key={panel.id} className="multiple">
            <p className="multiple-head">
              <strong>{panel.source}</strong>
              <span className="multiple-figure">{panel.total}</span>
            </p>
            <Plot
              label={panel.label}
              height={HEIGHT}
              margins={MARGINS}
              cursor={{ count, xAt: (index, width) => ((index + 0.5) / count) * width, readout: panel.readout }}
              notes={{ days: chart.days, areQuiet: true }}
              sharedActive={active}
              onActive={setActive}
            >
              {(area) => {
                const y = scaleLinear(panel.domain, [area.height, 0]);
                const dayWidth = area.width / count;
                return (
                  <>
                    <ValueAxis ticks={valueTicks(panel.domain, 2, format.countShort)} scale={y} width={area.width} />
                    <DayBars
                      days={panel.days}
                      x={(index) => index * dayWidth}
                      width={dayWidth}
                      y={y}
                      active={area.active}
                    />
                    <PositionAxis
                      ticks={dateTicks(chart.days, area.width, format)}
                      scale={(index) => (index + 0.5) * dayWidth}
                      y={area.height}
                      width={area.width}
                    />
                  </>
                );
              }}
            </Plot>
            {panel.rejected !== null && <p className="multiple-foot multiple-refused">{panel.rejected}</p>}
          </li>
        ))}
      </ul>
      {chart.shownOf !== null && <p className="hint">{chart.shownOf}</p>}
    </>
  );
}
