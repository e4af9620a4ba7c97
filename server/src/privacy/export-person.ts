import { type PersonRow, personRows } from "@touchline/sql";
import type { Workspace } from "../workspace.ts";
import { resolvePerson } from "./erase-person.ts";

/** What a person gets who asks what is stored about them. */
export interface PersonExport {
  readonly about: {
    readonly identifier: string;
    readonly workspace: string;
    /** How many identifiers are known to be the person's. */
    readonly "identifiers found": number;
    readonly "exported at": string;
    readonly note: string;
  };
  /** Rows by what they are, their columns in words. */
  readonly data: Readonly<Record<string, readonly PersonRow[]>>;
}

const NOTE =
  "Identifiers are stored as numbers that are worked out from the original ones with a secret key; the original ones are not stored. " +
  "Amounts are in the currency that stands beside them; times are UTC.";

const TABLES: Readonly<Record<string, string>> = {
  touchpoints: "visits, views and clicks",
  conversions: "purchases and other results",
  adjustments: "refunds and corrections of these purchases",
  identities: "links between identifiers",
  persons: "identifiers that count as one person",
  journeys: "visits grouped by what they led to",
  rejected_rows: "lines that were refused",
};

const COLUMNS: Readonly<Record<string, string>> = {
  visitor_id: "identifier (as a number)",
  person_id: "person (as a number)",
  occurred_at: "when",
  event_id: "event number",
  conversion_id: "record number",
  interaction: "what happened",
  conversion_type: "what it was",
  extra: "further columns of the source",
  expires_on: "kept until",
  linked_at: "linked on",
  is_booked: "counted in the books",
  raw: "line as it was sent",
  step: "refused at",
  reason: "refused because",
  received_in: "came with file",
};

function inWords(row: PersonRow): PersonRow {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => [COLUMNS[column] ?? column.replaceAll("_", " "), value]),
  );
}

/** Everything that stands under a person, in words: for the rights of access and portability. */
export async function exportPerson(workspace: Workspace, id: string, at = new Date()): Promise<PersonExport> {
  const hashes = await resolvePerson(workspace, id);
  const tables = await personRows(workspace.warehouse, hashes, id);
  return {
    about: {
      identifier: id.trim(),
      workspace: workspace.id,
      "identifiers found": hashes.length,
      "exported at": at.toISOString(),
      note: NOTE,
    },
    data: Object.fromEntries(
      Object.entries(tables).map(([table, rows]) => [TABLES[table] ?? table.replaceAll("_", " "), rows.map(inWords)]),
    ),
  };
}
