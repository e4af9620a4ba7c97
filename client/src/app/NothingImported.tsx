import { useQuery } from "@tanstack/react-query";
import { useWords } from "../i18n/words-context.tsx";
import { Icon } from "../ui/Icon.tsx";
import { api } from "./api.ts";
import { Command } from "./Command.tsx";
import { FailureLine } from "./FailureLine.tsx";
import { GuideSteps } from "./guide/GuideSteps.tsx";

/** A workspace without data: what to do first, and what it will look like. */
export function NothingImported() {
  const { t } = useWords();
  const guide = useQuery(api.guide.state.queryOptions());
  return (
    <section className="guide-empty">
      <header className="guide-welcome">
        <span className="notice-icon">
          <Icon name="brand" />
        </span>
        <h1>{t("guide.emptyTitle")}</h1>
        <p>{t("guide.emptyText")}</p>
      </header>
      <div className="guide-columns">
        <section className="card" aria-label={t("guide.title")}>
          {guide.data !== undefined && <GuideSteps state={guide.data} />}
          {guide.isPending && <div className="skeleton skeleton-card" />}
          {guide.isError && <FailureLine error={guide.error} />}
        </section>
        <aside className="guide-aside">
          <section className="card">
            <h2>{t("guide.demo")}</h2>
            <p className="hint">{t("guide.demoWhy")}</p>
            <Command text="npx touchline demo" />
          </section>
          <section className="card">
            <h2>{t("guide.terminal")}</h2>
            <p className="hint">{t("guide.terminalWhy")}</p>
            <Command text="npx touchline import touchpoints FILE" />
            <Command text="npx touchline import spend FILE" />
            <Command text="npx touchline import conversions FILE" />
          </section>
        </aside>
      </div>
      <p className="hint">{t("guide.after")}</p>
    </section>
  );
}
