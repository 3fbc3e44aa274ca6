import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { createProgram as agentProgram } from '../../../agent/commands.ts';
import { createProgram as coordinatorProgram } from '../../../coordinator/cli/program.ts';
import { failures } from '../../../shared/diagnosis/failures/index.ts';
import { catalogue as errors } from '../../../shared/errors/catalogue/index.ts';
import { commandFor } from '../../../shared/packages/index.ts';
import { catalogue as checks } from '../../../shared/preflight/catalogue.ts';

const root = join(import.meta.dirname, '../../..');
const write = () => true;
const programs: Readonly<Record<string, Command>> = {
  muster: coordinatorProgram({ stdout: { write }, stderr: { write }, env: {}, language: 'en' }),
  'muster-agent': agentProgram('en'),
};

/** What a minimal Debian host has: packages that are essential, required or important. */
const minimal = new Set([
  ...[
    'apt-cache',
    'apt-config',
    'apt-get',
    'base64',
    'cat',
    'chattr',
    'chmod',
    'chown',
    'cksum',
    'cp',
    'curl',
    'cut',
    'date',
    'df',
    'dirname',
    'dmesg',
    'dpkg',
    'dpkg-query',
    'du',
    'echo',
  ],
  ...[
    'find',
    'findmnt',
    'free',
    'getent',
    'grep',
    'head',
    'hostname',
    'ip',
    'journalctl',
    'kill',
    'ls',
    'lsattr',
    'mkdir',
  ],
  ...[
    'modprobe',
    'mount',
    'mv',
    'nproc',
    'pgrep',
    'printf',
    'ps',
    'rm',
    'sed',
    'sort',
    'ss',
    'stat',
    'swapoff',
    'sysctl',
  ],
  ...['systemctl', 'systemd-machine-id-setup', 'systemd-tmpfiles', 'tail', 'tee', 'test', 'timedatectl', 'umount'],
  ...['uname', 'uniq', 'update-alternatives', 'uptime', 'vmstat', 'wc', 'xargs', 'reboot'],
  // Of ca-certificates, which an install over HTTPS needs.
  ...['update-ca-certificates', 'openssl'],
]);

/** What a host has where the finding or failure can occur. */
const there: Readonly<Record<string, readonly string[]>> = {
  kubeadm: ['kubeadm'],
  kubectl: ['kubectl'],
  kubelet: ['kubelet'],
  docker: ['docker-api-too-new', 'docker-api-mismatch'],
  'cloud-init': ['cloud-init-running'],
  setenforce: ['selinux', 'selinux-denied'],
  iptables: ['iptables-unusable'],
  'iptables-save': ['service-ip-unreachable'],
  'update-grub': ['cgroup-controllers', 'cgroup-version'],
  'firewall-cmd': ['firewalld'],
  ufw: ['ufw'],
  snap: ['docker-snap', 'other-distribution'],
  k0s: ['other-distribution'],
  '/usr/local/bin/k3s-uninstall.sh': ['other-distribution'],
  '/usr/local/bin/rke2-uninstall.sh': ['other-distribution'],
};
const kubernetes = new Set(['kubeadm', 'kubectl', 'kubelet', 'crictl']);

const builtins = new Set(['cd', 'break']);

