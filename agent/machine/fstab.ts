const isSwap = (line: string) => !line.trimStart().startsWith('#') && line.trim().split(/\s+/)[2] === 'swap';

/** Its lines of the type swap. */
export const swapLines = (table: string): string[] =>
  table
    .split('\n')
    .filter(isSwap)
    .map((line) => line.trim());

/** The table with its lines of the type swap commented out; their text stays readable, their line ends as they were. */
export const withoutSwap = (table: string): string =>
  table
    .split('\n')
    .map((line) => (isSwap(line) ? `# muster: ${line}` : line))
    .join('\n');
