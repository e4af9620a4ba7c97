import type { ReactNode } from "react";
import { type HueSlot, hueColour } from "../../charts/channel-colours.ts";
import { SpanBar } from "../../charts/marks/SpanBar.tsx";
import { Swatch } from "../../charts/marks/Swatch.tsx";
import type { BreakdownCell, BreakdownLine } from "../../charts/prepare/breakdown-table.ts";
import { plainText } from "../../i18n/words.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { ChangeMark } from "./ChangeMark.tsx";

function FigureCell({ cell, colour }: { cell: BreakdownCell; colour: string }) {
  const { figure, change, tone, interval, bar, span } = cell;
  return (
    <td className="numeric">
      <span className={figure.value === null ? "unknown" : "cell-main"}>{figure.text}</span>
      {bar !== null && <SpanBar length={bar} colour={cell.column === "spend" ? "var(--spend)" : colour} span={span} />}
      {interval !== null && <span className="cell-interval">{interval}</span>}
      {change !== null && <ChangeMark change={change} tone={tone} />}
    </td>
  );
}

interface Props {
  line: BreakdownLine;
  hue: HueSlot | undefined;
  /** How far it is inside another row. */
  depth: number;
  /** Null where nothing is inside. */
  isOpen: boolean | null;
  toggle?(): void;
  /** Absent where nothing explains it. */
  explain?: (() => void) | undefined;
  /** Beside its name. */
  note?: ReactNode;
}

/** A row: its name, which opens what is inside, its figures, and its change, which says why. */
export function BreakdownTableRow({ line, hue, depth, isOpen, toggle, explain, note }: Props) {
  const { t } = useWords();
  const isBaseline = line.kind === "baseline";
  const colour = hueColour(hue);
  return (
    <tr className={line.kind === "row" ? `depth-${depth}` : "row-no-touch"}>
      <th scope="row">
        <span className="row-name">
          {isOpen === null ? (
            <span className="row-toggle" />
          ) : (
            <button
              type="button"
              className="row-toggle"
              aria-expanded={isOpen}
              aria-label={t(isOpen ? "performance.collapse" : "performance.expand", { name: line.name })}
              onClick={toggle}
            >
              <Icon name="chevron" />
            </button>
          )}
          {depth === 0 && line.kind !== "total" && (
            <Swatch hue={isBaseline ? "none" : line.kind === "others" ? "others" : hue} />
          )}
          <span className="row-text">
            {line.name}
            {note !== undefined && <span className="row-note">{note}</span>}
          </span>
        </span>
      </th>
      {line.cells.map((cell) => (
        <FigureCell key={cell.column} cell={cell} colour={colour} />
      ))}
      {line.moved !== null && (
        <td className="numeric">
          {explain === undefined ? (
            <span className={`moved change-${line.movedTone}`}>{line.moved.text}</span>
          ) : (
            <button
              type="button"
              className={`moved moved-button change-${line.movedTone}`}
              aria-label={plainText(t("performance.whyOf", { name: line.name, change: line.moved.text }))}
              onClick={explain}
            >
              {line.moved.text}
            </button>
          )}
        </td>
      )}
    </tr>
  );
}
