/** An iptables rule for chain OUTPUT that drops packets to services that kube-proxy does not handle yet. */
export const servicePacketsRule = (range: string): string[] => [
  'OUTPUT',
  '-d',
  range,
  ...['-m', 'comment', '--comment', 'muster'],
  ...['-j', 'DROP'],
];
