import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { examine } from '../../../../shared/preflight/examine.ts';
import { kubeletFlags } from '../../../../shared/preflight/leftovers/kubelet-flags.ts';
import { having, known, planned } from '../known.ts';

/** Runs the command that the finding gives for a flag on a file. */
function afterFix(name: string, text: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'kubelet-flags-')), 'kubelet');
  writeFileSync(path, text);
  const facts = having('software', { kubeletFlags: [{ name, value: 'x', path }] });
  const command = examine(kubeletFlags, known(facts, planned({ version: '1.30.2' })))?.command ?? '';
  execFileSync('sh', ['-c', command.replace(/^sudo /, '')]);
  return readFileSync(path, 'utf8');
}

test.each([
  ['log-file', '"--log-file-max-size=3 --log-file=/x --v=2"', '"--log-file-max-size=3  --v=2"'],
  ['logtostderr', "'--logtostderr --v=2'", "' --v=2'"],
  ['log-file-max-size', '"--log-file-max-size=-1 --v=2 --log-file-max-size=2"', '" --v=2 "'],
  ['log-dir', "'--v=2 --log-dir /x'", "'--v=2 '"],
  ['container-runtime', '--container_runtime=remote', ''],
])('the fix removes the flag %s and no other one', (name, given, left) => {
  expect(afterFix(name, `KUBELET_EXTRA_ARGS=${given}\n`)).toBe(`KUBELET_EXTRA_ARGS=${left}\n`);
});
