import { linkHorizontal } from "d3";
import { ScrollRegion } from "../ui/ScrollRegion.tsx";
import { hueColour } from "./channel-colours.ts";
import { Plot, type PlotArea } from "./Plot.tsx";
import type { FlowChart, FlowNode } from "./prepare/journey-flow.ts";
import { type FlowPlaces, placeFlow } from "./prepare/journey-flow-layout.ts";
import { spreadLabels } from "./prepare/spread-labels.ts";

export const FLOW_HEIGHT = 460;
const MARGINS = { top: 28, bottom: 6, left: 2 };
/** About how wide a character of a label is, and the air around it. */
const CHARACTER_WIDTH = 6.8;
const LABEL_AIR = 16;
const NODE_WIDTH = 12;
const GAP = 10;
/** A column narrower than this has no room for names: the chart scrolls instead. */
const LEAST_COLUMN = 132;
const LABEL_GAP = 15;
/** Nodes lower than this are drawn without a name; the readout and the table have it. */
const LEAST_NAMED = 5;

const TONES = { others: "var(--others)", converted: "var(--accent)", dropped: "var(--hairline-strong)" } as const;

function colourOf({ tone, hue }: FlowNode): string {
  return tone === "step" ? hueColour(hue) : TONES[tone];
}

const ribbonPath = linkHorizontal<unknown, { source: [number, number]; target: [number, number] }, [number, number]>();

function placesFor(chart: FlowChart, { width, height }: { width: number; height: number }): FlowPlaces {
  return placeFlow(chart, chart.columns, { width, height, nodeWidth: NODE_WIDTH, gap: GAP });
}

function Labels({ chart, places, area }: { chart: FlowChart; places: FlowPlaces; area: PlotArea }) {
  return chart.columns.map((column, index) => {
    const named = column.filter(
      (node) =>
        (places.boxes[node]?.height ?? 0) >= LEAST_NAMED ||
        chart.nodes[node]?.tone === "converted" ||
        node === area.active,
    );
    const wishes = named.map((node) => (places.boxes[node]?.y ?? 0) + (places.boxes[node]?.height ?? 0) / 2);
    const rows = spreadLabels(wishes, LABEL_GAP, 6, area.height - 6);
    return (
      <g key={chart.heads[index]}>
        <text className="flow-head" x={places.boxes[column[0] ?? 0]?.x ?? 0} y={-14}>
          {chart.heads[index]}
        </text>
        {named.map((node, row) => (
          <text
            key={chart.nodes[node]?.id}
            className="flow-label"
            x={(places.boxes[node]?.x ?? 0) + NODE_WIDTH + 6}
            y={rows[row]}
            dy="0.34em"
          >
            {chart.nodes[node]?.label} <tspan className="flow-share">{chart.nodes[node]?.share}</tspan>
          </text>
        ))}
      </g>
    );
  });
}

function Drawing({ chart, area }: { chart: FlowChart; area: PlotArea }) {
  const places = placesFor(chart, area);
  const { active } = area;
  const isFaint = (from: number, to: number) => active !== null && from !== active && to !== active;
  return (
    <>
      {chart.links.map(({ from, to }, index) => {
        const ribbon = places.ribbons[index];
        const source = chart.nodes[from];
        if (ribbon === undefined || source === undefined) return null;
        const path = ribbonPath({ source: [ribbon.x0, ribbon.y0], target: [ribbon.x1, ribbon.y1] });
        return (
          <path
            key={`${source.id}${chart.nodes[to]?.id}`}
            className={isFaint(from, to) ? "flow-ribbon flow-faint" : "flow-ribbon"}
            d={path ?? undefined}
            stroke={colourOf(source)}
            strokeWidth={Math.max(0.6, ribbon.thickness)}
          />
        );
      })}
      {chart.nodes.map((node, index) => (
        <rect
          key={node.id}
          className={index === active ? "flow-node flow-node-active" : "flow-node"}
          x={places.boxes[index]?.x}
          y={places.boxes[index]?.y}
          width={NODE_WIDTH}
          height={Math.max(1.5, places.boxes[index]?.height ?? 0)}
          rx={1.5}
          fill={colourOf(node)}
        />
      ))}
      <Labels chart={chart} places={places} area={area} />
    </>
  );
}

/** The node under the pointer, or the nearest one of the column beside it. */
function nodeAt(chart: FlowChart, x: number, y: number, room: { width: number; height: number }): number | null {
  const { boxes } = placesFor(chart, room);
  const away = (node: number) => {
    const box = boxes[node];
    if (box === undefined) return Number.POSITIVE_INFINITY;
    const down = Math.max(0, box.y - y, y - box.y - box.height);
    // A ribbon belongs to the node that it leaves, so what stands at the left of the pointer counts as near.
    const side = x < box.x ? (box.x - x) * 3 : Math.max(0, x - box.x - NODE_WIDTH);
    return side + down * 2;
  };
  return [...chart.nodes.keys()].reduce<number | null>(
    (best, node) => (best === null || away(node) < away(best) ? node : best),
    null,
  );
}

/** The labels of the last column stand beside the chart. */
function roomForLabels({ nodes, columns }: FlowChart): number {
  const labels = (columns.at(-1) ?? []).map((node) => `${nodes[node]?.label} ${nodes[node]?.share}`.length);
  return Math.max(...labels, 0) * CHARACTER_WIDTH + LABEL_AIR + 6;
}

/** A Sankey of steps: a node a channel and step, as high as the journeys that pass it; arrow keys go from node to node. */
export function JourneyFlowChart({ chart }: { chart: FlowChart }) {
  const order = chart.columns.flat();
  const right = roomForLabels(chart);
  const least = MARGINS.left + right + (chart.columns.length - 1) * LEAST_COLUMN;
  return (
    <ScrollRegion label={chart.label} className="flow-scroll">
      <div style={{ minWidth: least }}>
        <Plot
          label={chart.label}
          height={FLOW_HEIGHT}
          margins={{ ...MARGINS, right }}
          cursor={{
            count: order.length,
            xAt: (index, width) =>
              ((chart.nodes[order[index] ?? 0]?.column ?? 0) / Math.max(1, chart.columns.length - 1)) * width,
            indexAt: (x, y, area) => {
              const node = nodeAt(chart, x, y, area);
              return node === null ? null : order.indexOf(node);
            },
            readout: (index) => chart.readout(order[index] ?? 0),
          }}
        >
          {(area) => (
            <Drawing
              chart={chart}
              area={{ ...area, active: area.active === null ? null : (order[area.active] ?? null) }}
            />
          )}
        </Plot>
      </div>
    </ScrollRegion>
  );
}
