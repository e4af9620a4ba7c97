import type { FieldOrigin, FileLayout, FileMapping, UploadDescription } from "@touchline/server/contract";
import { SourceName } from "@touchline/server/contract";

type Kind = FileMapping["kind"];

/** What a reader has chosen so far: how the file is read, and a mapping for each kind that they looked at. */
export interface Draft {
  readonly choice: { readonly type: "known"; readonly name: string } | { readonly type: "own" };
  /** Name of the source where a known tool wrote the file. */
  readonly account: string;
  readonly mapping: FileMapping;
}

/** A mapping that was kept comes first, then a tool that is known, then what is proposed. */
export function firstDraft({ known, saved, proposals }: UploadDescription): Draft {
  const [tool] = known;
  const [kept] = saved;
  const mapping = kept ?? proposals[0]!;
  if (kept === undefined && tool !== undefined) {
    return { choice: { type: "known", name: tool.name }, account: tool.name, mapping };
  }
  return { choice: { type: "own" }, account: tool?.name ?? "", mapping };
}

/** Another kind begins with what is proposed for it; what says how the file is written stays. */
export function withKind(draft: Draft, kind: Kind, { proposals }: UploadDescription): Draft {
  const proposed = proposals.find((each) => each.kind === kind);
  if (proposed === undefined) return draft;
  const { source, numbers, dates, encoding, timeZone } = draft.mapping;
  return { ...draft, mapping: { ...proposed, source, numbers, dates, encoding, timeZone } };
}

export function withOrigin(draft: Draft, name: string, origin: FieldOrigin | null): Draft {
  const { [name]: _, ...others } = draft.mapping.columns;
  const columns = origin === null ? others : { ...others, [name]: origin };
  return { ...draft, mapping: { ...draft.mapping, columns } };
}

/** The required columns that have no place yet. A text that is empty is a place: campaigns may have no name. */
export function missingColumns({ mapping }: Draft, { targets }: UploadDescription): string[] {
  const layout = targets[mapping.kind] ?? [];
  return layout
    .filter(({ name, required }) => {
      const origin = mapping.columns[name];
      if (!required) return false;
      return origin === undefined || ("text" in origin && origin.text === "" && name !== "campaign");
    })
    .map(({ name }) => name);
}

/** What the server is asked with; null while the draft cannot be one. */
export function layoutOf(draft: Draft, description: UploadDescription): FileLayout | null {
  if (draft.choice.type === "known") {
    const { name } = draft.choice;
    if (!SourceName.safeParse(draft.account).success) return null;
    return { type: "known", name, ...(draft.account === name ? {} : { as: draft.account }) };
  }
  if (!SourceName.safeParse(draft.mapping.source).success || missingColumns(draft, description).length > 0) return null;
  return { type: "own", mapping: draft.mapping };
}
