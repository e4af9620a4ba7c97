import { useId, useState } from "react";
import { useWorkspace } from "../../app/workspace-context.ts";
import { Swatch } from "../../charts/marks/Swatch.tsx";
import { useWords } from "../../i18n/words-context.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { NumberField } from "../../ui/NumberField.tsx";
import { boundsOf, type Limits, RARE_BOUNDS, type RareBound, withBounds } from "./limits.ts";

/** A channel that the plan may move, and what is spent on it today, per period; null while that is not known. */
export interface PlannedChannel {
  readonly channel: string;
  readonly current: number | null;
}

interface Props {
  limits: Limits;
  planned: PlannedChannel;
  change(limits: Limits): void;
}

type Side = "lower" | "upper";
const COLUMNS = 6;

/** The rarer limits of a channel: commitment, all or nothing, steps, returns. */
function RareLimits({ limits, channel, change }: { limits: Limits; channel: string; change: Props["change"] }) {
  const { t } = useWords();
  const bounds = boundsOf(limits, channel);
  const set = (name: RareBound, value: number | null) => change(withBounds(limits, { ...bounds, [name]: value }));
  return (
    <div className="rare-limits">
      {RARE_BOUNDS.map((name) => (
        <NumberField
          key={name}
          label={t(`planner.${name}`)}
          kind={name === "minRoas" ? "ratio" : "amount"}
          value={bounds[name] ?? null}
          placeholder="–"
          isDisabled={bounds.locked}
          onChange={(value) => set(name, value)}
        />
      ))}
    </div>
  );
}

/** The limits of one channel: floor, cap and lock at hand, the others behind a button. */
export function ChannelLimits({ limits, planned, change }: Props) {
  const { t, format } = useWords();
  const { hues } = useWorkspace();
  const problemId = useId();
  const moreId = useId();
  const [problems, setProblems] = useState<Record<Side, string | null>>({ lower: null, upper: null });
  const { channel, current } = planned;
  const bounds = boundsOf(limits, channel);
  const hasRare = RARE_BOUNDS.some((name) => typeof bounds[name] === "number");
  const [isOpen, setOpen] = useState(hasRare);
  const problem = problems.lower ?? problems.upper;
  const field = (side: Side) => (
    <NumberField
      label={t(side === "lower" ? "planner.floorOf" : "planner.capOf", { channel })}
      isLabelHidden
      kind="amount"
      value={bounds[side]}
      placeholder="–"
      isDisabled={bounds.locked || typeof bounds.fixed === "number"}
      problemPlace={{ id: problemId, tell: (sentence) => setProblems((before) => ({ ...before, [side]: sentence })) }}
      onChange={(amount) => change(withBounds(limits, { ...bounds, [side]: amount }))}
    />
  );
  return (
    <tbody>
      <tr className={problem === null && !isOpen ? undefined : "row-broken"}>
        <th scope="row">
          <span className="channel-name">
            <Swatch hue={hues.get(channel)} />
            {channel}
          </span>
        </th>
        <td className="numeric">{current === null ? "" : format.amount(current)}</td>
        <td>{field("lower")}</td>
        <td>{field("upper")}</td>
        <td className="cell-lock">
          <label className="lock" title={t("planner.lockOf", { channel })}>
            <input
              type="checkbox"
              checked={bounds.locked}
              onChange={(event) => change(withBounds(limits, { ...bounds, locked: event.target.checked }))}
            />
            <Icon name="lock" />
            <span className="visually-hidden">{t("planner.lockOf", { channel })}</span>
          </label>
        </td>
        <td className="cell-more">
          <button
            type="button"
            className={hasRare ? "more-button more-set" : "more-button"}
            aria-expanded={isOpen}
            aria-controls={moreId}
            aria-label={t("planner.more", { channel })}
            title={t("planner.more", { channel })}
            onClick={() => setOpen(!isOpen)}
          >
            <Icon name="more" />
          </button>
        </td>
      </tr>
      {problem !== null && (
        <tr className="row-problem">
          <td colSpan={COLUMNS} id={problemId} className="field-problem" role="alert">
            {problem}
          </td>
        </tr>
      )}
      <tr id={moreId} className="row-rare" hidden={!isOpen}>
        <td colSpan={COLUMNS}>{isOpen && <RareLimits limits={limits} channel={channel} change={change} />}</td>
      </tr>
    </tbody>
  );
}
