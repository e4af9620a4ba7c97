import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { RunDetails, WorkspaceStatus } from "@touchline/server/contract";
import { type ReactNode, useContext } from "react";
import { useWords } from "../../i18n/words-context.tsx";
import type { FigureName, FigureOrigin } from "../../ui/origin-context.ts";
import { api } from "../api.ts";
import { WorkspaceContext } from "../workspace-context.ts";
import { describeConversions } from "./describe-conversions.ts";
import { conversionsOfRun, describeParameters } from "./describe-inputs.ts";
import { RunPart } from "./RunPart.tsx";

function FigureDefinition({ name }: { name: FigureName }) {
  const { t } = useWords();
  return (
    <div className="origin-figure">
      <h4>{t(`origin.figure.${name}.name`)}</h4>
      <p>{t(`origin.figure.${name}.what`)}</p>
      <code className="origin-formula">{t(`origin.figure.${name}.formula`)}</code>
      <p className="hint">
        {t("origin.cannot")} {t(`origin.figure.${name}.cannot`)}
      </p>
    </div>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Imported({ status }: { status: WorkspaceStatus }) {
  const { t, format } = useWords();
  return (
    <>
      <Fact label={t("origin.label.money")}>{t("origin.moneyText", { currency: status.currency })}</Fact>
      {status.lastImportAt !== null && (
        <Fact label={t("origin.label.lastImport")}>
          {format.moment(new Date(status.lastImportAt), status.timeZone)}
        </Fact>
      )}
    </>
  );
}

/** What the figures were worked out from, as far as it is known before the run's own record has arrived. */
function Inputs({ origin, details }: { origin: FigureOrigin; details: RunDetails | undefined }) {
  const words = useWords();
  const { t, format } = words;
  // Before anything was imported there is no workspace to speak of, and proposals can be read all the same.
  const view = useContext(WorkspaceContext);
  const range = origin.range ?? origin.result?.range;
  const model = origin.model ?? origin.result?.model ?? details?.model;
  const meant = details === undefined ? view?.conversions : conversionsOfRun(details);
  const parameters = model === undefined || details === undefined ? [] : describeParameters(model, details, words);
  return (
    <dl className="drawer-facts">
      {range !== undefined && <Fact label={t("origin.label.days")}>{format.range(range.from, range.to)}</Fact>}
      {view !== null && <Fact label={t("origin.label.zone")}>{view.status.timeZone}</Fact>}
      {model !== undefined && (
        <Fact label={t("origin.label.model")}>
          {t(`models.${model}`)}
          <span className="hint origin-why">{t(`modelWhy.${model}`)}</span>
        </Fact>
      )}
      {parameters.length > 0 && <Fact label={t("origin.label.parameters")}>{parameters.join("; ")}</Fact>}
      {model !== undefined && meant !== undefined && (
        <Fact label={t("origin.label.conversions")}>{describeConversions(meant, words)}</Fact>
      )}
      {details !== undefined && (
        <Fact label={t("origin.label.basis")}>
          {t(details.dateBasis === "touch" ? "origin.basisTouch" : "origin.basisConversion")}
        </Fact>
      )}
      {view !== null && <Imported status={view.status} />}
    </dl>
  );
}

/** What stands in the drawer: what the figures mean, what they were made from, and by which run. */
export default function OriginDetails({ origin }: { origin: FigureOrigin }) {
  const { t } = useWords();
  const run = origin.run ?? origin.result?.run ?? null;
  const query = useQuery(api.runs.show.queryOptions({ run: run ?? "" }, { enabled: run !== null }));
  const hasModel = (origin.model ?? origin.result?.model) !== undefined;
  return (
    <>
      <section className="drawer-part">
        <h3>{t("origin.figures")}</h3>
        {origin.figures.map((name) => (
          <FigureDefinition key={name} name={name} />
        ))}
      </section>
      <section className="drawer-part">
        <h3>{t("origin.inputs")}</h3>
        <Inputs origin={origin} details={query.data} />
      </section>
      <section className="drawer-part">
        <h3>{t("origin.runTitle")}</h3>
        {run === null ? (
          <p>{t(hasModel ? "origin.noRunModel" : "origin.noRun")}</p>
        ) : (
          <RunPart run={run} details={query.data} isBroken={query.isError} />
        )}
      </section>
      <p>
        <Link to="/attribution" search={true} hash="models">
          {t("origin.models")}
        </Link>
      </p>
    </>
  );
}
