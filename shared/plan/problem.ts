/** One thing that is wrong with a plan. */
export interface PlanProblem {
  /** Counted from 1. */
  line: number;
  /** Such as `hosts[1].address`; empty for the file as a whole. */
  path: string;
  /** What was read there, such as `"192.168.0.300"`, `a list` or `nothing`; empty where the message says it all. */
  seen: string;
  /** What is needed or allowed. */
  message: string;
}

/** Keys and list indexes from the root of the file. */
export type Path = readonly (string | number)[];

/**
 * Reports what is needed at a place in the plan; the line and what was read there are looked up. `about`: whether it is the key that
 * is wrong, so that its value says nothing.
 */
export type Report = (path: Path, message: string, about?: 'value' | 'key') => void;

/** One line: `cluster.yaml:12: hosts[1].address: read "192.168.0.300"; an IPv4 address is needed`. */
export function formatProblem(file: string, { line, path, seen, message }: PlanProblem): string {
  const place = path === '' ? '' : `${path}: `;
  const read = seen === '' ? '' : `read ${seen}; `;
  return `${file}:${line}: ${place}${read}${message}`;
}

/** `hosts[1].address` for ['hosts', 1, 'address']. */
export function formatPath(path: Path): string {
  return path
    .map((part, index) => {
      if (typeof part === 'number') return `[${part}]`;
      if (!/^[\w-]+$/.test(part)) return `[${JSON.stringify(part)}]`;
      return index === 0 ? part : `.${part}`;
    })
    .join('');
}
