/** The rule of the chain OUTPUT, in the words of iptables, that drops what a host sends to services to which nothing leads. */
export const servicePacketsRule = (range: string): string[] => [
  'OUTPUT',
  '-d',
  range,
  ...['-m', 'comment', '--comment', 'muster'],
  ...['-j', 'DROP'],
];
