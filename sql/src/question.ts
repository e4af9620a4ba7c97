import { z } from "zod";

/** A named query: what it needs, what one row of the answer looks like, and its text. */
export interface Question<P extends z.ZodObject, R extends z.ZodType> {
  readonly name: string;
  readonly params: P;
  readonly row: R;
  readonly sql: string;
}

/** A named command that writes: INSERT … SELECT, ALTER, DROP. */
export interface Statement<P extends z.ZodObject> {
  readonly name: string;
  readonly params: P;
  readonly sql: string;
}

const everyQuestion = new Map<string, Question<z.ZodObject, z.ZodType>>();
const everyStatement = new Map<string, Statement<z.ZodObject>>();

function requireScope(name: string, sql: string): void {
  if (!sql.includes("{workspaceId:String}")) {
    throw new Error(`the query ${name} is not scoped to a workspace: it lacks {workspaceId:String}`);
  }
}

/** Declares a question. Refuses SQL that is not bound to a workspace, and two questions of one name. */
export function question<P extends z.ZodObject, R extends z.ZodType>(definition: Question<P, R>): Question<P, R> {
  requireScope(definition.name, definition.sql);
  if (everyQuestion.has(definition.name)) throw new Error(`two questions are called ${definition.name}`);
  everyQuestion.set(definition.name, definition);
  return definition;
}

/** Declares a statement under the same rules. */
export function statement<P extends z.ZodObject>(definition: Statement<P>): Statement<P> {
  requireScope(definition.name, definition.sql);
  if (everyStatement.has(definition.name)) throw new Error(`two statements are called ${definition.name}`);
  everyStatement.set(definition.name, definition);
  return definition;
}

/** Everything that was declared, for the test that runs each one on the real engine. */
export function declaredQueries(): {
  questions: ReadonlyMap<string, Question<z.ZodObject, z.ZodType>>;
  statements: ReadonlyMap<string, Statement<z.ZodObject>>;
} {
  return { questions: everyQuestion, statements: everyStatement };
}

/** Decimals and 64-bit integers arrive as text, because JSON numbers would round them. */
export const DecimalText = z.string();
export const CountText = z.string().transform(Number);
export const DateText = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
