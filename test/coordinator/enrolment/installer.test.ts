import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { oneLiner, renderInstaller } from '../../../coordinator/enrolment/installer.ts';
import { installTemplate } from '../../../deploy/build/install-template.ts';
import { type Origin, startOrigin } from '../../deploy/origin.ts';

const sha256 = 'a'.repeat(64);
const template = "U='@COORDINATORS@'\nC='@CA@'\nK='@RELEASE_KEY@'\nA='@ARTEFACTS@'\n";
const root = path.resolve(import.meta.dirname, '../../..');

describe('renderInstaller', () => {
  const caPem = '-----BEGIN CERTIFICATE-----\nMIIB+/==\n-----END CERTIFICATE-----\n';
  const releaseKey = '-----BEGIN PUBLIC KEY-----\nMCow+/==\n-----END PUBLIC KEY-----\n';
  const urls = ['https://192.168.0.130:7443', 'https://192.168.0.131:7443'];
  const parts = { template, urls, caPem, releaseKey, artefacts: [{ name: 'agent.tar.gz', sha256 }] };

  test('fills in the addresses, the CA and the checksums', () => {
    expect(renderInstaller(parts)).toBe(
      `U='https://192.168.0.130:7443 https://192.168.0.131:7443'\nC='${caPem.trim()}'\nK='${releaseKey.trim()}'\nA='${sha256} agent.tar.gz'\n`,
    );
  });

  test('leaves no placeholder in the real installer', async () => {
    const script = renderInstaller({ ...parts, template: await installTemplate(root) });
    expect(script).not.toMatch(/@(COORDINATORS|CA|RELEASE_KEY|ARTEFACTS)@|common\.sh"/);
    expect(script.trimEnd()).toMatch(/\nmain "\$@"\nexit\n\}$/);
  });

  test.each([
    ['a path in the address', { urls: ['https://a/b'] }],
    ['a quote in the address', { urls: ['https://a', "https://a'; reboot; '"] }],
    ['plain HTTP', { urls: ['http://192.168.0.130:7443'] }],
    ['text after the CA', { caPem: `${caPem}EOF\nreboot\n` }],
    ['text after the release key', { releaseKey: `${releaseKey}EOF\nreboot\n` }],
    ['an artefact with a space in its name', { artefacts: [{ name: 'a b', sha256 }] }],
    ['a malformed checksum', { artefacts: [{ name: 'a', sha256: 'x' }] }],
  ])('refuses %s', (_, wrong) => {
    expect(() => renderInstaller({ ...parts, ...wrong })).toThrow();
  });

  test('refuses a template that lacks a placeholder', () => {
    expect(() => renderInstaller({ ...parts, template: "U='@COORDINATORS@'" })).toThrow(/@CA@/);
  });
});

describe('oneLiner', () => {
  const pin = `${'A'.repeat(43)}=`;

  test.each([
    ['token', { token: 'a;reboot' }],
    ['pin', { pin: "'; reboot #" }],
    ['address', { urls: ['https://a$(reboot)'] }],
  ])('refuses a %s with shell metacharacters', (_, wrong) => {
    expect(() => oneLiner({ urls: ['https://a:1'], pin, token: 'muster-abc', ...wrong })).toThrow();
  });

  test('keeps the token out of every argument', () => {
    const { sudo, root } = oneLiner({ urls: ['https://a:1'], pin, token: 'muster-abc' });
    expect(sudo).toMatch(/ \| MUSTER_TOKEN=muster-abc sudo -E sh$/);
    expect(root).toMatch(/ \| MUSTER_TOKEN=muster-abc sh$/);
  });
});

describe('the install command', () => {
  let folder: string;
  let origin: Origin;
  const script =
    'set -eu\n# What it does.\nmain() {\n  printf %s "$MUSTER_TOKEN" >"$PROOF"\n}\n\n{ main "$@"; exit; }\n';

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'muster-line-'));
    origin = await startOrigin(folder);
    origin.serve('/install.sh', script);
  });
  afterAll(async () => {
    await origin.close();
    await rm(folder, { recursive: true });
  });

  /** Runs the command in root's shell; only the number of retries is reduced. */
  async function paste(parts: { urls?: string[]; pin?: string } = {}) {
    const line = oneLiner({ urls: [origin.url], pin: origin.pin, token: 'muster-abc', ...parts }).root;
    const proof = path.join(folder, 'proof');
    await rm(proof, { force: true });
    const shell = spawn('sh', ['-c', line.replace(/--retry [92]/, '--retry 0')], {
      env: { ...process.env, PROOF: proof },
      stdio: 'ignore',
    });
    const code = await new Promise<number | null>((resolve) => shell.on('close', resolve));
    return { code, ran: await readFile(proof, 'utf8').catch(() => null) };
  }

  test('runs the script with the token', async () => {
    expect(await paste()).toEqual({ code: 0, ran: 'muster-abc' });
  });

  test('ends with 90 on a wrong pin, and runs nothing', async () => {
    expect(await paste({ pin: `${'A'.repeat(43)}=` })).toEqual({ code: 90, ran: null });
  });

  test('fails when the coordinator is not running', async () => {
    expect(await paste({ urls: ['https://127.0.0.1:1'] })).toEqual({ code: 7, ran: null });
  });

  test('takes the script from the first coordinator that answers', async () => {
    expect(await paste({ urls: ['https://127.0.0.1:1', origin.url] })).toEqual({ code: 0, ran: 'muster-abc' });
  });

  test('fails when none of several coordinators is running or has the pinned key', async () => {
    expect(await paste({ urls: ['https://127.0.0.1:1', 'https://127.0.0.1:2'] })).toEqual({ code: 7, ran: null });
    const pin = `${'A'.repeat(43)}=`;
    expect(await paste({ urls: ['https://127.0.0.1:1', origin.url], pin })).toEqual({ code: 90, ran: null });
  });

  test('fails when the coordinator has no installer', async () => {
    origin.serve('/install.sh', null);
    expect(await paste()).toEqual({ code: 22, ran: null });
    origin.serve('/install.sh', script);
  });

  test('runs nothing of a truncated download from the first coordinator, and all of the next one’s', async () => {
    const other = await startOrigin(folder);
    other.serve('/install.sh', script);
    origin.cut('/install.sh', 40, 9);
    const { code, ran } = await paste({ urls: [origin.url, other.url], pin: origin.pin });
    expect({ code, ran }).toEqual({ code: 0, ran: 'muster-abc' });
    await other.close();
    origin.serve('/install.sh', script);
  });

  test('fails and runs nothing wherever the download is truncated', async () => {
    // The last character is the newline: without it the script is still complete.
    for (let length = 0; length < script.length - 1; length += length < script.length - 30 ? 9 : 1) {
      origin.cut('/install.sh', length, 1);
      const { code, ran } = await paste();
      expect({ length, failed: code !== 0, ran }).toEqual({ length, failed: true, ran: null });
    }
  });
});
