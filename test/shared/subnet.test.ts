import { describe, expect, test } from 'vitest';
import { contains, overlap, parseSubnet, type Subnet } from '../../shared/subnet.ts';

function subnet(text: string): Subnet {
  const parsed = parseSubnet(text);
  if (parsed === null) throw new Error(text);
  return parsed;
}

test.each([
  '10.244.0.0',
  '10.244.0.0/33',
  '10.244.0/16',
  '0xa.0.0.0/8',
  '10.244.0.0/',
  'fd00::/64',
  '256.0.0.0/8',
  '',
])('%s is not an IPv4 subnet', (text) => {
  expect(parseSubnet(text)).toBeNull();
});

describe('contains', () => {
  test.each([
    ['192.168.0.0/24', '192.168.0.255', true],
    ['192.168.0.77/24', '192.168.0.1', true],
    ['192.168.0.0/24', '192.168.1.0', false],
    ['192.168.0.0/23', '192.168.1.0', true],
    ['0.0.0.0/0', '8.8.8.8', true],
    ['192.168.0.0/24', 'node01', false],
  ])('%s, %s: %s', (network, address, expected) => {
    expect(contains(subnet(network), address)).toBe(expected);
  });
});

describe('overlap', () => {
  test.each([
    ['10.244.0.0/16', '10.244.3.0/24', true],
    ['10.244.3.0/24', '10.244.0.0/16', true],
    ['10.244.0.0/16', '10.245.0.0/16', false],
    ['10.244.0.0/15', '10.245.0.0/16', true],
    ['0.0.0.0/0', '10.245.0.0/16', true],
  ])('%s, %s: %s', (a, b, expected) => {
    expect(overlap(subnet(a), subnet(b))).toBe(expected);
  });
});