/** The programs that a shell line runs, also below sudo and xargs. */
function programsOf(line: string): string[] {
  const bare = line
    .replace(/'[^']*'|"[^"]*"/g, "''")
    .replace(/#.*$/, '')
    .replace(/\d?>&?\s*\S+/g, '');
  return bare
    .split(/&&|\|\||[;|]|\$\(|\)/)
    .flatMap((part) =>
      part
        .trim()
        .replace(/^(?:(?:if|then|else|done|do|fi)\b|for \w+ in .*)\s*/, '')
        .split(/\b(?:sudo|xargs -r)\s+/),
    )
    .map((part) => part.trim().split(/\s+/)[0] ?? '')
    .filter((word) => word !== '' && !builtins.has(word) && !/^(?:[{}'-]|\w+=)/.test(word));
}

const ofChecks = checks.flatMap(({ id, command, cases = {} }) =>
  [command, ...Object.values(cases).map((one) => one.command ?? '')].map(
    (line) => [id, commandFor(line, 'apt')] as const,
  ),
);
const ofFailures = failures.map(({ id, command }) => [id, commandFor(command, 'apt')] as const);
/** Remedies that are a command and nothing else. */
const ofErrors = Object.entries(errors).flatMap(([id, entry]) =>
  'remedy' in entry && typeof entry.remedy === 'string' ? [[id, entry.remedy] as const] : [],
);

describe.each(
  [...ofChecks, ...ofFailures, ...ofErrors].filter(([, line]) => programsOf(line).length > 0),
)('%s: %s', (id, line) => {
  test.each(programsOf(line))('%s is on a minimal host, or there where this occurs', (program) => {
    if (program in programs || minimal.has(program) || kubernetes.has(program)) return;
    expect(there[program] ?? []).toContain(id);
  });
});

test('no text names a program that a minimal host lacks', () => {
  const texts = JSON.stringify([checks, failures, errors]);
  expect(
    texts.match(/\b(?:fuser|lsof|netstat|ifconfig|jq|python3?|telnet|nslookup|dig|killall|wget) [-\w/{]+/g),
  ).toBeNull();
});

const texts = ['agent', 'coordinator', 'shared', 'deploy', 'README*', 'SECURITY*', 'CHANGELOG*', ':(glob)docs/*.md'];

/** Every use of muster's commands in the sources and the documentation, whatever text it is in. */
const shown = execFileSync('git', ['ls-files', ...texts], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((path) => /\.(?:tsx?|sh|md)$/.test(path))
  .flatMap((path) => {
    const text = readFileSync(join(root, path), 'utf8');
    return [
      ...text.matchAll(
        /(sudo )?(?<![\w/.$-])(muster(?:-agent)?) ([a-z][a-z-]*)((?: [^\s'"`#;,，；：。()（）|&<>\\]+)*)/g,
      ),
    ].map(([, sudo, program = '', name = '', rest = '']) => ({
      path,
      sudo,
      program,
      words: [name, ...rest.trim().split(' ')],
    }));
  });

/** The command that these words name, and the words after it; null: prose. */
function commandOf({ sudo, program, words }: (typeof shown)[number]) {
  let command = programs[program];
  let rest = words;
  const names = command?.commands.map((one) => one.name()) ?? [];
  // "muster update" is no prose: a verb after the name has an s.
  const isProse = sudo === undefined && !names.some((name) => name === rest[0] || name === `${rest[0]}s`);
  while (command !== undefined && !isProse) {
    const next: Command | undefined = command.commands.find((one) => one.name() === rest[0]);
    if (next === undefined) return { command, rest };
    [command, rest] = [next, rest.slice(1)];
  }
  return null;
}

const uses = shown.flatMap((use) => {
  const found = commandOf(use);
  return found === null ? [] : [{ ...found, text: `${use.program} ${use.words.join(' ')}`, path: use.path }];
});

test('the sources show muster’s commands', () => expect(uses.length).toBeGreaterThan(80));

test.each(uses)('$path: $text', ({ command, rest, text }) => {
  const isGroup = command.commands.length > 0 && rest.some((word) => /^[a-z]/.test(word));
  expect(command.parent !== null && !isGroup, `no such command: ${text}`).toBe(true);
  const known = [...command.options, ...(command.parent?.options ?? [])].flatMap(({ long, short }) => [long, short]);
  for (const word of rest.filter((one) => /^--?[a-z]/.test(one))) {
    expect([...known, '--help'], text).toContain(word.replace(/=.*$/, '').replace(/[.:]$/, ''));
  }
});
