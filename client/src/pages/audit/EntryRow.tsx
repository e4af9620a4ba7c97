import { useState } from "react";
import { useTimeZone } from "../../app/workspace-context.ts";
import { wordActor } from "../../charts/prepare/plan-name.ts";
import { splitPerson } from "../../format/person-name.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Icon } from "../../ui/Icon.tsx";
import type { ShownEntry } from "./audit-queries.ts";
import { type Difference, describeDifference } from "./describe-difference.ts";
import { nameAction, nameSubject } from "./name-entry.ts";

function Change({ change: { name, before, after } }: { change: Difference }) {
  return (
    <div className="audit-change">
      <dt>{name}</dt>
      <dd>
        {before !== null && <del>{before}</del>}
        {before !== null && after !== null && " "}
        {after !== null && <ins>{after}</ins>}
      </dd>
    </div>
  );
}

function Details({ entry }: { entry: ShownEntry }) {
  const { t, format } = useWords();
  const changes = describeDifference(entry.before, entry.after);
  return (
    <div className="audit-details">
      {changes.length === 0 ? (
        <p className="hint">{t("audit.nothingKept")}</p>
      ) : (
        <dl aria-label={t("audit.difference")}>
          {changes.map((change) => (
            <Change key={change.name} change={change} />
          ))}
        </dl>
      )}
      <p className="hint">
        {t("audit.entry", { seq: format.count(entry.seq) })} · {t("audit.hash", { hash: entry.hash.slice(0, 16) })}
        {" · "}
        <code>{entry.action}</code>
        {entry.userAgent !== null && ` · ${entry.userAgent}`}
      </p>
    </div>
  );
}

/** One line, and below it what was changed, once somebody asks. */
export function EntryRow({ entry, columns }: { entry: ShownEntry; columns: number }) {
  const words = useWords();
  const { t, format } = words;
  const timeZone = useTimeZone();
  const [isOpen, setOpen] = useState(false);
  const { actor, action, subject, ip } = entry;
  const about = nameSubject(entry, words);
  const who = splitPerson(wordActor(actor, words));
  return (
    <tbody>
      <tr>
        <td>
          <time dateTime={entry.at}>{format.moment(new Date(entry.at), timeZone)}</time>
        </td>
        <th scope="row">
          {who.name}
          <span className="cell-interval">{who.email ?? t(`audit.kinds.${actor.kind}`)}</span>
        </th>
        <td>
          <button
            type="button"
            className={isOpen ? "audit-open is-open" : "audit-open"}
            aria-expanded={isOpen}
            title={action}
            onClick={() => setOpen(!isOpen)}
          >
            <Icon name="chevron" />
            {nameAction(action, words)}
          </button>
        </td>
        <td className="audit-subject">
          {about.kind} {about.id !== null && <code title={subject.id}>{about.id}</code>}
        </td>
        <td>{ip ?? "–"}</td>
      </tr>
      {isOpen && (
        <tr className="audit-details-row">
          <td colSpan={columns}>
            <Details entry={entry} />
          </td>
        </tr>
      )}
    </tbody>
  );
}
