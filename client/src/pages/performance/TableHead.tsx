import type { Breakdown } from "@touchline/server/contract";
import { type ColumnId, UNIT_OF } from "../../charts/prepare/breakdown-columns.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Icon } from "../../ui/Icon.tsx";

interface Props {
  by: Breakdown;
  columns: readonly ColumnId[];
  sort: ColumnId | "name";
  isUp: boolean;
  isCompared: boolean;
  /** The other way round where it is sorted by this one already. */
  sortBy(column: ColumnId | "name"): void;
}

/** Heads that sort: the arrow and `aria-sort` say by what, and which way. */
export function TableHead({ by, columns, sort, isUp, isCompared, sortBy }: Props) {
  const { t, format } = useWords();
  const head = (column: ColumnId | "name", text: string) => {
    const isSorted = column === sort;
    return (
      <th
        key={column}
        scope="col"
        className={column === "name" ? undefined : "numeric"}
        aria-sort={isSorted ? (isUp ? "ascending" : "descending") : undefined}
      >
        <button
          type="button"
          className="sort-button"
          aria-label={t("performance.sortBy", { column: text })}
          onClick={() => sortBy(column)}
        >
          {text}
          {column !== "name" && UNIT_OF[column] === "money" && (
            <span className="head-unit"> {format.currencySymbol}</span>
          )}
          {isSorted && <Icon name={isUp ? "up" : "down"} />}
        </button>
      </th>
    );
  };
  return (
    <thead>
      <tr>
        {head("name", t(`performance.by.${by}`))}
        {columns.map((column) => head(column, t(`performance.column.${column}`)))}
        {isCompared && (
          <th scope="col" className="numeric">
            {t("performance.moved")} <span className="head-unit">{format.currencySymbol}</span>
          </th>
        )}
      </tr>
    </thead>
  );
}
