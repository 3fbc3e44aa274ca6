import type { LogPage } from '../../shared/protocol/status.ts';

/** The last `count` lines of a log that can only be read forwards, a page at a time. */
export function tail(read: (after: number) => LogPage, count: number): LogPage['lines'] {
  let last: LogPage['lines'] = [];
  for (let { lines } = read(0); lines.length > 0; { lines } = read(lines.at(-1)?.seq ?? 0)) {
    last = [...last, ...lines].slice(-count);
  }
  return last;
}
