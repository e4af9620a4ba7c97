import type { PrivacyRequest } from "../contract/index.ts";
import type { House } from "../house/index.ts";
import {
  type ErasureReport,
  eraseOnRequest,
  exportOnRequest,
  planErasure,
  type RequestDesk,
  withdrawOnRequest,
} from "../privacy/index.ts";
import { UserError } from "../user-error.ts";
import { type CommandIo, counted, drawTable, grouped } from "./io.ts";
import { commandActor } from "./who-am-i.ts";

export interface PersonOptions {
  readonly workspace: string;
  readonly yes: boolean;
  readonly json: boolean;
}

const ACTIONS = ["export", "erase", "withdraw"] as const;

/** `touchline person erase|export|withdraw ID`: the rights of the person whom an identifier names. */
export async function runPerson(
  house: House,
  action: string,
  id: string,
  options: PersonOptions,
  io: CommandIo,
): Promise<number> {
  const desk = { workspace: await house.workspace(options.workspace), actor: commandActor() };
  switch (action) {
    case "erase":
      return erase(house, desk, id, options, io);
    case "export":
      io.stdout(`${JSON.stringify((await exportOnRequest(desk, id)).report, null, options.json ? 0 : 2)}\n`);
      return 0;
    case "withdraw":
      await withdrawOnRequest(desk, id);
      io.stdout(
        options.json
          ? `${JSON.stringify({ withdrawn: true })}\n`
          : "Withdrawn: events under this identifier have lost it and stay in the totals, and later ones are stored without it.\n",
      );
      return 0;
    default:
      throw new UserError(`person: "${action}" is not one of ${ACTIONS.join(", ")}`, { exitCode: 2 });
  }
}

function rowTable(rows: Readonly<Record<string, number>>): string {
  return drawTable(
    ["Table", "Rows"],
    Object.entries(rows).map(([table, count]) => [table, grouped(count)]),
  );
}

async function erase(
  house: House,
  desk: RequestDesk,
  id: string,
  { yes, json }: PersonOptions,
  io: CommandIo,
): Promise<number> {
  if (!yes) {
    const plan = await planErasure(desk.workspace, id);
    if (json) io.stdout(`${JSON.stringify({ erased: false, ...plan })}\n`);
    else {
      io.stdout(
        `This person has ${counted(plan.identifiers, "identifier")}. What stands under ${plan.identifiers === 1 ? "it" : "them"}:\n`,
      );
      io.stdout(rowTable(plan.rows));
      io.stdout(`Further refused lines that mention the identifier: ${grouped(plan.mentions)}.\n`);
    }
    io.stderr("touchline: nothing was erased: this cannot be taken back, so repeat the command with --yes\n");
    return 2;
  }
  const { report, request } = await eraseOnRequest(desk, id, { dataFolder: house.dataFolder });
  const { print, rowsLeft, isComplete } = request;
  io.stdout(
    json
      ? `${JSON.stringify({ erased: isComplete, ...report, isComplete, print, rowsLeft })}\n`
      : describe(report) + describeProof(request),
  );
  return isComplete ? 0 : 1;
}

function describeProof({ print, rowsLeft }: PrivacyRequest): string {
  return `A look afterwards found ${counted(rowsLeft ?? 0, "row")} of this person. The request is remembered under the print ${print}.\n`;
}

function describe({ identifiers, rows, mentions, oldParts, isComplete, waitingFiles }: ErasureReport): string {
  const lines = [
    `Erased ${counted(identifiers, "identifier")}. Touchpoints and conversions stay in the totals, without the person; the other rows are gone:`,
    rowTable({ ...rows, "refused lines by their text": mentions }).trimEnd(),
  ];
  if (oldParts > 0)
    lines.push(
      `${oldParts} old files of the database are still being read: it removes them by itself within a minute.`,
    );
  if (waitingFiles > 0)
    lines.push(`${waitingFiles} files that wait to be stored mention the identifier: their rows will be refused.`);
  if (!isComplete)
    lines.push("An import is still running that may bring rows of this person: repeat the command when it has ended.");
  return `${lines.join("\n")}\n`;
}
