import type { RulesTrial } from "@touchline/server/contract";
import type { ReactNode } from "react";
import { FailureLine } from "../../app/FailureLine.tsx";
import { strong } from "../../i18n/words.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";

interface Props {
  trial: RulesTrial | undefined;
  isBusy: boolean;
  error: unknown;
  children: ReactNode;
}

/** What a change would move, before it is saved. */
export function ChangesCard({ trial, isBusy, error, children }: Props) {
  const { t, format } = useWords();
  const moved = trial?.moves.reduce((sum, { touches }) => sum + touches, 0) ?? 0;
  const tagged = (trial?.touches ?? 0) - (trial?.untagged ?? 0);
  const sentence =
    trial === undefined
      ? undefined
      : moved === 0
        ? t("mapping.rules.triedNone")
        : t("mapping.rules.tried", { moved: strong(format.count(moved)), touches: format.count(tagged) });
  const title = t("mapping.rules.changes");
  return (
    <Card title={title} sentence={sentence} isBusy={isBusy} className="changes-card">
      <FailureLine error={error} />
      {trial !== undefined && trial.moves.length > 0 && (
        <table className="data-table moves-table">
          <caption className="visually-hidden">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{t("mapping.rules.from")}</th>
              <th scope="col">{t("mapping.rules.to")}</th>
              <th scope="col" className="numeric">
                {t("mapping.rules.touches")}
              </th>
            </tr>
          </thead>
          <tbody>
            {trial.moves.map(({ from, to, touches }) => (
              <tr key={`${from}\n${to}`}>
                <td>{from}</td>
                <td>{to}</td>
                <td className="numeric">{format.count(touches)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <div className="form-send">{children}</div>
    </Card>
  );
}
