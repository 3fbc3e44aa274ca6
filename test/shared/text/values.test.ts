import { describe, expect, it } from 'vitest';
import { fillCommand, fillText, placeholdersOf } from '../../../shared/text/values.ts';

it('finds the placeholders of a text', () => {
  expect(placeholdersOf('rm {file}; systemctl restart {unit}')).toEqual(['file', 'unit']);
});

describe('a text', () => {
  it('shows values, lists with commas, and missing values in upper case', () => {
    expect(fillText('{a}, {b}, {c}', { a: 'x; y', b: ['1', '2'] })).toBe('x; y, 1, 2, C');
  });
});

describe('a command', () => {
  it('takes operands: paths, addresses, URLs, versions, units', () => {
    for (const word of ['/etc/cni/net.d/10-x.conf', '10.0.0.1', 'http://m:5000/v2/', '1.20.2-00', 'dev-sda2.swap']) {
      expect(fillCommand('see {it}', { it: word })).toBe(`see ${word}`);
    }
    expect(fillCommand('rm {files}', { files: ['/a', '/b'] })).toBe('rm /a /b');
  });

  const hostile = [
    'x; reboot',
    'x`id`',
    '$(id)',
    'x|sh',
    'x > /etc/passwd',
    'a b',
    'a\nb',
    '-oProxyCommand=x',
    '--force',
    '../../etc/passwd',
    '/etc/cni/../passwd',
    "'",
    '~root',
    '{file}',
    '*',
  ];
  it.each(hostile)('leaves out a value that could be more than an operand: %j', (text) => {
    expect(fillCommand('rm {file}', { file: text })).toBe('rm FILE');
    expect(fillCommand('rm {files}', { files: ['/a', text] })).toBe('rm /a');
  });
});
