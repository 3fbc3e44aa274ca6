const isSwap = (line: string) => !line.trimStart().startsWith('#') && line.trim().split(/\s+/)[2] === 'swap';

/** Lines of type swap. */
export const swapLines = (table: string): string[] =>
  table
    .split('\n')
    .filter(isSwap)
    .map((line) => line.trim());

/** Comments out the swap lines and keeps their text and line ends. */
export const withoutSwap = (table: string): string =>
  table
    .split('\n')
    .map((line) => (isSwap(line) ? `# muster: ${line}` : line))
    .join('\n');
