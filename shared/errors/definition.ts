import type { LocalText } from '../text/local-text.ts';

/** What the catalogue says of one code. Names in braces stand for parameters. */
export interface ErrorDefinition {
  /** One line: what was seen and what is needed. */
  message: LocalText;
  /** The command or the change that solves it; a plain string is a command, the same in every language. */
  remedy?: string | LocalText;
  /** HTTP status that the coordinator answers with. Default 500. */
  status?: number;
  /** Process exit code. Default 1. */
  exit?: number;
  /** Seconds after which the same request may succeed; sent as Retry-After. */
  retryAfter?: number;
}

/** Keeps the literal texts in the type, from which the parameters of each code are read. */
export function defineErrors<const T extends Record<string, ErrorDefinition>>(definitions: T): T {
  return definitions;
}

/** A list is joined; a text that has languages is shown in the reader's. */
export type Param = string | number | LocalText | string[];

type Names<S> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;
type English<T> = T extends { en: infer E } ? E : T;
type RemedyOf<D> = D extends { remedy: infer R } ? English<R> : never;
type MessageOf<D> = D extends { message: infer M } ? English<M> : never;

/** The parameters that the texts of a definition name. */
export type ParamsOf<D> = Record<Names<MessageOf<D>> | Names<RemedyOf<D>>, Param>;
