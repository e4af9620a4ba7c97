import type { RoiReport } from "@touchline/server/contract";
import { type BalanceLine, prepareBalance } from "../../charts/prepare/report.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Icon } from "../../ui/Icon.tsx";

function Line({ line }: { line: BalanceLine }) {
  const { t } = useWords();
  return (
    <table className="data-table balance-line">
      <caption>{line.title}</caption>
      <tbody>
        {line.parts.map(({ label, amount }) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            <td className="numeric">{amount}</td>
          </tr>
        ))}
        <tr className="balance-total">
          <th scope="row">{t("reports.total")}</th>
          <td className="numeric">{line.total}</td>
        </tr>
        <tr>
          <th scope="row">{t("reports.booked")}</th>
          <td className="numeric">{line.booked}</td>
        </tr>
        <tr className={line.isBalanced ? "is-balanced" : "is-off"}>
          <th scope="row">
            {t("reports.difference")}
            <span className="balance-state">
              <Icon name={line.isBalanced ? "check" : "warning"} />
              {t(line.isBalanced ? "reports.adds" : "reports.off")}
            </span>
          </th>
          <td className="numeric">{line.difference}</td>
        </tr>
      </tbody>
    </table>
  );
}

/** The foot of the report: green only when it adds up. */
export function BalancePart({ report }: { report: RoiReport }) {
  const words = useWords();
  const { t } = words;
  const { sentence, isBalanced, lines } = prepareBalance(report, words);
  return (
    <section className="report-balance" aria-label={t("reports.balanceTitle")}>
      <h2 className="report-part">{t("reports.balanceTitle")}</h2>
      <p className={isBalanced ? "balance-sentence is-balanced" : "balance-sentence is-off"}>
        <Icon name={isBalanced ? "check" : "warning"} />
        {sentence}
      </p>
      <div className="balance-lines">
        {lines.map((line) => (
          <Line key={line.title} line={line} />
        ))}
      </div>
    </section>
  );
}
