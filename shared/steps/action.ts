import { type LocalText, verbatim } from '../text/local-text.ts';

/** One concrete action of a change on a host. */
export interface Action {
  do: 'write' | 'edit' | 'remove' | 'run' | 'request' | 'wait';
  /** A path, a command line, or what is requested or waited for; `<NAME>` stands for values only known on the host. */
  what: LocalText;
  /** The condition under which it is done, or an exception. */
  note?: LocalText;
  content?: string;
}

export const write = (path: string, content: string, note?: LocalText): Action => ({
  ...{ do: 'write', what: verbatim(path), content },
  ...(note === undefined ? {} : { note }),
});
export const edit = (path: string, note: LocalText, content = ''): Action => ({
  ...{ do: 'edit', what: verbatim(path), note },
  ...(content === '' ? {} : { content }),
});
export const remove = (path: string, note: LocalText): Action => ({ do: 'remove', what: verbatim(path), note });
export const run = (argv: string, note?: LocalText): Action => ({
  ...{ do: 'run', what: verbatim(argv) },
  ...(note === undefined ? {} : { note }),
});
