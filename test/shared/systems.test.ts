import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { unsupported } from '../../coordinator/enrolment/supported.ts';
import { commonScript } from '../../deploy/build/common-script.ts';
import { arch } from '../../shared/preflight/host/arch.ts';
import { os } from '../../shared/preflight/host/os.ts';
import { sampleFacts } from '../agent/samples.ts';

let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'systems-'));
  writeFileSync(join(folder, 'common.sh'), await commonScript(join(import.meta.dirname, '../..')));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The answer of the functions shared by the installer and setup.sh. */
const inShell = (call: string, argument: string) =>
  spawnSync('sh', ['-c', `. "$1"; ${call} "$2"`, 'sh', join(folder, 'common.sh'), argument], { encoding: 'utf8' });

test.each<[id: string, versionId: string, supported: boolean]>([
  ['debian', '10', false],
  ['debian', '11', true],
  ['debian', '12', true],
  ['debian', '13', true],
  ['debian', '14', false],
  ['debian', '', false],
  ['ubuntu', '16.04', false],
  ['ubuntu', '18.04', true],
  ['ubuntu', '18.10', false],
  ['ubuntu', '20.04', true],
  ['ubuntu', '20.10', false],
  ['ubuntu', '22.04', true],
  ['ubuntu', '23.10', false],
  ['ubuntu', '24.04', true],
  ['ubuntu', '24.10', false],
  ['rocky', '9.3', false],
])('the installer, enrolment and preflight agree on %s %s: %s', (id, versionId, supported) => {
  const facts = sampleFacts({ os: { id, versionId, prettyName: id } });
  expect({
    installer: inShell('is_supported_system', `${id} ${versionId}`).status === 0,
    enrolment: unsupported({ id, versionId }, 'x64') === null,
    preflight: os.judge({ facts } as Parameters<typeof os.judge>[0])?.level === 'ok',
  }).toEqual({ installer: supported, enrolment: supported, preflight: supported });
});

test.each<[dpkg: string, node: string, supported: boolean]>([
  ['amd64', 'x64', true],
  ['arm64', 'arm64', true],
  ['armhf', 'arm', false],
  ['riscv64', 'riscv64', false],
])('they agree on the architecture %s: %s', (dpkg, node, supported) => {
  const facts = sampleFacts({ arch: node });
  expect({
    installer: inShell('architecture_of', dpkg).stdout === node,
    enrolment: unsupported({ id: 'debian', versionId: '12' }, node) === null,
    preflight: arch.judge({ facts } as Parameters<typeof arch.judge>[0])?.level === 'ok',
  }).toEqual({ installer: supported, enrolment: supported, preflight: supported });
});
