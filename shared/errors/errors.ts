import { type LocalText, verbatim } from '../text/local-text.ts';
import { type Catalogue, catalogue, type ErrorCode } from './catalogue/index.ts';
import type { ErrorDefinition, ParamsOf } from './definition.ts';
import { exitCode } from './exit-codes.ts';
import { fill, type Params } from './fill.ts';

export type { ErrorCode } from './catalogue/index.ts';
export { exitCode } from './exit-codes.ts';

/** An error in transferable form: programs match the code, the reader picks the language. */
export interface Problem {
  /** Stable, kebab-case. */
  code: string;
  params: Params;
  /** One line with the observed and the required value. */
  message: LocalText;
  /** The command or change that fixes it, if there is one. */
  remedy?: LocalText | undefined;
}

/** Overrides of the catalogue's values for one occurrence. */
export interface ErrorOptions {
  status?: number;
  exit?: number;
  retryAfter?: number;
  cause?: unknown;
}

type Given<W extends ErrorCode | Problem> = W extends ErrorCode
  ? [keyof ParamsOf<Catalogue[W]>] extends [never]
    ? [params?: Record<string, never>, options?: ErrorOptions]
    : [params: ParamsOf<Catalogue[W]>, options?: ErrorOptions]
  : [params?: Record<string, never>, options?: ErrorOptions];

/**
 * The only error class shown to users; any other error is a bug and keeps its stack. Created from a catalogue code with
 * parameters, or from a problem received from another process. `message` is the English text.
 */
export class MusterError<W extends ErrorCode | Problem = ErrorCode | Problem> extends Error {
  readonly code: string;
  readonly params: Params;
  readonly text: LocalText;
  readonly remedy?: LocalText;
  /** HTTP status of the coordinator's response. */
  readonly status: number;
  /** Process exit code. */
  readonly exit: number;
  /** Seconds until the same request may succeed; sent as Retry-After. */
  readonly retryAfter?: number;

  constructor(what: W, ...given: Given<W>);
  constructor(what: string | Problem, given: Params = {}, options: ErrorOptions = {}) {
    const { code, params, message, remedy } = problemOf(what, given);
    super(message.en, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'MusterError';
    this.code = code;
    this.params = params;
    this.text = message;
    if (remedy !== undefined) this.remedy = remedy;
    const { status, exit, retryAfter } = { ...(typeof what === 'string' ? definitionOf(what) : {}), ...options };
    this.status = status ?? 500;
    this.exit = exit ?? exitCode.failure;
    if (retryAfter !== undefined) this.retryAfter = retryAfter;
  }

  /** The transferable form. */
  toProblem(): Problem {
    const { code, params, text, remedy } = this;
    return { code, params, message: text, ...(remedy === undefined ? {} : { remedy }) };
  }
}

/** Whether an error is a MusterError with one of these codes. */
export function hasCode(error: unknown, ...codes: readonly ErrorCode[]): error is MusterError {
  return error instanceof MusterError && codes.some((code) => code === error.code);
}

/** The English text of any thrown value. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The localized text of any thrown value; messages of other errors are the same in all languages. */
export function textOf(error: unknown): LocalText {
  return error instanceof MusterError ? error.text : verbatim(messageOf(error));
}

function definitionOf(code: string): ErrorDefinition | undefined {
  return (catalogue as Readonly<Record<string, ErrorDefinition>>)[code];
}

function problemOf(what: string | Problem, params: Params): Problem {
  if (typeof what !== 'string') return what;
  const { message = verbatim(what), remedy = '' } = definitionOf(what) ?? {};
  const filled = fill(remedy, params);
  return { code: what, params, message: fill(message, params), ...(filled.en === '' ? {} : { remedy: filled }) };
}
