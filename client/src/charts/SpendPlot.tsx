import { scaleLinear } from "d3";
import type { ReactNode } from "react";
import { useWords } from "../i18n/words-context.tsx";
import { PositionAxis } from "./marks/Axes.tsx";
import { type Margins, Plot, type PlotArea } from "./Plot.tsx";
import { positionTicks } from "./prepare/axis.ts";
import type { Readout } from "./prepare/chart-model.ts";

interface Props {
  chart: { readonly label: string; readout(index: number): Readout };
  height: number;
  margins: Margins;
  domain: readonly [number, number];
  /** Where the values under the cursor stand. */
  spends: readonly number[];
  children(area: PlotArea, x: (spend: number) => number): ReactNode;
}

/** A plot of something against money that is spent, with its axis. */
export function SpendPlot({ chart, height, margins, domain, spends, children }: Props) {
  const { format } = useWords();
  const xAt = (spend: number, width: number) => scaleLinear(domain, [0, width])(spend);
  return (
    <Plot
      label={chart.label}
      height={height}
      margins={margins}
      cursor={{
        count: spends.length,
        xAt: (index, width) => xAt(spends[index] ?? 0, width),
        readout: chart.readout,
      }}
    >
      {(area) => {
        const x = (spend: number) => xAt(spend, area.width);
        return (
          <>
            {children(area, x)}
            <PositionAxis
              ticks={positionTicks(domain, area.width, format.moneyShort)}
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
