import type { LocalText } from '../text/local-text.ts';

/** A catalogue entry. Names in braces stand for parameters. */
export interface ErrorDefinition {
  /** One line with the observed and the required value. */
  message: LocalText;
  /** The command or change that fixes it; a plain string is a command, identical in all languages. */
  remedy?: string | LocalText;
  /** HTTP status of the coordinator's response. Default 500. */
  status?: number;
  /** Process exit code. Default 1. */
  exit?: number;
  /** Seconds until the same request may succeed; sent as Retry-After. */
  retryAfter?: number;
}

/** Preserves literal text types, from which each code's parameters are derived. */
export function defineErrors<const T extends Record<string, ErrorDefinition>>(definitions: T): T {
  return definitions;
}

/** Lists are joined; localized texts follow the reader's language. */
export type Param = string | number | LocalText | string[];

type Names<S> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;
type English<T> = T extends { en: infer E } ? E : T;
type RemedyOf<D> = D extends { remedy: infer R } ? English<R> : never;
type MessageOf<D> = D extends { message: infer M } ? English<M> : never;

/** The parameters used in a definition's texts. */
export type ParamsOf<D> = Record<Names<MessageOf<D>> | Names<RemedyOf<D>>, Param>;
