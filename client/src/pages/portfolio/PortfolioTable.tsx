import { useNavigate } from "@tanstack/react-router";
import { basepathOf } from "../../app/place.ts";
import { Sparkline } from "../../charts/marks/Sparkline.tsx";
import type { PortfolioLine, PreparedPortfolio } from "../../charts/prepare/portfolio.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Explained } from "../../ui/Explained.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";
import { PORTFOLIO_SORTS, type PortfolioSort } from "./portfolio-search.ts";

const COLUMNS = [
  "spend",
  "revenue",
  "change",
  "trend",
  "roas",
  "incremental",
  "pacing",
  "proposals",
  "health",
  "fresh",
] as const;
const NUMERIC: ReadonlySet<string> = new Set(["spend", "revenue", "roas", "incremental"]);
const HEALTH_ICONS = { act: "warning", watch: "info", ok: "check", unknown: "more" } as const;

interface HeadProps {
  column: (typeof COLUMNS)[number] | "workspace";
  sort: PortfolioSort;
  isTurned: boolean;
}

function HeadCell({ column, sort, isTurned }: HeadProps) {
  const { t } = useWords();
  const navigate = useNavigate({ from: "/portfolio" });
  const label = t(`portfolio.column.${column}`);
  const own = PORTFOLIO_SORTS.find((each) => each === column);
  const className = NUMERIC.has(column) ? "numeric" : undefined;
  if (own === undefined) {
    return (
      <th scope="col" className={className}>
        {label}
      </th>
    );
  }
  const isSorted = own === sort;
  const rises = own === "workspace" ? !isTurned : isTurned;
  const choose = () =>
    navigate({
      search: ({ isTurned: _, ...before }) => ({
        ...before,
        sort: own,
        ...(isSorted && !isTurned && { isTurned: true }),
      }),
      replace: true,
    });
  return (
    <th scope="col" className={className} aria-sort={isSorted ? (rises ? "ascending" : "descending") : undefined}>
      <button type="button" className="sort-button" title={t("portfolio.sort", { column: label })} onClick={choose}>
        {label}
        {isSorted && <Icon name={rises ? "up" : "down"} />}
      </button>
    </th>
  );
}

function Name({ line }: { line: PortfolioLine }) {
  const { t } = useWords();
  return (
    <th scope="row">
      {/* A load of the page, not a route: nothing of one workspace stays in the page of another. */}
      <a href={`${basepathOf(line.workspace)}/`} aria-label={t("portfolio.open", { workspace: line.workspace })}>
        {line.workspace}
      </a>
      {line.isSimulated && <span className="badge badge-beside">{t("portfolio.simulated")}</span>}
    </th>
  );
}

function Row({ line }: { line: PortfolioLine }) {
  const { t } = useWords();
  if (line.notice !== null) {
    return (
      <tr>
        <Name line={line} />
        <td colSpan={COLUMNS.length} className="portfolio-notice">
          {line.notice}
        </td>
      </tr>
    );
  }
  return (
    <tr>
      <Name line={line} />
      <td className="numeric">{line.spend}</td>
      <td className="numeric numeric-main">{line.revenue}</td>
      <td>
        {line.change !== null && (
          <span className="change change-neutral">
            <Icon name={line.change.direction} />
            {line.change.text}
          </span>
        )}
      </td>
      <td>
        <Sparkline values={line.daily} label={line.trendLabel} />
      </td>
      <td className="numeric">{line.roas}</td>
      <td className="numeric">
        {line.incremental ?? <Explained why={t("portfolio.noRunWhy")}>{t("portfolio.noRun")}</Explained>}
      </td>
      <td>{line.pacing}</td>
      <td>{line.proposals}</td>
      <td>
        <span className={`portfolio-health portfolio-health-${line.health.tone}`}>
          <Icon name={HEALTH_ICONS[line.health.tone]} />
          {line.health.word}
        </span>
      </td>
      <td>{line.fresh}</td>
    </tr>
  );
}

interface Props {
  portfolio: PreparedPortfolio;
  sort: PortfolioSort;
  isTurned: boolean;
}

export function PortfolioTable({ portfolio, sort, isTurned }: Props) {
  const { t } = useWords();
  const title = t("portfolio.tableTitle");
  return (
    <ScrollRegion label={title}>
      <table className="data-table portfolio-table">
        <caption className="visually-hidden">{title}</caption>
        <thead>
          <tr>
            <HeadCell column="workspace" sort={sort} isTurned={isTurned} />
            {COLUMNS.map((column) => (
              <HeadCell key={column} column={column} sort={sort} isTurned={isTurned} />
            ))}
          </tr>
        </thead>
        <tbody>
          {portfolio.lines.map((line) => (
            <Row key={line.workspace} line={line} />
          ))}
        </tbody>
        <tfoot>
          {portfolio.totals.map((total) => (
            <tr key={total.label}>
              <th scope="row">{total.label}</th>
              <td className="numeric">{total.spend}</td>
              <td className="numeric numeric-main">{total.revenue}</td>
              <td />
              <td />
              <td className="numeric">{total.roas}</td>
              <td colSpan={COLUMNS.length - 5} />
            </tr>
          ))}
        </tfoot>
      </table>
    </ScrollRegion>
  );
}
