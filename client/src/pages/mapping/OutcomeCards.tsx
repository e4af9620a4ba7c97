import { Link } from "@tanstack/react-router";
import type { UploadState } from "@touchline/server/contract";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";

type Outcome = UploadState["outcomes"][number];

const COUNTS = ["received", "stored", "duplicates", "replaced", "rejected", "filtered"] as const;

/** How far the import is: the file is read in one go, so the rows are what moves. */
export function ImportingCard({ state }: { state: UploadState }) {
  const { t, format } = useWords();
  const { name, share, rows } = state;
  return (
    <Card title={t("mapping.importing", { name })} isBusy>
      <progress
        className="progress"
        aria-label={t("mapping.importing", { name })}
        max={1}
        {...(share === null ? {} : { value: share })}
      />
      <p role="status" className="hint">
        {t("mapping.importingRows", { rows: format.count(rows) })}
      </p>
    </Card>
  );
}

function BalanceTable({ outcomes }: { outcomes: readonly Outcome[] }) {
  const { t, format } = useWords();
  return (
    <ScrollRegion label={t("mapping.balance")}>
      <table className="data-table">
        <caption className="visually-hidden">{t("mapping.balance")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("data.kind")}</th>
            {COUNTS.map((name) => (
              <th key={name} scope="col" className="numeric">
                {t(`data.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {outcomes.map((outcome, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a tool may give two tables of one kind, in an order of its own
            <tr key={place}>
              <th scope="row">{t(`data.kinds.${outcome.kind}`)}</th>
              {COUNTS.map((name) => (
                <td
                  key={name}
                  className={name === "rejected" && outcome.rejected > 0 ? "numeric figure-refused" : "numeric"}
                >
                  {format.count(outcome[name])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

/** Where every row went, why some were refused, and what can be done next. */
export function DoneCards({ state, another }: { state: UploadState; another(): void }) {
  const { t, format } = useWords();
  const { outcomes, problem } = state;
  const rejected = outcomes.reduce((sum, outcome) => sum + outcome.rejected, 0);
  const reasons = outcomes.flatMap((outcome) => outcome.reasons);
  return (
    <>
      <Card
        className="balance"
        title={t("mapping.balance")}
        sentence={problem === null ? undefined : t("mapping.failedKept")}
      >
        {problem !== null && (
          <p className="field-problem" role="alert" lang="en">
            {problem}
          </p>
        )}
        {outcomes.length > 0 && <BalanceTable outcomes={outcomes} />}
        <div className="form-send">
          {rejected > 0 && (
            <Link to="/data" hash="refused" search={true} className="button button-primary">
              {t("mapping.seeRefused")}
            </Link>
          )}
          <Link to="/data" search={true} className="button">
            {t("mapping.seeData")}
          </Link>
          <button type="button" className="button" onClick={another}>
            {t("mapping.again")}
          </button>
        </div>
      </Card>
      {reasons.length > 0 && (
        <Card title={t("mapping.reasons")}>
          <ul className="outcome-reasons">
            {reasons.map(({ reason, rows, firstLine }) => (
              <li key={reason}>
                <span lang="en">{reason}</span>
                <span className="cell-below">
                  {t("mapping.reasonLine", { rows: format.count(rows), line: format.count(firstLine) })}
                </span>
              </li>
            ))}
          </ul>
        </Card>
      )}
    </>
  );
}
