import { scaleLinear } from "d3";
import { useState } from "react";
import { useWords } from "../i18n/words-context.tsx";
import { hueColour } from "./channel-colours.ts";
import { PositionAxis, ValueAxis } from "./marks/Axes.tsx";
import { DayArea, DayCursor, DayLine } from "./marks/DayMarks.tsx";
import { Swatch } from "./marks/Swatch.tsx";
import { Plot } from "./Plot.tsx";
import { dateTicks, valueTicks } from "./prepare/axis.ts";
import type { ChannelsByDay } from "./prepare/channels-by-day.ts";

const HEIGHT = 128;
const MARGINS = { top: 8, right: 8, bottom: 22, left: 44 };

/** One panel a channel on one scale; the cursor runs through all of them at once. */
export function ChannelsByDayChart({ chart }: { chart: ChannelsByDay }) {
  const { t, format } = useWords();
  const [active, setActive] = useState<number | null>(null);
  const last = Math.max(1, chart.days.length - 1);
  const xAt = (index: number, width: number) => (chart.days.length === 1 ? width / 2 : (index / last) * width);
  return (
    <>
      <ul className="multiples">
        {chart.panels.map((panel) => (
          <li key={panel.channel} className="multiple">
            <p className="multiple-head">
              <Swatch hue={panel.hue} />
              <strong>{panel.channel}</strong>
              <span className="multiple-figure">{panel.revenueTotal}</span>
            </p>
            <Plot
              label={panel.label}
              height={HEIGHT}
              margins={MARGINS}
              cursor={{ count: chart.days.length, xAt, readout: panel.readout }}
              sharedActive={active}
              onActive={setActive}
            >
              {(area) => {
                const x = (index: number) => xAt(index, area.width);
                const y = scaleLinear(chart.domain, [area.height, 0]);
                const colour = hueColour(panel.hue);
                return (
                  <>
                    <ValueAxis ticks={valueTicks(chart.domain, 2, format.moneyShort)} scale={y} width={area.width} />
                    <DayArea series={panel.revenue} x={x} y={y} colour={colour} />
                    <DayLine series={panel.revenue} x={x} y={y} colour={colour} />
                    <g className="spend-line">
                      <DayLine series={panel.spend} x={x} y={y} colour="var(--ink)" />
                    </g>
                    <DayCursor
                      series={panel.revenue}
                      x={x}
                      y={y}
                      colour={colour}
                      active={area.active}
                      height={area.height}
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
            <p className="multiple-foot">
              {t("words.spend")} {panel.spendTotal ?? t("words.none")}
            </p>
          </li>
        ))}
      </ul>
      {chart.shownOf !== null && <p className="hint">{chart.shownOf}</p>}
    </>
  );
}
