import { scaleBand, scaleLinear } from "d3";
import { useWords } from "../i18n/words-context.tsx";
import { ValueAxis } from "./marks/Axes.tsx";
import { Plot } from "./Plot.tsx";
import { valueTicks } from "./prepare/axis.ts";
import type { LengthsChart } from "./prepare/journey-lengths.ts";

export const LENGTHS_HEIGHT = 230;
const MARGINS = { top: 8, right: 4, bottom: 26, left: 44 };
const CHARACTER_WIDTH = 6;
const LABEL_AIR = 8;

/** A bar a bucket, as high as its share of all conversions. */
export function JourneyLengthsChart({ chart }: { chart: LengthsChart }) {
  const { format } = useWords();
  const count = chart.bars.length;
  const widest = Math.max(...chart.bars.map(({ label }) => label.length)) * CHARACTER_WIDTH + LABEL_AIR;
  return (
    <Plot
      label={chart.label}
      height={LENGTHS_HEIGHT}
      margins={MARGINS}
      cursor={{ count, xAt: (index, width) => ((index + 0.5) / count) * width, readout: chart.readout }}
    >
      {({ width, height, active }) => {
        const x = scaleBand([...chart.bars.keys()], [0, width])
          .paddingInner(0.14)
          .paddingOuter(0.07);
        const y = scaleLinear(chart.domain, [height, 0]);
        const every = Math.max(1, Math.ceil(widest / x.step()));
        return (
          <>
            <ValueAxis
              ticks={valueTicks(chart.domain, 4, (value) => format.percent(value, 0))}
              scale={y}
              width={width}
            />
            {chart.bars.map((bar, index) => (
              <rect
                key={bar.id}
                className={active === null || active === index ? "length-bar" : "length-bar length-bar-faint"}
                x={x(index)}
                y={y(bar.share)}
                width={x.bandwidth()}
                height={height - y(bar.share)}
                rx={2}
              />
            ))}
            <g className="axis">
              {chart.bars.map(
                (bar, index) =>
                  index % every === 0 && (
                    <text key={bar.id} x={(x(index) ?? 0) + x.bandwidth() / 2} y={height + 17} textAnchor="middle">
                      {bar.label}
                    </text>
                  ),
              )}
            </g>
          </>
        );
      }}
    </Plot>
  );
}
