import { type ReactNode, useRef, useState } from "react";
import { FailurePanel } from "../app/FailurePanel.tsx";
import { useWords } from "../i18n/words-context.tsx";
import { Card } from "../ui/Card.tsx";
import { ExportMenu } from "../ui/export/ExportMenu.tsx";
import { Icon } from "../ui/Icon.tsx";
import type { FigureOrigin } from "../ui/origin-context.ts";
import type { ChartState } from "./chart-state.ts";
import { DataTable } from "./DataTable.tsx";
import type { ChartModel } from "./prepare/chart-model.ts";

interface Props<Model extends ChartModel> {
  title: ReactNode;
  /** What files of it are called where the title is more than text. */
  name?: string;
  sentence?: string | undefined;
  state: ChartState;
  /** Null while there is nothing to draw yet. */
  model: Model | null;
  isEmpty?: boolean;
  /** The height of the drawing, kept by the skeleton, so that nothing jumps when the figures arrive. */
  height: number;
  actions?: ReactNode;
  /** What the chart is asked with: stays in sight in every state. */
  controls?: ReactNode;
  legend?: ReactNode;
  /** Stays under the figure and under its table alike. */
  footer?: ReactNode;
  /** What "How is this computed?" shows. */
  origin?: FigureOrigin | undefined;
  className?: string;
  children(model: Model): ReactNode;
}

/** Says that what is drawn is not the last word, without hiding it. */
function StateNote({ state }: { state: ChartState }) {
  const { t } = useWords();
  if (state.kind === "stale") {
    return (
      <p className="state-note" role="status">
        {t("chart.stale")}
      </p>
    );
  }
  if (state.kind !== "kept") return null;
  return (
    <p className="state-note state-note-kept" role="status">
      <Icon name="warning" /> {t("chart.keptAfterError")}{" "}
      <button type="button" className="link-button" onClick={state.retry}>
        {t("state.retry")}
      </button>
    </p>
  );
}

/** Heading, figure with caption, table on demand, and the states of a chart: loading, empty, error, stale. */
export function ChartFrame<Model extends ChartModel>(props: Props<Model>) {
  const {
    title,
    name = typeof title === "string" ? title : undefined,
    sentence,
    state,
    model,
    isEmpty = false,
    height,
    actions,
    controls,
    legend,
    footer,
    origin,
    className,
    children,
  } = props;
  const { t } = useWords();
  const [isTable, setTable] = useState(false);
  const figure = useRef<HTMLElement>(null);
  const canSwitch = model !== null && !isEmpty;
  const toggle = (
    <button type="button" className="button button-quiet" aria-pressed={isTable} onClick={() => setTable(!isTable)}>
      <Icon name={isTable ? "chart" : "table"} />
      <span className="button-word">{isTable ? t("chart.showChart") : t("chart.showTable")}</span>
    </button>
  );

  let body: ReactNode;
  if (state.kind === "error") body = <FailurePanel error={state.error} retry={state.retry} />;
  else if (model === null) {
    body = (
      <div className="skeleton" style={{ height }}>
        <span className="visually-hidden">{t("state.loading")}</span>
      </div>
    );
  } else if (isEmpty) body = <p className="card-empty">{t("chart.empty")}</p>;
  else if (isTable) body = <DataTable table={model.table} caption={model.caption} />;
  else {
    body = (
      <figure className="figure" ref={figure}>
        {legend}
        {children(model)}
        <figcaption className="figure-caption">{model.caption}</figcaption>
      </figure>
    );
  }

  return (
    <Card
      title={title}
      sentence={sentence}
      origin={origin}
      className={[className, state.kind === "stale" ? "is-stale" : ""].join(" ").trim()}
      isBusy={state.kind === "loading" || state.kind === "stale"}
      actions={
        <>
          {actions}
          {canSwitch && toggle}
          {canSwitch && (
            <ExportMenu
              title={name ?? model.label}
              caption={model.caption}
              origin={origin}
              table={() => model.table}
              {...(isTable ? {} : { figure })}
            />
          )}
        </>
      }
    >
      {controls}
      <StateNote state={state} />
      {body}
      {canSwitch && footer}
    </Card>
  );
}
