import { type FormEvent, useState } from "react";
import { useWords } from "../../i18n/words-context.tsx";
import type { AuditFilter } from "./audit-queries.ts";

/** How the actions of a group begin. */
const GROUPS = [
  "session",
  "account",
  "members",
  "keys",
  "policies",
  "workspaces",
  "settings",
  "rejected",
  "runs",
  "experiments",
  "scenarios",
  "views",
  "activation",
  "annotations",
  "finance",
  "ledger",
  "periods",
  "proposals",
  "rebalancing",
  "privacy",
  "webhooks",
  "reports",
  "audit",
] as const;

const beginningOf = (group: string) => (group === "all" ? "" : `${group}.`);

interface Props {
  filter: AuditFilter;
  choose(filter: AuditFilter): void;
}

/** A name is looked for when it is written out: Enter, or the field is left. */
export function FilterBar({ filter, choose }: Props) {
  const { t } = useWords();
  const [actor, setActor] = useState(filter.actor);
  const search = (event?: FormEvent) => {
    event?.preventDefault();
    if (actor.trim() !== filter.actor) choose({ ...filter, actor: actor.trim() });
  };
  return (
    <form className="audit-filter" onSubmit={search}>
      <label className="picker">
        <span className="picker-label">{t("audit.group")}</span>
        <select
          value={filter.action === "" ? "all" : filter.action.slice(0, -1)}
          onChange={(event) => choose({ ...filter, action: beginningOf(event.target.value) })}
        >
          {(["all", ...GROUPS] as const).map((group) => (
            <option key={group} value={group}>
              {t(`audit.groups.${group}`)}
            </option>
          ))}
        </select>
      </label>
      <label className="picker">
        <span className="picker-label">{t("audit.actor")}</span>
        <input
          type="search"
          value={actor}
          maxLength={100}
          placeholder={t("audit.actorPlaceholder")}
          onChange={(event) => setActor(event.target.value)}
          onBlur={() => search()}
        />
      </label>
    </form>
  );
}
